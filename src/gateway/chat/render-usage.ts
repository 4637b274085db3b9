import type { Usage } from './chat-answer.js';

/** @see https://platform.openai.com/docs/api-reference/chat/object */
export interface CompletionUsage {
  readonly prompt_tokens: number;
  readonly completion_tokens: number;
  readonly total_tokens: number;
  readonly prompt_tokens_details: { readonly cached_tokens: number; readonly cache_write_tokens: number };
}

/** OpenAI counts cached tokens as part of the prompt; Bedrock counts them beside it. */
export function renderUsage({ inputTokens, outputTokens, cacheReadTokens, cacheWriteTokens }: Usage): CompletionUsage {
  const promptTokens = inputTokens + cacheReadTokens + cacheWriteTokens;
  return {
    prompt_tokens: promptTokens,
    completion_tokens: outputTokens,
    total_tokens: promptTokens + outputTokens,
    prompt_tokens_details: { cached_tokens: cacheReadTokens, cache_write_tokens: cacheWriteTokens },
  };
}
