import { isLetter } from '../characters.js';
import type { LaneText } from '../../stream/lane-text.js';
import { runEnd } from './token.js';

/** How a value is tied to its cue, from strict to loose: `key: v` or `key=v`, `the key is v`, `key v`. */
export type Tie = 'assigned' | 'said' | 'beside';

/** Where the value begins that a cue announces. */
export interface Connection {
  readonly start: number;
  readonly tie: Tie;
  readonly isQuoted: boolean;
}

const SAYING = new Set(
  'is was are be to ist lautet war sind es son era est é è är on jest oli er есть set changed became equals wird'.split(
    ' ',
  ),
);
/** `password for the wifi is …` */
const QUALIFYING = new Set('for of to zu für de du del voor per till por'.split(' '));
const FILLING = new Set('now currently just still temporarily to be jetzt ahora'.split(' '));
/** `是 为 為 は が 는 은 이 가` directly behind the cue. */
const PARTICLES = new Set('是为為はが는은이가'.split(''));
const MAX_WORD = 20;
const MAX_QUALIFIERS = 3;

/** Reads on from the end of a cue, as far as it must and no further: a stream waits for what is read here. */
export function connect(text: LaneText, cueEnd: number): Connection | undefined {
  const closed = runEnd(text, cueEnd, 3, (unit) => isQuote(unit) || unit === 41 || unit === 93 || unit === 42);
  const spaced = spaceEnd(text, closed);
  const sign = signEnd(text, spaced);
  if (sign > spaced) return valueAt(text, sign, 'assigned');
  if (PARTICLES.has(charAt(text, cueEnd))) return valueAt(text, cueEnd + 1, 'said');
  return spaced > closed ? connectByWords(text, spaced) : undefined;
}

function connectByWords(text: LaneText, start: number): Connection | undefined {
  let word = wordAt(text, start);
  let at = start + word.length;
  if (SAYING.has(word) && isSpace(text.at(at))) return afterSaying(text, at);
  if (!QUALIFYING.has(word)) return valueAt(text, start, 'beside');
  for (let count = 0; count < MAX_QUALIFIERS && isSpace(text.at(at)); count += 1) {
    word = wordAt(text, at + 1);
    if (word === '') return undefined;
    at += 1 + word.length;
    const spaced = spaceEnd(text, at);
    const sign = signEnd(text, spaced);
    if (sign > spaced) return valueAt(text, sign, 'assigned');
    const next = wordAt(text, at + 1);
    if (SAYING.has(next) && isSpace(text.at(at + 1 + next.length))) return afterSaying(text, at + 1 + next.length);
  }
  return undefined;
}

/** Behind `is`, past `now`, `to` or a colon. */
function afterSaying(text: LaneText, from: number): Connection | undefined {
  let at = spaceEnd(text, from);
  for (let word = wordAt(text, at); FILLING.has(word); word = wordAt(text, at)) at = spaceEnd(text, at + word.length);
  return valueAt(text, Math.max(at, signEnd(text, at)), 'said');
}

function valueAt(text: LaneText, from: number, tie: Tie): Connection | undefined {
  const start = spaceEnd(text, from);
  if (isQuote(text.at(start))) return { start: start + 1, tie, isQuoted: true };
  return text.at(start) === -1 ? undefined : { start, tie, isQuoted: false };
}

/** Behind `:`, `=`, `:=`, `=>`, `->`, when one stands at `at`; else `at`. */
function signEnd(text: LaneText, at: number): number {
  const unit = text.at(at);
  if (unit === 58 || unit === 61) {
    const next = text.at(at + 1);
    // `==`, `::` and `://` assign nothing.
    if (next === unit || (unit === 58 && next === 47)) return at;
    return next === 61 || next === 62 ? at + 2 : at + 1;
  }
  return unit === 45 && text.at(at + 1) === 62 ? at + 2 : at;
}

function wordAt(text: LaneText, start: number): string {
  return text.slice(start, runEnd(text, start, MAX_WORD, isLetter)).toLowerCase();
}

function spaceEnd(text: LaneText, at: number): number {
  return runEnd(text, at, 3, isSpace);
}

function isSpace(unit: number): boolean {
  return unit === 32 || unit === 9 || unit === 10 || unit === 13;
}

function charAt(text: LaneText, at: number): string {
  const unit = text.at(at);
  return unit < 0 ? '' : String.fromCharCode(unit);
}

/** Straight and curly quotes, and the back-tick. */
export function isQuote(unit: number): boolean {
  return (
    unit === 34 ||
    unit === 39 ||
    unit === 96 ||
    unit === 0x201c ||
    unit === 0x201d ||
    unit === 0x2018 ||
    unit === 0x2019
  );
}
