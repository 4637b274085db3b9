import { createHash } from 'node:crypto';
import { closeSync, openSync, readFileSync, truncateSync, writeFileSync, fsyncSync } from 'node:fs';
import { join } from 'node:path';
import { unseal, type Position } from './hash-chain.js';
import type { Recovery } from './log-record.js';
import type { SegmentFile } from './segment.js';

export interface LogTail {
  /** Undefined when the segment holds no whole record: the process ended while it began a new one. */
  readonly last: Position | undefined;
  /** Length of the segment up to its last whole record. */
  readonly bytes: number;
  /** ISO time of the segment's first record; undefined when it has none. */
  readonly begun: string | undefined;
  readonly torn: Recovery['torn'];
}

/**
 * Finds the end of a log that is opened again. Half a record at the end is what a crash leaves: it is moved to a file of its
 * own and reported. Anything else that is wrong is damage, and the log is not written on.
 * @throws Error naming segment and line.
 */
export function recoverTail(directory: string, segment: SegmentFile): LogTail {
  const path = join(directory, segment.name);
  const bytes = readFileSync(path);
  const end = bytes.lastIndexOf(0x0a) + 1;

  let last: Position | undefined;
  let begun: string | undefined;
  let line = 0;
  for (const text of linesOf(bytes.subarray(0, end))) {
    line += 1;
    try {
      const opened = unseal(text, last);
      begun ??= String(opened.entry['time']);
      last = opened;
    } catch (error) {
      throw new Error(
        `${path}:${line}: ${error instanceof Error ? error.message : String(error)}; ` +
          'the log is damaged: keep it as evidence and give the gateway another directory',
        { cause: error },
      );
    }
  }
  const torn = bytes.subarray(end);
  return { last, bytes: end, begun, torn: torn.length > 0 ? setAside(directory, path, torn, end) : undefined };
}

function setAside(directory: string, path: string, torn: Buffer, at: number): NonNullable<Recovery['torn']> {
  const sha256 = createHash('sha256').update(torn).digest('hex');
  const file = `torn-${sha256.slice(0, 16)}.bin`;
  writeFileSync(join(directory, file), torn, { mode: 0o600 });
  syncFile(join(directory, file));
  truncateSync(path, at);
  return { bytes: torn.length, sha256, file };
}

function syncFile(path: string): void {
  const fd = openSync(path, 'r+');
  try {
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}

function* linesOf(bytes: Buffer): Generator<string> {
  for (let start = 0; start < bytes.length;) {
    const end = bytes.indexOf(0x0a, start);
    yield bytes.toString('utf8', start, end);
    start = end + 1;
  }
}
