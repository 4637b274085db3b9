import { ERROR_REASONS, GatewayError } from '../src/gateway/chat/gateway-error.ts';
import { createGatewayMetrics } from '../src/gateway/metrics/gateway-metrics.ts';
import { code, table, withParts } from './generated-parts.mjs';

/** docs/http-api.md with every failure that a caller can be told about. */
export function httpApiDocs(page) {
  const rows = ERROR_REASONS.map((reason) => {
    const error = new GatewayError(reason, '');
    const { type, code: word } = error.body().error;
    return [code(reason), error.status, code(type), code(String(word))];
  });
  return withParts(page, { errors: table(['reason', 'status', '`type`', '`code`'], rows) });
}

/** docs/metrics.md with every metric. */
export function metricsDocs(page) {
  const { registry } = createGatewayMetrics({});
  const rows = registry
    .getMetricsAsArray()
    .map(({ name, type, labelNames, help }) => [code(name), type, labelNames.map(code).join(', ') || '–', help])
    .toSorted(([a], [b]) => (a < b ? -1 : 1));
  return withParts(page, { metrics: table(['metric', 'type', 'labels', 'meaning'], rows) });
}
