/** A timer that has been set and may still be taken back. */
export interface Timer {
  cancel(): void;
}

/** The only way to the time. Injected everywhere, so that a test says when time moves. */
export interface Clock {
  /** Wall-clock time in milliseconds since the Unix epoch. May jump. */
  now(): number;
  /** Milliseconds since some fixed point. Never goes back; for measuring durations. */
  monotonic(): number;
  /** Calls `run` once, `delayMs` from now. The timer does not keep the process alive. */
  schedule(delayMs: number, run: () => void): Timer;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  schedule(delayMs, run) {
    const timer = setTimeout(run, delayMs).unref();
    return { cancel: () => clearTimeout(timer) };
  },
};
