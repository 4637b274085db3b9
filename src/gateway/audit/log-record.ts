// The records that the log writes about itself, between the exchanges.
import type { KeyObject } from 'node:crypto';
import type { Position } from './hash-chain.js';
import { isSignedBy, signStatement, type SignedKind, type SigningKey } from './signing-key.js';

/** First record of each segment. */
export interface SegmentHeader {
  readonly kind: 'segment';
  readonly time: string;
  readonly version: 1;
  readonly segment: number;
  readonly key_id: string;
}

/** A position, vouched for by the installation's key. */
export interface Checkpoint {
  readonly kind: 'checkpoint';
  readonly time: string;
  readonly key_id: string;
  readonly up_to: Position;
  readonly signature: string;
}

/** Everything up to a position has been removed by retention, on purpose. Carries its own signature: it must hold before the next checkpoint. */
export interface Tombstone {
  readonly kind: 'tombstone';
  readonly time: string;
  readonly key_id: string;
  readonly removed_segments: readonly number[];
  readonly up_to: Position;
  readonly signature: string;
}

/** The log was opened again and its end was not as it had been left. */
export interface Recovery {
  readonly kind: 'recovery';
  readonly time: string;
  /** Half a record behind the last whole one: moved to a file of its own. */
  readonly torn?: { readonly bytes: number; readonly sha256: string; readonly file: string };
  /** Records that the head knew of and the log no longer holds. */
  readonly missing?: { readonly from: number; readonly to: number };
  /** The head itself was gone. */
  readonly missing_head?: true;
}

/** Writing failed for a while. */
export interface Gap {
  readonly kind: 'gap';
  readonly time: string;
  readonly since: string;
  readonly reason: string;
  /** Records that could not be kept (`on_failure: continue`). */
  readonly lost: number;
}

export type LogRecord = SegmentHeader | Checkpoint | Tombstone | Recovery | Gap;

/** What a signature covers. Verification builds the same object from what it reads. */
export function signedPosition(kind: SignedKind, upTo: Position, time: string, key: SigningKey): string {
  return signStatement(kind, { seq: upTo.seq, hash: upTo.hash, time }, key);
}

export function isSignedPosition(
  kind: SignedKind,
  { upTo, time, signature }: { readonly upTo: Position; readonly time: string; readonly signature: string },
  publicKey: KeyObject,
): boolean {
  return isSignedBy(kind, { seq: upTo.seq, hash: upTo.hash, time }, signature, publicKey);
}
