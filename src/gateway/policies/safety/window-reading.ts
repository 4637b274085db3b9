import { foldText } from '../text/folded-text.js';
import { hashGrams, type Grams } from '../text/grams.js';
import { splitWords, type WordTable } from '../text/words.js';
import type { ConceptScanner } from './concept-scan.js';
import { readSignals, type Signals } from './signals.js';
import { LONGEST_WINDOW } from './windows.js';

/** What is read from one window, before any weight is known. */
export interface WindowReading {
  readonly signals: Signals;
  /** Hashed grams: words, pairs, runs of letters; only the first `grams` count, and only until the next window is read. */
  readonly buckets: Uint32Array;
  readonly grams: number;
  /** Sexual words and words for minors stand together. */
  readonly breaksMinorsRule: boolean;
}

// Windows are many and small: fresh memory for each would cost more than reading it.
const room = { codes: new Uint16Array(2 * LONGEST_WINDOW), offsets: new Uint32Array(2 * LONGEST_WINDOW + 1) };
let words: WordTable | undefined;
let grams: Grams | undefined;

export function readWindow(text: string, scanner: ConceptScanner): WindowReading {
  const folded = foldText(text, {}, room);
  words = splitWords(folded, words);
  const { signals, breaksMinorsRule } = readSignals(scanner.scan(folded, words));
  grams = hashGrams(folded, words, grams);
  return { signals, buckets: grams.buckets, grams: grams.sentenceStarts[words.sentences] as number, breaksMinorsRule };
}
