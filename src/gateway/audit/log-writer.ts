// The files of a log, written in order by one owner. No queue and no policy here: file-sink.ts decides when to write
// and what a failure means.
import { closeSync, fsyncSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { open, rm, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '../../core/clock.js';
import { lockDirectory } from './directory-lock.js';
import { seal, START, type Position } from './hash-chain.js';
import { encodeHead, HEAD_FILE, readHead, type SignedHead } from './head.js';
import { signedPosition, type Checkpoint, type LogRecord, type Recovery, type SegmentHeader } from './log-record.js';
import { recoverTail } from './log-tail.js';
import { listSegments, segmentName } from './segment.js';
import { isErrno, type SigningKey } from './signing-key.js';

export interface LogWriterOptions {
  readonly directory: string;
  readonly key: SigningKey;
  readonly clock: Clock;
  /** As `LogWriter.sync` to begin with. */
  readonly sync: boolean;
  /** A segment that has reached this size is followed by a new one. */
  readonly maxSegmentBytes: number;
  readonly pid: number;
}

interface Segment {
  readonly number: number;
  readonly file: FileHandle;
  /** UTC day it was begun on, `2026-01-31`. */
  readonly day: string;
  /** Up to its last whole record. */
  bytes: number;
  /** Its first record has been written. */
  headed: boolean;
}

export class LogWriter {
  /** Sync to disk before a write counts as done. */
  sync: boolean;
  readonly #options: LogWriterOptions;
  readonly #unlock: () => void;
  #segment: Segment | undefined;
  #nextNumber: number;
  #last: Position;
  #headFile: FileHandle | undefined;
  #signed: SignedHead | undefined;
  /** A write has failed half way: the segment must be cut back to its last whole record first. */
  #dirty = false;

  private constructor(options: LogWriterOptions, unlock: () => void, last: Position, nextNumber: number) {
    this.#options = options;
    this.sync = options.sync;
    this.#unlock = unlock;
    this.#last = last;
    this.#nextNumber = nextNumber;
  }

  /**
   * Opens the log in `directory`, making it when there is none, and records what a crash left behind.
   * @throws Error when another process writes there, or the log is damaged other than by a crash.
   */
  static async open(options: LogWriterOptions): Promise<LogWriter> {
    const { directory } = options;
    makeDirectory(directory);
    const unlock = lockDirectory(directory, options.pid);
    try {
      return await LogWriter.#reopen(options, unlock);
    } catch (error) {
      unlock();
      throw error;
    }
  }

  static async #reopen(options: LogWriterOptions, unlock: () => void): Promise<LogWriter> {
    const { directory, clock } = options;
    const head = readHead(join(directory, HEAD_FILE));
    const segments = listSegments(directory);
    const newest = segments.at(-1);
    if (!newest) {
      if (head)
        throw new Error(
          `${directory}: the audit log's segments are gone, its head says ${head.seq} records were written`,
        );
      const writer = new LogWriter(options, unlock, START, 1);
      await writer.write([]);
      return writer;
    }

    const tail = recoverTail(directory, newest);
    const before = segments.at(-2);
    const last = tail.last ?? (before ? recoverTail(directory, before).last : START);
    if (!last) throw new Error(`${join(directory, newest.name)}: nothing says where the log goes on`);
    const writer = new LogWriter(options, unlock, last, tail.last ? newest.number + 1 : newest.number);
    writer.#signed = head?.signed;
    if (tail.last) {
      const file = await open(join(directory, newest.name), 'a', 0o600);
      writer.#segment = {
        number: newest.number,
        file,
        day: (tail.begun ?? '').slice(0, 10),
        bytes: tail.bytes,
        headed: true,
      };
    }
    const missing = head && head.seq > last.seq ? { from: last.seq + 1, to: head.seq } : undefined;
    const time = new Date(clock.now()).toISOString();
    // A new log gets its head right behind its first record.
    const headless = !head && last.seq > 1;
    const recovery: Recovery = {
      kind: 'recovery',
      time,
      ...(tail.torn && { torn: tail.torn }),
      ...(missing && { missing }),
      ...(headless && { missing_head: true }),
    };
    await writer.write(tail.torn || missing || headless ? [recovery] : []);
    return writer;
  }

  get last(): Position {
    return this.#last;
  }

  /** Number of the segment that is being written; older ones are whole. */
  get segmentNumber(): number {
    return this.#nextNumber - 1;
  }

  /**
   * Appends `entries` in one write. Either all are in the log and count, or none is and the position stays.
   * @throws the file system's error.
   */
  async write(entries: readonly object[]): Promise<void> {
    const segment = this.#segment ?? (await this.#begin());
    if (this.#dirty) {
      await segment.file.truncate(segment.bytes);
      this.#dirty = false;
    }
    let last = this.#last;
    let text = '';
    for (const entry of [...this.#header(segment), ...entries]) {
      const line = seal(entry, last);
      text += `${line.text}\n`;
      last = line;
    }
    if (text === '') return;

    const bytes = Buffer.from(text);
    try {
      await this.#put(segment.file, bytes, null);
      if (this.sync) await segment.file.datasync();
    } catch (error) {
      this.#dirty = true;
      throw error;
    }
    segment.bytes += bytes.length;
    segment.headed = true;
    this.#last = { seq: last.seq, hash: last.hash };
    await this.#writeHead();
  }

  /** Appends a checkpoint that vouches for everything written so far, and has the head say so. */
  async checkpoint(): Promise<void> {
    const { key, clock } = this.#options;
    const time = new Date(clock.now()).toISOString();
    const upTo = this.#last;
    const record: Checkpoint = {
      kind: 'checkpoint',
      time,
      key_id: key.keyId,
      up_to: upTo,
      signature: signedPosition('checkpoint', upTo, time, key),
    };
    this.#signed = { ...upTo, time, signature: signedPosition('head', upTo, time, key) };
    await this.write([record satisfies LogRecord]);
  }

  /** The segment has reached its size, or its day is over. */
  get isRotationDue(): boolean {
    const segment = this.#segment;
    if (!segment?.headed) return false;
    return segment.bytes >= this.#options.maxSegmentBytes || segment.day !== this.#today();
  }

  /** Ends the segment with a checkpoint; the next write begins a new one. */
  async rotate(): Promise<void> {
    const segment = this.#segment;
    if (!segment) return;
    await this.checkpoint();
    await segment.file.datasync();
    this.#segment = undefined;
    await segment.file.close();
  }

  /** Removes old segments. The tombstone that says so has been written before. */
  async remove(numbers: readonly number[]): Promise<void> {
    for (const number of numbers) await rm(join(this.#options.directory, segmentName(number)), { force: true });
  }

  async close(): Promise<void> {
    await this.#segment?.file.close();
    await this.#headFile?.close();
    this.#unlock();
  }

  #header(segment: Segment): readonly SegmentHeader[] {
    if (segment.headed) return [];
    const { key, clock } = this.#options;
    return [
      {
        kind: 'segment',
        time: new Date(clock.now()).toISOString(),
        version: 1,
        segment: segment.number,
        key_id: key.keyId,
      },
    ];
  }

  async #begin(): Promise<Segment> {
    const { directory } = this.#options;
    const number = this.#nextNumber;
    const file = await open(join(directory, segmentName(number)), 'a', 0o600);
    syncDirectory(directory);
    this.#nextNumber = number + 1;
    this.#segment = { number, file, day: this.#today(), bytes: 0, headed: false };
    return this.#segment;
  }

  async #writeHead(): Promise<void> {
    this.#headFile ??= await openHead(join(this.#options.directory, HEAD_FILE));
    const { bytes, offset } = encodeHead({ ...this.#last, ...(this.#signed && { signed: this.#signed }) });
    await this.#put(this.#headFile, bytes, offset);
  }

  /**
   * A write that need not reach the disk is a copy into the page cache, 3 µs; through the thread pool it costs 60 µs of
   * CPU. One that is synced waits for the disk, and must not hold up other requests meanwhile.
   */
  async #put(file: FileHandle, bytes: Buffer, position: number | null): Promise<void> {
    for (let done = 0; done < bytes.length;) {
      const [length, at] = [bytes.length - done, position === null ? null : position + done];
      done += this.sync
        ? (await file.write(bytes, done, length, at)).bytesWritten
        : writeSync(file.fd, bytes, done, length, at);
    }
  }

  #today(): string {
    return new Date(this.#options.clock.now()).toISOString().slice(0, 10);
  }
}

/** `recursive` alone reports a read-only disk as ENOENT. */
function makeDirectory(directory: string): void {
  try {
    mkdirSync(directory, { mode: 0o700 });
  } catch (error) {
    if (isErrno(error, 'ENOENT')) mkdirSync(directory, { recursive: true, mode: 0o700 });
    else if (!isErrno(error, 'EEXIST')) throw error;
  }
}

/** Opened for writing in place; 'a' would send every write to its end. */
async function openHead(path: string): Promise<FileHandle> {
  try {
    return await open(path, 'r+', 0o600);
  } catch (error) {
    if (!isErrno(error, 'ENOENT')) throw error;
    return open(path, 'wx', 0o600);
  }
}

/** Makes a new name in `directory` outlive a power failure. */
function syncDirectory(directory: string): void {
  const fd = openSync(directory, 'r');
  try {
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}
