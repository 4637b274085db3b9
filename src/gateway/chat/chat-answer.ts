// The neutral form of an answer, whole or as events, before it becomes OpenAI's JSON. There is one choice: `n` above 1 is refused.
import type { JsonObject } from '../../core/json.js';
import type { ThinkingBlock, ToolCall } from './chat-request.js';

export type FinishReason = 'stop' | 'length' | 'tool_calls' | 'content_filter';

export interface ChatAnswer {
  /** Answer text; `null` when there are only tool calls. */
  readonly content: string | null;
  /** Reasoning texts joined; absent when the model showed none. */
  readonly reasoning?: string;
  readonly thinkingBlocks: readonly ThinkingBlock[];
  /** `arguments` is always JSON text of an object. */
  readonly toolCalls: readonly ToolCall[];
  readonly annotations: readonly UrlCitation[];
  readonly finish: Finish;
}

/** What is known only when the model has ended. */
export interface Finish {
  readonly reason: FinishReason;
  readonly usage?: Usage;
  readonly serviceTier?: string;
  /** Provider's own facts, sent as one top-level member of that name: `{ name: 'bedrock', members: { stop_reason, trace … } }`. */
  readonly extension?: { readonly name: string; readonly members: JsonObject };
}

/** Tokens as the provider reported them. */
export interface Usage {
  /** Not read from or written to a cache. */
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly cacheReadTokens: number;
  readonly cacheWriteTokens: number;
  /** The part of `cacheWriteTokens` that was written for one hour. */
  readonly cacheWrite1hTokens?: number;
}

export interface UrlCitation {
  readonly url: string;
  readonly title?: string;
  /** UTF-16 offsets into the answer's text. */
  readonly startIndex: number;
  readonly endIndex: number;
}

/**
 * One step of a streamed answer. A complete stream is: `start` once, then any of the others, then `finish` once as the last.
 * A stream that breaks throws a `GatewayError` instead of yielding `finish`.
 */
export type ChatEvent =
  | { readonly type: 'start' }
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'reasoning'; readonly text: string }
  | { readonly type: 'thinking_block'; readonly block: ThinkingBlock }
  /** `index` counts the caller's tool calls from 0 without gaps. `arguments` is the first piece, often empty: `tool_arguments` follow. */
  | {
      readonly type: 'tool_call';
      readonly index: number;
      readonly id: string;
      readonly name: string;
      readonly arguments: string;
    }
  | { readonly type: 'tool_arguments'; readonly index: number; readonly text: string }
  | { readonly type: 'annotation'; readonly annotation: UrlCitation }
  | { readonly type: 'finish'; readonly finish: Finish };
