import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { ChainError, unseal, type OpenedLine, type Position } from './hash-chain.js';
import { signedPosition, type Tombstone } from './log-record.js';
import { listSegments } from './segment.js';
import type { SigningKey } from './signing-key.js';

export interface ExpiredSegments {
  readonly numbers: readonly number[];
  /** The last record that goes with them. */
  readonly upTo: Position;
}

/** The oldest run of whole segments whose last record is older than `beforeMs` (epoch); undefined when there is none. */
export function expiredSegments(directory: string, current: number, beforeMs: number): ExpiredSegments | undefined {
  const numbers: number[] = [];
  let upTo: Position | undefined;
  for (const { number, name } of listSegments(directory)) {
    if (number >= current) break;
    const last = lastRecord(join(directory, name));
    // A damaged segment stays, and all behind it: it is evidence, and verification points at it.
    if (!last) break;
    if (Date.parse(String(last.entry['time'])) >= beforeMs) break;
    numbers.push(number);
    upTo = { seq: last.seq, hash: last.hash };
  }
  return upTo && { numbers, upTo };
}

export function tombstone({ numbers, upTo }: ExpiredSegments, key: SigningKey, nowMs: number): Tombstone {
  const time = new Date(nowMs).toISOString();
  return {
    kind: 'tombstone',
    time,
    key_id: key.keyId,
    removed_segments: numbers,
    up_to: upTo,
    signature: signedPosition('tombstone', upTo, time, key),
  };
}

/** A whole segment ends with a checkpoint, which is far shorter than this. */
const LAST_LINE_BYTES = 4096;

function lastRecord(path: string): OpenedLine | undefined {
  try {
    return unseal(lastLine(path));
  } catch (error) {
    if (error instanceof ChainError) return undefined;
    throw error;
  }
}

function lastLine(path: string): string {
  const fd = openSync(path, 'r');
  try {
    const { size } = fstatSync(fd);
    const bytes = Buffer.alloc(Math.min(size, LAST_LINE_BYTES));
    readSync(fd, bytes, 0, bytes.length, size - bytes.length);
    const text = bytes.toString().trimEnd();
    return text.slice(text.lastIndexOf('\n') + 1);
  } finally {
    closeSync(fd);
  }
}
