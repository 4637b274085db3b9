// How a policy that scores texts does on texts labelled 0 or 1.
import { areaUnderRoc, averagePrecision, pointAt, type Ranked } from './ranking.js';

export interface ScoredText extends Ranked {
  /** The policy reports something: its score reached the threshold in force. */
  readonly found: boolean;
  /** What the text is counted under besides all texts. */
  readonly group: string;
}

/** Counts of texts, and shares of them; a share of nothing is null. */
export interface Confusion {
  readonly true_positives: number;
  readonly false_negatives: number;
  readonly false_positives: number;
  readonly true_negatives: number;
  readonly recall: number | null;
  readonly false_positive_rate: number | null;
  readonly precision: number | null;
}

export interface ScoreEvaluation {
  readonly texts: number;
  readonly confusion: Confusion;
  /** Null without texts of both labels, and so is `auprc`. */
  readonly roc_auc: number | null;
  readonly auprc: number | null;
  /** The ROC curve, read at rates of false positives that one may want to allow. */
  readonly roc: readonly RocPoint[];
  readonly groups: Readonly<Record<string, Confusion>>;
}

/** The lowest threshold that keeps false positives at or below what is allowed; all are shares of texts. */
export interface RocPoint {
  readonly allowed: number;
  readonly threshold: number;
  readonly recall: number;
  readonly false_positive_rate: number;
}

const ALLOWED = [0.001, 0.005, 0.01, 0.02, 0.05, 0.1];

export function evaluateScores(texts: readonly ScoredText[]): ScoreEvaluation {
  const groups = [...Map.groupBy(texts, ({ group }) => group)].sort(([a], [b]) => (a < b ? -1 : 1));
  const hasBoth = texts.some(({ positive }) => positive) && texts.some(({ positive }) => !positive);
  return {
    texts: texts.length,
    confusion: confusionOf(texts),
    roc_auc: hasBoth ? areaUnderRoc(texts) : null,
    auprc: hasBoth ? averagePrecision(texts) : null,
    roc: ALLOWED.flatMap((allowed) => rocPoint(texts, allowed)),
    groups: Object.fromEntries(groups.map(([group, members]) => [group, confusionOf(members)])),
  };
}

function rocPoint(texts: readonly ScoredText[], allowed: number): readonly RocPoint[] {
  const point = pointAt(texts, allowed);
  if (!point) return [];
  const { threshold, recall, falsePositiveRate } = point;
  return [{ allowed, threshold, recall, false_positive_rate: falsePositiveRate }];
}

function confusionOf(texts: readonly ScoredText[]): Confusion {
  const count = (positive: boolean, found: boolean): number =>
    texts.filter((text) => text.positive === positive && text.found === found).length;
  const [right, missed, wrong, left] = [count(true, true), count(true, false), count(false, true), count(false, false)];
  return {
    true_positives: right,
    false_negatives: missed,
    false_positives: wrong,
    true_negatives: left,
    recall: share(right, missed),
    false_positive_rate: share(wrong, left),
    precision: share(right, wrong),
  };
}

function share(part: number, rest: number): number | null {
  return part + rest === 0 ? null : part / (part + rest);
}
