import type { Clock } from '../../core/clock.js';

/** Retries that are always allowed in a burst, so that a quiet service may retry at all … */
const RESERVE = 10;
/** … and how fast that reserve comes back. */
const RESERVE_PER_SECOND = 1;

/**
 * Keeps retries to a share of the requests, so that a target in trouble is not buried under them: each request earns `ratio`
 * of a retry. However all targets fail, attempts stay at most `requests × (1 + ratio) + 10 + seconds`.
 * @see https://finagle.github.io/blog/2016/02/08/retry-budgets/
 */
export class RetryBudget {
  readonly #ratio: number;
  readonly #clock: Clock;
  #earned = 0;
  #reserve = RESERVE;
  #refilledAt: number;

  /** @param ratio retries per request, 0 or more. */
  constructor(ratio: number, clock: Clock) {
    this.#ratio = ratio;
    this.#clock = clock;
    this.#refilledAt = clock.monotonic();
  }

  /** A request begins. What it earns is kept up to a hundred requests' worth. */
  deposit(): void {
    this.#earned = Math.min(this.#earned + this.#ratio, Math.max(1, this.#ratio * 100));
  }

  /** Takes one retry out; false when there is none left. With `ratio` 0 nothing is ever retried. */
  withdraw(): boolean {
    if (this.#ratio === 0) return false;
    if (this.#earned >= 1) {
      this.#earned -= 1;
      return true;
    }
    const now = this.#clock.monotonic();
    this.#reserve = Math.min(RESERVE, this.#reserve + ((now - this.#refilledAt) / 1000) * RESERVE_PER_SECOND);
    this.#refilledAt = now;
    if (this.#reserve < 1) return false;
    this.#reserve -= 1;
    return true;
  }
}
