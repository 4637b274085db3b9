import { Readable, Writable } from 'node:stream';
import type { CommandContext } from '../../src/cli/command-context.js';
import { runProgram } from '../../src/cli/program.js';

export interface KtRun {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a `kt` command inside this process with a context of its own. */
export async function runKt(words: readonly string[], overrides: Partial<CommandContext> = {}): Promise<KtRun> {
  const stdout = new Collected();
  const stderr = new Collected();
  const context: CommandContext = {
    env: {},
    stdin: Readable.from([]),
    stdout,
    stderr,
    stop: new AbortController().signal,
    stopNow: new AbortController().signal,
    onHangup: () => {},
    onCrash: () => {},
    ...overrides,
  };
  const exitCode = await runProgram(words, context);
  return { exitCode, stdout: stdout.text, stderr: stderr.text };
}

/** A stream that remembers what was written to it. */
export class Collected extends Writable {
  text = '';

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.text += chunk.toString();
    done();
  }
}
