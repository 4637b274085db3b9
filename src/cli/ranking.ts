// How well scores part what should be found from the rest.

/** A scored example of a ranking. */
export interface Ranked {
  readonly score: number;
  readonly positive: boolean;
}

/** What a threshold finds: of the positives (`recall`) and of the negatives (`falsePositiveRate`), as shares. */
export interface OperatingPoint {
  readonly threshold: number;
  readonly recall: number;
  readonly falsePositiveRate: number;
}

/**
 * Area under the curve of precision over recall, as average precision: the precision at each score that finds something, weighed by
 * how much it finds. Equal scores are found together. 0 where there is nothing to find.
 * @see https://scikit-learn.org/stable/modules/generated/sklearn.metrics.average_precision_score.html
 */
export function averagePrecision(examples: readonly Ranked[]): number {
  const positives = examples.filter(({ positive }) => positive).length;
  if (positives === 0) return 0;
  let area = 0;
  let before = 0;
  for (const { right, wrong } of steps(examples)) {
    area += ((right - before) / positives) * (right / (right + wrong));
    before = right;
  }
  return area;
}

/**
 * Area under the ROC curve: how often a positive example scores above a negative one, ties counted as half. NaN without both.
 * @see https://en.wikipedia.org/wiki/Receiver_operating_characteristic#Area_under_the_curve
 */
export function areaUnderRoc(examples: readonly Ranked[]): number {
  let area = 0;
  let last: Step = { threshold: Infinity, right: 0, wrong: 0 };
  for (const step of steps(examples)) {
    area += ((step.wrong - last.wrong) * (step.right + last.right)) / 2;
    last = step;
  }
  return area / (last.right * last.wrong);
}

/** The lowest threshold at which no more than the share `limit` of the negatives is found; undefined where every score finds more. */
export function pointAt(examples: readonly Ranked[], limit: number): OperatingPoint | undefined {
  const all = steps(examples);
  const { right: positives, wrong: negatives } = all.at(-1) ?? { right: 0, wrong: 0 };
  const step = all.findLast(({ wrong }) => wrong <= limit * negatives);
  if (!step || positives === 0 || negatives === 0) return undefined;
  return { threshold: step.threshold, recall: step.right / positives, falsePositiveRate: step.wrong / negatives };
}

interface Step {
  readonly threshold: number;
  /** Positives and negatives at or above the threshold. */
  readonly right: number;
  readonly wrong: number;
}

/** One step for each score that occurs, from the highest down. */
function steps(examples: readonly Ranked[]): Step[] {
  const ranked = [...examples].sort((a, b) => b.score - a.score);
  const found: Step[] = [];
  let right = 0;
  for (const [k, { score, positive }] of ranked.entries()) {
    if (positive) right += 1;
    if (ranked[k + 1]?.score !== score) found.push({ threshold: score, right, wrong: k + 1 - right });
  }
  return found;
}
