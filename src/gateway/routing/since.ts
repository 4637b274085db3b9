import type { Clock } from '../../core/clock.js';

/** A value that knows since when it has been what it is. */
export class Since<T> {
  readonly #clock: Clock;
  #value: T;
  #sinceMs: number;

  constructor(value: T, clock: Clock) {
    this.#clock = clock;
    this.#value = value;
    this.#sinceMs = clock.now();
  }

  get value(): T {
    return this.#value;
  }

  /** Milliseconds since the epoch. */
  get sinceMs(): number {
    return this.#sinceMs;
  }

  set(value: T): void {
    if (value === this.#value) return;
    this.#value = value;
    this.#sinceMs = this.#clock.now();
  }
}
