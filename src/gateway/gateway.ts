import type { Clock } from '../core/clock.js';
import type { Logger } from '../core/logging.js';
import type { ActiveRuntime } from './active-runtime.js';
import type { InFlight } from './in-flight.js';
import type { GatewayMetrics } from './metrics/gateway-metrics.js';

/** What outlives every configuration: one for the life of the process. */
export interface Gateway {
  readonly active: ActiveRuntime;
  readonly inFlight: InFlight;
  readonly metrics: GatewayMetrics;
  readonly clock: Clock;
  readonly log: Logger;
}
