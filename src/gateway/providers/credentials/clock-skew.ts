import type { Clock } from '../../../core/clock.js';

/** SigV4 tolerates five minutes; a correction below this one would not have been the reason of a refusal. */
const WORTH_CORRECTING_MS = 60_000;

/**
 * How far this machine's clock is from one service's. Every answer is measured, but signatures follow the service's
 * clock only after it has refused one for its date: a Date header that a proxy spoils must not break what works.
 */
export class ClockSkew {
  readonly #clock: Clock;
  #measuredMs: number | undefined;
  #appliedMs = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Service's time less ours, from its last answer; to the second, give or take the way back. Absent before the first answer. */
  get measuredMs(): number | undefined {
    return this.#measuredMs;
  }

  /** Our best guess of the service's time, in milliseconds since the epoch: what signatures are dated with. */
  now(): number {
    return this.#clock.now() + this.#appliedMs;
  }

  /** Takes a `Date` header that has just arrived; anything that is no date is passed over. */
  measure(dateHeader: string | undefined): void {
    const serverTime = Date.parse(dateHeader ?? '');
    if (!Number.isNaN(serverTime)) this.#measuredMs = serverTime - this.#clock.now();
  }

  /** Adopts the service's clock after it has refused a date. False when that changes nothing: repeating would fail alike. */
  adopt(): boolean {
    if (this.#measuredMs === undefined) return false;
    if (Math.abs(this.#measuredMs - this.#appliedMs) < WORTH_CORRECTING_MS) return false;
    this.#appliedMs = this.#measuredMs;
    return true;
  }
}
