// Logistic regression over sparse features, by Adagrad: one pass is a few additions a feature, so minutes suffice for
// millions of them on one core. The same instances, options and seed give the same weights.
import { seededRandom } from './grammar.js';

/** One example: its features all have the same `value`. */
export interface Instance {
  readonly features: Uint32Array;
  readonly value: number;
  readonly label: 0 | 1;
  readonly weight: number;
}

export interface LogisticOptions {
  readonly features: number;
  readonly epochs: number;
  readonly rate: number;
  /** Pull of every weight towards zero, a step. */
  readonly decay: number;
  readonly seed: number;
  /** Features from `from` on begin at a value, are pulled towards it, and never go below zero. */
  readonly prior?: { readonly from: number; readonly values: readonly number[]; readonly pull: number };
}

export interface Weights {
  readonly weights: Float64Array;
  bias: number;
}

const NO_FEATURE = Number.MAX_SAFE_INTEGER;

export function trainLogistic(instances: readonly Instance[], options: LogisticOptions): Weights {
  const { features, epochs, rate, decay, seed, prior } = options;
  const weights = new Float64Array(features);
  const from = prior?.from ?? NO_FEATURE;
  for (const [i, value] of prior?.values.entries() ?? []) weights[from + i] = value;
  const steps = new Float64Array(features).fill(1e-4);
  const model: Weights = { weights, bias: 0 };
  let biasSteps = 1e-4;
  const order = Uint32Array.from(instances, (_, i) => i);
  const random = seededRandom(seed);
  for (let epoch = 0; epoch < epochs; epoch++) {
    shuffle(order, random);
    for (const index of order) {
      const instance = instances[index] as Instance;
      const { value } = instance;
      const error = (1 / (1 + Math.exp(-rawScore(model, instance.features, value))) - instance.label) * instance.weight;
      biasSteps += error * error;
      model.bias -= (rate * error) / Math.sqrt(biasSteps);
      for (const feature of instance.features) {
        const weight = weights[feature] as number;
        const pull =
          prior !== undefined && feature >= from
            ? prior.pull * (weight - (prior.values[feature - from] as number))
            : decay * weight;
        const slope = error * value + pull;
        const step = (steps[feature] as number) + slope * slope;
        steps[feature] = step;
        const moved = weight - (rate * slope) / Math.sqrt(step);
        weights[feature] = feature >= from ? Math.max(0, moved) : moved;
      }
    }
  }
  return model;
}

export function rawScore({ weights, bias }: Weights, features: Uint32Array, value: number): number {
  let sum = 0;
  for (let i = 0; i < features.length; i++) sum += weights[features[i] as number] as number;
  return bias + sum * value;
}

function shuffle(order: Uint32Array, random: () => number): void {
  for (let i = order.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [order[i], order[j]] = [order[j] as number, order[i] as number];
  }
}

/** Real weights as signed bytes and one scale. */
export function quantised(weights: Float64Array): { readonly weights: Int8Array; readonly scale: number } {
  let largest = 0;
  for (const weight of weights) largest = Math.max(largest, Math.abs(weight));
  const scale = largest === 0 ? 1 : largest / 127;
  return { weights: Int8Array.from(weights, (weight) => Math.round(weight / scale)), scale };
}
