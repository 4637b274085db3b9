import type { Clock } from '../../core/clock.js';

interface Sample {
  readonly ms: number;
  readonly atMs: number;
}

export interface LatencyWindowOptions {
  /** How many are remembered … */
  readonly size: number;
  /** … and for how long: what was true an hour ago says nothing. */
  readonly maxAgeMs: number;
  readonly clock: Clock;
}

/** The last latencies of one target. */
export class LatencyWindow {
  readonly #options: LatencyWindowOptions;
  /** The oldest first. */
  #samples: Sample[] = [];

  constructor(options: LatencyWindowOptions) {
    this.#options = options;
  }

  add(ms: number): void {
    this.#samples.push({ ms, atMs: this.#options.clock.monotonic() });
    if (this.#samples.length > this.#options.size) this.#samples.shift();
  }

  get samples(): number {
    this.#forget();
    return this.#samples.length;
  }

  /** The middle of what is remembered: one slow answer does not move it. Undefined without samples. */
  get medianMs(): number | undefined {
    this.#forget();
    const sorted = this.#samples.map(({ ms }) => ms).sort((a, b) => a - b);
    return sorted[Math.floor(sorted.length / 2)];
  }

  #forget(): void {
    const oldest = this.#options.clock.monotonic() - this.#options.maxAgeMs;
    const first = this.#samples.findIndex(({ atMs }) => atMs >= oldest);
    if (first !== 0) this.#samples = first < 0 ? [] : this.#samples.slice(first);
  }
}
