import { isIPv6 } from 'node:net';
import { isDigit, isHexDigit, isWord } from '../characters.js';
import type { LaneText } from '../../stream/lane-text.js';
import { ABSENT } from '../context/cue-index.js';
import { leftEdge, type NumberRun } from './number-run.js';
import type { Proposals } from './proposals.js';
import { isAlone, type Scene } from './scene.js';
import { isAlphanumeric, runEnd } from './token.js';

/** Longest IPv6 address with an embedded IPv4 address. */
const MAX_IPV6 = 45;
/** Longest interface name behind `%`; IFNAMSIZ on Linux is 16. */
const MAX_ZONE = 16;

/** IPv4 in dotted form, with a prefix length where one follows. */
export function recogniseIpv4(run: NumberRun, scene: Scene, out: Proposals): void {
  const span = run.spans[3];
  const { text, around } = scene;
  if (!span || run.prefix !== '' || !/^[1-3]\.[1-3]\.[1-3]\.[1-3]$/.test(span.shape)) return;
  const address = text.slice(run.start, span.end);
  const octets = address.split('.');
  if (octets.some((octet) => Number(octet) > 255 || (octet.length > 1 && octet.startsWith('0')))) return;
  if (isVersionEdge(text, run.start) || isDecimalTail(text, span.end)) return;
  if (/^255\.(?:0\.0|255\.(?:0|255))\.0$/.test(address)) return;
  const end = prefixLengthEnd(text, span.end, 32);
  const numbers = octets.map(Number);
  let score = 0.62;
  if (around.isAnnounced('ip')) score = 0.9;
  else if (around.distance('ip') !== ABSENT) score = 0.75;
  // Four small numbers read like a version as well; 10.x and the well-known resolvers are addresses.
  const isSmall = numbers.every((octet) => octet < 100) && (numbers[0] as number) < 32;
  if (isSmall && numbers[0] !== 10 && numbers[0] !== 0 && new Set(numbers).size > 1 && score < 0.75) score -= 0.15;
  const version = around.distance('not_ip');
  if (version !== ABSENT && version < around.distance('ip')) score -= version < 24 ? 0.5 : 0.2;
  if (isAlone(scene, run.start, end)) score = Math.max(score, 0.6);
  out.add('IP_ADDRESS', run.start, end, score, 'format');
}

/** `Chrome/120.0.0.0`, `v1.2.3.4`, `pkg-1.2.3.4`, `1.2.3.4` behind another group: not an address. A `/` of a path or URL is fine. */
function isVersionEdge(text: LaneText, start: number): boolean {
  const before = text.at(start - 1);
  const outer = text.at(start - 2);
  if (isWord(before)) return true;
  if (before === 46 || before === 45 || before === 43) return isWord(outer);
  if (before === 47) return isWord(outer);
  return before === 126 || before === 94 || (before === 61 && (outer === 61 || outer === 62 || outer === 60));
}

function isDecimalTail(text: LaneText, end: number): boolean {
  const after = text.at(end);
  if (isWord(after)) return true;
  return after === 45 && isWord(text.at(end + 1)) && !isDigit(text.at(end + 1));
}

/** Behind `/24`, when a prefix length follows the address; else `end`. */
function prefixLengthEnd(text: LaneText, end: number, max: number): number {
  if (text.at(end) !== 47 || !isDigit(text.at(end + 1))) return end;
  const digits = runEnd(text, end + 1, 4, isDigit);
  const length = Number(text.slice(end + 1, digits));
  return length <= max && !isWord(text.at(digits)) ? digits : end;
}

/** IPv6 at `start`: hexadecimal groups and colons, perhaps an IPv4 tail, a zone, a prefix length. */
export function recogniseIpv6(start: number, scene: Scene, out: Proposals): void {
  const { text, around } = scene;
  const before = text.at(start - 1);
  if (isWord(before) || before === 58 || (before === 46 && isWord(text.at(start - 2)))) return;
  let end = runEnd(text, start, MAX_IPV6 + 1, isIpv6Unit);
  if (isWord(text.at(end))) return;
  while (end > start && text.at(end - 1) === 46) end -= 1;
  let address = text.slice(start, end);
  if (address.endsWith(':') && !address.endsWith('::')) {
    end -= 1;
    address = address.slice(0, -1);
  }
  if (!address.includes(':') || !isIPv6(address)) return;
  // `::` alone is an operator in half of all languages, `::1` and `a::b` may be.
  const needsCue = address.length < 4 || /^[a-f]{1,4}::[a-f]{0,4}$/i.test(address);
  if (text.at(end) === 37) {
    const zone = runEnd(text, end + 1, MAX_ZONE, isAlphanumeric);
    if (zone > end + 1) end = zone;
  }
  end = prefixLengthEnd(text, end, 128);
  if (needsCue && around.distance('ip') === ABSENT && !isAlone(scene, start, end)) return;
  out.add('IP_ADDRESS', start, end, 0.85, 'format');
}

function isIpv6Unit(unit: number): boolean {
  return isHexDigit(unit) || unit === 58 || unit === 46;
}

/** Six pairs with `:` or `-`, or three groups of four with `.` (Cisco); not the broadcast and the null address. */
export function recogniseMac(start: number, scene: Scene, out: Proposals): void {
  const { text } = scene;
  if (leftEdge(text, start) === 'joined') return;
  const separator = text.at(start + 2) === 58 || text.at(start + 2) === 45 ? text.at(start + 2) : text.at(start + 4);
  const group = separator === text.at(start + 2) ? 2 : 4;
  if (group === 4 && separator !== 46) return;
  const end = start + 12 + (group === 2 ? 5 : 2);
  let digits = '';
  for (let at = start; at < end; at += 1) {
    const unit = text.at(at);
    if ((at - start + 1) % (group + 1) === 0 ? unit !== separator : !isHexDigit(unit)) return;
    if (unit !== separator) digits += String.fromCharCode(unit);
  }
  const after = text.at(end);
  if (isWord(after) || (after === separator && isHexDigit(text.at(end + 1)))) return;
  if (/^(?:0+|f+)$/i.test(digits)) return;
  if (group === 4 && /^\d+$/.test(digits)) return;
  out.add('MAC_ADDRESS', start, end, 0.9, 'format');
}
