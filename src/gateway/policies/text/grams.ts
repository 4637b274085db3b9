// Words, word pairs and runs of letters as numbers: FNV-1a over UTF-16 units, spread over 2^18 buckets. Training and judging
// share this file, so its order and constants are part of every shipped model.
import { DIGIT, UNSPACED, letterClass } from './letters.js';
import type { FoldedText } from './folded-text.js';
import type { WordTable } from './words.js';

/** Buckets that grams are spread over. */
export const GRAM_BUCKETS = 1 << 18;

/** The hashed grams of a text, sentence by sentence. */
export interface Grams {
  /** Bucket of each gram, in the order of the text; only the first `sentenceStarts[sentences]` count. */
  readonly buckets: Uint32Array;
  /** The grams of sentence `s` are `buckets[sentenceStarts[s]]` up to `sentenceStarts[s + 1]`, exclusive. */
  readonly sentenceStarts: Uint32Array;
}

const BASIS = 0x811c9dc5;
const PRIME = 0x01000193;
/** Seeds that keep the kinds of grams apart. */
const WORD_SEED = 0x2545f491;
const PAIR_SEED = 0x6b43a9b5;
const EDGE = 0x5f;
/** Shorter runs made no better model of either policy on texts of sources that the training had not seen, and slower ones. */
const RUN = 5;
const ZERO = 0x30;

/**
 * Hashes the grams of every sentence: words, pairs of neighbours, and runs of letters inside a word with its edges.
 * @param memory of an earlier call, whose grams are no longer needed: it is used again where it is large enough.
 */
export function hashGrams({ codes }: FoldedText, words: WordTable, memory?: Grams): Grams {
  const { starts, ends, hashes, sentenceEnds, sentences } = words;
  const buckets = atLeast(gramBound(words), memory?.buckets);
  const sentenceStarts = atLeast(sentences + 1, memory?.sentenceStarts);
  let size = 0;
  let word = 0;
  for (let sentence = 0; sentence < sentences; sentence++) {
    sentenceStarts[sentence] = size;
    let before = 0;
    let beforeThat = 0;
    for (const lastWord = sentenceEnds[sentence] as number; word < lastWord; word++) {
      const start = starts[word] as number;
      const end = ends[word] as number;
      const hash = hashes[word] as number;
      buckets[size++] = bucket(hash ^ WORD_SEED);
      if (before !== 0) buckets[size++] = bucket(Math.imul(before, PAIR_SEED) ^ hash);
      if (end - start > 1) size = hashRuns(codes, start, end, buckets, size);
      else if (beforeThat !== 0 && letterClass(codes[start] as number) === UNSPACED) {
        buckets[size++] = bucket(Math.imul(Math.imul(beforeThat, PAIR_SEED) ^ before, PAIR_SEED) ^ hash);
      }
      beforeThat = before;
      before = hash;
    }
  }
  sentenceStarts[sentences] = size;
  return { buckets, sentenceStarts };
}

/** Runs of five units of `_word_`. */
function hashRuns(codes: Uint16Array, start: number, end: number, buckets: Uint32Array, from: number): number {
  if (end - start + 2 < RUN) return from;
  let size = from;
  let a = EDGE;
  let b = letter(codes[start] as number);
  let c = letter(codes[start + 1] as number);
  let d = letter(codes[start + 2] as number);
  for (let at = start + 3; at <= end; at++) {
    const e = at < end ? letter(codes[at] as number) : EDGE;
    let hash = Math.imul(BASIS ^ a, PRIME);
    hash = Math.imul(hash ^ b, PRIME);
    hash = Math.imul(hash ^ c, PRIME);
    hash = Math.imul(hash ^ d, PRIME);
    buckets[size++] = bucket(Math.imul(hash ^ e, PRIME));
    a = b;
    b = c;
    c = d;
    d = e;
  }
  return size;
}

/** Digits are all one letter: which number it is says nothing about intent. */
function letter(unit: number): number {
  return unit < 0x80 ? (unit >= 0x30 && unit <= 0x39 ? ZERO : unit) : letterClass(unit) === DIGIT ? ZERO : unit;
}

function bucket(hash: number): number {
  let mixed = hash ^ (hash >>> 16);
  mixed = Math.imul(mixed, 0x85ebca6b);
  return (mixed ^ (mixed >>> 13)) & (GRAM_BUCKETS - 1);
}

function gramBound({ count, starts, ends }: WordTable): number {
  let bound = 0;
  for (let w = 0; w < count; w++) bound += 3 + (ends[w] as number) - (starts[w] as number);
  return bound;
}

function atLeast(length: number, memory: Uint32Array | undefined): Uint32Array {
  return memory !== undefined && memory.length >= length ? memory : new Uint32Array(length);
}
