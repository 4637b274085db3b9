import type { FoldedText } from '../text/folded-text.js';
import { hashGrams, type Grams } from '../text/grams.js';
import type { WordTable } from '../text/words.js';
import type { ConceptEvents, ConceptScanner } from './concept-scan.js';
import { matchRules, type RuleMatch } from './rule-match.js';

/** Everything that windows are judged by. */
export interface Analysis {
  readonly text: FoldedText;
  readonly words: WordTable;
  readonly grams: Grams;
  readonly events: ConceptEvents;
  readonly matches: readonly RuleMatch[];
}

/** @param memory of an earlier call, whose grams are no longer needed. The events are the scanner's until it scans again. */
export function analyse(text: FoldedText, words: WordTable, scanner: ConceptScanner, memory?: Grams): Analysis {
  const events = scanner.scan(text, words);
  return { text, words, grams: hashGrams(text, words, memory), events, matches: matchRules(events) };
}

/** Neighbouring sentences that are judged together; all bounds but `end` are inclusive of the first and exclusive of the last. */
export interface Window {
  readonly firstSentence: number;
  readonly lastSentence: number;
  readonly firstEvent: number;
  readonly lastEvent: number;
  /** Units of the folded text. */
  readonly start: number;
  readonly end: number;
}

/** Sentences are taken together until a window has so many units. */
const WINDOW_UNITS = 180;

/** Covers a text with windows, each beginning half way through the one before. */
export function windowsOf({ words, events }: Analysis): Window[] {
  const { sentences, sentenceEnds, starts, ends } = words;
  const windows: Window[] = [];
  const startOf = (sentence: number): number =>
    starts[sentence === 0 ? 0 : (sentenceEnds[sentence - 1] as number)] as number;
  const endOf = (sentence: number): number => ends[(sentenceEnds[sentence] as number) - 1] as number;
  let firstEvent = 0;
  let lastEvent = 0;
  for (let first = 0; first < sentences;) {
    const start = startOf(first);
    let last = first;
    while (last + 1 < sentences && endOf(last) - start < WINDOW_UNITS) last++;
    const end = endOf(last);
    while (firstEvent < events.count && (events.sentences[firstEvent] as number) < first) firstEvent++;
    lastEvent = Math.max(lastEvent, firstEvent);
    while (lastEvent < events.count && (events.sentences[lastEvent] as number) <= last) lastEvent++;
    windows.push({ firstSentence: first, lastSentence: last + 1, firstEvent, lastEvent, start, end });
    if (last + 1 >= sentences) break;
    let next = first + 1;
    while (next < last && startOf(next) - start < (end - start) / 2) next++;
    first = next;
  }
  return windows;
}
