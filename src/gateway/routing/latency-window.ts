/** The last latencies of one target. */
export class LatencyWindow {
  readonly #values: number[] = [];
  readonly #size: number;
  #next = 0;

  /** @param size how many are remembered. */
  constructor(size: number) {
    this.#size = size;
  }

  add(ms: number): void {
    this.#values[this.#next] = ms;
    this.#next = (this.#next + 1) % this.#size;
  }

  get samples(): number {
    return this.#values.length;
  }

  /** The middle of what is remembered: one slow answer does not move it. Undefined without samples. */
  get medianMs(): number | undefined {
    const sorted = this.#values.toSorted((a, b) => a - b);
    return sorted[Math.floor(sorted.length / 2)];
  }
}
