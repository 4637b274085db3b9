import { foldText } from '../text/folded-text.js';
import { hashGrams } from '../text/grams.js';
import { splitWords } from '../text/words.js';
import type { ConceptScanner } from './concept-scan.js';
import { readSignals, type Signals } from './signals.js';

/** The model was trained on runs of 3 to 5 letters. */
const SHORTEST_RUN = 3;

/** What is read from one window, before any weight is known. */
export interface WindowReading {
  readonly signals: Signals;
  /** Hashed grams: words, pairs, runs of letters; only the first `grams` count. */
  readonly buckets: Uint32Array;
  readonly grams: number;
  /** Sexual words and words for minors stand together. */
  readonly breaksMinorsRule: boolean;
}

export function readWindow(text: string, scanner: ConceptScanner): WindowReading {
  const folded = foldText(text);
  const words = splitWords(folded);
  const { signals, breaksMinorsRule } = readSignals(scanner.scan(folded, words));
  const { buckets, sentenceStarts } = hashGrams(folded, words, SHORTEST_RUN);
  return { signals, buckets, grams: sentenceStarts[words.sentences] as number, breaksMinorsRule };
}
