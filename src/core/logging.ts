import { pino } from 'pino';
import type { Clock } from './clock.js';
import type { LogLevel } from './log-level.js';

/**
 * Facts of one log line beside its message, in `snake_case`. Never the text of a prompt or an answer, a key, or the value of
 * a header.
 */
export type LogFacts = Readonly<Record<string, unknown>>;

/** What the program says about itself: one JSON object a line. */
export interface Logger {
  debug(facts: LogFacts, message: string): void;
  info(facts: LogFacts, message: string): void;
  warn(facts: LogFacts, message: string): void;
  error(facts: LogFacts, message: string): void;
}

interface LogOptions {
  readonly destination: { write(line: string): unknown };
  readonly level?: LogLevel;
  readonly clock: Clock;
}

/** A logger of JSON lines `{"level","time",…facts,"msg"}`. */
export function createLogger({ destination, level = 'info', clock }: LogOptions): Logger {
  return pino(
    {
      level,
      base: null,
      timestamp: () => `,"time":"${new Date(clock.now()).toISOString()}"`,
      formatters: { level: (label) => ({ level: label }) },
    },
    { write: (line: string) => void destination.write(line) },
  );
}

/**
 * What may be logged about an error that nobody foresaw: its class, its code and where it was thrown, and the same of its
 * causes. Its message is left out: V8's and Node's own quote the value that they object to, which may be a prompt.
 */
export function errorFacts(error: unknown, depth = 3): LogFacts {
  if (!(error instanceof Error)) return { name: typeof error };
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  const at = frames(error);
  return {
    name: error.name,
    ...(code !== undefined && { code }),
    ...(at.length > 0 && { at }),
    ...(error.cause !== undefined && depth > 0 && { cause: errorFacts(error.cause, depth - 1) }),
  };
}

/** The innermost calls. The message, which a stack begins with, may itself hold lines that look like calls. */
function frames({ message, stack = '' }: Error): readonly string[] {
  const start = stack.indexOf(message);
  if (start < 0) return [];
  const calls = stack.slice(start + message.length).split('\n');
  return calls.flatMap((line) => /^\s+at (.+)$/.exec(line)?.[1] ?? []).slice(0, 12);
}
