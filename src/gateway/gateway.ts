import type { Clock } from '../core/clock.js';
import type { Logger } from '../core/logging.js';
import { ActiveRuntime } from './active-runtime.js';
import { InFlight } from './in-flight.js';
import { CredentialMetrics } from './metrics/credential-metrics.js';
import { createGatewayMetrics, type GatewayMetrics } from './metrics/gateway-metrics.js';
import type { LoopLag } from './metrics/process-metrics.js';
import { routingMetrics } from './metrics/routing-metrics.js';
import { RoutingMemory } from './routing/routing-memory.js';

/** What outlives every configuration: one for the life of the process. */
export interface Gateway {
  readonly active: ActiveRuntime;
  readonly inFlight: InFlight;
  readonly metrics: GatewayMetrics;
  readonly credentials: CredentialMetrics;
  readonly routing: RoutingMemory;
  readonly clock: Clock;
  readonly log: Logger;
}

interface GatewayParts {
  readonly clock: Clock;
  readonly log: Logger;
  /** From 0 (inclusive) to 1 (exclusive). */
  readonly random: () => number;
  readonly loopLag: Pick<LoopLag, 'seconds'>;
}

/** A gateway without a configuration: it refuses every request until it gets one. */
export function createGateway({ clock, log, random, loopLag }: GatewayParts): Gateway {
  const active = new ActiveRuntime();
  const inFlight = new InFlight();
  const metrics = createGatewayMetrics({
    inFlight: () => inFlight.count,
    streamsActive: () => inFlight.streams,
    configAgeSeconds: () => active.current && (clock.now() - active.current.createdMs) / 1000,
    eventLoopLagSeconds: () => loopLag.seconds(),
    credentialSecondsLeft: () => credentials.secondsLeft(clock.now()),
    clockSkewSeconds: () => largestSkewSeconds(active),
    targets: () => active.current?.targets ?? [],
  });
  const credentials = new CredentialMetrics(metrics);
  const routing = new RoutingMemory({ clock, random, observer: routingMetrics(metrics, log) });
  return { active, inFlight, metrics, credentials, routing, clock, log };
}

function largestSkewSeconds({ current }: ActiveRuntime): number | undefined {
  const skews = (current?.targets ?? []).flatMap(({ status }) => status().clockSkewMs ?? []);
  const largest = skews.toSorted((a, b) => Math.abs(b) - Math.abs(a))[0];
  return largest === undefined ? undefined : largest / 1000;
}
