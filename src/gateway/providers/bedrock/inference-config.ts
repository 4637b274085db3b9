import type { InferenceConfiguration } from '@aws-sdk/client-bedrock-runtime';
import { compact } from '../../../core/compact.js';
import type { JsonObject } from '../../../core/json.js';
import type { ChatRequest } from '../../chat/chat-request.js';
import type { ModelCapabilities } from './capabilities.js';
import type { Reasoning } from './reasoning.js';

/** The caller's limits and sampling parameters, as far as the model takes them. */
export interface Inference {
  /** Absent when it would be empty. */
  readonly inferenceConfig?: InferenceConfiguration;
  /** `top_k`, for `additionalModelRequestFields`. */
  readonly fields: JsonObject;
}

/** Converse's highest temperature; OpenAI's is 2. */
const MAX_TEMPERATURE = 1;

/** @param dropped gains what the model does not take, alone or beside the rest. */
export function inference(
  request: ChatRequest,
  capabilities: ModelCapabilities,
  { excludes }: Reasoning,
  dropped: Set<string>,
): Inference {
  const { sampling } = capabilities;
  const unless = <T>(refused: boolean, name: (typeof excludes)[number], value: T | undefined): T | undefined => {
    if (value === undefined || !(refused || excludes.includes(name))) return value;
    dropped.add(name === 'max_tokens' ? (request.maxTokensParam ?? name) : name);
    return undefined;
  };
  const maxTokens = unless(false, 'max_tokens', request.maxTokens);
  const temperature = unless(sampling === 'none', 'temperature', request.temperature);
  const second = sampling === 'one' && temperature !== undefined;
  const topP = unless(sampling === 'none' || second, 'top_p', request.topP);
  const topK = unless(sampling === 'none' || capabilities.topK === 'none', 'top_k', request.topK);
  const config = compact({
    maxTokens,
    temperature: temperature === undefined ? undefined : Math.min(temperature, MAX_TEMPERATURE),
    topP,
    stopSequences: request.stop.length > 0 ? [...request.stop] : undefined,
  });
  return {
    ...(Object.keys(config).length > 0 && { inferenceConfig: config }),
    fields: topK === undefined ? {} : topKField(topK, capabilities),
  };
}

function topKField(topK: number, capabilities: ModelCapabilities): JsonObject {
  return capabilities.topK === 'nested' ? { inferenceConfig: { topK } } : { top_k: topK };
}
