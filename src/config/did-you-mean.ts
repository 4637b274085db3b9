/** The known name that `name` was probably meant to be: another spelling of it, a few typing errors away, or a part of it. */
export function didYouMean(name: string, known: readonly string[]): string | undefined {
  if (name.length > 100) return undefined;
  const plain = squash(name);
  const sameLetters = known.find((candidate) => squash(candidate) === plain);
  if (sameLetters !== undefined) return sameLetters;

  const allowed = Math.max(1, Math.floor(plain.length / 3));
  const ranked = known
    .map((candidate) => ({ candidate, distance: editDistance(plain, squash(candidate)) }))
    .filter(({ distance }) => distance <= allowed)
    .sort((a, b) => a.distance - b.distance);
  if (ranked[0] !== undefined) return ranked[0].candidate;

  const word = (candidate: string) => candidate.split(/[_-]/).indexOf(plain);
  const beginning = known.filter((candidate) => word(candidate) === 0);
  const containing = known.filter((candidate) => word(candidate) > 0);
  return [beginning, containing].find(({ length }) => length === 1)?.[0];
}

/** Case and punctuation aside, so that `awsRegion`, `aws-region` and `aws_region` are one. */
function squash(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
}

/**
 * Letters to add, leave out, exchange, or swap with their neighbour, to make `b` of `a`.
 * @see https://en.wikipedia.org/wiki/Damerau%E2%80%93Levenshtein_distance (optimal string alignment)
 */
export function editDistance(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const substituted = at(last, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1);
      let best = Math.min(substituted, at(last, j) + 1, at(row, j - 1) + 1);
      const isSwap = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      if (isSwap) best = Math.min(best, at(beforeLast, j - 2) + 1);
      row.push(best);
    }
    beforeLast = last;
    last = row;
  }
  return at(last, b.length);
}

function at(row: readonly number[], j: number): number {
  return row[j] ?? Infinity;
}
