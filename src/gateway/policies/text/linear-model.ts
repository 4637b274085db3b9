// A model file: one header line of JSON, a newline, then the weights of each head as signed bytes. The checksum in the
// header covers the bytes, and is verified before a weight is used: a model that was cut or edited does not load.
import { createHash } from 'node:crypto';
import { isObject } from '../../../core/json.js';

/** One learned direction over hashed grams. */
export interface LinearHead {
  readonly name: string;
  /** One weight a bucket; the real weight is `weights[bucket] * scale`. */
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
  const body = Buffer.concat(heads.map(({ weights }) => Buffer.from(weights)));
  const header = {
    format: FORMAT,
    sha256: createHash('sha256').update(body).digest('hex'),
    heads: heads.map(({ name, scale, bias, weights }) => ({ name, scale, bias, buckets: weights.length })),
    about,
  };
  return Buffer.concat([Buffer.from(`${JSON.stringify(header)}\n`), body]);
}

/**
 * Reads a model file.
 * @param name of the file, for messages.
 * @throws Error when the header is not one of this format, a size differs, or the checksum does.
 */
export function decodeLinearModel(file: Uint8Array, name: string): LinearModel {
  const newline = file.indexOf(0x0a);
  const header: unknown = JSON.parse(Buffer.from(file.subarray(0, Math.max(newline, 0))).toString() || 'null');
  if (!isObject(header) || header['format'] !== FORMAT || !Array.isArray(header['heads'])) {
    throw new Error(`${name}: not a model of format ${FORMAT}`);
  }
  const body = file.subarray(newline + 1);
  const found = createHash('sha256').update(body).digest('hex');
  if (found !== header['sha256']) {
    throw new Error(`${name}: checksum is ${found}, the header says ${String(header['sha256'])}`);
  }
  let at = 0;
  const heads = header['heads'].map((head: unknown): LinearHead => {
    if (!isHeadHeader(head)) throw new Error(`${name}: a head lacks its name, scale, bias or buckets`);
    const weights = new Int8Array(body.buffer, body.byteOffset + at, head.buckets);
    at += head.buckets;
    return { name: head.name, weights, scale: head.scale, bias: head.bias };
  });
  if (at !== body.length) throw new Error(`${name}: expected ${at} weights, got ${body.length}`);
  return { about: isObject(header['about']) ? header['about'] : {}, heads };
}

interface HeadHeader {
  readonly name: string;
  readonly scale: number;
  readonly bias: number;
  readonly buckets: number;
}

function isHeadHeader(head: unknown): head is HeadHeader {
  return (
    isObject(head) &&
    typeof head['name'] === 'string' &&
    Number.isFinite(head['scale']) &&
    Number.isFinite(head['bias']) &&
    Number.isInteger(head['buckets'])
  );
}
