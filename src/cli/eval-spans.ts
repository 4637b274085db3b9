// How a policy that finds spans does on texts whose spans are labelled.
import { compareSpans, ratiosOf, sumOf, tallyOf, type LabelledSpan, type Ratios, type Tally } from './span-tally.js';

export interface SpannedText {
  readonly expected: readonly LabelledSpan[];
  readonly found: readonly LabelledSpan[];
  readonly group: string;
}

type Figures = Readonly<Tally> & Ratios;

export interface SpanEvaluation {
  readonly texts: number;
  readonly all: Figures;
  readonly types: Readonly<Record<string, Figures>>;
  readonly groups: Readonly<Record<string, Figures>>;
  /** Texts without any entity, and in how many of them something was found. */
  readonly clean: { readonly texts: number; readonly touched: number };
  /** Labelled entities of types that the policy does not look for as it is configured: counted nowhere else. */
  readonly not_looked_for: Readonly<Record<string, number>>;
}

/** @param types what the policy looks for. */
export function evaluateSpans(texts: Iterable<SpannedText>, types: ReadonlySet<string>): SpanEvaluation {
  const byType = new Map<string, Tally>();
  const byGroup = new Map<string, Tally>();
  const ignored = new Map<string, number>();
  let [all, clean, touched] = [0, 0, 0];
  for (const { expected, found, group } of texts) {
    all += 1;
    if (expected.length === 0) {
      clean += 1;
      if (found.length > 0) touched += 1;
    }
    for (const { type } of expected) if (!types.has(type)) ignored.set(type, (ignored.get(type) ?? 0) + 1);
    const sought = expected.filter(({ type }) => types.has(type));
    compareSpans(sought, found, (type, outcome) => {
      tallyOf(byType, type)[outcome] += 1;
      tallyOf(byGroup, group)[outcome] += 1;
    });
  }
  return {
    texts: all,
    all: figuresOf(sumOf(byType.values())),
    types: recordOf(byType, figuresOf),
    groups: recordOf(byGroup, figuresOf),
    clean: { texts: clean, touched },
    not_looked_for: recordOf(ignored, (count) => count),
  };
}

function figuresOf(tally: Tally): Figures {
  return { ...tally, ...ratiosOf(tally) };
}

function recordOf<T, U>(map: ReadonlyMap<string, T>, of: (value: T) => U): Record<string, U> {
  return Object.fromEntries([...map].sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, value]) => [key, of(value)]));
}
