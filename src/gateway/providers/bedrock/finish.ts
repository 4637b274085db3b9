// What Bedrock says when the model has ended, in the last two events of a stream or around a whole answer.
import type { Citation, ConverseResponse, TokenUsage } from '@aws-sdk/client-bedrock-runtime';
import { compact } from '../../../core/compact.js';
import type { JsonObject } from '../../../core/json.js';
import type { Finish, Usage } from '../../chat/chat-answer.js';
import { finishReason } from './stop-reason.js';
import type { Upstream } from './upstream.js';

/** The members of an answer that are not its content. */
export type Ending = Partial<Omit<ConverseResponse, 'output'>>;

/** What the answer's content says about its end. */
export interface Seen {
  /** It holds a tool call of the caller's. */
  readonly called: boolean;
  /** Citations that OpenAI's format has no place for. */
  readonly citations: readonly Citation[];
  /** Kinds of block that OpenAI's format has no place for, such as `image`; they were left out. */
  readonly ignored: ReadonlySet<string>;
  readonly upstream: Upstream;
}

export function finishOf(ending: Ending, seen: Seen): Finish {
  return compact({
    reason: finishReason(ending.stopReason, seen.called),
    usage: ending.usage === undefined ? undefined : usageOf(ending.usage),
    serviceTier: ending.serviceTier?.type,
    extension: { name: seen.upstream.extension, members: extensionMembers(ending, seen) },
  });
}

/** Tokens as Bedrock reports them. */
export function usageOf({
  inputTokens,
  outputTokens,
  cacheReadInputTokens,
  cacheWriteInputTokens,
  cacheDetails,
}: TokenUsage): Usage {
  const hourly = cacheDetails?.filter(({ ttl }) => ttl === '1h') ?? [];
  return {
    inputTokens: inputTokens ?? 0,
    outputTokens: outputTokens ?? 0,
    cacheReadTokens: cacheReadInputTokens ?? 0,
    cacheWriteTokens: cacheWriteInputTokens ?? 0,
    ...(hourly.length > 0 && { cacheWrite1hTokens: hourly.reduce((sum, { inputTokens = 0 }) => sum + inputTokens, 0) }),
  };
}

/** Bedrock's own facts, under snake-case names. */
function extensionMembers(ending: Ending, { citations, ignored }: Seen): JsonObject {
  const members = compact({
    stop_reason: ending.stopReason,
    trace: ending.trace,
    additional_model_response_fields: ending.additionalModelResponseFields,
    latency_ms: ending.metrics?.latencyMs,
    performance_config: ending.performanceConfig,
    cache_details: ending.usage?.cacheDetails,
    citations: citations.length > 0 ? citations : undefined,
    ignored_content: ignored.size > 0 ? [...ignored] : undefined,
  });
  return members as JsonObject; // decoded from JSON by the SDK
}
