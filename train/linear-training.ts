import { SHORT_TEXT } from '../src/gateway/policies/safety/scope.js';
import { GRAM_BUCKETS } from '../src/gateway/policies/text/grams.js';

/** A bag of grams to learn from. */
export interface Example {
  readonly buckets: Uint32Array;
  readonly label: 0 | 1;
  readonly weight: number;
}

export interface LinearTraining {
  readonly epochs: number;
  readonly rate: number;
  /** Strength of the pull of each weight towards 0, per visit. */
  readonly decay: number;
  readonly seed: number;
}

export interface TrainedHead {
  readonly weights: Float32Array;
  readonly bias: number;
}

/** Logistic regression by AdaGrad over counts divided by the root of the bag's size. The same input gives the same weights. */
export function trainLinear(examples: readonly Example[], { epochs, rate, decay, seed }: LinearTraining): TrainedHead {
  const weights = new Float32Array(GRAM_BUCKETS);
  const squares = new Float32Array(GRAM_BUCKETS).fill(1e-4);
  let bias = 0;
  const order = Uint32Array.from(examples.keys());
  const random = mulberry32(seed);
  for (let epoch = 0; epoch < epochs; epoch++) {
    shuffle(order, random);
    for (const index of order) {
      const { buckets, label, weight } = examples[index] as Example;
      if (buckets.length === 0) continue;
      const each = 1 / Math.sqrt(buckets.length + SHORT_TEXT);
      let sum = 0;
      for (let i = 0; i < buckets.length; i++) sum += weights[buckets[i] as number] as number;
      const error = (1 / (1 + Math.exp(-(sum * each + bias))) - label) * weight;
      bias -= 0.02 * error;
      if (Math.abs(error) < 1e-4) continue;
      const gradient = error * each;
      for (let i = 0; i < buckets.length; i++) {
        const bucket = buckets[i] as number;
        const full = gradient + decay * (weights[bucket] as number);
        squares[bucket] = (squares[bucket] as number) + full * full;
        weights[bucket] = (weights[bucket] as number) - (rate * full) / Math.sqrt(squares[bucket]);
      }
    }
  }
  return { weights, bias };
}

export function mulberry32(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

function shuffle(order: Uint32Array, random: () => number): void {
  for (let i = order.length - 1; i > 0; i--) {
    const other = Math.floor(random() * (i + 1));
    const held = order[i] as number;
    order[i] = order[other] as number;
    order[other] = held;
  }
}
