import type { Json, JsonObject } from '../../core/json.js';
import { jsonAnswer, type StreamAnswer, type StreamEvent, type TokenUsage, type WholeAnswer } from './answer.js';
import { countTokens, words } from './tokens.js';

export type AnswerBlock =
  | { readonly type: 'text'; readonly text: string }
  | {
      readonly type: 'tool_use';
      readonly id: string;
      readonly name: string;
      readonly input: Json;
      /** The JSON of the input as it is streamed; shorter than `input` when the turn ran out of tokens. */
      readonly inputText: string;
    }
  /** Without a signature where the model gives none. */
  | { readonly type: 'thought'; readonly text: string; readonly signature?: string }
  /** Base64. */
  | { readonly type: 'redacted_thought'; readonly data: string };

/** One turn of a model, in the form that both Converse and ConverseStream are rendered from. */
export interface ModelAnswer {
  readonly blocks: readonly AnswerBlock[];
  readonly stopReason: string;
  readonly usage: TokenUsage;
  readonly latencyMs: number;
  /** `trace`, `serviceTier`, `performanceConfig`: members that stand beside `usage` in both forms. */
  readonly extras: JsonObject;
  readonly additionalModelResponseFields?: JsonObject;
}

export function wholeAnswer(answer: ModelAnswer): WholeAnswer {
  const body = {
    output: { message: { role: 'assistant', content: answer.blocks.map(wireBlock) } },
    stopReason: answer.stopReason,
    usage: wireUsage(answer.usage),
    metrics: { latencyMs: answer.latencyMs },
    ...(answer.additionalModelResponseFields && {
      additionalModelResponseFields: answer.additionalModelResponseFields,
    }),
    ...answer.extras,
  };
  return jsonAnswer(body, answer.usage);
}

export function streamAnswer(answer: ModelAnswer): StreamAnswer {
  const { stopReason, usage, latencyMs, extras, additionalModelResponseFields } = answer;
  return {
    kind: 'stream',
    usage,
    events: [
      event('messageStart', { role: 'assistant' }),
      ...answer.blocks.flatMap(blockEvents),
      event('messageStop', { stopReason, ...(additionalModelResponseFields && { additionalModelResponseFields }) }),
      event('metadata', { usage: wireUsage(usage), metrics: { latencyMs }, ...extras }),
    ],
  };
}

/** Word by word; tool input in pieces that respect no boundary of its JSON. A block of text has no start event, as with Claude. */
export function blockEvents(block: AnswerBlock, contentBlockIndex: number): readonly StreamEvent[] {
  const stop = event('contentBlockStop', { contentBlockIndex });
  const delta = (value: JsonObject, text = ''): StreamEvent =>
    event('contentBlockDelta', { contentBlockIndex, delta: value }, countTokens(text));
  if (block.type === 'text') return [...words(block.text).map((text) => delta({ text }, text)), stop];
  if (block.type === 'redacted_thought') return [delta({ reasoningContent: { redactedContent: block.data } }), stop];
  if (block.type === 'thought') {
    const { text, signature } = block;
    const thoughts = words(text).map((word) => delta({ reasoningContent: { text: word } }, word));
    return [...thoughts, ...(signature === undefined ? [] : [delta({ reasoningContent: { signature } })]), stop];
  }
  const start = { toolUse: { toolUseId: block.id, name: block.name } };
  return [
    event('contentBlockStart', { contentBlockIndex, start }),
    ...pieces(block.inputText, 12).map((input) => delta({ toolUse: { input } }, input)),
    stop,
  ];
}

/** Tokens that a block cost its model. */
export function blockTokens(block: AnswerBlock): number {
  if (block.type === 'redacted_thought') return 0;
  return countTokens(block.type === 'tool_use' ? block.inputText : block.text);
}

function wireBlock(block: AnswerBlock): JsonObject {
  if (block.type === 'text') return { text: block.text };
  if (block.type === 'redacted_thought') return { reasoningContent: { redactedContent: block.data } };
  if (block.type === 'tool_use') return { toolUse: { toolUseId: block.id, name: block.name, input: block.input } };
  const { text, signature } = block;
  return { reasoningContent: { reasoningText: { text, ...(signature !== undefined && { signature }) } } };
}

function event(type: string, payload: JsonObject, outputTokens = 0): StreamEvent {
  return { type, payload, outputTokens };
}

function wireUsage({ cacheDetails, ...usage }: TokenUsage): JsonObject {
  const totalTokens = usage.inputTokens + usage.outputTokens + usage.cacheReadInputTokens + usage.cacheWriteInputTokens;
  return { ...usage, totalTokens, ...(cacheDetails && { cacheDetails }) };
}

function pieces(text: string, size: number): readonly string[] {
  return text.match(new RegExp(`[^]{1,${size}}`, 'gu')) ?? [];
}
