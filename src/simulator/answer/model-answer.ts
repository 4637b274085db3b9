import type { Json, JsonObject } from '../../core/json.js';
import { jsonAnswer, type Answer, type StreamEvent, type TokenUsage, type WholeAnswer } from './answer.js';
import { countTokens, words } from './tokens.js';

export type AnswerBlock =
  | { readonly text: string }
  | { readonly toolUse: { readonly toolUseId: string; readonly name: string; readonly input: Json } }
  | { readonly reasoningContent: { readonly reasoningText: { readonly text: string; readonly signature: string } } };

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
    output: { message: { role: 'assistant', content: answer.blocks } },
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

export function streamAnswer(answer: ModelAnswer): Answer {
  return { kind: 'stream', events: streamEvents(answer), usage: answer.usage };
}

/** Word by word; tool input in pieces that respect no boundary of its JSON. */
export function streamEvents(answer: ModelAnswer): readonly StreamEvent[] {
  const { stopReason, additionalModelResponseFields } = answer;
  return [
    event('messageStart', { role: 'assistant' }),
    ...answer.blocks.flatMap(blockEvents),
    event('messageStop', { stopReason, ...(additionalModelResponseFields && { additionalModelResponseFields }) }),
    event('metadata', {
      usage: wireUsage(answer.usage),
      metrics: { latencyMs: answer.latencyMs },
      ...answer.extras,
    }),
  ];
}

function blockEvents(block: AnswerBlock, contentBlockIndex: number): readonly StreamEvent[] {
  const stop = event('contentBlockStop', { contentBlockIndex });
  const delta = (value: JsonObject, text: string): StreamEvent =>
    event('contentBlockDelta', { contentBlockIndex, delta: value }, countTokens(text));
  if ('text' in block) return [...words(block.text).map((text) => delta({ text }, text)), stop];
  if ('reasoningContent' in block) {
    const { text, signature } = block.reasoningContent.reasoningText;
    return [
      ...words(text).map((word) => delta({ reasoningContent: { text: word } }, word)),
      delta({ reasoningContent: { signature } }, ''),
      stop,
    ];
  }
  const { toolUseId, name, input } = block.toolUse;
  return [
    event('contentBlockStart', { contentBlockIndex, start: { toolUse: { toolUseId, name } } }),
    ...pieces(JSON.stringify(input), 12).map((text) => delta({ toolUse: { input: text } }, text)),
    stop,
  ];
}

function event(type: string, payload: JsonObject, outputTokens = 0): StreamEvent {
  return { type, payload, outputTokens };
}

/** Real Bedrock leaves the cache's members out where no cache point was sent; zero says the same. */
function wireUsage(usage: TokenUsage): JsonObject {
  const { inputTokens, outputTokens, cacheReadInputTokens, cacheWriteInputTokens } = usage;
  const totalTokens = inputTokens + outputTokens + cacheReadInputTokens + cacheWriteInputTokens;
  return { inputTokens, outputTokens, totalTokens, cacheReadInputTokens, cacheWriteInputTokens };
}

function pieces(text: string, size: number): readonly string[] {
  return text.match(new RegExp(`[^]{1,${size}}`, 'gu')) ?? [];
}
