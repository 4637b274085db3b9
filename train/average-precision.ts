/** A scored example of a ranking. */
export interface Ranked {
  readonly score: number;
  readonly positive: boolean;
}

/**
 * Area under the curve of precision over recall, as average precision: the precision at each score that finds something, weighed by
 * how much it finds. Equal scores are found together. 0 where there is nothing to find.
 * @see https://scikit-learn.org/stable/modules/generated/sklearn.metrics.average_precision_score.html
 */
export function averagePrecision(examples: readonly Ranked[]): number {
  const ranked = [...examples].sort((a, b) => b.score - a.score);
  const positives = ranked.filter(({ positive }) => positive).length;
  if (positives === 0) return 0;
  let found = 0;
  let area = 0;
  for (let first = 0, last = 0; first < ranked.length; first = last) {
    const { score } = ranked[first] as Ranked;
    const before = found;
    for (; last < ranked.length && ranked[last]?.score === score; last++) if (ranked[last]?.positive) found++;
    area += ((found - before) / positives) * (found / last);
  }
  return area;
}
