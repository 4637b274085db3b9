import type { HealthProbe } from '../../config/policy-config.js';
import type { Clock, Timer } from '../../core/clock.js';
import { costOf } from '../cost/price.js';
import { GatewayError } from '../chat/gateway-error.js';
import { isIllness } from './failures.js';
import type { ProbeResult, RoutingObserver } from './routing-observer.js';
import type { Target } from './target.js';

export interface ProberOptions {
  readonly target: Target;
  readonly rules: HealthProbe;
  readonly clock: Clock;
  /** From 0 (inclusive) to 1 (exclusive). */
  readonly random: () => number;
  readonly observer: RoutingObserver;
}

/** The first probe comes within so many milliseconds, so that a dead target is known before its first request. */
const FIRST_WITHIN_MS = 1_000;

/** Share of the interval by which probes vary, so that many gateways do not ask at the same moment. */
const JITTER = 0.1;

/**
 * Asks a target now and then whether it is there, until the returned function is called. A probe counts as failed when it shows
 * an illness: no answer in time, no connection, an error of the server. A throttled or refused probe was answered.
 */
export function startProbes(options: ProberOptions): () => void {
  const { rules, clock, random } = options;
  const stop = new AbortController();
  let timer: Timer;
  const probeIn = (delayMs: number): void => {
    timer = clock.schedule(delayMs, () => void round());
  };
  const round = async (): Promise<void> => {
    await probe(options, stop.signal);
    if (!stop.signal.aborted) probeIn(rules.interval_seconds * 1000 * (1 - JITTER + 2 * JITTER * random()));
  };
  probeIn(random() * Math.min(FIRST_WITHIN_MS, rules.interval_seconds * 1000));
  return () => {
    stop.abort();
    timer.cancel();
  };
}

async function probe({ target, rules, clock, observer }: ProberOptions, stopped: AbortSignal): Promise<void> {
  const { id, provider, health, price } = target;
  const before = clock.monotonic();
  const deadline = new AbortController();
  const seconds = rules.timeout_seconds;
  const late = clock.schedule(seconds * 1000, () =>
    deadline.abort(
      new GatewayError('upstream_timeout', `No answer to a probe within ${seconds} s`, { detail: 'probe' }),
    ),
  );
  let result: ProbeResult = 'up';
  let costUsd: number | undefined;
  try {
    const signal = AbortSignal.any([stopped, deadline.signal]);
    const { usage } = await provider.probe(rules.mode, { requestId: `probe-${id}`, signal });
    if (usage && price) costUsd = costOf(usage, price).total;
  } catch (error) {
    if (!(error instanceof GatewayError) || isIllness(error)) result = deadline.signal.aborted ? 'timeout' : 'down';
  } finally {
    late.cancel();
  }
  if (stopped.aborted) return;
  health.probed(result === 'up', rules);
  observer.probed(id, result, (clock.monotonic() - before) / 1000, costUsd);
}
