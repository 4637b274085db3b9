// What audit keeps of an exchange.
import type { AuditEntry } from './audit/audit-record.js';
import type { Exchange } from './exchange.js';
import type { Runtime } from './runtime.js';

const ROUTES = {
  '/v1/chat/completions': 'chat',
  '/v1/embeddings': 'embeddings',
  '/v1/models': 'models',
  '/v1/models/:id': 'models',
  other: 'other',
} as const satisfies Record<Exchange['route'], AuditEntry['route']>;

/** Before the first byte of a stream leaves. */
export async function auditStreamStart(exchange: Exchange, { audit, config }: Runtime): Promise<void> {
  await audit?.sink.append({ kind: 'open', ...begun(exchange, config.pack.name), ...routed(exchange) });
}

/** Before a whole answer or a refusal leaves, and at the end of a stream. */
export async function auditEnd(exchange: Exchange, { audit, config }: Runtime): Promise<void> {
  if (!audit) return;
  const facts = begun(exchange, config.pack.name);
  if (exchange.wasAsked) {
    const ended = { ...facts, ...routed(exchange), ...outcome(exchange) };
    await audit.sink.append(
      exchange.hasStreamBegun
        ? { kind: 'close', ...ended, stream: true }
        : { kind: 'exchange', ...ended, stream: false },
    );
    return;
  }
  if (!audit.settings.log_all_access) return;
  const { status, error } = exchange;
  await audit.sink.append({ kind: 'access', ...facts, status, ...(error && { error: error.reason }) });
}

function begun(exchange: Exchange, pack: string) {
  const { requestId, route, revision, requestedModel, promptHash } = exchange;
  return {
    id: requestId,
    time: new Date(exchange.startedAt).toISOString(),
    route: ROUTES[route],
    pack,
    ...(revision !== undefined && { revision }),
    ...(requestedModel !== undefined && { model: requestedModel }),
    ...(promptHash !== undefined && { prompt_hash: promptHash }),
  };
}

function routed({ routedTo, region, upstreamRequestId, variant }: Exchange) {
  if (!routedTo) return {};
  const { id, provider, model, data_policy, data_residency } = routedTo;
  return {
    target: id,
    provider,
    upstream_model: model,
    ...(upstreamRequestId !== undefined && { upstream_request_id: upstreamRequestId }),
    ...(region !== undefined && { region }),
    ...(variant !== undefined && { variant }),
    ...(data_policy && { data_policy: { ...data_policy } }),
    ...(data_residency && { data_residency: data_residency.regions }),
  };
}

function outcome(exchange: Exchange) {
  const { judgement, usage, cost, dropped, error, failedAttempts, status, upstreamMs, firstEventMs, durationMs } =
    exchange;
  const unscanned = judgement?.unscannedCounts();
  return {
    status,
    outcome: exchange.outcome,
    ...(error && { error: error.reason }),
    verdict: judgement?.verdict ?? 'allow',
    policies: judgement?.policies() ?? [],
    ...(unscanned && { unscanned }),
    ...(exchange.guardrail && { guardrail: exchange.guardrail }),
    ...(usage && {
      usage: {
        input_tokens: usage.inputTokens,
        output_tokens: usage.outputTokens,
        cache_read_tokens: usage.cacheReadTokens,
        cache_write_tokens: usage.cacheWriteTokens,
        source: 'reported' as const,
      },
    }),
    ...(cost && { cost_usd: usd(cost.total) }),
    latency: {
      total: milliseconds(durationMs),
      ...(upstreamMs > 0 && { upstream: milliseconds(upstreamMs) }),
      ...(firstEventMs !== undefined && { first_token: milliseconds(firstEventMs) }),
    },
    ...(failedAttempts.length > 0 && { failed_attempts: failedAttempts }),
    ...(dropped.length > 0 && { dropped_params: dropped }),
  };
}

/** To a thousandth of a millionth of a dollar: less than any token costs. */
function usd(amount: number): number {
  return Math.round(amount * 1e9) / 1e9;
}

/** To a thousandth of a millisecond. */
function milliseconds(ms: number): number {
  return Math.round(ms * 1000) / 1000;
}
