import type { StopReason } from '@aws-sdk/client-bedrock-runtime';
import type { FinishReason } from '../../chat/chat-answer.js';

// `satisfies` turns a stop reason added by a newer SDK into a compile error here.
// https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Converse.html
const FINISH_REASONS = {
  end_turn: 'stop',
  stop_sequence: 'stop',
  malformed_model_output: 'stop',
  malformed_tool_use: 'stop',
  max_tokens: 'length',
  model_context_window_exceeded: 'length',
  tool_use: 'tool_calls',
  content_filtered: 'content_filter',
  guardrail_intervened: 'content_filter',
} as const satisfies Record<StopReason, FinishReason>;

/** Stop reasons of a model that ended by itself: whether it called tools is then read from its answer. */
const ENDED = new Set(['end_turn', 'stop_sequence', 'tool_use']);

/**
 * OpenAI `finish_reason` for a Converse `stopReason` in any case; `stop` for one this build does not know.
 * @param called the answer holds a tool call of the caller's. Some models say `end_turn` beside one, and some `tool_use` without.
 */
export function finishReason(stopReason: string | undefined, called: boolean): FinishReason {
  const known = stopReason?.toLowerCase() ?? '';
  if (ENDED.has(known)) return called ? 'tool_calls' : 'stop';
  return Object.hasOwn(FINISH_REASONS, known) ? FINISH_REASONS[known as StopReason] : 'stop';
}
