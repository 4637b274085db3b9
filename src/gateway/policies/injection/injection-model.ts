import { isObject } from '../../../core/json.js';
import { GRAM_BUCKETS } from '../text/grams.js';
import { decodeLinearModel, type LinearHead, type LinearModel } from '../text/linear-model.js';
import { readModelFile } from '../text/packed-file.js';
import type { Knots } from './calibration.js';
import { CONCEPT_FEATURES } from './concept-features.js';
import { RULES } from './rules.js';

/** What training found; see `docs/policies/prompt-injection.md`. */
export interface InjectionModel {
  readonly grams: LinearHead;
  readonly concepts: LinearHead;
  /** One weight a rule, in the order of `RULES`. */
  readonly rules: LinearHead;
  /** How much of the grams' score is added to that of the concepts and rules. */
  readonly gramShare: number;
  readonly knots: Knots;
}

const FILE = 'injection.bin';

/** Reads and verifies the shipped model. @throws Error when it is damaged or was trained for other features. */
export function loadInjectionModel(): InjectionModel {
  return readInjectionModel(decodeLinearModel(readModelFile(import.meta.url, FILE), FILE), FILE);
}

/** @throws Error that names what differs from the features of this build. */
export function readInjectionModel({ heads, about }: LinearModel, name: string): InjectionModel {
  const head = (headName: string, buckets: number): LinearHead => {
    const found = heads.find((candidate) => candidate.name === headName);
    if (found?.weights.length !== buckets) {
      throw new Error(`${name}: expected ${buckets} weights for ${headName}, got ${found?.weights.length ?? 'none'}`);
    }
    return found;
  };
  const { gramShare, knots, ruleIds } = about;
  if (JSON.stringify(ruleIds) !== JSON.stringify(RULES.map(({ id }) => id))) {
    throw new Error(`${name}: was trained for other rules; run 'npm run train'`);
  }
  if (typeof gramShare !== 'number' || !isKnots(knots)) throw new Error(`${name}: lacks gramShare or knots`);
  return {
    grams: head('grams', GRAM_BUCKETS),
    concepts: head('concepts', CONCEPT_FEATURES),
    rules: head('rules', RULES.length),
    gramShare,
    knots,
  };
}

function isKnots(value: unknown): value is Knots {
  return (
    Array.isArray(value) &&
    value.length >= 2 &&
    value.every((knot) => Array.isArray(knot) && knot.length === 2 && knot.every(Number.isFinite)) &&
    !isObject(value)
  );
}
