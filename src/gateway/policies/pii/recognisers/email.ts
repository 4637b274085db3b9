import { CHAR, classOf, isWord } from '../characters.js';
import type { LaneText } from '../../stream/lane-text.js';
import type { Proposals } from './proposals.js';
import type { Scene } from './scene.js';

/** RFC 5321 §4.5.3.1.1 allows 64 octets before the `@`; longer ones are cut. */
export const MAX_LOCAL = 64;
const MAX_DOMAIN = 128;

/**
 * E-mail addresses around the `@` at `at`. The top-level domain must be letters (or punycode); which ones exist changes
 * every month, and addresses in examples and tests use those that do not.
 */
export function recogniseEmail(at: number, scene: Scene, out: Proposals): void {
  const { text } = scene;
  let start = at;
  while (start > at - MAX_LOCAL && isLocal(text.at(start - 1))) start -= 1;
  while (start < at && (text.at(start) === 46 || text.at(start) === 45)) start += 1;
  if (start === at || text.at(at - 1) === 46) return;
  const end = domainEnd(text, at + 1);
  if (end === undefined) return;
  out.add('EMAIL_ADDRESS', start, end, 0.95, 'format');
}

/** Where a host name with a plausible top-level domain ends that begins at `start`. */
export function domainEnd(text: LaneText, start: number): number | undefined {
  let at = start;
  let labels = 0;
  let end: number | undefined;
  while (at < start + MAX_DOMAIN) {
    const labelStart = at;
    while (at < start + MAX_DOMAIN && (isWord(text.at(at)) || text.at(at) === 45)) at += 1;
    if (at === labelStart) break;
    let labelEnd = at;
    while (text.at(labelEnd - 1) === 45) labelEnd -= 1;
    labels += 1;
    if (labels > 1 && isTopLevel(text.slice(labelStart, labelEnd))) end = labelEnd;
    if (text.at(at) !== 46 || !isWord(text.at(at + 1))) break;
    at += 1;
  }
  return end;
}

function isTopLevel(label: string): boolean {
  return /^(?:[\p{L}]{2,24}|xn--[a-z0-9-]{2,59})$/iu.test(label);
}

function isLocal(unit: number): boolean {
  return unit >= 0 && ((classOf(unit) & CHAR.local) !== 0 || (isWord(unit) && unit > 127));
}
