import { watch } from 'node:fs';
import { join } from 'node:path';
import { unseal } from './hash-chain.js';
import { linesOf } from './log-lines.js';
import { listSegments } from './segment.js';

export interface ReadRecord {
  /** The line as it stands in the log. */
  readonly text: string;
  readonly entry: Readonly<Record<string, unknown>>;
}

/**
 * Every whole record of a log in order. Each must match its own hash; that none is missing is what `verifyLog` tells.
 * @throws Error naming segment and line.
 */
export async function* readLog(directory: string): AsyncGenerator<ReadRecord> {
  for (const { name } of listSegments(directory)) yield* recordsOf(directory, name);
}

/** The records that are added from now on, until `stop` aborts. Notices a new segment. */
export async function* followLog(directory: string, stop: AbortSignal): AsyncGenerator<ReadRecord> {
  let current = listSegments(directory).at(-1);
  let offset = 0;
  // Where the file ends now is where following starts.
  if (current) for await (const line of linesOf(join(directory, current.name))) if (line.isWhole) offset = line.end;

  while (!stop.aborted) {
    const changed = nextChange(directory, stop);
    for (const segment of listSegments(directory).filter(({ number }) => number >= (current?.number ?? 0))) {
      if (segment.number !== current?.number) offset = 0;
      current = segment;
      for await (const line of linesOf(join(directory, segment.name), offset)) {
        if (!line.isWhole) break;
        offset = line.end;
        yield { text: line.text, entry: unseal(line.text).entry };
      }
    }
    await changed;
  }
}

async function* recordsOf(directory: string, name: string): AsyncGenerator<ReadRecord> {
  let number = 0;
  for await (const { text, isWhole } of linesOf(join(directory, name))) {
    number += 1;
    if (!isWhole) return;
    try {
      yield { text, entry: unseal(text).entry };
    } catch (error) {
      throw new Error(`${name}:${number}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
    }
  }
}

/** Resolves at the next change in the folder, or when `stop` aborts. */
function nextChange(directory: string, stop: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const watcher = watch(directory, done);
    stop.addEventListener('abort', done);
    function done(): void {
      watcher.close();
      stop.removeEventListener('abort', done);
      resolve();
    }
  });
}
