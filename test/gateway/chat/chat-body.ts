import { GatewayError } from '../../../src/gateway/chat/gateway-error.js';
import { parseChatRequest } from '../../../src/gateway/chat/parse-chat-request.js';
import type { ChatMessage, ChatRequest, ContentPart } from '../../../src/gateway/chat/chat-request.js';

/** A body that is right, with these members beside or instead of its own. */
export function chatBody(members: object = {}): object {
  return { model: 'm', messages: [{ role: 'user', content: 'hi' }], ...members };
}

export function parsed(members: object = {}): ChatRequest {
  return parseChatRequest(chatBody(members));
}

/** The only message of a conversation that a user's "hi" follows where it must not stand alone. */
export function parsedMessage(message: object): ChatMessage | undefined {
  return parsed({ messages: [message, { role: 'user', content: 'hi' }] }).messages[0];
}

export function parsedPart(part: object): ContentPart | undefined {
  return parsed({ messages: [{ role: 'user', content: [part] }] }).messages[0]?.content[0];
}

/** The refusal that `parse` throws. */
export function refusalOf(parse: () => unknown): GatewayError {
  try {
    parse();
  } catch (error) {
    if (error instanceof GatewayError) return error;
    throw error;
  }
  throw new Error('expected a refusal, got none');
}

export const PNG = 'iVBORw0KGgo=';
