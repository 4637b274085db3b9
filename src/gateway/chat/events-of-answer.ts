import type { ChatAnswer, ChatEvent } from './chat-answer.js';

/** A whole answer as the events of a stream, for targets that cannot stream what was asked: one event for each call. */
export function eventsOf(answer: ChatAnswer): readonly ChatEvent[] {
  const { content, reasoning, thinkingBlocks, toolCalls, annotations, finish } = answer;
  return [
    { type: 'start' },
    ...(reasoning ? [{ type: 'reasoning', text: reasoning } as const] : []),
    ...thinkingBlocks.map((block) => ({ type: 'thinking_block', block }) as const),
    ...(content ? [{ type: 'text', text: content } as const] : []),
    ...annotations.map((annotation) => ({ type: 'annotation', annotation }) as const),
    ...toolCalls.map((call, index) => ({ type: 'tool_call', index, ...call }) as const),
    { type: 'finish', finish },
  ];
}
