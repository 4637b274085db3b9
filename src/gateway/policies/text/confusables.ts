// Letters of other scripts that look like Latin ones, a subset of Unicode's confusables (UTS #39,
// https://www.unicode.org/reports/tr39/) that honest text of those scripts does not suffer from, because they are replaced
// only in words that mix scripts, or that a Latin text could not otherwise hold.
import { GAP, letterClass } from './letters.js';

const LOOKALIKES = buildLookalikes(
  'аa вb сc ԁd еe ѐe єe һh нh іi їi јj кk ӏl ӀI мm пn оo рp ԛq гr ѕs тt цu ѵv ԝw хx уy ўy зz бb қk ңn ґr',
  'αa βb ϲc δd εe ηn ιi κk λl μu νv οo ρp σo ςs τt υu χx γy ωw φp ζz',
  'աw բf գq դn եt զq հh յj ոn պu սu վl օo ցg ք_ ոn տs',
  'ꮪs ꭰd ꭱr ꭲi ꮩv ꮤt ꭺg ꮃl ꭻj ꮋm ꮑa ꮇm ꮢr ꮯt ꮲb ꮓz',
);

const isLatin = (unit: number): boolean =>
  (unit >= 97 && unit <= 122) || (unit >= 0x00df && unit <= 0x024f && unit !== 0x00f7);

/**
 * Replaces lookalikes with Latin letters, in place, in every word that holds Latin letters beside them, and, where most of
 * the text is Latin, in words made of lookalikes alone.
 * @param codes folded text. @returns how many letters were replaced.
 */
export function foldConfusables(codes: Uint16Array, length: number): number {
  if (!hasOtherLetters(codes, length)) return 0;
  const latinText = mostlyLatin(codes, length);
  let replaced = 0;
  for (let at = 0; at < length;) {
    if (letterClass(codes[at] as number) === GAP) {
      at++;
      continue;
    }
    let end = at;
    let latin = 0;
    let alike = 0;
    let foreign = 0;
    for (; end < length && letterClass(codes[end] as number) !== GAP; end++) {
      const unit = codes[end] as number;
      if (isLatin(unit)) latin++;
      else if (LOOKALIKES.has(unit)) alike++;
      else if (unit > 0x7f) foreign++;
    }
    if (alike > 0 && (latin > foreign || (latinText && foreign === 0))) {
      for (let i = at; i < end; i++) {
        const letter = LOOKALIKES.get(codes[i] as number);
        if (letter === undefined) continue;
        codes[i] = letter;
        replaced++;
      }
    }
    at = end;
  }
  return replaced;
}

/** Most texts beyond ASCII only hold its punctuation: long dashes, curly quotes. */
function hasOtherLetters(codes: Uint16Array, length: number): boolean {
  for (let i = 0; i < length; i++) {
    if ((codes[i] as number) >= 0x80 && letterClass(codes[i] as number) !== GAP) return true;
  }
  return false;
}

function mostlyLatin(codes: Uint16Array, length: number): boolean {
  let latin = 0;
  let other = 0;
  for (let i = 0; i < length; i++) {
    const unit = codes[i] as number;
    if (isLatin(unit)) latin++;
    else if (unit > 0x7f && !LOOKALIKES.has(unit) && letterClass(unit) !== GAP) other++;
  }
  return latin > 2 * other;
}

function buildLookalikes(...lists: string[]): ReadonlyMap<number, number> {
  const map = new Map<number, number>();
  for (const pair of lists.join(' ').split(' ')) {
    if (/^.[a-z]$/u.test(pair)) map.set(pair.charCodeAt(0), pair.charCodeAt(1));
  }
  return map;
}
