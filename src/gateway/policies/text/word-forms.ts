// Counts the signs of a disguise in a text: common words in their disguised form, single letters in a row, digits in words.
// Every word of every text passes here, so each question is first put to a small bit table that answers most of them.
import { COMMON_PAIRS, COMMON_WORDS, ORDINARY_WORDS } from './common-words.js';
import type { FoldedText } from './folded-text.js';
import { hashUnits, type WordTable } from './words.js';

/** Forms of a word: 1–25 rotated so far, 26 in the mirrored alphabet, 27 backwards. */
export const ATBASH = 26;
export const BACKWARDS = 27;
const FORMS = 28;

export interface FormCounts {
  /** How many words stand in each form. */
  readonly forms: Uint16Array;
  /** Pairs of common neighbours, in their order and against it. */
  pairs: number;
  reversedPairs: number;
  /** Most single letters in a row. */
  longestRow: number;
  /** Words that are common ones once their digits are read as letters, and signs between letters. */
  leet: number;
  scrambled: number;
  longWords: number;
}

/** Letters of a word that is long enough to be several run together. */
export const LONG_WORD = 18;

/** Digits and signs that pass for letters. */
export const LEET = new Map(
  '0o 1i 2z 3e 4a 5s 6g 7t 8b 9g @a $s !i |l +t €e £l'
    .split(' ')
    .map((pair): [number, number] => [pair.charCodeAt(0), pair.charCodeAt(1)]),
);
const LEET_DIGITS = 'oizeasgtbg';
const isSign = Uint8Array.from({ length: 128 }, (_, unit) => (LEET.has(unit) && (unit < 0x30 || unit > 0x39) ? 1 : 0));

/** Words this short stand for too many others once they are rotated; these few are worth it. */
const SHORTEST_ROTATED = 4;
const SHORT_ROTATED = new Set(['the', 'and', 'you']);
/** Words this short have too few letters to scramble. */
const SHORTEST_SCRAMBLED = 5;

interface Tables {
  /** Hashes of the common words as they are. */
  readonly plain: ReadonlySet<number>;
  /** Of those, and of words that are disguised forms by chance. */
  readonly undisguised: ReadonlySet<number>;
  readonly pairs: ReadonlySet<number>;
  readonly pairBits: Uint8Array;
  /** By hash of a disguised word: its form. */
  readonly forms: ReadonlyMap<number, number>;
  readonly formBits: Uint8Array;
  /** The common words by first, last and sorted letters. */
  readonly scrambles: ReadonlyMap<string, string>;
  readonly scrambleSums: ReadonlySet<number>;
  readonly shapeBits: Uint8Array;
}

let built: Tables | undefined;

/** Made when they are first asked for. */
function tables(): Tables {
  return (built ??= buildTables());
}

function buildTables(): Tables {
  const plain = new Set(COMMON_WORDS.map(hashWord));
  const pairs = new Set(COMMON_PAIRS.map((pair) => pairHash(...(pair.split(' ').map(hashWord) as [number, number]))));
  const undisguised = new Set([...plain, ...ORDINARY_WORDS.map(hashWord)]);
  const forms = disguisedForms(undisguised);
  const long = COMMON_WORDS.filter(({ length }) => length >= SHORTEST_SCRAMBLED);
  return {
    plain,
    undisguised,
    pairs,
    pairBits: bitsOf(pairs),
    forms,
    formBits: bitsOf(forms.keys()),
    scrambles: new Map(long.map((word) => [scrambleKey(word), word])),
    scrambleSums: new Set(long.map((word) => letterSum(Uint16Array.from(word, unitOf), 0, word.length))),
    shapeBits: bitsOf(long.map(shapeOf)),
  };
}

/** Counts the forms of a text's words from `first` up to `past`, exclusive. Linear. */
export function countForms(
  { codes, length }: FoldedText,
  { starts, ends, hashes, mixed }: WordTable,
  first: number,
  past: number,
): FormCounts {
  const counts = {
    forms: new Uint16Array(FORMS),
    pairs: 0,
    reversedPairs: 0,
    longestRow: 0,
    leet: 0,
    scrambled: 0,
    longWords: 0,
  };
  const { undisguised, pairs, pairBits, forms, formBits, scrambleSums, shapeBits } = tables();
  let before = first === 0 ? 0 : (hashes[first - 1] as number);
  let row = 0;
  for (let word = first; word < past; word++) {
    const start = starts[word] as number;
    const end = ends[word] as number;
    const size = end - start;
    const hash = hashes[word] as number;
    if (size === 1) {
      if (isAsciiLetter(codes[start] as number) && ++row > counts.longestRow) counts.longestRow = row;
    } else {
      row = 0;
      if (size >= LONG_WORD) counts.longWords++;
    }
    if (mixed[word] === 1 && isLeet(codes, start, end)) counts.leet++;
    else if (end + 1 < length && (codes[end] as number) < 128 && isSign[codes[end] as number] === 1) {
      if (isAsciiLetter(codes[end - 1] as number) && isAsciiLetter(codes[end + 1] as number)) counts.leet++;
    }
    if (hasBit(formBits, hash)) {
      const form = forms.get(hash);
      if (form !== undefined) counts.forms[form] = (counts.forms[form] as number) + 1;
    }
    if (hasBit(pairBits, pairHash(before, hash)) && pairs.has(pairHash(before, hash))) counts.pairs++;
    if (hasBit(pairBits, pairHash(hash, before)) && pairs.has(pairHash(hash, before))) counts.reversedPairs++;
    if (
      size >= SHORTEST_SCRAMBLED &&
      size <= 14 &&
      hasBit(shapeBits, shape(codes[start] as number, codes[end - 1] as number, size))
    ) {
      if (!undisguised.has(hash) && scrambleSums.has(letterSum(codes, start, end))) counts.scrambled++;
    }
    before = hash;
  }
  return counts;
}

/** Is the word a common one when its digits are read as letters, 1 as i or l? */
function isLeet(codes: Uint16Array, start: number, end: number): boolean {
  const word = wordAt(codes, start, Math.min(end, start + 20));
  const read = (one: string): string =>
    word.replace(/\d/g, (digit) => (digit === '1' ? one : LEET_DIGITS.charAt(Number(digit))));
  const { plain } = tables();
  return plain.has(hashWord(read('i'))) || plain.has(hashWord(read('l')));
}

/** How many words of a text are common ones. */
export function countCommon(words: WordTable): number {
  const { plain } = tables();
  let common = 0;
  for (let word = 0; word < words.count; word++) if (plain.has(words.hashes[word] as number)) common++;
  return common;
}

/** The common word that `word` is when the letters between its ends are put in order; `undefined` for none. */
export function unscrambled(word: string): string | undefined {
  return tables().scrambles.get(scrambleKey(word));
}

export const isAsciiLetter = (unit: number): boolean => unit >= 97 && unit <= 122;

/** The same for words with the same first and last letter and the same letters between. */
function scrambleKey(word: string): string {
  return word.charAt(0) + Array.from(word.slice(1, -1)).sort().join('') + word.charAt(word.length - 1);
}

/** The same for words with the same letters and the same ends; the first look, which a key confirms. */
function letterSum(codes: Uint16Array, start: number, end: number): number {
  let sum = 0;
  for (let i = start; i < end; i++) {
    const mixed = Math.imul(codes[i] as number, 0x9e3779b1);
    sum = (sum + (mixed ^ (mixed >>> 15))) | 0;
  }
  return sum;
}

export function wordAt(codes: Uint16Array, start: number, end: number): string {
  return String.fromCharCode(...codes.subarray(start, end));
}

function disguisedForms(undisguised: ReadonlySet<number>): Map<number, number> {
  const table = new Map<number, number>();
  for (const word of COMMON_WORDS) {
    const letters = Uint8Array.from(word, unitOf);
    const isRotated = word.length >= SHORTEST_ROTATED || SHORT_ROTATED.has(word);
    const disguised = new Uint8Array(letters.length);
    for (let form = isRotated ? 1 : BACKWARDS; form <= BACKWARDS; form++) {
      for (let i = 0; i < letters.length; i++) {
        disguised[i] =
          form === BACKWARDS ? (letters[letters.length - 1 - i] as number) : rotated(letters[i] as number, form);
      }
      const hash = hashUnits(disguised);
      if (!undisguised.has(hash) && !table.has(hash)) table.set(hash, form);
    }
  }
  return table;
}

function rotated(unit: number, rotation: number): number {
  const letter = unit - 97;
  return 97 + (rotation === ATBASH ? 25 - letter : (letter + rotation) % 26);
}

const unitOf = (char: string): number => char.charCodeAt(0);
const hashWord = (word: string): number => hashUnits(Uint8Array.from(word, unitOf));

function pairHash(a: number, b: number): number {
  return (Math.imul(a, 0x6b43a9b5) ^ b) | 0;
}

function shapeOf(word: string): number {
  return shape(word.charCodeAt(0), word.charCodeAt(word.length - 1), word.length);
}

function shape(first: number, last: number, size: number): number {
  return Math.imul((first << 16) ^ (last << 8) ^ size, 0x9e3779b1);
}

/** A bit for each hash: no false "no", and few false "yes". */
function bitsOf(hashes: Iterable<number>): Uint8Array {
  const bits = new Uint8Array(1 << 13);
  for (const hash of hashes) {
    const index = bitIndex(hash);
    bits[index >> 3] = (bits[index >> 3] as number) | (1 << (index & 7));
  }
  return bits;
}

function hasBit(bits: Uint8Array, hash: number): boolean {
  const index = bitIndex(hash);
  return ((bits[index >> 3] as number) & (1 << (index & 7))) !== 0;
}

function bitIndex(hash: number): number {
  return (hash ^ (hash >>> 16)) & 0xffff;
}
