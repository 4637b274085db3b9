import type { Clock } from '../../core/clock.js';

interface Slot {
  /** Which slice of time it counts for. */
  slice: number;
  total: number;
  failures: number;
}

/** How finely the window slides. */
const SLICES = 10;

/** Counts the outcomes of the last `seconds`, to a tenth of that, in constant memory. */
export class OutcomeWindow {
  readonly #clock: Clock;
  readonly #sliceMs: number;
  readonly #slots: Slot[] = Array.from({ length: SLICES }, () => ({ slice: -1, total: 0, failures: 0 }));

  constructor(seconds: number, clock: Clock) {
    this.#clock = clock;
    this.#sliceMs = (seconds * 1000) / SLICES;
  }

  add(isSuccess: boolean): void {
    const slice = this.#slice();
    const slot = this.#slots[slice % SLICES];
    if (!slot) return;
    if (slot.slice !== slice) Object.assign(slot, { slice, total: 0, failures: 0 });
    slot.total += 1;
    if (!isSuccess) slot.failures += 1;
  }

  counts(): { readonly total: number; readonly failures: number } {
    const oldest = this.#slice() - SLICES;
    let [total, failures] = [0, 0];
    for (const slot of this.#slots) {
      if (slot.slice <= oldest) continue;
      total += slot.total;
      failures += slot.failures;
    }
    return { total, failures };
  }

  clear(): void {
    for (const slot of this.#slots) slot.slice = -1;
  }

  #slice(): number {
    return Math.floor(this.#clock.monotonic() / this.#sliceMs);
  }
}
