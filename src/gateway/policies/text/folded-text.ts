import { foldConfusables } from './confusables.js';
import { foldCodePoint } from './fold-table.js';

export interface FoldOptions {
  /** NFKC, invisible characters, accents. When false only case is folded. Default true. */
  readonly unicode?: boolean;
  /** Letters that look like Latin ones (UTS #39). Default true. */
  readonly confusables?: boolean;
}

/** A text in the form that detectors compare: one case, one spelling of each letter, nothing invisible. */
export interface FoldedText {
  /** UTF-16 units; only the first `length` count. */
  readonly codes: Uint16Array;
  readonly length: number;
  /** `offsets[i]` is where unit `i` came from in the source, `offsets[length]` the source's length; absent when equal to `i`. */
  readonly offsets?: Uint32Array;
  /** How many letters were read as the Latin ones that they look like. */
  readonly confusables: number;
  /** True where all units are known to be ASCII. */
  readonly isAscii?: true;
}

/** Room to fold texts into, one after the other. */
export interface FoldMemory {
  readonly codes: Uint16Array;
  readonly offsets: Uint32Array;
}

/**
 * Folds a text for comparison. Linear; an ASCII text only has its case folded.
 * @param memory is written to where it is large enough: the folded text is good until the next one is folded into it.
 */
export function foldText(
  source: string,
  { unicode = true, confusables = true }: FoldOptions = {},
  memory?: FoldMemory,
): FoldedText {
  const codes =
    memory !== undefined && memory.codes.length >= source.length ? memory.codes : new Uint16Array(source.length);
  for (let i = 0; i < source.length; i++) {
    const unit = source.charCodeAt(i);
    if (unit >= 0x80) return foldBeyondAscii(source, unicode, confusables, memory);
    codes[i] = unit >= 65 && unit <= 90 ? unit | 32 : unit;
  }
  return { codes, length: source.length, confusables: 0, isAscii: true };
}

/** Where units `from` to `to` of a folded text lie in its source. */
export function sourceSpan({ offsets }: FoldedText, from: number, to: number): readonly [number, number] {
  return offsets === undefined ? [from, to] : [offsets[from] as number, offsets[to] as number];
}

const UNKNOWN = 0;
const DROPPED = 1;
const SEVERAL = 2;
/** By unit of the basic plane: what it folds to, or one of the three marks above (control characters that nothing folds to). */
const single = new Uint16Array(0x10000);
/** By code point: foldings that are not one unit. */
const several = new Map<number, string>();

function foldBeyondAscii(source: string, unicode: boolean, confusables: boolean, memory?: FoldMemory): FoldedText {
  if (!unicode) return foldCase(source);
  const most = source.length + 16;
  const fits = memory !== undefined && memory.codes.length >= most && memory.offsets.length > most;
  let { codes, offsets } = fits ? memory : { codes: new Uint16Array(most), offsets: new Uint32Array(most + 1) };
  let length = 0;
  for (let at = 0; at < source.length;) {
    const codePoint = source.codePointAt(at) as number;
    const width = codePoint > 0xffff ? 2 : 1;
    const folded = width === 1 ? foldUnit(codePoint) : SEVERAL;
    if (folded > SEVERAL) {
      if (length + 1 >= codes.length) [codes, offsets] = grown(codes, offsets);
      offsets[length] = at;
      codes[length++] = folded;
    } else if (folded === SEVERAL) {
      const text = foldSeveral(codePoint);
      while (length + text.length >= codes.length) [codes, offsets] = grown(codes, offsets);
      for (let i = 0; i < text.length; i++) {
        offsets[length] = at;
        codes[length++] = text.charCodeAt(i);
      }
    }
    at += width;
  }
  offsets[length] = source.length;
  return { codes, length, offsets, confusables: confusables ? foldConfusables(codes, length) : 0 };
}

function foldUnit(unit: number): number {
  if (unit < 0x80) return unit >= 65 && unit <= 90 ? unit | 32 : unit === 0 ? 32 : unit <= SEVERAL ? 32 : unit;
  const known = single[unit] as number;
  if (known !== UNKNOWN) return known;
  const folded = foldCodePoint(unit);
  if (folded.length === 1 && folded.charCodeAt(0) > SEVERAL) return (single[unit] = folded.charCodeAt(0));
  if (folded.length === 0) return (single[unit] = DROPPED);
  several.set(unit, folded);
  return (single[unit] = SEVERAL);
}

function foldSeveral(codePoint: number): string {
  const known = several.get(codePoint);
  if (known !== undefined) return known;
  const folded = foldCodePoint(codePoint);
  // Bounded: a hostile text that walks all of Unicode must not grow the table for ever.
  if (several.size < 20_000) several.set(codePoint, folded);
  return folded;
}

function foldCase(source: string): FoldedText {
  const codes = new Uint16Array(source.length);
  for (let i = 0; i < source.length; i++) {
    const lower = source.charAt(i).toLowerCase();
    codes[i] = lower.length === 1 ? lower.charCodeAt(0) : source.charCodeAt(i);
  }
  return { codes, length: source.length, confusables: 0 };
}

function grown(codes: Uint16Array, offsets: Uint32Array): [Uint16Array, Uint32Array] {
  const moreCodes = new Uint16Array(codes.length * 2);
  const moreOffsets = new Uint32Array(offsets.length * 2);
  moreCodes.set(codes);
  moreOffsets.set(offsets);
  return [moreCodes, moreOffsets];
}
