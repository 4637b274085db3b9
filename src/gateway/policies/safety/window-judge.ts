// Weighs windows one after the other. Each is judged alone and together with what came just before it; the worse of the two counts.
import { CATEGORIES, type Category } from './categories.js';
import type { ConceptScanner } from './concept-scan.js';
import type { SafetyModel } from './model.js';
import { CONTENT_HEAD, LONGEST_STRETCH, REQUEST_HEAD, SHORT_TEXT, TOGETHER, dampen } from './scope.js';
import { SIGNALS, type Signals } from './signals.js';
import { readWindow } from './window-reading.js';

/** What is said of one window. */
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

/** The judge of one lane. */
export class WindowJudge {
  readonly #scanner: ConceptScanner;
  readonly #model: SafetyModel;
  readonly #enabled: readonly boolean[];
  /** The windows of the stretch, and their sums: counts are whole numbers, so that adding and taking away is exact. */
  readonly #kept: Kept[] = [];
  readonly #times = new Float64Array(SIGNALS.length);
  readonly #sum = { length: 0, grams: 0, content: 0, request: 0 };
  readonly #alone = new Float64Array(SIGNALS.length);

  constructor(scanner: ConceptScanner, model: SafetyModel, enabled: ReadonlySet<Category>) {
    this.#scanner = scanner;
    this.#model = model;
    this.#enabled = CATEGORIES.map((category) => enabled.has(category));
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
    addSignals(this.#alone, signals, 1);
    const alone = this.#weigh(this.#alone, window, 0);
    addSignals(this.#alone, signals, -1);
    this.#keep(window);
    const verdict = this.#kept.length > 1 ? worse(alone, this.#weigh(this.#times, this.#sum, 1)) : alone;
    return breaksMinorsRule && this.#enabled[MINORS] === true ? minorsVerdict(verdict) : verdict;
  }

  #keep(window: Kept): void {
    this.#add(window, 1);
    this.#kept.push(window);
    while (this.#sum.length > LONGEST_STRETCH && this.#kept.length > 1) this.#add(this.#kept.shift() as Kept, -1);
  }

  #add({ length, grams, content, request, signals }: Kept, sign: 1 | -1): void {
    this.#sum.length += sign * length;
    this.#sum.grams += sign * grams;
    this.#sum.content += sign * content;
    this.#sum.request += sign * request;
    addSignals(this.#times, signals, sign);
  }

  #weigh(times: Float64Array, { grams, content, request }: Omit<Kept, 'signals'>, together: 0 | 1): WindowVerdict {
    const { weights, bias, content: contentHead, request: requestHead } = this.#model;
    const each = 1 / Math.sqrt(grams + SHORT_TEXT);
    const contentLogit = (weights[CONTENT_HEAD] as number) * (content * contentHead.scale * each + contentHead.bias);
    const requestLogit = (weights[REQUEST_HEAD] as number) * (request * requestHead.scale * each + requestHead.bias);
    let common = bias + contentLogit + requestLogit + together * (weights[TOGETHER] as number);
    const categories = new Float64Array(CATEGORIES.length);
    for (let i = 0; i < times.length; i++) {
      if (times[i] === 0) continue;
      const weight = (weights[i] as number) * dampen(times[i] as number);
      const category = CATEGORY_OF[i] as number;
      if (category === NO_CATEGORY) common += weight;
      else if (this.#enabled[category] === true) categories[category] = (categories[category] as number) + weight;
    }
    let top = contentLogit > requestLogit ? FALLBACKS.content : FALLBACKS.request;
    let most = 0;
    let all = common;
    for (let c = 0; c < categories.length; c++) {
      const weight = categories[c] as number;
      all += weight;
      if (weight > most) [top, most] = [c, weight];
      if (weight > 0) categories[c] = sigmoid(common + weight);
    }
    // Heads alone, whose category is switched off, are no reason to object.
    const score = this.#enabled[top] === true ? sigmoid(all) : 0;
    categories[top] = score;
    const evidence = score < WORTH_EXPLAINING ? [] : this.#explain(times, contentLogit, requestLogit);
    return { category: CATEGORIES[top] as Category, score, categories, evidence };
  }

  /** Names of the four weightiest reasons. */
  #explain(times: Float64Array, contentLogit: number, requestLogit: number): string[] {
    const reasons: [name: string, weight: number][] = [];
    for (const [i, { name, category }] of SIGNALS.entries()) {
      const weight = (this.#model.weights[i] as number) * dampen(times[i] as number);
      if (category !== undefined && weight > 0.3) reasons.push([name, weight]);
    }
    if (contentLogit > HEAD_EVIDENCE) reasons.push(['content-model', contentLogit]);
    if (requestLogit > HEAD_EVIDENCE) reasons.push(['request-model', requestLogit]);
    return reasons
      .sort((a, b) => b[1] - a[1])
      .slice(0, 4)
      .map(([name]) => name);
  }
}

function addSignals(times: Float64Array, { indexes, times: added }: Signals, sign: 1 | -1): void {
  for (let k = 0; k < indexes.length; k++) {
    const i = indexes[k] as number;
    times[i] = (times[i] as number) + sign * (added[k] as number);
  }
}

function worse(a: WindowVerdict, b: WindowVerdict): WindowVerdict {
  const [first, second] = b.score > a.score ? [b, a] : [a, b];
  for (const [c, score] of second.categories.entries()) {
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
