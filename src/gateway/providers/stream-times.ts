import type { Target } from '../../config/policy-config-document.js';
import type { StreamTimes } from './stream-clock.js';

const DEFAULT_SECONDS = 60;

/** The clocks of a target, in milliseconds. */
export function timesOf(
  target: Pick<Target, 'timeout_seconds' | 'first_event_timeout_seconds' | 'idle_timeout_seconds'>,
): StreamTimes & { readonly wholeMs: number } {
  const whole = target.timeout_seconds ?? DEFAULT_SECONDS;
  return {
    wholeMs: whole * 1000,
    firstEventMs: (target.first_event_timeout_seconds ?? whole) * 1000,
    idleMs: (target.idle_timeout_seconds ?? DEFAULT_SECONDS) * 1000,
  };
}
