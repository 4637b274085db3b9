import type { SafetyFilter } from '../../../config/policy-config.js';
import type { Measure } from '../chain/policy.js';
import type { Finding } from '../finding.js';
import type { SpanDetector, SpanFinder } from '../stream/span-finder.js';
import { BlockedTerms, type TermSpan } from './blocked-terms.js';
import { CATEGORIES, type Category } from './categories.js';
import { ConceptScanner } from './concept-scan.js';
import { loadSafetyModel, type SafetyModel } from './model.js';
import { loadLexicon } from './safety-lexicon.js';
import { MINORS_RULE, WindowJudge, type WindowVerdict } from './window-judge.js';
import { windowEnd } from './windows.js';

/** What the filter says of a whole text. */
export interface SafetyScore {
  /** 0..1: that of the worst window; 1 when a term of `block_if` was met. */
  readonly score: number;
  /** Highest score by category; a category that nothing spoke for is absent. */
  readonly categories: Readonly<Partial<Record<Category, number>>>;
  readonly findings: readonly Finding[];
}

export interface SafetyDetector extends SpanDetector {
  score(text: string): SafetyScore;
  /** The score of each category that something spoke for and that is not switched off, highest first. */
  measures(text: string): readonly Measure[];
}

export type SafetyOptions = Pick<SafetyFilter, 'mode' | 'categories' | 'block_if' | 'fuzzy_matching' | 'max_distance'>;

/** Score from which a window counts as harmful, where `categories` says nothing. Their meaning: docs/policies/safety-filter.md. */
export const THRESHOLDS = { strict: 0.5, standard: 0.7, lenient: 0.9 } as const satisfies Record<
  SafetyFilter['mode'],
  number
>;

/** Profanity that is aimed at nobody is an offence to `strict` alone. */
const MILD: ReadonlySet<Category> = new Set(['profanity']);

/** Label of findings that a term of `block_if` gave. */
export const BLOCKED_TERM = 'blocked_term';

const NOTHING = -1;

/** Made once a process: every configuration shares them and none changes them. */
let shared: { readonly scanner: ConceptScanner; readonly model: SafetyModel } | undefined;

/**
 * Makes the detector of a configuration. Its findings are windows: a sentence, or a few short ones, of at most 200 UTF-16 units.
 * @throws Error when the shipped model or lexicon is damaged.
 */
export function compileSafety(options: SafetyOptions): SafetyDetector {
  const { scanner, model } = (shared ??= { scanner: new ConceptScanner(loadLexicon()), model: loadSafetyModel() });
  const terms = new BlockedTerms(options.block_if, {
    fuzzy: options.fuzzy_matching,
    maxDistance: options.max_distance,
  });
  const thresholds = thresholdsOf(options);
  const enabled = thresholds.map((threshold) => threshold !== undefined);
  const lane = (): SafetyLane => new SafetyLane(new WindowJudge(scanner, model, enabled), terms, thresholds);
  const score = (text: string): SafetyScore => {
    const one = lane();
    const findings = [...one.push(text), ...one.flush()];
    return { score: one.worst, categories: one.categories, findings };
  };
  return {
    lane,
    score,
    measures(text) {
      const { categories } = score(text);
      return CATEGORIES.flatMap((label, c): Measure[] => {
        const [own, threshold] = [categories[label], thresholds[c]];
        return own === undefined || threshold === undefined ? [] : [{ label, score: own, threshold }];
      }).sort((a, b) => b.score - a.score);
    },
  };
}

/** By index of `CATEGORIES`; undefined for one that is switched off. */
type Thresholds = readonly (number | undefined)[];

function thresholdsOf({ mode, categories }: SafetyOptions): Thresholds {
  return CATEGORIES.map((category) => {
    const settings = categories[category];
    if (settings === undefined) return mode !== 'strict' && MILD.has(category) ? undefined : THRESHOLDS[mode];
    return settings.enabled ? (settings.threshold ?? THRESHOLDS[mode]) : undefined;
  });
}

class SafetyLane implements SpanFinder {
  readonly #judge: WindowJudge;
  readonly #terms: BlockedTerms;
  readonly #thresholds: Thresholds;
  /** What is not judged yet, and where it begins. */
  #text = '';
  #start = 0;
  /** The end of what was judged, in which a term may have begun. */
  #before = '';
  worst = 0;
  readonly #highest = CATEGORIES.map(() => 0);

  constructor(judge: WindowJudge, terms: BlockedTerms, thresholds: Thresholds) {
    this.#judge = judge;
    this.#terms = terms;
    this.#thresholds = thresholds;
  }

  get decided(): number {
    return this.#start;
  }

  /** Highest score by category so far. */
  get categories(): Partial<Record<Category, number>> {
    return Object.fromEntries(
      CATEGORIES.map((category, c) => [category, this.#highest[c]] as const).filter(([, own]) => own !== 0),
    );
  }

  push(chunk: string): readonly Finding[] {
    this.#text = this.#text === '' ? chunk : this.#text + chunk;
    return this.#judgeWindows(false);
  }

  flush(): readonly Finding[] {
    return this.#judgeWindows(true);
  }

  #judgeWindows(ended: boolean): readonly Finding[] {
    const findings: Finding[] = [];
    let from = 0;
    for (;;) {
      const end = windowEnd(this.#text, from, ended);
      if (end < 0) break;
      this.#judgeWindow(this.#text.slice(from, end), this.#start + from, findings);
      from = end;
    }
    this.#text = this.#text.slice(from);
    this.#start += from;
    return findings;
  }

  #judgeWindow(window: string, start: number, findings: Finding[]): void {
    const verdict = this.#judge.judge(window);
    this.#remember(verdict);
    const hit = this.#hit(verdict);
    const terms = this.#terms.isEmpty ? [] : this.#termsIn(window);
    if (terms.length > 0) this.worst = 1;
    if (hit !== undefined) {
      const evidence = terms.length > 0 ? [...verdict.evidence, BLOCKED_TERM] : verdict.evidence;
      findings.push({ label: hit.category, start, end: start + window.length, score: hit.score, evidence });
      return;
    }
    for (const [from, to] of terms) {
      findings.push({ label: BLOCKED_TERM, start: start + from, end: start + to, score: 1, evidence: [BLOCKED_TERM] });
    }
  }

  #remember({ score, categories }: WindowVerdict): void {
    this.worst = Math.max(this.worst, score);
    for (let c = 0; c < categories.length; c++) {
      const own = categories[c] as number;
      if (own > (this.#highest[c] as number)) this.#highest[c] = own;
    }
  }

  /** The category that the window is objected to for: its main one, else the one that is furthest over its own threshold. */
  #hit({ category, score, categories, evidence }: WindowVerdict): { category: Category; score: number } | undefined {
    if (evidence[0] === MINORS_RULE) return { category, score };
    if (score >= (this.#thresholds[CATEGORIES.indexOf(category)] ?? Infinity)) return { category, score };
    let hit = NOTHING;
    let highest = 0;
    for (let c = 0; c < categories.length; c++) {
      const own = categories[c] as number;
      if (own > highest && own >= (this.#thresholds[c] ?? Infinity)) {
        hit = c;
        highest = own;
      }
    }
    return hit === NOTHING ? undefined : { category: CATEGORIES[hit] as Category, score: highest };
  }

  /** Terms that end in the window; of one that began before it, the part that is in the window. */
  #termsIn(window: string): TermSpan[] {
    const lead = this.#before.length;
    const spans = this.#terms.find(this.#before + window).filter(([, to]) => to > lead);
    this.#before = lastWords(this.#before + window, this.#terms.reach);
    return spans.map(([from, to]) => [Math.max(0, from - lead), to - lead]);
  }
}

/** The last `units` of a text, from a gap on: half a word might look like a term. */
function lastWords(text: string, units: number): string {
  if (text.length <= units) return text;
  const tail = text.slice(-units);
  const gap = tail.search(/\s/);
  return gap < 0 ? '' : tail.slice(gap);
}
