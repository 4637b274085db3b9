import { isObject } from '../../../core/json.js';
import { decodePacked, encodePacked } from './packed-file.js';

/** One learned direction over numbered features, such as hashed grams. */
export interface LinearHead {
  readonly name: string;
  /** One weight a feature; the real weight is `weights[feature] * scale`. */
  readonly weights: Int8Array;
  readonly scale: number;
  readonly bias: number;
}

export interface LinearModel {
  /** What the training run said about itself: data, seed, figures. */
  readonly about: Readonly<Record<string, unknown>>;
  readonly heads: readonly LinearHead[];
}

const FORMAT = 'kt-linear-1';

/** Writes a model; the same model gives the same bytes. */
export function encodeLinearModel({ about, heads }: LinearModel): Buffer {
  const described = heads.map(({ name, scale, bias }) => ({ name, scale, bias }));
  const sections = new Map(
    heads.map(({ name, weights }) => [name, new Uint8Array(weights.buffer, weights.byteOffset, weights.length)]),
  );
  return encodePacked(FORMAT, { about: { ...about, heads: described }, sections });
}

/**
 * Reads a model file.
 * @param name of the file, for messages.
 * @throws Error when the file is damaged or not a model.
 */
export function decodeLinearModel(file: Uint8Array, name: string): LinearModel {
  const { about, sections } = decodePacked(FORMAT, file, name);
  const { heads, ...rest } = about;
  if (!Array.isArray(heads)) throw new Error(`${name}: has no heads`);
  return {
    about: rest,
    heads: heads.map((head: unknown): LinearHead => {
      const bytes = isHead(head) ? sections.get(head.name) : undefined;
      if (!isHead(head) || bytes === undefined)
        throw new Error(`${name}: a head lacks its name, scale, bias or weights`);
      return { ...head, weights: new Int8Array(bytes.buffer, bytes.byteOffset, bytes.length) };
    }),
  };
}

function isHead(head: unknown): head is { name: string; scale: number; bias: number } {
  return (
    isObject(head) &&
    typeof head['name'] === 'string' &&
    Number.isFinite(head['scale']) &&
    Number.isFinite(head['bias'])
  );
}
