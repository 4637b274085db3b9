import { isDigit, isLetter, isWord } from '../characters.js';
import type { LaneText } from '../../stream/lane-text.js';
import type { Scene } from './scene.js';

/** No value that we know is longer or has more digits in a row. */
const MAX_RUN = 64;
const MAX_SEPARATOR = 3;
/** At most a dozen groups of digits with up to three of ` `, `(`, `)`, `-`, `.`, `/`, `:` between them. */
const RUN = /^[+(]{0,3}\d{1,40}(?:[ ()./:-]{1,3}\d{1,40}){0,11}/;

/** A stretch of a run that ends with one of its groups. */
export interface NumberSpan {
  /** The digits alone. */
  readonly digits: string;
  /** Lengths of the groups with the separators between: `3-2-4`, `4 4 4 4`, `9`. */
  readonly shape: string;
  readonly end: number;
}

/**
 * Groups of digits with short separators between them, starting with the first group: `+44 (0)20 7946-0958`, `3.2.1`,
 * `12/04/1947`. Read once, then every recogniser of numbers looks at its spans.
 */
export interface NumberRun {
  /** Position of the first digit, or of the `+` or `(` before it. */
  readonly start: number;
  /** What stands before the first digit, from `+` and `(`. */
  readonly prefix: string;
  /** One span per group, each longer than the one before. */
  readonly spans: readonly NumberSpan[];
}

/** Reads the run that begins at `start`. */
export function readNumberRun(text: LaneText, start: number): NumberRun {
  const limit = Math.min(start + MAX_RUN, text.end);
  const run = RUN.exec(text.slice(start, limit))?.[0] ?? '';
  const end = start + run.length;
  // Where the run reaches the end of what has arrived, more of it may come.
  if (end + MAX_SEPARATOR + 1 > text.end) text.at(text.end);
  const spans: NumberSpan[] = [];
  let prefix = 0;
  while (prefix < run.length && !isDigit(run.charCodeAt(prefix))) prefix += 1;
  let digits = '';
  let shape = '';
  for (let at = prefix; at < run.length;) {
    const groupStart = at;
    while (at < run.length && isDigit(run.charCodeAt(at))) at += 1;
    digits += run.slice(groupStart, at);
    shape += at - groupStart;
    spans.push({ digits, shape, end: start + at });
    const separatorStart = at;
    while (at < run.length && !isDigit(run.charCodeAt(at))) at += 1;
    shape += run.slice(separatorStart, at);
  }
  return { start, prefix: run.slice(0, prefix), spans };
}

/** `1234 5678 9012` of `1234 5678 9012 3456`: the groups go on as they were. */
export function isContinued(span: NumberSpan, next: NumberSpan | undefined): boolean {
  if (!next || !/\D/.test(span.shape)) return false;
  return /\D+/.exec(next.shape.slice(span.shape.length))?.[0] === /\D+(?=\d+$)/.exec(span.shape)?.[0];
}

/**
 * True for the later groups of something longer: `5678 9012` behind `1234 `. What stands before must be of three units or
 * more, for `2 4111 …` is two things, and no finding.
 */
export function continuesLeft({ text, previousEnd }: Scene, { start, prefix, spans }: NumberRun): boolean {
  const separator = text.at(start - 1);
  if (prefix !== '' || (separator !== 32 && separator !== 45) || previousEnd === start - 1) return false;
  if (spans.length > 1 && spans[1]?.shape[spans[0]?.shape.length ?? 0] !== String.fromCharCode(separator)) return false;
  let length = 0;
  let digits = 0;
  for (let at = start - 2; isWord(text.at(at)) && length < 8; at -= 1) {
    length += 1;
    if (isDigit(text.at(at))) digits += 1;
  }
  return isDigit(text.at(start - 2)) && length > 2 && length < 8 && digits > 1;
}

/** What stands directly before a value. */
export type LeftEdge = 'clear' | 'joined' | 'money' | 'hash' | 'decimal';

/**
 * `joined`: the value is the rest of something longer (`a1-234`, `x/12`, `7:30`, a letter directly before it).
 * `money`, `hash`: an amount or `#123`. `decimal`: what follows the point or comma of a number.
 */
export function leftEdge(text: LaneText, start: number): LeftEdge {
  const before = text.at(start - 1);
  if (before === -1 || before === 32 || before === 10) return 'clear';
  if (isWord(before)) return 'joined';
  if (before === 36 || before === 163 || before === 165 || before === 8364) return 'money';
  if (before === 35) return 'hash';
  const outer = text.at(start - 2);
  switch (before) {
    case 45: // -
    case 92: // backslash
    case 38: // &
      return isWord(outer) ? 'joined' : 'clear';
    case 43: // +
      return isDigit(outer) || isLetter(outer) ? 'joined' : 'clear';
    case 58: // :
      return isDigit(outer) ? 'joined' : 'clear';
    case 47: // /
      return isDigit(outer) ? 'joined' : 'clear';
    case 46: // .
      return isDigit(outer) ? 'decimal' : 'clear';
    default:
      return 'clear';
  }
}

/** True when a value that ends at `end` is not the beginning of something longer: `12-a`, `1.5`, `3@x`, `7%`. */
export function isRightClear(text: LaneText, end: number): boolean {
  const after = text.at(end);
  if (after === -1 || after === 32 || after === 10) return true;
  if (isWord(after) || after === 64 || after === 37) return false;
  if (after === 45 || after === 47 || after === 46 || after === 58 || after === 43 || after === 44) {
    const outer = text.at(end + 1);
    if (after === 44 || after === 58) return true;
    if (after === 46) return !isDigit(outer);
    return !isWord(outer);
  }
  return true;
}
