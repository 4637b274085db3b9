import { analyse, windowsOf } from '../src/gateway/policies/injection/analysis.js';
import { CONCEPT_FEATURES, ConceptFeatures } from '../src/gateway/policies/injection/concept-features.js';
import type { ConceptScanner } from '../src/gateway/policies/injection/concept-scan.js';
import { foldText } from '../src/gateway/policies/text/folded-text.js';
import { splitWords } from '../src/gateway/policies/text/words.js';
import type { TrainingRow } from './training-row.js';

/** The features of one window, as the detector sees them. */
export interface BagWindow {
  readonly grams: Uint32Array;
  /** Concept features, then rules, numbered from `CONCEPT_FEATURES` on. */
  readonly concepts: Uint32Array;
}

/** A text as the set of its windows: one of an attack's is the attack, none of a harmless text's is. */
export interface Bag {
  readonly row: TrainingRow;
  readonly windows: readonly BagWindow[];
}

export function makeBags(rows: readonly TrainingRow[], scanner: ConceptScanner): Bag[] {
  const features = new ConceptFeatures();
  return rows
    .map((row) => ({ row, windows: windowFeatures(row.text, scanner, features) }))
    .filter(({ windows }) => windows.length > 0);
}

function windowFeatures(text: string, scanner: ConceptScanner, features: ConceptFeatures): BagWindow[] {
  const folded = foldText(text);
  const analysis = analyse(folded, splitWords(folded), scanner);
  const { buckets, sentenceStarts } = analysis.grams;
  return windowsOf(analysis).map(({ firstSentence, lastSentence, firstEvent, lastEvent }) => {
    features.gather(analysis.events, firstEvent, lastEvent);
    const rules = new Set<number>();
    for (const { rule, sentence } of analysis.matches) {
      if (sentence >= firstSentence && sentence < lastSentence) rules.add(CONCEPT_FEATURES + rule);
    }
    const concepts = new Uint32Array(features.count + rules.size);
    concepts.set(features.found.subarray(0, features.count));
    concepts.set([...rules], features.count);
    return { grams: buckets.slice(sentenceStarts[firstSentence], sentenceStarts[lastSentence]), concepts };
  });
}

/** The value of each gram of a window: its grams weigh as much together as those of any other. */
export function gramValue({ grams }: BagWindow): number {
  return 1 / Math.sqrt(Math.max(1, grams.length));
}
