import type { ChatEvent } from '../../../../src/gateway/chat/chat-answer.js';
import type { ChatRequest } from '../../../../src/gateway/chat/chat-request.js';
import { GatewayError } from '../../../../src/gateway/chat/gateway-error.js';
import { parseChatRequest } from '../../../../src/gateway/chat/parse-chat-request.js';
import type { Call } from '../../../../src/gateway/providers/provider.js';

/** The chat of an OpenAI body, with a user's question for messages unless it has its own. */
export function chat(members: object = {}): ChatRequest {
  return parseChatRequest({
    model: 'm',
    messages: [{ role: 'user', content: 'What is the weather like?' }],
    ...members,
  });
}

/** An attempt that nobody gives up, unless the test does through `signal`. */
export function calling(signal = new AbortController().signal, members: Partial<Call> = {}): Call {
  return { requestId: 'r', signal, ...members };
}

export async function collected(events: AsyncIterable<ChatEvent>): Promise<ChatEvent[]> {
  const all: ChatEvent[] = [];
  for await (const event of events) all.push(event);
  return all;
}

/** The failure of `work`, which must have its meaning already. */
export async function failure(work: Promise<unknown>): Promise<GatewayError> {
  try {
    await work;
  } catch (error) {
    if (error instanceof GatewayError) return error;
    throw error;
  }
  throw new Error('expected a failure, got none');
}
