// Counts the signs of a disguise in a text: common words in their disguised form, single letters in a row, digits in words.
import { COMMON_PAIRS, COMMON_WORDS } from './common-words.js';
import type { FoldedText } from './folded-text.js';
import type { WordTable } from './words.js';

/** Forms of a word: 1–25 rotated so far, 26 in the mirrored alphabet, 27 backwards, 28 undisguised. */
export const ATBASH = 26;
export const BACKWARDS = 27;
export const PLAIN = 28;
const DISGUISES = 29;

const BASIS = 0x811c9dc5;
const PRIME = 0x01000193;

/** One weight a letter, so that a sum tells which letters a word has, whatever their order. */
const LETTER_WEIGHTS = Int32Array.from(
  { length: 26 },
  (_, i) => Math.imul(i + 1, 0x9e3779b1) ^ Math.imul(i + 7, 0x85ebca6b),
);

/** Digits and signs that pass for letters. */
export const LEET = new Map(
  '0o 1i 2z 3e 4a 5s 6g 7t 8b 9g @a $s !i |l +t €e £l'
    .split(' ')
    .map((pair): [number, number] => [pair.charCodeAt(0), pair.charCodeAt(1)]),
);

/** Hash of a word in a form → the form. */
const forms = buildForms();
const pairs = new Set(COMMON_PAIRS.map((pair) => pairHash(...(pair.split(' ').map(hashOf) as [number, number]))));
/** First, last and sorted letters → the word. */
export const scrambles = new Map(
  COMMON_WORDS.filter((word) => word.length >= 5).map((word) => [scrambleKey(word), word]),
);

export interface FormCounts {
  readonly forms: Uint16Array;
  pairs: number;
  reversedPairs: number;
  /** Most single letters in a row. */
  longestRow: number;
  /** Words that mix letters with digits, or stand next to a sign that passes for a letter. */
  mixed: number;
  scrambled: number;
  longWords: number;
}

/** Counts the forms of a text's words. Linear; a few table lookups a word. */
export function countForms({ codes, length }: FoldedText, { count, starts, ends }: WordTable): FormCounts {
  const counts: FormCounts = {
    forms: new Uint16Array(DISGUISES),
    pairs: 0,
    reversedPairs: 0,
    longestRow: 0,
    mixed: 0,
    scrambled: 0,
    longWords: 0,
  };
  let before = 0;
  let row = 0;
  for (let word = 0; word < count; word++) {
    const start = starts[word] as number;
    const end = ends[word] as number;
    const size = end - start;
    let hash = BASIS;
    let sum = 0;
    let letters = 0;
    for (let i = start; i < end; i++) {
      const unit = codes[i] as number;
      hash = Math.imul(hash ^ unit, PRIME);
      if (unit >= 97 && unit <= 122) {
        letters++;
        sum = (sum + (LETTER_WEIGHTS[unit - 97] as number)) | 0;
      }
    }
    if (size === 1 && letters === 1) {
      if (++row > counts.longestRow) counts.longestRow = row;
    } else row = 0;
    if (letters > 0 && (letters < size || isSign(codes, end, length) || isSign(codes, start - 1, length)))
      counts.mixed++;
    if (size >= 18 && letters === size) counts.longWords++;
    const form = forms.get(hash);
    if (form !== undefined) counts.forms[form] = (counts.forms[form] as number) + 1;
    if (before !== 0) {
      if (pairs.has(pairHash(before, hash))) counts.pairs++;
      else if (pairs.has(pairHash(hash, before))) counts.reversedPairs++;
    }
    if (form === undefined && size >= 5 && letters === size) {
      if (scrambles.has(keyOf(codes[start] as number, codes[end - 1] as number, size, sum))) counts.scrambled++;
    }
    before = hash;
  }
  return counts;
}

/** `@`, `$` and the like between letters. */
function isSign(codes: Uint16Array, at: number, length: number): boolean {
  if (at <= 0 || at + 1 >= length) return false;
  return (
    LEET.has(codes[at] as number) && isAsciiLetter(codes[at - 1] as number) && isAsciiLetter(codes[at + 1] as number)
  );
}

export const isAsciiLetter = (unit: number): boolean => unit >= 97 && unit <= 122;

function hashOf(word: string): number {
  let hash = BASIS;
  for (let i = 0; i < word.length; i++) hash = Math.imul(hash ^ word.charCodeAt(i), PRIME);
  return hash;
}

function pairHash(a: number, b: number): number {
  return (Math.imul(a, 0x6b43a9b5) ^ b) | 0;
}

function keyOf(first: number, last: number, size: number, sum: number): number {
  return (Math.imul(sum, 31) ^ (first << 16) ^ (last << 8) ^ size) | 0;
}

/** The same for words with the same first and last letter and the same letters between. */
export function scrambleKey(word: string): number {
  let sum = 0;
  for (let i = 0; i < word.length; i++) sum = (sum + (LETTER_WEIGHTS[word.charCodeAt(i) - 97] ?? 0)) | 0;
  return keyOf(word.charCodeAt(0), word.charCodeAt(word.length - 1), word.length, sum);
}

function buildForms(): ReadonlyMap<number, number> {
  const table = new Map<number, number>();
  const add = (word: string, form: number): void => void (table.has(hashOf(word)) || table.set(hashOf(word), form));
  for (const word of COMMON_WORDS) add(word, PLAIN);
  for (const word of COMMON_WORDS) {
    add(Array.from(word).reverse().join(''), BACKWARDS);
    if (word.length < 4 && word !== 'the' && word !== 'and' && word !== 'you') continue;
    for (let rotation = 1; rotation <= ATBASH; rotation++) {
      add(
        word.replace(/[a-z]/g, (c) => rotateLetter(c, rotation)),
        rotation,
      );
    }
  }
  return table;
}

function rotateLetter(char: string, rotation: number): string {
  const letter = char.charCodeAt(0) - 97;
  return String.fromCharCode(97 + (rotation === ATBASH ? 25 - letter : (letter + rotation) % 26));
}
