// The pieces of OpenAI's chat JSON that whole answers and chunks share.
// https://platform.openai.com/docs/api-reference/chat/object
// `reasoning_content` and `thinking_blocks` are not OpenAI's: clients know these names from other gateways.
import { compact } from '../../core/compact.js';
import type { JsonObject } from '../../core/json.js';
import type { Finish, FinishReason, UrlCitation } from './chat-answer.js';
import type { ThinkingBlock, ToolCall } from './chat-request.js';
import type { CompletionUsage } from './render-usage.js';

/** What this gateway, not the model, says of an answer; the same in every chunk of a stream. */
export interface Envelope {
  /** `chatcmpl-…` */
  readonly id: string;
  /** Unix seconds. */
  readonly created: number;
  /** As the caller asked for it. */
  readonly model: string;
}

export interface ChatCompletion {
  readonly id: string;
  readonly object: 'chat.completion';
  readonly created: number;
  readonly model: string;
  readonly choices: [CompletionChoice];
  readonly usage?: CompletionUsage;
  readonly service_tier?: string;
}

export interface CompletionChoice {
  readonly index: 0;
  readonly message: CompletionMessage;
  readonly logprobs: null;
  readonly finish_reason: FinishReason;
}

export interface CompletionMessage {
  readonly role: 'assistant';
  readonly content: string | null;
  readonly refusal: null;
  readonly tool_calls?: RenderedToolCall[];
  readonly reasoning_content?: string;
  readonly thinking_blocks?: readonly ThinkingBlock[];
  readonly annotations?: Annotation[];
}

export interface RenderedToolCall {
  readonly id: string;
  readonly type: 'function';
  readonly function: { readonly name: string; readonly arguments: string };
}

export interface Annotation {
  readonly type: 'url_citation';
  readonly url_citation: {
    readonly url: string;
    readonly title: string;
    readonly start_index: number;
    readonly end_index: number;
  };
}

export function renderToolCall({ id, name, arguments: text }: ToolCall): RenderedToolCall {
  return { id, type: 'function', function: { name, arguments: text } };
}

export function renderAnnotation({ url, title = '', startIndex, endIndex }: UrlCitation): Annotation {
  return { type: 'url_citation', url_citation: { url, title, start_index: startIndex, end_index: endIndex } };
}

/** What the provider says beside the answer: its service tier, and its own facts under its own name. */
export function renderFinishMembers({ serviceTier, extension }: Finish): FinishMembers {
  return { ...compact({ service_tier: serviceTier }), ...(extension && { [extension.name]: extension.members }) };
}

type FinishMembers = { readonly service_tier?: string } & JsonObject;
