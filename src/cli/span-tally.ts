// What a detector of spans got right. A finding is right when its type, its start and its end all are.

export interface LabelledSpan {
  readonly type: string;
  /** UTF-16 offsets; `end` is exclusive. */
  readonly start: number;
  readonly end: number;
}

export interface Tally {
  found: number;
  missed: number;
  /** Found, but not there. */
  wrong: number;
}

export interface Ratios {
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
  /** Recall counts twice as much as precision. */
  readonly f2: number;
}

export function emptyTally(): Tally {
  return { found: 0, missed: 0, wrong: 0 };
}

/** The ratios of a tally; each is 0 where there is nothing to divide by. @see https://en.wikipedia.org/wiki/F-score */
export function ratiosOf({ found, missed, wrong }: Tally): Ratios {
  const precision = found / (found + wrong || 1);
  const recall = found / (found + missed || 1);
  const f = (beta: number): number => ((1 + beta ** 2) * precision * recall) / (beta ** 2 * precision + recall || 1);
  return { precision, recall, f1: f(1), f2: f(2) };
}

/** Calls `count(type, outcome)` for every span that stands in the text or was found in it. */
export function compareSpans(
  expected: readonly LabelledSpan[],
  found: readonly LabelledSpan[],
  count: (type: string, outcome: keyof Tally) => void,
): void {
  const open = new Map(found.map((span) => [keyOf(span), span.type]));
  for (const span of expected) count(span.type, open.delete(keyOf(span)) ? 'found' : 'missed');
  for (const type of open.values()) count(type, 'wrong');
}

/** The tally of `key`, made when it is first asked for. */
export function tallyOf(tallies: Map<string, Tally>, key: string): Tally {
  const tally = tallies.get(key) ?? emptyTally();
  tallies.set(key, tally);
  return tally;
}

export function sumOf(tallies: Iterable<Tally>): Tally {
  const sum = emptyTally();
  for (const { found, missed, wrong } of tallies) {
    sum.found += found;
    sum.missed += missed;
    sum.wrong += wrong;
  }
  return sum;
}

function keyOf({ type, start, end }: LabelledSpan): string {
  return `${start} ${end} ${type}`;
}
