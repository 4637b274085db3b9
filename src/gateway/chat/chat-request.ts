// The neutral form of a chat: what the OpenAI body said, checked and normalised, before any provider's wire format.
// Absent and `null` members of the body are the same and leave no member here.
import type { JsonObject } from '../../core/json.js';

/** OpenAI's two names of one limit; the second is the older. */
export type MaxTokensParam = 'max_completion_tokens' | 'max_tokens';

export interface ChatRequest {
  /** As the caller wrote it; answers echo it. */
  readonly model: string;
  /** At least one. */
  readonly messages: readonly ChatMessage[];
  /** In the caller's order, names unique; empty when the body offers none. */
  readonly tools: readonly Tool[];
  readonly toolChoice?: ToolChoice;
  readonly parallelToolCalls?: boolean;
  /** `max_completion_tokens`, else `max_tokens`; an integer >= 1. */
  readonly maxTokens?: number;
  /** Which of the two said it. */
  readonly maxTokensParam?: MaxTokensParam;
  /** 0..2 */
  readonly temperature?: number;
  /** 0..1 */
  readonly topP?: number;
  /** Extension `top_k`. */
  readonly topK?: number;
  /** Non-empty strings. */
  readonly stop: readonly string[];
  readonly responseFormat?: ResponseFormat;
  readonly reasoningEffort?: ReasoningEffort;
  /** Extension `thinking`, passed through as it came. */
  readonly thinking?: JsonObject;
  readonly stream: boolean;
  /** `stream_options.include_usage` */
  readonly includeUsage: boolean;
  /** `auto` and tiers that the upstream does not know leave nothing here. */
  readonly serviceTier?: 'default' | 'flex' | 'priority';
  /** As the caller wrote it, neither cut nor cleaned. */
  readonly metadata?: Readonly<Record<string, string>>;
  /** OpenAI members that only hint (`seed`, `user`, `logit_bias` …), as they came: a provider obeys them or names them as dropped. */
  readonly hints: JsonObject;
  readonly extensions: RequestExtensions;
  /** Members that parsing itself left out, such as `messages[].name`; they are named before those that the provider drops. */
  readonly dropped: readonly string[];
  /** Top-level members that nobody knows, for a debug log: at most 20 names, each cut to 64 characters. */
  readonly ignored: readonly string[];
}

/** Members of Bedrock's own API that a caller may send beside OpenAI's, in camel or snake case. */
export interface RequestExtensions {
  readonly performanceConfig?: JsonObject;
  readonly guardrailConfig?: JsonObject;
  readonly additionalModelRequestFields?: JsonObject;
  readonly additionalModelResponseFieldPaths?: readonly string[];
  readonly promptVariables?: JsonObject;
}

export type ChatMessage = SystemMessage | UserMessage | AssistantMessage | ToolMessage;

/** Roles `system` and `developer`. */
export interface SystemMessage {
  readonly role: 'system';
  readonly content: readonly TextPart[];
  readonly cache?: CacheMark;
}

export interface UserMessage {
  readonly role: 'user';
  readonly content: readonly ContentPart[];
  readonly cache?: CacheMark;
}

export interface AssistantMessage {
  readonly role: 'assistant';
  /** Text and refusals; empty for `null`, `""` and `[]`. */
  readonly content: readonly TextPart[];
  readonly toolCalls: readonly ToolCall[];
  /** Extension `thinking_blocks`: what an earlier answer carried. */
  readonly thinkingBlocks: readonly ThinkingBlock[];
  readonly cache?: CacheMark;
}

export interface ToolMessage {
  readonly role: 'tool';
  readonly toolCallId: string;
  readonly content: readonly (TextPart | ImagePart)[];
  readonly cache?: CacheMark;
}

export type ContentPart = TextPart | ImagePart | DocumentPart | AudioPart | VideoPart;

/** `cache_control` or `prompt_cache_breakpoint` on a part, message or tool. */
export interface CacheMark {
  readonly ttl?: '5m' | '1h';
}

export interface TextPart {
  readonly type: 'text';
  /** Byte for byte what the caller wrote; may be blank. */
  readonly text: string;
  readonly cache?: CacheMark;
}

export type MediaSource = { readonly bytes: Uint8Array } | { readonly s3Uri: string };

export interface ImagePart {
  readonly type: 'image';
  readonly format: 'png' | 'jpeg' | 'gif' | 'webp';
  readonly source: MediaSource;
  readonly cache?: CacheMark;
}

export interface DocumentPart {
  readonly type: 'document';
  readonly format: 'pdf' | 'csv' | 'doc' | 'docx' | 'xls' | 'xlsx' | 'html' | 'txt' | 'md';
  /** As the caller named the file, when it did. */
  readonly filename?: string;
  readonly source: MediaSource;
  readonly cache?: CacheMark;
}

export interface AudioPart {
  readonly type: 'audio';
  readonly format: string;
  readonly source: MediaSource;
  readonly cache?: CacheMark;
}

export interface VideoPart {
  readonly type: 'video';
  readonly format: string;
  readonly source: MediaSource;
  readonly cache?: CacheMark;
}

export interface ToolCall {
  readonly id: string;
  readonly name: string;
  /** The JSON text as it came; may be empty or not JSON. */
  readonly arguments: string;
}

export interface Tool {
  readonly name: string;
  readonly description?: string;
  /** JSON Schema as the caller wrote it; absent when the body has none. */
  readonly parameters?: JsonObject;
  readonly strict?: boolean;
  readonly cache?: CacheMark;
}

export type ToolChoice =
  | { readonly mode: 'auto' | 'none' | 'required' }
  | { readonly mode: 'tool'; readonly name: string }
  | { readonly mode: 'allowed'; readonly required: boolean; readonly names: readonly string[] };

export type ResponseFormat =
  | { readonly type: 'json_object' }
  | {
      readonly type: 'json_schema';
      readonly name: string;
      readonly description?: string;
      readonly schema: JsonObject;
      readonly strict?: boolean;
    };

export type ReasoningEffort = 'none' | 'minimal' | 'low' | 'medium' | 'high' | 'xhigh' | 'max';

export type ThinkingBlock =
  | { readonly type: 'thinking'; readonly thinking: string; readonly signature?: string }
  /** `data` is base64. */
  | { readonly type: 'redacted_thinking'; readonly data: string };
