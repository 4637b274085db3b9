import type { Clock } from '../core/clock.js';
import { GatewayError } from './chat/gateway-error.js';
import type { Listener } from './http/listener.js';
import type { InFlight } from './in-flight.js';

export interface DrainOptions {
  readonly inFlight: InFlight;
  readonly listeners: readonly Listener[];
  /** How long what is under way may go on. */
  readonly deadlineMs: number;
  /** Ends the waiting when it aborts. */
  readonly stopNow: AbortSignal;
  readonly clock: Clock;
}

/** Long enough to write a last event or an error to clients that read; others are cut. */
const FAREWELL_MS = 1_000;

/**
 * Stops serving: nothing new is accepted, what is under way finishes. What is left at the deadline ends with an error, a stream
 * with an error event, and is counted.
 * @returns how many exchanges had to be cut.
 */
export async function drain({ inFlight, listeners, deadlineMs, stopNow, clock }: DrainOptions): Promise<number> {
  inFlight.drain();
  const closed = Promise.all(listeners.map((listener) => listener.close()));
  await patiently(inFlight.whenIdle(), deadlineMs, clock, stopNow);
  const left = inFlight.count;
  inFlight.cutAll(new GatewayError('draining', 'The gateway is stopping and cannot finish this; try another.'));
  await patiently(Promise.all([inFlight.whenIdle(), closed]), FAREWELL_MS, clock);
  for (const listener of listeners) listener.cut();
  await Promise.all([inFlight.whenIdle(), closed]);
  return left;
}

/** Waits for `work`, but no longer than `ms` and not once `stop` aborts. */
function patiently(work: Promise<unknown>, ms: number, clock: Clock, stop?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = clock.schedule(ms, resolve);
    if (stop?.aborted) resolve();
    stop?.addEventListener('abort', () => resolve(), { once: true });
    void work.then(() => resolve()).finally(() => timer.cancel());
  });
}
