import { CHAR, classOf, isWord } from '../characters.js';
import type { LaneText } from '../../stream/lane-text.js';

/** A word of the text: a maximal run of letters, digits and `_`. */
export interface Token {
  readonly start: number;
  readonly end: number;
  /** The union of its characters' classes. */
  readonly classes: number;
}

export function hasDigit({ classes }: Token): boolean {
  return (classes & CHAR.digit) !== 0;
}

export function isNumeric({ classes }: Token): boolean {
  return classes === (CHAR.digit | CHAR.local);
}

/**
 * What a value looks like: each letter `A`, each digit `9`, anything else itself. Signatures are looked up in tables, which
 * is quicker than trying one pattern after the other.
 */
export function signatureOf(value: string): string {
  let signature = '';
  for (let k = 0; k < value.length; k += 1) {
    const bits = classOf(value.charCodeAt(k));
    signature += bits & CHAR.digit ? '9' : bits & (CHAR.upper | CHAR.lower) ? 'A' : value[k];
  }
  return signature;
}

/** The end of the word characters from `start` on that may be joined by single units of `joints`; at most `max` long. */
export function joinedEnd(text: LaneText, start: number, joints: string, max: number): number {
  let at = start;
  while (at < start + max) {
    const unit = text.at(at);
    if (isWord(unit)) at += 1;
    else if (unit !== -1 && joints.includes(String.fromCharCode(unit)) && isWord(text.at(at + 1))) at += 1;
    else break;
  }
  return at;
}

/** The end of the longest run from `start` on of which every unit satisfies `accepts`; at most `max` long. */
export function runEnd(text: LaneText, start: number, max: number, accepts: (unit: number) => boolean): number {
  let at = start;
  while (at < start + max && accepts(text.at(at))) at += 1;
  return at;
}

/** Letters and digits in base64 and its URL form. */
export function isBase64(unit: number): boolean {
  return isBase64Url(unit) || unit === 43 || unit === 47;
}

export function isBase64Url(unit: number): boolean {
  return isAlphanumeric(unit) || unit === 45 || unit === 95;
}

export function isAlphanumeric(unit: number): boolean {
  return (classOf(unit) & (CHAR.digit | CHAR.upper | CHAR.lower)) !== 0;
}
