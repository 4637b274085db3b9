import { CHAR, CHARACTER_TABLE, isLetter, LETTER } from '../characters.js';
import { CUES, type Cue } from './lexicon.js';

/** Distance of a cue that does not occur. */
export const ABSENT = 0x7fff;

export const CUE_NAMES = Object.keys(CUES) as readonly Cue[];

const CUE_ID = new Map(CUE_NAMES.map((cue, id) => [cue, id]));

export function cueId(cue: Cue): number {
  return CUE_ID.get(cue) as number;
}

interface Entry {
  /** In lower case; a space is a gap. */
  readonly word: string;
  readonly cue: number;
  /** More letters may follow. */
  readonly isOpen: boolean;
}

type Hit = (cue: number, start: number, end: number) => void;

const UNDERSCORE = 95;
const SPACE = 32;

/**
 * Finds the words of the lexicon in a stretch of text. Three letters choose the few entries that a word of the text may be
 * the beginning of; nine of ten words have none.
 */
export class CueIndex {
  /** By the first three letters, folded by `threeLetters`. */
  readonly #byBeginning: (readonly Entry[] | undefined)[] = Array.from({ length: 0x8000 }, () => undefined);
  /** By the first unit, for entries that do not begin with a letter of ASCII. */
  readonly #byFirst = new Map<number, readonly Entry[]>();

  constructor() {
    for (const [cue, entries] of Object.entries(CUES)) {
      for (const entry of entries.split(',')) {
        const isOpen = entry.endsWith('*');
        this.#add({ word: entry.trim().replace(/\*$/, ''), cue: cueId(cue as Cue), isOpen });
      }
    }
  }

  /** Calls `hit(cue id, start, end)` for every cue in `text`, in order of their starts. */
  search(text: string, hit: Hit): void {
    let before = 0;
    for (let start = 0; start < text.length; start += 1) {
      const unit = text.charCodeAt(start);
      const bits = CHARACTER_TABLE[unit] as number;
      // A word begins behind anything but a letter, behind `_`, and at a hump of a camelCase name.
      const isInside =
        (bits & LETTER) !== 0 && (before & LETTER) !== 0 && !(bits & CHAR.upper && !(before & CHAR.upper));
      before = bits;
      if (isInside && text.charCodeAt(start - 1) !== UNDERSCORE) continue;
      const entries = unit < 128 ? this.#byBeginning[threeLetters(text, start)] : this.#byFirst.get(lowerUnit(unit));
      if (!entries) continue;
      for (const entry of entries) {
        const end = matchEnd(entry, text, start);
        if (end >= 0) hit(entry.cue, start, end);
      }
    }
  }

  /** True when the number that `search` gave stands for this cue. */
  isCue(id: number, cue: Cue): boolean {
    return CUE_ID.get(cue) === id;
  }

  #add(entry: Entry): void {
    const first = entry.word.charCodeAt(0);
    if (first >= 128) {
      this.#byFirst.set(first, [...(this.#byFirst.get(first) ?? []), entry]);
      return;
    }
    // What may follow a short entry, and what may stand for a gap, is not known: all of it counts.
    const known = /^[^ ]{0,3}/.exec(entry.word)?.[0].length ?? 0;
    const key = threeLetters(entry.word.slice(0, known), 0);
    const free = 0x8000 >> (5 * known);
    for (let rest = 0; rest < free; rest += 1) {
      this.#byBeginning[key | rest] = [...(this.#byBeginning[key | rest] ?? []), entry];
    }
  }
}

/** Where the entry ends that begins at `start`, or -1. */
function matchEnd({ word, isOpen }: Entry, text: string, start: number): number {
  let at = start;
  for (let k = 0; k < word.length; k += 1) {
    const expected = word.charCodeAt(k);
    const unit = text.charCodeAt(at);
    // A gap is one of these signs or nothing at all: `accountNumber`, `passport_no`.
    if (expected === SPACE) {
      if (isGap(unit)) at += 1;
    } else if (at < text.length && lowerUnit(unit) === expected) at += 1;
    else return -1;
  }
  return isOpen || endsWord(text, at) ? at : -1;
}

/** ` `, `_`, `-`, `.`, `'`, `’`. */
function isGap(unit: number): boolean {
  return unit === SPACE || unit === UNDERSCORE || unit === 45 || unit === 46 || unit === 39 || unit === 0x2019;
}

/** Three units from `start` on folded into 15 bits without regard to case; units past the end count as 0. */
function threeLetters(text: string, start: number): number {
  const left = text.length - start;
  const a = left > 0 ? text.charCodeAt(start) & 31 : 0;
  const b = left > 1 ? text.charCodeAt(start + 1) & 31 : 0;
  const c = left > 2 ? text.charCodeAt(start + 2) & 31 : 0;
  return (a << 10) | (b << 5) | c;
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
