// The log is JSON lines. Each line ends with a member `hash`, the SHA-256 of the line's own bytes before that member, and
// carries in `prev` the hash of the line before it. So each hash stands for the whole log up to it, and a program in any
// language can check a log with a JSON parser and SHA-256.
import { hash } from 'node:crypto';
import { isObject } from '../../core/json.js';

/** `prev` of the first record of a log. */
export const GENESIS = '0'.repeat(64);

export interface Position {
  /** Of the last record, counted from 1; 0 before the first. */
  readonly seq: number;
  /** Of the last record. */
  readonly hash: string;
}

export const START: Position = { seq: 0, hash: GENESIS };

export interface SealedLine extends Position {
  /** Without a line feed. */
  readonly text: string;
}

const HASH_MEMBER = ',"hash":"';
const TAIL_LENGTH = HASH_MEMBER.length + 64 + '"}'.length;

/** Turns an entry into the line behind `last`. */
export function seal(entry: object, last: Position): SealedLine {
  const seq = last.seq + 1;
  const body = JSON.stringify({ seq, prev: last.hash, ...entry }).slice(0, -1);
  const digest = hash('sha256', body, 'hex');
  return { seq, hash: digest, text: `${body}${HASH_MEMBER}${digest}"}` };
}

export interface OpenedLine extends Position {
  readonly entry: Readonly<Record<string, unknown>>;
}

/** Why a line is not the one that follows: the words that `kt audit verify` prints. */
export class ChainError extends Error {
  override readonly name = 'ChainError';
}

/**
 * Reads a line back and checks that it is intact and follows `last`.
 * @param last omitted where the line before is not at hand (the first one that retention has left).
 * @throws ChainError
 */
export function unseal(text: string, last?: Position): OpenedLine {
  const body = text.slice(0, -TAIL_LENGTH);
  const tail = text.slice(-TAIL_LENGTH);
  if (!tail.startsWith(HASH_MEMBER) || !tail.endsWith('"}'))
    throw new ChainError('not an audit record: no hash at its end');
  const written = tail.slice(HASH_MEMBER.length, -2);
  if (hash('sha256', body, 'hex') !== written) throw new ChainError('altered: the record does not match its own hash');
  const entry = parse(`${body}}`);
  const { seq, prev } = entry;
  if (typeof seq !== 'number' || typeof prev !== 'string')
    throw new ChainError('not an audit record: no seq or no prev');
  if (last && seq !== last.seq + 1)
    throw new ChainError(`removed or reordered: record ${last.seq + 1} expected, ${seq} found`);
  if (last && prev !== last.hash)
    throw new ChainError('removed or replaced: the record does not follow the one before it');
  return { seq, hash: written, entry };
}

function parse(json: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(json);
    if (isObject(value)) return value;
  } catch {
    // said below
  }
  throw new ChainError('not an audit record: no JSON object');
}
