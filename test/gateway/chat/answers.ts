import type { ChatAnswer, ChatEvent, Finish } from '../../../src/gateway/chat/chat-answer.js';
import { chunkRenderer, DONE } from '../../../src/gateway/chat/render-chat-chunk.js';

export const ENVELOPE = { id: 'chatcmpl-1', created: 1_700_000_000, model: 'anthropic.claude-sonnet-4-20250514-v1:0' };

export const STOP: Finish = { reason: 'stop' };

export function answer(members: Partial<ChatAnswer> = {}): ChatAnswer {
  return { content: 'Hello.', thinkingBlocks: [], toolCalls: [], annotations: [], finish: STOP, ...members };
}

/** The complete text of a stream. */
export function rendered(events: readonly ChatEvent[], includeUsage = false): string {
  const render = chunkRenderer({ ...ENVELOPE, includeUsage });
  return events.map((event) => render(event)).join('') + DONE;
}

/** The JSON of each `data:` event, `[DONE]` left out. */
export function chunksOf(sse: string): unknown[] {
  return sse
    .split('\n\n')
    .filter((event) => event.startsWith('data: {'))
    .map((event) => JSON.parse(event.slice('data: '.length)) as unknown);
}
