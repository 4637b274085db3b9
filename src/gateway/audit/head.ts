// The head remembers how far the log had come, beside it: a log that ends before its head was cut.
// It has two slots, written in turn, so that a write that is torn by a power failure leaves the other one.
import { readFileSync } from 'node:fs';
import { isObject } from '../../core/json.js';
import type { Position } from './hash-chain.js';

export interface Head extends Position {
  /** The last position that a checkpoint vouches for. */
  readonly signed?: SignedHead;
}

export interface SignedHead extends Position {
  readonly time: string;
  readonly signature: string;
}

export const HEAD_FILE = 'head';
const SLOT_BYTES = 1024;

/** The bytes of a head and where they go. */
export function encodeHead(head: Head): { readonly bytes: Buffer; readonly offset: number } {
  const bytes = Buffer.from(`${JSON.stringify(head).padEnd(SLOT_BYTES - 1)}\n`);
  return { bytes, offset: (head.seq % 2) * SLOT_BYTES };
}

/** The later of the two slots that can be read; undefined when there is none. */
export function readHead(path: string): Head | undefined {
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch {
    return undefined;
  }
  const slots = [0, SLOT_BYTES].flatMap((at) => parseSlot(bytes.subarray(at, at + SLOT_BYTES).toString()));
  return slots.toSorted((a, b) => b.seq - a.seq)[0];
}

function parseSlot(text: string): Head[] {
  try {
    const value: unknown = JSON.parse(text);
    if (!isObject(value) || !isPosition(value)) return [];
    const { seq, hash, signed } = value as unknown as Head;
    if (signed === undefined) return [{ seq, hash }];
    return isPosition(signed) && typeof signed.time === 'string' && typeof signed.signature === 'string'
      ? [{ seq, hash, signed }]
      : [];
  } catch {
    return [];
  }
}

function isPosition(value: unknown): value is Position {
  return isObject(value) && Number.isSafeInteger(value['seq']) && typeof value['hash'] === 'string';
}
