import { isLetter } from '../characters.js';
import { unitsOf, type LaneText } from '../../stream/lane-text.js';
import { ABSENT, CUE_NAMES, cueId, type CueIndex } from './cue-index.js';
import type { Cue } from './lexicon.js';

/** How far a cue may stand before the value it announces, in UTF-16 units. */
export const CONTEXT_BEFORE = 72;
/** How far a cue may stand behind the value, in UTF-16 units: `4111 … is my card`. */
const CONTEXT_AFTER = 28;

/** Two cues so near to each other, without a sign between them, belong together. */
const ONE_BREATH = 14;

const NEWLINE = 10;
const UNDERSCORE = 95;
/** `ip` hints at almost anything ("from", "host"), so it does not count when the nearest announcement is looked for. */
const HINTS: readonly Cue[] = ['ip', 'national_id'];
const IS_HINT: readonly boolean[] = CUE_NAMES.map((cue) => HINTS.includes(cue));

/**
 * The cues around one value. Computed when the first recogniser asks, then shared by all that look at the same place.
 * Before the value: its line, or the line above where its own line says nothing. Behind it: to the end of the clause.
 */
export class Surroundings {
  readonly #index: CueIndex;
  #before: Int16Array | undefined;
  #after: Int16Array | undefined;
  #text: LaneText;
  #start = 0;
  #header = '';
  #knownBefore = false;
  #afterEnd = -1;
  #nearest = ABSENT;

  constructor(text: LaneText, index: CueIndex) {
    this.#text = text;
    this.#index = index;
  }

  /** Moves on to the value at `start`. `header` is the name of its column, where it stands in a table. */
  moveTo(start: number, header: string): void {
    this.#start = start;
    this.#header = header;
    this.#knownBefore = false;
    this.#afterEnd = -1;
  }

  /** Units between the last such cue and the value; `ABSENT` without one. */
  distance(cue: Cue): number {
    return (this.#knownBefore ? (this.#before as Int16Array) : this.#lookBefore())[cueId(cue)] as number;
  }

  /** Units between the value and the nearest cue of any kind before it that names a kind of value. */
  get nearest(): number {
    if (!this.#knownBefore) this.#lookBefore();
    return this.#nearest;
  }

  /** True when the value announced last before this one is of that kind, or several kinds are announced in one breath. */
  isAnnounced(cue: Cue): boolean {
    const distance = this.distance(cue);
    if (distance === ABSENT) return false;
    if (distance <= this.#nearest) return true;
    if (distance > this.#nearest + ONE_BREATH) return false;
    // `Medicare card 4542…`, `taxpayer reference 2988…`: both words speak of the same number.
    for (let at = this.#start - distance; at < this.#start - this.#nearest; at += 1) {
      if (isSign(this.#text.at(at))) return false;
    }
    return true;
  }

  /** Units between the value's end and the first such cue behind it in the same clause; `ABSENT` without one. */
  distanceAfter(cue: Cue, end: number): number {
    return (this.#afterEnd === end ? (this.#after as Int16Array) : this.#lookAfter(end))[cueId(cue)] as number;
  }

  #lookBefore(): Int16Array {
    this.#knownBefore = true;
    const before = (this.#before ??= new Int16Array(CUE_NAMES.length));
    before.fill(ABSENT);
    this.#nearest = ABSENT;
    if (this.#header !== '') this.#note(before, unitsOf(this.#header), 0, this.#header.length, 1);
    const { units, base } = this.#text;
    const from = Math.max(this.#start - CONTEXT_BEFORE, this.#text.floor, base);
    const to = this.#start - base;
    this.#note(before, units, relevantStart(units, from - base, to), to, 0);
    return before;
  }

  #note(before: Int16Array, units: Uint16Array, from: number, to: number, extra: number): void {
    this.#index.search(units, from, to, (cue, _start, end) => {
      const distance = to - end + extra;
      if (distance >= (before[cue] as number)) return;
      before[cue] = distance;
      if (distance < this.#nearest && !(IS_HINT[cue] as boolean)) this.#nearest = distance;
    });
  }

  #lookAfter(end: number): Int16Array {
    this.#afterEnd = end;
    const after = (this.#after ??= new Int16Array(CUE_NAMES.length));
    after.fill(ABSENT);
    const text = this.#text;
    let stop = end;
    while (stop < end + CONTEXT_AFTER && !endsClause(text, stop)) stop += 1;
    const from = end - text.base;
    this.#index.search(text.units, from, stop - text.base, (cue, start) => {
      if (start - from < (after[cue] as number)) after[cue] = start - from;
    });
    return after;
  }
}

/** Where the last line between the indices begins, or the one above it where the last holds no letter. */
function relevantStart(units: Uint16Array, from: number, to: number): number {
  let start = to;
  let hasLetter = false;
  for (; start > from && units[start - 1] !== NEWLINE; start -= 1)
    hasLetter ||= isLetterLike(units[start - 1] as number);
  if (start === from || hasLetter) return start;
  for (start -= 1; start > from && units[start - 1] !== NEWLINE;) start -= 1;
  return start;
}

/** Letters of all scripts: those without spaces between words begin at U+2E80. */
function isLetterLike(unit: number): boolean {
  return unit >= 0x2e80 || (isLetter(unit) && unit !== UNDERSCORE);
}

/** `,`, `;`, `:`, `.`, a digit, the end of a line. */
function isSign(unit: number): boolean {
  return (unit >= 48 && unit <= 59) || unit === 44 || unit === 46 || unit === NEWLINE;
}

function endsClause(text: LaneText, at: number): boolean {
  const unit = text.at(at);
  if (unit === -1 || unit === NEWLINE || unit === 59 || unit === 44) return true;
  if (unit !== 46 && unit !== 33 && unit !== 63) return false;
  const next = text.at(at + 1);
  return next === 32 || next === NEWLINE || next === -1;
}
