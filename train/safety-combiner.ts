// Weighs signals and heads into one logit: logistic regression that begins at what is known of language and moves from there as far
// as the data insists. A text is judged by its worst scope, so it is learned from by that scope too.
import type { Category } from '../src/gateway/policies/safety/categories.js';
import { CONTENT_HEAD, FEATURES, REQUEST_HEAD, TOGETHER } from '../src/gateway/policies/safety/scope.js';
import { SIGNALS } from '../src/gateway/policies/safety/signals.js';

export interface Weighing {
  readonly weights: Float64Array;
  readonly bias: number;
}

export interface WeighedBag {
  /** Features of each scope, one after the other. */
  readonly features: Float32Array;
  readonly label: 0 | 1;
  readonly weight: number;
}

const ROUNDS = 4;
const STEPS = 150;
const RATE = 0.02;

/** Before any data: signals as their table says, and both heads at half their logit. */
export function priorWeighing(): Weighing {
  const weights = new Float64Array(FEATURES);
  for (const [i, { prior }] of SIGNALS.entries()) weights[i] = prior;
  weights[CONTENT_HEAD] = 0.4;
  weights[REQUEST_HEAD] = 0.5;
  weights[TOGETHER] = -0.8;
  return { weights, bias: -2.5 };
}

/** @param pull towards the prior; larger trusts the data less. */
export function fitWeighing(bags: readonly WeighedBag[], pull: number): Weighing {
  const prior = priorWeighing();
  let weighing: Weighing = { weights: prior.weights.slice(), bias: prior.bias };
  const total = bags.reduce((sum, { weight }) => sum + weight, 0);
  for (let round = 0; round < ROUNDS; round++) {
    const worst = bags.map(({ features }) => worstScope(features, weighing) * FEATURES);
    weighing = descend(bags, worst, weighing, prior, pull, total);
  }
  return weighing;
}

export function worstLogit(features: Float32Array, weighing: Weighing): number {
  return features.length === 0 ? -10 : logit(features, worstScope(features, weighing) * FEATURES, weighing);
}

function worstScope(features: Float32Array, weighing: Weighing): number {
  let worst = 0;
  let highest = -Infinity;
  for (let s = 0; s * FEATURES < features.length; s++) {
    const value = logit(features, s * FEATURES, weighing);
    if (value > highest) [highest, worst] = [value, s];
  }
  return worst;
}

function logit(features: Float32Array, at: number, { weights, bias }: Weighing): number {
  let sum = bias;
  for (let i = 0; i < FEATURES; i++) sum += (weights[i] as number) * (features[at + i] as number);
  return sum;
}

function descend(
  bags: readonly WeighedBag[],
  worst: readonly number[],
  from: Weighing,
  prior: Weighing,
  pull: number,
  total: number,
): { weights: Float64Array; bias: number } {
  const weights = from.weights.slice();
  let bias = from.bias;
  const mean = new Float64Array(FEATURES + 1);
  const square = new Float64Array(FEATURES + 1);
  const present = bags.map(({ features }, b) => presentFeatures(features, worst[b] as number));
  for (let step = 1; step <= STEPS; step++) {
    const gradient = new Float64Array(FEATURES + 1);
    for (const [b, { label, weight }] of bags.entries()) {
      const { indexes, values } = present[b] as Present;
      let sum = bias;
      for (let i = 0; i < indexes.length; i++) sum += (weights[indexes[i] as number] as number) * (values[i] as number);
      const error = ((1 / (1 + Math.exp(-sum)) - label) * weight) / total;
      for (let i = 0; i < indexes.length; i++) {
        const index = indexes[i] as number;
        gradient[index] = (gradient[index] as number) + error * (values[i] as number);
      }
      gradient[FEATURES] = (gradient[FEATURES] as number) + error;
    }
    for (let i = 0; i <= FEATURES; i++) {
      const own = i === FEATURES ? 0 : pull * ((weights[i] as number) - (prior.weights[i] as number));
      const slope = (gradient[i] as number) + own;
      mean[i] = 0.9 * (mean[i] as number) + 0.1 * slope;
      square[i] = 0.99 * (square[i] as number) + 0.01 * slope * slope;
      const move =
        (RATE * (mean[i] as number)) /
        (1 - 0.9 ** step) /
        (Math.sqrt((square[i] as number) / (1 - 0.99 ** step)) + 1e-8);
      if (i === FEATURES) bias -= move;
      else weights[i] = bounded(i, (weights[i] as number) - move);
    }
  }
  return { weights, bias };
}

interface Present {
  readonly indexes: Uint16Array;
  readonly values: Float32Array;
}

/** The features of one scope that are not 0. */
function presentFeatures(features: Float32Array, at: number): Present {
  const scope = features.subarray(at, at + FEATURES);
  const indexes = Uint16Array.from(scope.keys()).filter((i) => scope[i] !== 0);
  return { indexes, values: Float32Array.from(indexes, (i) => scope[i] as number) };
}

/**
 * Harm of which the training data holds hardly any example, while its harmless texts hold the words: what is known of language counts,
 * since the data could only argue it away.
 */
const UNTAUGHT: ReadonlySet<Category | undefined> = new Set(['sexual', 'self_harm', 'violence']);

/** Evidence of harm never speaks for a text, and what speaks for it never against; neither grows past what its prior allows. */
function bounded(i: number, weight: number): number {
  const signal = SIGNALS[i];
  if (i === TOGETHER) return Math.min(-0.3, weight);
  if (signal === undefined) return Math.max(0.3, weight);
  const { prior, category } = signal;
  const most = 2 * Math.abs(prior) + 0.1;
  if (category !== undefined || prior > 0) {
    return Math.min(most, Math.max(UNTAUGHT.has(category) ? prior : prior / 2, weight));
  }
  if (prior < 0) return Math.max(-most, Math.min(prior / 3, weight));
  return Math.min(0.2, Math.max(-0.1, weight));
}
