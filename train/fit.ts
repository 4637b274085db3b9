import { CONCEPT_FEATURES, conceptValue } from '../src/gateway/policies/injection/concept-features.js';
import { RULES } from '../src/gateway/policies/injection/rules.js';
import { GRAM_BUCKETS } from '../src/gateway/policies/text/grams.js';
import { gramValue, type Bag, type BagWindow } from './bags.js';
import { LANGUAGE_SOURCE } from './synthetic.js';
import { rawScore, trainLogistic, type Instance, type Weights } from './logistic.js';

/** How much of the grams' score is added to that of concepts and rules; chosen by leave-one-source-out. */
export const GRAM_SHARE = 0.6;
/** Grams count so many times as much as their share of a window, which makes their weights of the size of the others'. */
const GRAM_SCALE = 5;
/** A source counts like one of at most so many rows. */
const MOST_OF_A_SOURCE = 250;
/** Harmless texts that look like attacks count double: they are what a detector has to learn. */
const HARD = new Set(['hard_negative', 'overdefence', 'notice', 'everyday']);
/** Attacks together count so much of what harmless texts do. */
const ATTACK_MASS = 0.7;
const ROUNDS = 2;

export interface Fitted {
  readonly grams: Weights;
  readonly concepts: Weights;
}

/** Trains both parts. Attacks teach by their most suspicious window, which takes a first round to find. */
export function fit(bags: readonly Bag[], seed: number): Fitted {
  const weights = bagWeights(bags);
  const spelled = bags.map(({ row }) => !row.source.startsWith(LANGUAGE_SOURCE));
  const grams = fitPart(
    bags.filter((_, i) => spelled[i]),
    weights.filter((_, i) => spelled[i]),
    (window) => ({ features: window.grams, value: gramValue(window) * GRAM_SCALE }),
    (instances, round) =>
      trainLogistic(instances, { features: GRAM_BUCKETS, epochs: 6, rate: 0.05, decay: 1e-6, seed: seed + round }),
  );
  const priors = RULES.map(({ prior }) => prior);
  const concepts = fitPart(
    bags,
    weights,
    ({ concepts: features }) => ({ features, value: conceptValue(features.length) }),
    (instances, round) =>
      trainLogistic(instances, {
        features: CONCEPT_FEATURES + RULES.length,
        epochs: 6,
        rate: 0.05,
        decay: 3e-2,
        seed: seed + round,
        prior: { from: CONCEPT_FEATURES, values: priors, pull: 0.01 },
      }),
  );
  return { grams, concepts };
}

/** Raw score of a window: what the detector computes before calibration. */
export function windowScore({ grams, concepts }: Fitted, window: BagWindow): number {
  return (
    rawScore(concepts, window.concepts, conceptValue(window.concepts.length)) +
    GRAM_SHARE * rawScore(grams, window.grams, gramValue(window) * GRAM_SCALE)
  );
}

export function gramScale(): number {
  return GRAM_SCALE;
}

type View = (window: BagWindow) => Pick<Instance, 'features' | 'value'>;

function fitPart(
  bags: readonly Bag[],
  weights: readonly number[],
  view: View,
  train: (instances: readonly Instance[], round: number) => Weights,
): Weights {
  let model: Weights | undefined;
  for (let round = 0; round < ROUNDS; round++) {
    const instances = bags.flatMap(({ row, windows }, i) => {
      const chosen = row.label === 1 ? attackWindows(windows, view, model) : spread(windows, 12);
      const weight = (weights[i] as number) / (row.label === 1 ? chosen.length : Math.sqrt(chosen.length));
      return chosen.map((window): Instance => ({ ...view(window), label: row.label, weight }));
    });
    model = train(instances, round);
  }
  return model as Weights;
}

/** All windows at first, then the one that the model of the round before thinks worst. */
function attackWindows(windows: readonly BagWindow[], view: View, model: Weights | undefined): readonly BagWindow[] {
  if (model === undefined) return windows.slice(0, 6);
  let worst = windows[0] as BagWindow;
  let highest = -Infinity;
  for (const window of windows) {
    const { features, value } = view(window);
    const score = rawScore(model, features, value);
    if (score > highest) [highest, worst] = [score, window];
  }
  return [worst];
}

function spread<T>(items: readonly T[], most: number): T[] {
  if (items.length <= most) return [...items];
  return Array.from({ length: most }, (_, i) => items[Math.floor((i * items.length) / most)] as T);
}

function bagWeights(bags: readonly Bag[]): number[] {
  const rowsOf = Map.groupBy(bags, ({ row }) => `${row.source} ${row.label}`);
  const weights = bags.map(({ row }) => {
    const rows = rowsOf.get(`${row.source} ${row.label}`)?.length ?? 1;
    return Math.min(1, MOST_OF_A_SOURCE / rows) * (HARD.has(row.kind) ? 2 : 1);
  });
  const mass = (label: 0 | 1): number =>
    weights.reduce((sum, weight, i) => (bags[i]?.row.label === label ? sum + weight : sum), 0);
  const attackWeight = (ATTACK_MASS * mass(0)) / Math.max(1, mass(1));
  return weights.map((weight, i) => (bags[i]?.row.label === 1 ? weight * attackWeight : weight));
}
