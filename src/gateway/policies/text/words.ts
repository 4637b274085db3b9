import { GAP, LETTER, UNSPACED, letterClass } from './letters.js';
import type { FoldedText } from './folded-text.js';

/** Where the words and sentences of a folded text lie. A letter of an unspaced script is a word of its own. */
export interface WordTable {
  readonly count: number;
  /** Word `w` covers units `starts[w]` to `ends[w]`, exclusive. */
  readonly starts: Uint32Array;
  readonly ends: Uint32Array;
  /** Sentence `s` covers the words from `sentenceEnds[s - 1]`, or 0, to `sentenceEnds[s]`, exclusive. Never empty sentences. */
  readonly sentenceEnds: Uint32Array;
  readonly sentences: number;
}

/** A sentence of more words than this is cut, so that text without punctuation still has windows. */
const LONGEST_SENTENCE = 60;
/** A full stop within so few words of the last end is an abbreviation or a numbering. */
const SHORTEST_SENTENCE = 3;

/** Splits a folded text into words and sentences. Linear. */
export function splitWords({ codes, length }: FoldedText): WordTable {
  const starts = new Uint32Array(length);
  const ends = new Uint32Array(length);
  const sentenceEnds = new Uint32Array(length);
  let count = 0;
  let sentences = 0;
  let last = 0;
  for (let at = 0; at < length;) {
    const unit = codes[at] as number;
    const kind = letterClass(unit);
    if (kind === GAP) {
      const inSentence = count - last;
      if (inSentence > 0 && endsSentence(unit, inSentence, at + 1 < length ? (codes[at + 1] as number) : 32)) {
        sentenceEnds[sentences++] = last = count;
      }
      at++;
      continue;
    }
    const start = at++;
    if (kind !== UNSPACED) {
      while (at < length && isInnerUnit(codes, at, length)) at++;
    }
    starts[count] = start;
    ends[count++] = at;
    if (count - last >= LONGEST_SENTENCE * (kind === UNSPACED ? 2 : 1)) sentenceEnds[sentences++] = last = count;
  }
  if (count > last) sentenceEnds[sentences++] = count;
  return { count, starts, ends, sentenceEnds, sentences };
}

/** Does the unit go on with the word before it? An apostrophe between letters does. */
function isInnerUnit(codes: Uint16Array, at: number, length: number): boolean {
  const unit = codes[at] as number;
  const kind = letterClass(unit);
  if (kind !== GAP) return kind !== UNSPACED;
  return unit === 0x27 && at + 1 < length && letterClass(codes[at + 1] as number) === LETTER;
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
