import { isBlank } from './blank-text.js';
import type { ChatMessage, ToolCall } from './chat-request.js';
import { checkToolResults } from './check-tool-results.js';
import type { DroppedMembers } from './dropped-members.js';
import { parseMessage } from './parse-message.js';
import { described, member, type Place, placeOf, refused } from './read-member.js';

/** The body's `messages`, one for one, so that an index here is the caller's index. */
export function parseMessages(body: Place, dropped: DroppedMembers): readonly ChatMessage[] {
  const list = member(body, 'messages');
  if (!Array.isArray(list) || list.length === 0) {
    throw refused('messages', `expected an array of at least one message, got ${described(list)}`);
  }
  let openCalls: readonly ToolCall[] = [];
  const messages = list.map((value: unknown, index) => {
    const message = parseMessage(placeOf(value, `messages[${index}]`), openCalls, dropped);
    if (message.role === 'assistant') openCalls = message.toolCalls;
    return message;
  });
  checkToolResults(messages);
  if (!messages.some(saysSomething)) throw refused('messages', 'expected at least one message that is not blank');
  return messages;
}

function saysSomething(message: ChatMessage): boolean {
  if (message.role === 'assistant' && message.toolCalls.length > 0) return true;
  return message.content.some((part) => part.type !== 'text' || !isBlank(part.text));
}
