import { analyse, windowsOf, type Analysis, type Window } from './analysis.js';
import type { Grams } from '../text/grams.js';
import type { FoldedText } from '../text/folded-text.js';
import type { WordTable } from '../text/words.js';
import { calibrated, lengthAllowance } from './calibration.js';
import { ConceptFeatures, conceptValue } from './concept-features.js';
import type { ConceptScanner } from './concept-scan.js';
import type { InjectionModel } from './injection-model.js';
import type { RuleMatch } from './rule-match.js';

/** What is said of one window. */
export interface JudgedWindow {
  /** 0..1, calibrated. */
  readonly score: number;
  /** Units of the folded text, `end` exclusive. */
  readonly start: number;
  readonly end: number;
  readonly matches: readonly RuleMatch[];
}

/** Judges folded texts window by window. Holds scratch memory: one call at a time. */
export class WindowJudge {
  readonly #model: InjectionModel;
  readonly #scanner: ConceptScanner;
  readonly #features = new ConceptFeatures();
  #grams: Grams | undefined;
  #sums = new Float64Array(256);

  constructor(model: InjectionModel, scanner: ConceptScanner) {
    this.#model = model;
    this.#scanner = scanner;
  }

  /**
   * The highest score of a window, and the windows that reach `floor`.
   * @param about `length` of the whole text, in UTF-16 units: see `lengthAllowance`. `bonus`: raw score added where a rule
   *   holds, for texts that no one should instruct the model with.
   */
  judge(
    text: FoldedText,
    words: WordTable,
    floor: number,
    { length, bonus }: { readonly length: number; readonly bonus: number },
  ): { score: number; windows: JudgedWindow[] } {
    const analysis = analyse(text, words, this.#scanner, this.#grams);
    this.#grams = analysis.grams;
    const gramSums = this.#gramSums(analysis);
    const windows: JudgedWindow[] = [];
    const allowance = lengthAllowance(length);
    let highest = 0;
    let highestRaw = -Infinity;
    for (const window of windowsOf(analysis)) {
      const raw = this.#raw(analysis, window, gramSums, bonus) - allowance;
      if (raw < highestRaw && highest < floor) continue;
      const score = calibrated(raw, this.#model.knots);
      if (raw > highestRaw) [highestRaw, highest] = [raw, score];
      if (score >= floor) {
        const matches = analysis.matches.filter(({ sentence }) => isIn(window, sentence));
        windows.push({ score, start: window.start, end: window.end, matches });
      }
    }
    return { score: highest, windows };
  }

  #raw(analysis: Analysis, window: Window, gramSums: Float64Array, bonus: number): number {
    const { grams, concepts, rules, gramShare } = this.#model;
    const { sentenceStarts } = analysis.grams;
    const first = sentenceStarts[window.firstSentence] as number;
    const count = (sentenceStarts[window.lastSentence] as number) - first;
    const gramSum = (gramSums[window.lastSentence] as number) - (gramSums[window.firstSentence] as number);
    const gramRaw = grams.bias + (grams.scale * gramSum) / Math.sqrt(Math.max(1, count));

    const features = this.#features;
    features.gather(analysis.events, window.firstEvent, window.lastEvent);
    let conceptSum = 0;
    for (let i = 0; i < features.count; i++) conceptSum += concepts.weights[features.found[i] as number] as number;
    let ruleSum = 0;
    let met = features.count;
    let seenLow = 0;
    let seenHigh = 0;
    for (const { rule, sentence } of analysis.matches) {
      if (!isIn(window, sentence)) continue;
      const bit = 1 << (rule & 31);
      const seen = rule < 32 ? seenLow : seenHigh;
      if ((seen & bit) !== 0) continue;
      if (rule < 32) seenLow |= bit;
      else seenHigh |= bit;
      met++;
      ruleSum += rules.weights[rule] as number;
    }
    const evidence = conceptValue(met) * (concepts.scale * conceptSum + rules.scale * ruleSum);
    return concepts.bias + evidence + gramShare * gramRaw + (ruleSum > 0 ? bonus : 0);
  }

  /** Sums of the grams' weights up to each sentence. */
  #gramSums({ grams, words }: Analysis): Float64Array {
    const { weights } = this.#model.grams;
    const { buckets, sentenceStarts } = grams;
    if (this.#sums.length <= words.sentences) this.#sums = new Float64Array(2 * words.sentences);
    const sums = this.#sums;
    let sum = 0;
    for (let sentence = 0; sentence < words.sentences; sentence++) {
      const stop = sentenceStarts[sentence + 1] as number;
      for (let i = sentenceStarts[sentence] as number; i < stop; i++) sum += weights[buckets[i] as number] as number;
      sums[sentence + 1] = sum;
    }
    return sums;
  }
}

function isIn({ firstSentence, lastSentence }: Window, sentence: number): boolean {
  return sentence >= firstSentence && sentence < lastSentence;
}
