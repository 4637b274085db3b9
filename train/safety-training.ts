// Trains the safety filter, and says how it would do on sources that it has not seen.
import type { LinearHead } from '../src/gateway/policies/text/linear-model.js';
import { trainLinear, type Example, type TrainedHead } from './linear-training.js';
import { blocks, scopeFeatures, type Bag } from './safety-bags.js';
import { fitWeighing, worstLogit, type Weighing } from './safety-combiner.js';
import type { Role, SafetyRow } from './safety-rows.js';

export interface TrainedSafety {
  readonly content: TrainedHead;
  readonly request: TrainedHead;
  readonly weighing: Weighing;
}

/** Sources that are left out together: those that share authors, texts or a domain. */
const FOLDS = [
  /forbidden|HateCheck/,
  /surge|AdvBench|HarmBench/,
  /SemEval|Civil|DiaSafety/,
  /declare-lab/,
  /SAP|StrongREJECT/,
  /AART|Davidson|XSafety/,
];

const HEAD = { epochs: 5, rate: 0.1, decay: 3e-4, seed: 7 } as const;
/** A harmless text weighs so many times as much as a harmful one: what counts is recall where hardly anything is blocked wrongly. */
const HARMLESS_WEIGHT = 5;
const PULL = 3e-2;

/** Trains on everything but `left`, a fold; on everything without one. The same data gives the same model. */
export function trainSafety(
  bags: readonly Bag[],
  heldOut: ReadonlyMap<Bag, Float32Array>,
  left?: number,
): TrainedSafety {
  const kept = bags.filter(({ row }) => foldOf(row) !== left);
  return {
    content: trainHead(kept, 'content'),
    request: trainHead(kept, 'request'),
    weighing: weigh(kept, heldOut),
  };
}

/** Features of every bag from heads that have not seen its source. */
export function heldOutFeatures(bags: readonly Bag[]): Map<Bag, Float32Array> {
  const features = new Map<Bag, Float32Array>();
  for (const fold of FOLDS.keys()) {
    const kept = bags.filter(({ row }) => foldOf(row) !== fold);
    const content = trainHead(kept, 'content');
    const request = trainHead(kept, 'request');
    for (const bag of bags) if (foldOf(bag.row) === fold) features.set(bag, scopeFeatures(bag, content, request));
  }
  return features;
}

/** The logit of every bag from a model that has not seen its source. */
export function heldOutLogits(bags: readonly Bag[], heldOut: ReadonlyMap<Bag, Float32Array>): Map<Bag, number> {
  const logits = new Map<Bag, number>();
  for (const fold of FOLDS.keys()) {
    const weighing = weigh(
      bags.filter(({ row }) => foldOf(row) !== fold),
      heldOut,
    );
    for (const bag of bags) {
      if (foldOf(bag.row) === fold) logits.set(bag, worstLogit(heldOut.get(bag) as Float32Array, weighing));
    }
  }
  return logits;
}

/** Weights as signed bytes. */
export function quantise(name: string, weights: ArrayLike<number>, bias: number): LinearHead {
  const values = Float64Array.from(weights);
  const scale = values.reduce((most, weight) => Math.max(most, Math.abs(weight)), 1e-9) / 127;
  return { name, scale, bias, weights: Int8Array.from(values, (weight) => Math.round(weight / scale)) };
}

function trainHead(bags: readonly Bag[], role: Role): TrainedHead {
  const examples: Example[] = [];
  for (const bag of bags) {
    const { label, trust, contested } = bag.row;
    if (label === 1 && bag.row.role !== role) continue;
    const parts = blocks(bag);
    const weight = (trust * (contested ? (role === 'content' ? 0.7 : 0.3) : 1)) / Math.sqrt(parts.length);
    for (const buckets of parts) examples.push({ buckets, label, weight });
  }
  return trainLinear(balanced(examples), HEAD);
}

/** Both labels weigh the same in all. */
function balanced(examples: readonly Example[]): Example[] {
  const mass = [0, 0];
  for (const { label, weight } of examples) mass[label] = (mass[label] as number) + weight;
  return examples.map((example) => {
    const share = examples.length / 2 / (mass[example.label] as number);
    return { ...example, weight: Math.min(8, example.weight * share) };
  });
}

function weigh(bags: readonly Bag[], features: ReadonlyMap<Bag, Float32Array>): Weighing {
  const sizes = new Map<string, number>();
  for (const { row } of bags) sizes.set(group(row), (sizes.get(group(row)) ?? 0) + 1);
  const weighed = bags.map((bag) => {
    const { label, trust, contested } = bag.row;
    const weight = (trust / Math.sqrt(sizes.get(group(bag.row)) as number)) * (contested ? 0.5 : 1);
    return {
      features: features.get(bag) as Float32Array,
      label,
      weight: label === 1 ? weight : HARMLESS_WEIGHT * weight,
    };
  });
  return fitWeighing(weighed, PULL);
}

function group({ source, label }: SafetyRow): string {
  return `${source} ${label}`;
}

function foldOf({ source }: SafetyRow): number {
  const known = FOLDS.findIndex((sources) => sources.test(source));
  if (known >= 0) return known;
  let hash = 7;
  for (let i = 0; i < source.length; i++) hash = (hash * 31 + source.charCodeAt(i)) | 0;
  return Math.abs(hash) % FOLDS.length;
}
