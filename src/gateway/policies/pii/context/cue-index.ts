import { CHAR, CHARACTER_TABLE, isLetter, LETTER } from '../characters.js';
import { CUES, type Cue } from './lexicon.js';

/** Distance of a cue that does not occur. */
export const ABSENT = 0x7fff;

export const CUE_NAMES = Object.keys(CUES) as readonly Cue[];

const CUE_ID = new Map(CUE_NAMES.map((cue, id) => [cue, id]));

export function cueId(cue: Cue): number {
  return CUE_ID.get(cue) as number;
}

interface Node {
  /** By UTF-16 unit. */
  readonly next: Map<number, Node>;
  /** Cues announced by the entry that ends here. */
  cues: number[];
  /** The entry may be followed by more letters. */
  open: boolean;
}

type Hit = (cue: number, start: number, end: number) => void;

/** A prefix tree over all entries of the lexicon, and the search for them in a stretch of text. */
export class CueIndex {
  readonly #root = newNode();
  /** 1 where an entry begins with these three letters: nine of ten words are passed over by it. */
  readonly #beginnings = new Uint8Array(0x8000);

  constructor() {
    for (const [cue, entries] of Object.entries(CUES)) {
      for (const entry of entries.split(',')) this.#add(entry.trim(), cueId(cue as Cue));
    }
  }

  /** Calls `hit(cue id, start, end)` for every cue in `text`, in order of their starts. */
  search(text: string, hit: Hit): void {
    let before = 0;
    for (let start = 0; start < text.length; start += 1) {
      const unit = text.charCodeAt(start);
      const bits = CHARACTER_TABLE[unit] as number;
      const inWord =
        (bits & LETTER) !== 0 && (before & LETTER) !== 0 && (!(bits & CHAR.upper) || (before & CHAR.upper) !== 0);
      before = bits;
      if (unit < 128) {
        if (inWord && text.charCodeAt(start - 1) !== UNDERSCORE) continue;
        if (this.#beginnings[threeLetters(text, start)] === 0) continue;
      } else if (inWord) continue;
      const node = this.#root.next.get(lowerUnit(unit));
      if (node) matchFrom(node, text, start, hit);
    }
  }

  /** True when the number that `search` gave stands for this cue. */
  isCue(id: number, cue: Cue): boolean {
    return CUE_ID.get(cue) === id;
  }

  #add(entry: string, cue: number): void {
    const open = entry.endsWith('*');
    const word = open ? entry.slice(0, -1) : entry;
    let node = this.#root;
    for (const char of word) {
      const unit = char.charCodeAt(0);
      let next = node.next.get(unit);
      if (!next) node.next.set(unit, (next = newNode()));
      node = next;
    }
    if (!node.cues.includes(cue)) node.cues.push(cue);
    if (open) node.open = true;
    this.#markBeginnings(word);
  }

  /** What may follow a short entry, and what stands for a space in one, is not known: all of it counts. */
  #markBeginnings(word: string): void {
    const known = /^[^ ]{0,3}/.exec(word)?.[0].length ?? 0;
    const first = threeLetters(word.slice(0, known), 0);
    const free = 0x8000 >> (5 * known);
    for (let rest = 0; rest < free; rest += 1) {
      this.#beginnings[first | rest] = 1;
    }
  }
}

/** Three units from `start` on folded into 15 bits without regard to case; units past the end count as 0. */
function threeLetters(text: string, start: number): number {
  const left = text.length - start;
  const a = left > 0 ? text.charCodeAt(start) & 31 : 0;
  const b = left > 1 ? text.charCodeAt(start + 1) & 31 : 0;
  const c = left > 2 ? text.charCodeAt(start + 2) & 31 : 0;
  return (a << 10) | (b << 5) | c;
}

function newNode(): Node {
  return { next: new Map(), cues: [], open: false };
}

const UNDERSCORE = 95;
const SPACE = 32;
const GAPS = new Set(Array.from(" _-.'\u2019", (char) => char.charCodeAt(0)));

function matchFrom(first: Node, text: string, start: number, hit: Hit, from = start + 1): void {
  let node: Node | undefined = first;
  for (let at = from; node; at += 1) {
    if (node.cues.length > 0 && (node.open || endsWord(text, at))) {
      for (const cue of node.cues) hit(cue, start, at);
    }
    if (at >= text.length) return;
    const unit = lowerUnit(text.charCodeAt(at));
    const gap: Node | undefined = node.next.get(SPACE);
    if (gap) {
      // The gap may be nothing at all: `accountNumber`, `passportno`.
      const behind = GAPS.has(unit) ? gap : gap.next.get(unit);
      if (behind) matchFrom(behind, text, start, hit, at + 1);
    }
    node = unit === SPACE ? undefined : node.next.get(unit);
  }
}

/** Lower case, unit by unit: `İ`.toLowerCase() is two units long and would shift what follows. */
function lowerUnit(unit: number): number {
  if (unit < 128) return unit >= 65 && unit <= 90 ? unit + 32 : unit;
  const lower = String.fromCharCode(unit).toLowerCase();
  return lower.length === 1 ? lower.charCodeAt(0) : unit;
}

function endsWord(text: string, at: number): boolean {
  const next = text.charCodeAt(at);
  if (at >= text.length || next === UNDERSCORE || !isLetter(next) || !isLetter(text.charCodeAt(at - 1))) return true;
  if (isUpper(next) && !isUpper(text.charCodeAt(at - 1))) return true;
  const afterPlural = text.charCodeAt(at + 1);
  return (next | 32) === 115 && (at + 1 >= text.length || !isLetter(afterPlural) || afterPlural === UNDERSCORE);
}

function isUpper(unit: number): boolean {
  return unit >= 65 && unit <= 90;
}
