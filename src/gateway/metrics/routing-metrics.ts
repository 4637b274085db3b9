import type { Logger } from '../../core/logging.js';
import type { RoutingObserver } from '../routing/routing-observer.js';
import type { GatewayMetrics } from './gateway-metrics.js';

/** Counts what routing does, and logs what someone on call wants to read of it. */
export function routingMetrics(metrics: GatewayMetrics, log: Logger): RoutingObserver {
  return {
    retried: (target, reason) => metrics.retries.inc({ target, reason }),
    fellBack: (target, reason, to) => metrics.fallbacks.inc({ target, reason, to }),
    circuitChanged(target, { to, reason }) {
      metrics.circuitTransitions.inc({ target, to, reason });
      log[to === 'open' ? 'warn' : 'info']({ target, circuit: to, reason }, 'circuit changed');
    },
    circuitRejected: (target, reason) => metrics.circuitRejected.inc({ target, reason }),
    probed(target, result, seconds, costUsd) {
      metrics.probes.inc({ target, result });
      metrics.probeSeconds.observe({ target }, seconds);
      if (costUsd !== undefined) metrics.probeCost.inc({ target }, costUsd);
    },
  };
}
