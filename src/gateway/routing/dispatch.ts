import { orAborted } from '../../core/abort.js';
import { GatewayError } from '../chat/gateway-error.js';
import type { Exchange } from '../exchange.js';
import type { Call, Completed, Embedded, Provider, Streamed } from '../providers/provider.js';
import type { Target } from './target.js';

/** Names of the GenAI conventions, https://opentelemetry.io/docs/specs/semconv/registry/attributes/gen-ai/ */
const PROVIDER_NAMES = { 'aws-bedrock': 'aws.bedrock', anthropic: 'anthropic', openai: 'openai' } as const;

/** Faults that say something about the target; the others are the request's, or the gateway's own. */
const UPSTREAM: ReadonlySet<GatewayError['domain']> = new Set(['bedrock', 'network', 'credentials']);

/**
 * Calls a target for an exchange, and is the only place that does. The exchange is cut when the target's total time is over:
 * `timeout_seconds`, or for a stream `stream_timeout_seconds`, which also runs on after this resolves.
 * @param targets the candidates, best first.
 * @throws {GatewayError} of the upstream; or why the exchange was cut.
 */
export async function dispatch<T extends Completed | Streamed | Embedded>(
  exchange: Exchange,
  targets: readonly Target[],
  call: (provider: Provider, call: Call) => Promise<T>,
): Promise<T> {
  const [target] = targets;
  if (!target) throw new GatewayError('no_available_target', 'No target is available.');
  exchange.target = target.id;
  exchange.routedTo = target.config;
  exchange.provider = PROVIDER_NAMES[target.config.provider];
  limitTime(exchange, target);
  const { clock } = exchange;
  const before = clock.monotonic();
  try {
    const result = await orAborted(call(target.provider, callOf(exchange)), exchange.signal);
    target.health.succeeded(clock.monotonic() - before);
    exchange.upstreamRequestId = result.upstreamRequestId;
    exchange.dropped = [...exchange.dropped, ...result.dropped];
    return result;
  } catch (error) {
    if (error instanceof GatewayError && UPSTREAM.has(error.domain)) target.health.failed(error);
    throw error;
  } finally {
    exchange.upstreamMs += clock.monotonic() - before;
  }
}

function limitTime(exchange: Exchange, { config }: Target): void {
  const seconds = exchange.streamed ? config.stream_timeout_seconds : config.timeout_seconds;
  if (seconds === undefined) return;
  exchange.cutAfter(seconds * 1000, () => {
    const field = exchange.streamed ? 'stream_timeout_seconds' : 'timeout_seconds';
    return new GatewayError('upstream_timeout', `The upstream took longer than ${seconds} s (${field}).`, {
      detail: 'total',
    });
  });
}

function callOf({ requestId, signal, traceparent }: Exchange): Call {
  return traceparent === undefined ? { requestId, signal } : { requestId, signal, traceparent };
}
