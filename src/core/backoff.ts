export interface BackoffOptions {
  /** Ceiling of the first wait, in milliseconds. */
  readonly baseMs: number;
  /** Ceiling of every wait, in milliseconds. */
  readonly maxMs: number;
}

/**
 * Delay before the next attempt, in milliseconds: exponential, with full jitter.
 * @param attempt 1 for the first retry.
 * @param random from 0 (inclusive) to 1 (exclusive); injected so that tests are exact.
 * @see https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/
 */
export function backoffMs(attempt: number, { baseMs, maxMs }: BackoffOptions, random: () => number): number {
  return random() * Math.min(maxMs, baseMs * 2 ** (attempt - 1));
}
