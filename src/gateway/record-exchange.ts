import { errorFacts, type Logger } from '../core/logging.js';
import { logExchange } from './access-log.js';
import type { Exchange } from './exchange.js';
import { countExchange } from './metrics/exchange-metrics.js';
import type { GatewayMetrics } from './metrics/gateway-metrics.js';

/** Tells log and metrics how an exchange ended. Called exactly once for each. */
export function recordExchange(exchange: Exchange, log: Logger, metrics: GatewayMetrics): void {
  const { error, requestId } = exchange;
  if (error?.reason === 'internal') log.error({ request_id: requestId, bug: errorFacts(error.cause) }, 'bug');
  logExchange(log, exchange);
  countExchange(metrics, exchange);
}
