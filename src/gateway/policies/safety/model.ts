import { decodeLinearModel, type LinearHead } from '../text/linear-model.js';
import { readModelFile } from '../text/packed-file.js';
import { FEATURES } from './scope.js';

/** The learned part of the filter: two heads over hashed grams, and the weights of all features together. */
export interface SafetyModel {
  readonly content: LinearHead;
  readonly request: LinearHead;
  /** By index: the signals, then the two heads. */
  readonly weights: Float64Array;
  readonly bias: number;
}

const FILE = 'safety.bin';

/** @throws Error when the shipped model is damaged, or belongs to other signals. */
export function loadSafetyModel(): SafetyModel {
  const { heads } = decodeLinearModel(readModelFile(import.meta.url, FILE), FILE);
  const head = (name: string): LinearHead => {
    const found = heads.find((each) => each.name === name);
    if (found === undefined) throw new Error(`${FILE}: has no head ${name}`);
    return found;
  };
  const weighing = head('weighing');
  if (weighing.weights.length !== FEATURES) {
    throw new Error(`${FILE}: weighs ${weighing.weights.length} features, expected ${FEATURES}; train it again`);
  }
  return {
    content: head('content'),
    request: head('request'),
    weights: Float64Array.from(weighing.weights, (weight) => weight * weighing.scale),
    bias: weighing.bias,
  };
}
