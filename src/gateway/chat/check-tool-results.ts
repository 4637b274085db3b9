import type { ChatMessage } from './chat-request.js';
import { refused } from './read-member.js';

/** So many ids are named in one refusal. */
const MAX_NAMED = 5;

/**
 * Every tool call has exactly one result, and it comes before the next user or assistant message: OpenAI and Bedrock both
 * refuse a conversation where this is not so. System messages may stand anywhere.
 * @throws GatewayError naming the ids.
 */
export function checkToolResults(messages: readonly ChatMessage[]): void {
  const unanswered = new Set<string>();
  let caller = 0;
  for (const [index, message] of messages.entries()) {
    if (message.role === 'system') continue;
    if (message.role === 'tool') {
      if (!unanswered.delete(message.toolCallId)) throw withoutCall(index, message.toolCallId);
      continue;
    }
    if (unanswered.size > 0) throw withoutResult(caller, unanswered);
    if (message.role === 'user') continue;
    caller = index;
    for (const call of message.toolCalls) unanswered.add(call.id);
  }
  if (unanswered.size > 0) throw withoutResult(caller, unanswered);
}

function withoutCall(index: number, id: string): Error {
  return refused(
    `messages[${index}].tool_call_id`,
    `expected the id of a call of the assistant message before it that has no result yet, got ${quoted(id)}`,
  );
}

function withoutResult(index: number, ids: ReadonlySet<string>): Error {
  const named = Array.from(ids).slice(0, MAX_NAMED).map(quoted).join(', ');
  const more = ids.size > MAX_NAMED ? ` and ${ids.size - MAX_NAMED} more` : '';
  return refused(
    `messages[${index}].tool_calls`,
    `expected one tool message for each call directly behind it, got none for ${named}${more}`,
  );
}

function quoted(id: string): string {
  return JSON.stringify(id.slice(0, 64));
}
