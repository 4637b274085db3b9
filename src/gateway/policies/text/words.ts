import { DIGIT, GAP, LETTER, UNSPACED, letterClass } from './letters.js';
import type { FoldedText } from './folded-text.js';

/** Where the words and sentences of a folded text lie. A letter of an unspaced script is a word of its own. */
export interface WordTable {
  readonly count: number;
  /** Word `w` covers units `starts[w]` to `ends[w]`, exclusive. */
  readonly starts: Uint32Array;
  readonly ends: Uint32Array;
  /** FNV-1a over the units of each word, all digits taken for one. Never 0. */
  readonly hashes: Int32Array;
  /** 1 where a word holds letters and digits. */
  readonly mixed: Uint8Array;
  /** Sentence `s` covers the words from `sentenceEnds[s - 1]`, or 0, to `sentenceEnds[s]`, exclusive. Never empty sentences. */
  readonly sentenceEnds: Uint32Array;
  readonly sentences: number;
}

/** A sentence of more words than this is cut, so that text without punctuation still has windows. */
const LONGEST_SENTENCE = 60;
/** A full stop within so few words of the last end is an abbreviation or a numbering. */
const SHORTEST_SENTENCE = 3;

const BASIS = 0x811c9dc5 | 0;
const PRIME = 0x01000193;
const ZERO = 0x30;
const APOSTROPHE = 0x27;

/**
 * Splits a folded text into words and sentences. Linear.
 * @param memory of an earlier call, whose words are no longer needed: it is used again where it is large enough.
 */
export function splitWords({ codes, length, isAscii }: FoldedText, memory?: WordTable): WordTable {
  // Without letters of unspaced scripts, which only texts beyond ASCII have, a gap lies between any two words.
  const most = isAscii === true ? (length + 1) >> 1 : length;
  const { starts, ends, hashes, mixed, sentenceEnds } =
    memory !== undefined && memory.starts.length >= most ? memory : newTable(most);
  let count = 0;
  let sentences = 0;
  let last = 0;
  for (let at = 0; at < length;) {
    let unit = codes[at] as number;
    let kind = letterClass(unit);
    if (kind === GAP) {
      const inSentence = count - last;
      if (inSentence > 0 && endsSentence(unit, inSentence, at + 1 < length ? (codes[at + 1] as number) : 32)) {
        sentenceEnds[sentences++] = last = count;
      }
      at++;
      continue;
    }
    const isUnspaced = kind === UNSPACED;
    starts[count] = at;
    let hash = BASIS;
    let kinds = 0;
    for (;;) {
      kinds |= kind;
      hash = Math.imul(hash ^ (kind === DIGIT ? ZERO : unit), PRIME);
      if (++at >= length || isUnspaced) break;
      unit = codes[at] as number;
      kind = letterClass(unit);
      if (kind === LETTER || kind === DIGIT) continue;
      // An apostrophe between letters goes on with the word.
      if (unit !== APOSTROPHE || at + 1 >= length || letterClass(codes[at + 1] as number) !== LETTER) break;
    }
    ends[count] = at;
    hashes[count] = hash === 0 ? 1 : hash;
    mixed[count++] = kinds === (LETTER | DIGIT) ? 1 : 0;
    if (count - last >= LONGEST_SENTENCE * (isUnspaced ? 2 : 1)) sentenceEnds[sentences++] = last = count;
  }
  if (count > last) sentenceEnds[sentences++] = count;
  return { count, starts, ends, hashes, mixed, sentenceEnds, sentences };
}

/** The hash of a word of ASCII letters, as `splitWords` says it. */
export function hashUnits(letters: Uint8Array): number {
  let hash = BASIS;
  for (let i = 0; i < letters.length; i++) hash = Math.imul(hash ^ (letters[i] as number), PRIME);
  return hash === 0 ? 1 : hash;
}

function newTable(most: number): Omit<WordTable, 'count' | 'sentences'> {
  return {
    starts: new Uint32Array(most),
    ends: new Uint32Array(most),
    hashes: new Int32Array(most),
    mixed: new Uint8Array(most),
    sentenceEnds: new Uint32Array(most),
  };
}

function endsSentence(unit: number, words: number, next: number): boolean {
  switch (unit) {
    case 0x0a: // newline
    case 0x3002: // 。
    case 0xff01:
    case 0xff1f:
    case 0x0964: // danda
    case 0x06d4: // Urdu full stop
    case 0x061f: // ؟
      return true;
    case 0x21: // ! ? . ;
    case 0x3f:
    case 0x2e:
    case 0x3b:
      return words >= SHORTEST_SENTENCE && (next <= 0x22 || next >= 0x80 || letterClass(next) === GAP);
    case 0x22: // a JSON string ends
      return next === 0x2c || next === 0x3a || next === 0x7d || next === 0x5d;
    case 0x7c: // | of a table
    case 0x3c: // < of a tag
      return words >= SHORTEST_SENTENCE;
    default:
      return false;
  }
}
