import { compact } from '../../../core/compact.js';
import { isObject, type JsonObject } from '../../../core/json.js';
import type { EmbeddingAnswer, EmbeddingRequest } from '../../chat/embedding.js';
import { GatewayError } from '../../chat/gateway-error.js';

/** Always asked for as numbers: policies and answers work on those, whatever the caller wants to be sent. */
export function embeddingsBody({ input, dimensions, hints }: EmbeddingRequest, model: string): JsonObject {
  return compact({ model, input: [...input], dimensions, encoding_format: 'float', ...hints });
}

/** Members of the caller's body that this API does not know. */
export function unknownToEmbeddings({ inputType, normalize }: EmbeddingRequest): string[] {
  return [...(inputType === undefined ? [] : ['input_type']), ...(normalize === undefined ? [] : ['normalize'])];
}

/** @throws {GatewayError} unless there is one vector a text. */
export function embeddingsOf(body: unknown, texts: number, upstream: string): EmbeddingAnswer {
  const data: readonly unknown[] = isObject(body) && Array.isArray(body['data']) ? body['data'] : [];
  const vectors: (readonly number[])[] = [];
  for (const [place, item] of data.entries()) {
    if (!isObject(item) || !isVector(item['embedding'])) continue;
    vectors[typeof item['index'] === 'number' ? item['index'] : place] = item['embedding'];
  }
  if (vectors.length !== texts || vectors.includes(undefined as never)) {
    const message = `${upstream} answered without one vector for each of ${texts} texts`;
    throw new GatewayError('invalid_upstream_response', message);
  }
  return { vectors, inputTokens: promptTokens(body) };
}

function isVector(value: unknown): value is readonly number[] {
  return Array.isArray(value) && value.length > 0 && value.every((number) => typeof number === 'number');
}

function promptTokens(body: unknown): number {
  const usage = isObject(body) && isObject(body['usage']) ? body['usage'] : {};
  return typeof usage['prompt_tokens'] === 'number' ? usage['prompt_tokens'] : 0;
}
