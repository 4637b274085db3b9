import type { Clock, Timer } from '../../src/core/clock.js';

interface Pending {
  readonly at: number;
  readonly run: () => void;
}

/** Time that moves only when a test says `await clock.advance(ms)`. */
export class FakeClock implements Clock {
  #elapsed = 0;
  #pending: Pending[] = [];

  readonly #epoch: number;

  constructor(epoch = Date.UTC(2026, 0, 1)) {
    this.#epoch = epoch;
  }

  now(): number {
    return this.#epoch + this.#elapsed;
  }

  monotonic(): number {
    return this.#elapsed;
  }

  schedule(delayMs: number, run: () => void): Timer {
    const timer: Pending = { at: this.#elapsed + Math.max(0, delayMs), run };
    this.#pending.push(timer);
    return { cancel: () => void (this.#pending = this.#pending.filter((other) => other !== timer)) };
  }

  /** Runs what is due within the next `ms`, in order, letting promises settle before each step. */
  async advance(ms: number): Promise<void> {
    const until = this.#elapsed + ms;
    for (;;) {
      await settle();
      const next = this.#pending.filter(({ at }) => at <= until).toSorted((a, b) => a.at - b.at)[0];
      if (!next) break;
      this.#pending = this.#pending.filter((other) => other !== next);
      this.#elapsed = next.at;
      next.run();
    }
    this.#elapsed = until;
    await settle();
  }
}

function settle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
