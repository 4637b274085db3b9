import type { Readable, Writable } from 'node:stream';

/** What a command may touch of the process it runs in; `main.ts` hands it over, tests build their own. */
export interface CommandContext {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdin: Readable;
  /** For answers that scripts read. */
  readonly stdout: Writable;
  /** For logs, progress and complaints. */
  readonly stderr: Writable;
  /** Aborts on SIGTERM and SIGINT. */
  readonly stop: AbortSignal;
  /** Aborts on the second of them: whoever asks twice does not want to wait. */
  readonly stopNow: AbortSignal;
  /** Calls `run` at each SIGHUP. */
  onHangup(run: () => void): void;
  /** Calls `run` in place of Node's own report when the process is about to end with 1 for an error that nobody caught. */
  onCrash(run: (error: unknown) => void): void;
}

/** Exit codes that scripts rely on. */
export const EXIT = { ok: 0, failure: 1, usage: 2 } as const;

/** Ends a command with a complaint and an exit code; anything else that is thrown is a bug. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
  readonly exitCode: number;

  constructor(message: string, exitCode: number = EXIT.usage) {
    super(message);
    this.exitCode = exitCode;
  }
}
