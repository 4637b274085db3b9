// Weighs windows one after the other. Each is judged alone and together with what came just before it; the worse of the two counts.
import { CATEGORIES, type Category } from './categories.js';
import type { ConceptScanner } from './concept-scan.js';
import type { SafetyModel } from './model.js';
import { CONTENT_HEAD, LONGEST_STRETCH, REQUEST_HEAD, TOGETHER, dampen, headLogit } from './scope.js';
import { SIGNALS, type Signals } from './signals.js';
import { readWindow } from './window-reading.js';

/** What is said of one window; good until the next one is judged. */
export interface WindowVerdict {
  /** The category that most of the evidence speaks for. */
  readonly category: Category;
  /** 0..1, rises with risk. */
  readonly score: number;
  /** By index of `CATEGORIES`: the score that the category's own evidence gives; 0 where there is none. */
  readonly categories: Float64Array;
  /** The signals that weighed most, and `content-model` or `request-model` where the learned heads did. */
  readonly evidence: readonly string[];
}

/** What was read from a window of the stretch: its signals, and the heads' sums over its grams. */
interface Kept {
  readonly length: number;
  readonly grams: number;
  readonly content: number;
  readonly request: number;
  readonly signals: Signals;
}

/** Whatever the model says, sexual words beside words for minors score at least this. */
export const MINORS_SCORE = 0.95;
export const MINORS_RULE = 'minors-rule';
/** A head speaks for a category of its own accord from this logit on. */
const HEAD_EVIDENCE = 0.8;
/** Evidence is named from this score on. */
const WORTH_EXPLAINING = 0.2;

const NO_CATEGORY = -1;
const CATEGORY_OF = SIGNALS.map(({ category }) =>
  category === undefined ? NO_CATEGORY : CATEGORIES.indexOf(category),
);
const FALLBACKS = { content: CATEGORIES.indexOf('harassment'), request: CATEGORIES.indexOf('crime') } as const;
const MINORS = CATEGORIES.indexOf('minors');

// Scores by category, of a window alone and of the stretch that it ends, and the stretch's signals while they are added up: all
// judges share them, since a verdict is good only until the next.
const aloneScores = new Float64Array(CATEGORIES.length);
const stretchScores = new Float64Array(CATEGORIES.length);
const sums = new Float64Array(SIGNALS.length);

/** The judge of one lane. */
export class WindowJudge {
  readonly #scanner: ConceptScanner;
  readonly #model: SafetyModel;
  readonly #enabled: readonly boolean[];
  /** The windows of the stretch. */
  readonly #kept: Kept[] = [];
  #length = 0;

  /** @param enabled by index of `CATEGORIES`. */
  constructor(scanner: ConceptScanner, model: SafetyModel, enabled: readonly boolean[]) {
    this.#scanner = scanner;
    this.#model = model;
    this.#enabled = enabled;
  }

  judge(text: string): WindowVerdict {
    const { signals, buckets, grams, breaksMinorsRule } = readWindow(text, this.#scanner);
    const contentWeights = this.#model.content.weights;
    const requestWeights = this.#model.request.weights;
    let content = 0;
    let request = 0;
    for (let i = 0; i < grams; i++) {
      const bucket = buckets[i] as number;
      content += contentWeights[bucket] as number;
      request += requestWeights[bucket] as number;
    }
    const window: Kept = { length: text.length, grams, content, request, signals };
    this.#keep(window);
    const alone = this.#weigh(window, 0, aloneScores);
    const verdict = this.#kept.length > 1 ? worse(alone, this.#weigh(stretchOf(this.#kept), 1, stretchScores)) : alone;
    return breaksMinorsRule && this.#enabled[MINORS] === true ? minorsVerdict(verdict) : verdict;
  }

  #keep(window: Kept): void {
    this.#kept.push(window);
    this.#length += window.length;
    while (this.#length > LONGEST_STRETCH && this.#kept.length > 1) this.#length -= (this.#kept.shift() as Kept).length;
  }

  #weigh(scope: Omit<Kept, 'length'>, together: 0 | 1, categories: Float64Array): WindowVerdict {
    const { weights, bias, content: contentHead, request: requestHead } = this.#model;
    const { signals } = scope;
    const content =
      (weights[CONTENT_HEAD] as number) * headLogit(scope.content * contentHead.scale, scope.grams, contentHead.bias);
    const request =
      (weights[REQUEST_HEAD] as number) * headLogit(scope.request * requestHead.scale, scope.grams, requestHead.bias);
    let common = bias + content + request + together * (weights[TOGETHER] as number);
    categories.fill(0);
    const { indexes, times } = signals;
    for (let k = 0; k < indexes.length; k++) {
      const i = indexes[k] as number;
      const weight = (weights[i] as number) * dampen(times[k] as number);
      const category = CATEGORY_OF[i] as number;
      if (category === NO_CATEGORY) common += weight;
      else if (this.#enabled[category] === true) categories[category] = (categories[category] as number) + weight;
    }
    let top = content > request ? FALLBACKS.content : FALLBACKS.request;
    let most = 0;
    let all = common;
    for (let c = 0; c < categories.length; c++) {
      const weight = categories[c] as number;
      if (weight === 0) continue;
      all += weight;
      if (weight > most) {
        top = c;
        most = weight;
      }
      categories[c] = weight > 0 ? sigmoid(common + weight) : 0;
    }
    // Heads alone, whose category is switched off, are no reason to object.
    const score = this.#enabled[top] === true ? sigmoid(all) : 0;
    categories[top] = score;
    const evidence = score < WORTH_EXPLAINING ? NO_EVIDENCE : this.#explain(signals, content, request);
    return { category: CATEGORIES[top] as Category, score, categories, evidence };
  }

  /** Names of the four weightiest reasons. */
  #explain({ indexes, times }: Signals, content: number, request: number): string[] {
    const reasons: [name: string, weight: number][] = [];
    for (const [k, i] of indexes.entries()) {
      const { name, category } = SIGNALS[i] as (typeof SIGNALS)[number];
      const weight = (this.#model.weights[i] as number) * dampen(times[k] as number);
      if (category !== undefined && weight > 0.3) reasons.push([name, weight]);
    }
    if (content > HEAD_EVIDENCE) reasons.push(['content-model', content]);
    if (request > HEAD_EVIDENCE) reasons.push(['request-model', request]);
    return reasons
      .sort((a, b) => b[1] - a[1])
      .slice(0, 4)
      .map(([name]) => name);
  }
}

const NO_EVIDENCE: readonly string[] = [];

/** Windows taken together. */
function stretchOf(windows: readonly Kept[]): Omit<Kept, 'length'> {
  const indexes: number[] = [];
  let [grams, content, request] = [0, 0, 0];
  for (const window of windows) {
    grams += window.grams;
    content += window.content;
    request += window.request;
    const { indexes: met, times } = window.signals;
    for (let k = 0; k < met.length; k++) {
      const i = met[k] as number;
      if (sums[i] === 0) indexes.push(i);
      sums[i] = (sums[i] as number) + (times[k] as number);
    }
  }
  const times: number[] = [];
  for (let k = 0; k < indexes.length; k++) {
    const i = indexes[k] as number;
    times.push(sums[i] as number);
    sums[i] = 0;
  }
  return { grams, content, request, signals: { indexes, times } };
}

/** The worse of two, with the worse of each category's scores. */
function worse(a: WindowVerdict, b: WindowVerdict): WindowVerdict {
  const [first, second] = b.score > a.score ? [b, a] : [a, b];
  for (let c = 0; c < CATEGORIES.length; c++) {
    const score = second.categories[c] as number;
    if (score > (first.categories[c] as number)) first.categories[c] = score;
  }
  return first;
}

function minorsVerdict({ score, categories }: WindowVerdict): WindowVerdict {
  const raised = Math.max(score, MINORS_SCORE);
  categories[MINORS] = raised;
  return { category: 'minors', score: raised, categories, evidence: [MINORS_RULE] };
}

function sigmoid(logit: number): number {
  return 1 / (1 + Math.exp(-logit));
}
