import type { Usage } from '../chat/chat-answer.js';
import type { Exchange, Route } from '../exchange.js';
import type { GatewayMetrics } from './gateway-metrics.js';

/** `gen_ai.operation.name` by route; what is not here calls no model. */
const OPERATIONS: Partial<Record<Route, string>> = {
  '/v1/chat/completions': 'chat',
  '/v1/embeddings': 'embeddings',
};

/** Counts one exchange that has ended. Called exactly once for each, whatever its end. */
export function countExchange(metrics: GatewayMetrics, exchange: Exchange): void {
  const { route, outcome, model, target = '', variant = '', error } = exchange;
  const stream = String(exchange.streamed);
  metrics.requests.inc({ route, model, target, variant, status: String(exchange.status), outcome, stream });
  metrics.requestSeconds.observe({ route, outcome, stream }, exchange.durationMs / 1000);
  if (error && !exchange.callerLeft) metrics.errors.inc({ type: error.metricType });
  for (const [phase, ms] of exchange.phases) metrics.overheadSeconds.observe({ phase }, ms / 1000);
  if (exchange.target !== undefined) countUpstream(metrics, exchange, exchange.target);
}

function countUpstream(metrics: GatewayMetrics, exchange: Exchange, target: string): void {
  const { firstEventMs, durationMs, upstreamMs, usage } = exchange;
  const operation = {
    gen_ai_operation_name: OPERATIONS[exchange.route] ?? 'other',
    gen_ai_provider_name: exchange.provider,
    gen_ai_request_model: exchange.model,
  };
  metrics.operationSeconds.observe(operation, durationMs / 1000);
  metrics.upstreamSeconds.observe({ target }, upstreamMs / 1000);
  if (usage) countTokens(metrics, exchange, target, usage);
  if (usage) countCost(metrics, exchange, target);
  if (firstEventMs === undefined) return;
  metrics.firstTokenSeconds.observe({ target }, firstEventMs / 1000);
  for (const pauseMs of exchange.pausesMs) metrics.betweenEventsSeconds.observe({ target }, pauseMs / 1000);
  metrics.timeToFirstToken.observe(operation, firstEventMs / 1000);
  if (usage && usage.outputTokens > 1) {
    metrics.timePerOutputToken.observe(operation, (durationMs - firstEventMs) / 1000 / (usage.outputTokens - 1));
  }
}

function countTokens(metrics: GatewayMetrics, exchange: Exchange, target: string, usage: Usage): void {
  const write1h = usage.cacheWrite1hTokens ?? 0;
  const kinds = {
    input: usage.inputTokens,
    output: usage.outputTokens,
    cache_read: usage.cacheReadTokens,
    cache_write_5m: usage.cacheWriteTokens - write1h,
    cache_write_1h: write1h,
  };
  for (const [kind, count] of Object.entries(kinds)) {
    if (count > 0) metrics.tokens.inc({ target, kind, source: 'reported' }, count);
  }
  const labels = { gen_ai_provider_name: exchange.provider, gen_ai_request_model: exchange.model };
  const input = usage.inputTokens + usage.cacheReadTokens + usage.cacheWriteTokens;
  metrics.tokenUsage.observe({ gen_ai_token_type: 'input', ...labels }, input);
  metrics.tokenUsage.observe({ gen_ai_token_type: 'output', ...labels }, usage.outputTokens);
}

function countCost(metrics: GatewayMetrics, { cost }: Exchange, target: string): void {
  if (!cost) {
    metrics.priceUnknown.inc({ target });
    return;
  }
  const kinds = {
    input: cost.input,
    output: cost.output,
    cache_read: cost.cacheRead,
    cache_write_5m: cost.cacheWrite5m,
    cache_write_1h: cost.cacheWrite1h,
  };
  for (const [kind, usd] of Object.entries(kinds)) if (usd > 0) metrics.costUsd.inc({ target, kind }, usd);
}
