import { CHAR, CHARACTER_TABLE, isLetter, LETTER } from '../characters.js';
import { unitsOf } from '../../stream/lane-text.js';
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

  /** Calls `hit(cue id, start, end)` for every cue between the indices `from` and `to`, in order of their starts. */
  search(units: Uint16Array, from: number, to: number, hit: Hit): void {
    let before = 0;
    for (let start = from; start < to; start += 1) {
      const unit = units[start] as number;
      const bits = CHARACTER_TABLE[unit] as number;
      // A word begins behind anything but a letter, behind `_`, and at a hump of a camelCase name.
      const isInside =
        (bits & LETTER) !== 0 && (before & LETTER) !== 0 && !(bits & CHAR.upper && !(before & CHAR.upper));
      before = bits;
      if (isInside && units[start - 1] !== UNDERSCORE) continue;
      const entries =
        unit < 128 ? this.#byBeginning[threeLetters(units, start, to)] : this.#byFirst.get(lowerUnit(unit));
      if (!entries) continue;
      for (const entry of entries) {
        const end = matchEnd(entry, units, start, to);
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
    const key = threeLetters(unitsOf(entry.word.slice(0, known)), 0, known);
    const free = 0x8000 >> (5 * known);
    for (let rest = 0; rest < free; rest += 1) {
      this.#byBeginning[key | rest] = [...(this.#byBeginning[key | rest] ?? []), entry];
    }
  }
}

/** Where the entry ends that begins at `start`, or -1. */
function matchEnd({ word, isOpen }: Entry, units: Uint16Array, start: number, to: number): number {
  let at = start;
  for (let k = 0; k < word.length; k += 1) {
    const expected = word.charCodeAt(k);
    const unit = at < to ? (units[at] as number) : -1;
    // A gap is one of these signs or nothing at all: `accountNumber`, `passport_no`.
    if (expected === SPACE) {
      if (isGap(unit)) at += 1;
    } else if (unit >= 0 && lowerUnit(unit) === expected) at += 1;
    else return -1;
  }
  return isOpen || endsWord(units, at, to) ? at : -1;
}

/** ` `, `_`, `-`, `.`, `'`, `’`. */
function isGap(unit: number): boolean {
  return unit === SPACE || unit === UNDERSCORE || unit === 45 || unit === 46 || unit === 39 || unit === 0x2019;
}

/** Three units from `start` on folded into 15 bits without regard to case; units past the end count as 0. */
function threeLetters(units: Uint16Array, start: number, to: number): number {
  const a = start < to ? (units[start] as number) & 31 : 0;
  const b = start + 1 < to ? (units[start + 1] as number) & 31 : 0;
  const c = start + 2 < to ? (units[start + 2] as number) & 31 : 0;
  return (a << 10) | (b << 5) | c;
}

/** Lower case, unit by unit: `İ`.toLowerCase() is two units long and would shift what follows. */
function lowerUnit(unit: number): number {
  if (unit < 128) return unit >= 65 && unit <= 90 ? unit + 32 : unit;
  const lower = String.fromCharCode(unit).toLowerCase();
  return lower.length === 1 ? lower.charCodeAt(0) : unit;
}

function endsWord(units: Uint16Array, at: number, to: number): boolean {
  if (at >= to) return true;
  const next = units[at] as number;
  const last = units[at - 1] as number;
  if (next === UNDERSCORE || !isLetter(next) || !isLetter(last)) return true;
  if (isUpper(next) && !isUpper(last)) return true;
  const afterPlural = at + 1 < to ? (units[at + 1] as number) : -1;
  return (next | 32) === 115 && (!isLetter(afterPlural) || afterPlural === UNDERSCORE);
}

function isUpper(unit: number): boolean {
  return unit >= 65 && unit <= 90;
}
