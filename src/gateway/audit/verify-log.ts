// Reads a log from its first byte to its last and says whether it is what was written. Trusts nothing but the public key.
import type { KeyObject } from 'node:crypto';
import { join } from 'node:path';
import { isObject } from '../../core/json.js';
import { ChainError, GENESIS, unseal, type OpenedLine, type Position } from './hash-chain.js';
import { HEAD_FILE, readHead } from './head.js';
import { linesOf } from './log-lines.js';
import { isSignedPosition } from './log-record.js';
import { listSegments, type SegmentFile } from './segment.js';
import type { SignedKind } from './signing-key.js';

export interface Verification {
  readonly ok: boolean;
  /** Exchanges, stream openings and closings, and accesses; the log's own records do not count. */
  readonly records: number;
  readonly segments: number;
  readonly first_bad: FirstBad | null;
  /** Ids of streams that began and have no end on record. */
  readonly interrupted: readonly string[];
  /** Bytes of half a record at the end, as a crash leaves them; the gateway sets them aside when it opens the log again. */
  readonly torn_bytes: number;
  /** Records behind the last checkpoint: chained, not yet signed. */
  readonly unsigned_records: number;
}

export interface FirstBad {
  readonly segment: string;
  /** Counted from 1; 0 stands for the segment or the log as a whole. */
  readonly line: number;
  readonly reason: string;
}

/** @throws Error when `directory` cannot be read. */
export async function verifyLog(directory: string, publicKey: KeyObject): Promise<Verification> {
  const walk = new Walk(publicKey);
  const segments = listSegments(directory);
  let firstBad: FirstBad | null = null;
  try {
    for (const [index, segment] of segments.entries()) {
      await walk.segment(directory, segment, index === segments.length - 1);
    }
    walk.end(directory, segments);
  } catch (error) {
    if (!(error instanceof Bad)) throw error;
    firstBad = error.at;
  }
  return {
    ok: firstBad === null,
    records: walk.records,
    segments: segments.length,
    first_bad: firstBad,
    interrupted: [...walk.open],
    torn_bytes: walk.tornBytes,
    unsigned_records: walk.unsigned,
  };
}

class Bad extends Error {
  readonly at: FirstBad;

  constructor(segment: string, line: number, reason: string) {
    super(reason);
    this.at = { segment, line, reason };
  }
}

const ENTRY_KINDS: ReadonlySet<unknown> = new Set(['exchange', 'open', 'close', 'access']);

/** A log's first remaining record does not follow the genesis: a tombstone further on must account for what is gone. */
interface Removed {
  readonly upTo: Position;
  readonly segment: string;
}

class Walk {
  records = 0;
  unsigned = 0;
  tornBytes = 0;
  readonly open = new Set<string>();
  readonly #publicKey: KeyObject;
  readonly #hashes = new Map<number, string>();
  #last: Position | undefined;
  #lastKind: unknown;
  #removed: Removed | undefined;
  #nextSegment: number | undefined;

  constructor(publicKey: KeyObject) {
    this.#publicKey = publicKey;
  }

  async segment(directory: string, { name, number }: SegmentFile, isNewest: boolean): Promise<void> {
    if (this.#nextSegment !== undefined && number !== this.#nextSegment)
      throw new Bad(name, 0, `removed: segment ${this.#nextSegment} is missing`);
    this.#nextSegment = number + 1;
    let line = 0;
    let rest = 0;
    for await (const { text, isWhole } of linesOf(join(directory, name))) {
      line += 1;
      if (isWhole) this.#record(text, name, line, number);
      else rest = Buffer.byteLength(text);
    }
    if (isNewest) {
      this.tornBytes = rest;
      return;
    }
    if (rest > 0) throw new Bad(name, line, 'truncated: the segment ends within a record');
    if (this.#lastKind !== 'checkpoint')
      throw new Bad(name, line, 'truncated: the segment does not end with a checkpoint');
  }

  /** What only the whole log can tell: was its end cut, and is its missing beginning accounted for? */
  end(directory: string, segments: readonly SegmentFile[]): void {
    const newest = segments.at(-1)?.name ?? '';
    if (!this.#last) throw new Bad(newest, 0, 'truncated: the log has no records');
    if (this.#removed)
      throw new Bad(this.#removed.segment, 1, 'removed: no signed tombstone accounts for the records before this one');
    const head = readHead(join(directory, HEAD_FILE));
    if (!head) throw new Bad(newest, 0, `removed: the log's head (file "${HEAD_FILE}") is missing or unreadable`);
    this.#reaches(head, newest, 'its head');
    if (!head.signed) return;
    const { time, signature } = head.signed;
    const upTo = { seq: head.signed.seq, hash: head.signed.hash };
    if (!isSignedPosition('head', { upTo, time, signature }, this.#publicKey))
      throw new Bad(newest, 0, "altered: the head's signature does not match the key");
    this.#reaches(head.signed, newest, 'its signed head');
  }

  #reaches(known: Position, segment: string, name: string): void {
    if (this.#last && known.seq > this.#last.seq)
      throw new Bad(segment, 0, `truncated: the log ends at record ${this.#last.seq}, ${name} knows of ${known.seq}`);
    const hash = this.#hashes.get(known.seq);
    if (hash !== undefined && hash !== known.hash)
      throw new Bad(segment, 0, `altered: record ${known.seq} is not the one that ${name} knows`);
  }

  #record(text: string, segment: string, line: number, number: number): void {
    let opened: OpenedLine;
    try {
      opened = unseal(text, this.#last);
    } catch (error) {
      if (error instanceof ChainError) throw new Bad(segment, line, error.message);
      throw error;
    }
    const { entry } = opened;
    if (line === 1 && (entry['kind'] !== 'segment' || entry['segment'] !== number))
      throw new Bad(segment, line, `removed or renamed: expected the first record of segment ${number}`);
    if (!this.#last && entry['prev'] !== GENESIS)
      this.#removed = { upTo: { seq: opened.seq - 1, hash: String(entry['prev']) }, segment };

    const before = this.#last;
    this.#last = opened;
    this.#lastKind = entry['kind'];
    this.#remember(opened);
    const reason = this.#check(entry, before);
    if (reason !== undefined) throw new Bad(segment, line, reason);
    this.unsigned = entry['kind'] === 'checkpoint' ? 0 : this.unsigned + 1;
    if (ENTRY_KINDS.has(entry['kind'])) this.records += 1;
    if (entry['kind'] === 'open') this.open.add(String(entry['id']));
    if (entry['kind'] === 'close') this.open.delete(String(entry['id']));
  }

  /** The head knows positions near the end only. */
  #remember({ seq, hash }: Position): void {
    this.#hashes.set(seq, hash);
    this.#hashes.delete(seq - 100_000);
  }

  /** @returns what is wrong with one of the log's own records. */
  #check(entry: OpenedLine['entry'], before: Position | undefined): string | undefined {
    switch (entry['kind']) {
      case 'checkpoint':
        if (!this.#isSigned('checkpoint', entry)) return "altered: the checkpoint's signature does not match the key";
        if (before && !isSamePosition(entry['up_to'], before))
          return 'altered: the checkpoint vouches for another record';
        return undefined;
      case 'tombstone':
        if (!this.#isSigned('tombstone', entry)) return "altered: the tombstone's signature does not match the key";
        if (this.#removed && isSamePosition(entry['up_to'], this.#removed.upTo)) this.#removed = undefined;
        return undefined;
      case 'recovery':
        if (isObject(entry['missing']))
          return `truncated: records ${String(entry['missing']['from'])} to ${String(entry['missing']['to'])} were missing when the log was opened here`;
        if (entry['missing_head'] === true) return "removed: the log's head was missing when the log was opened here";
        return undefined;
      default:
        return undefined;
    }
  }

  #isSigned(kind: SignedKind, entry: OpenedLine['entry']): boolean {
    const { up_to: upTo, time, signature } = entry;
    if (!isObject(upTo) || typeof time !== 'string' || typeof signature !== 'string') return false;
    const position = { seq: Number(upTo['seq']), hash: String(upTo['hash']) };
    return isSignedPosition(kind, { upTo: position, time, signature }, this.#publicKey);
  }
}

function isSamePosition(value: unknown, { seq, hash }: Position): boolean {
  return isObject(value) && value['seq'] === seq && value['hash'] === hash;
}
