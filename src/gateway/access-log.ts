import type { Logger } from '../core/logging.js';
import type { Exchange } from './exchange.js';

/** Writes the one line that the log has of every exchange. Names and numbers only; see `LogFacts`. */
export function logExchange(log: Logger, exchange: Exchange): void {
  const { usage, error } = exchange;
  log.info(
    {
      request_id: exchange.requestId,
      route: exchange.route,
      model: exchange.model,
      target: exchange.target,
      revision: exchange.revision,
      stream: exchange.streamed,
      status: exchange.status,
      outcome: exchange.outcome,
      finish_reason: exchange.finishReason,
      error: error?.reason,
      error_detail: error?.detail,
      upstream_error: error?.upstreamName,
      upstream_request_id: exchange.upstreamRequestId,
      input_tokens: usage && usage.inputTokens + usage.cacheReadTokens + usage.cacheWriteTokens,
      output_tokens: usage?.outputTokens,
      duration_ms: rounded(exchange.durationMs),
      upstream_ms: exchange.target === undefined ? undefined : rounded(exchange.upstreamMs),
      first_event_ms: exchange.firstEventMs === undefined ? undefined : rounded(exchange.firstEventMs),
    },
    'exchange',
  );
}

function rounded(ms: number): number {
  return Math.round(ms * 100) / 100;
}
