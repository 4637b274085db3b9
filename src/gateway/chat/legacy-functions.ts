// The form that tools had before `tools`: `functions`, `function_call` and the role `function`. Such calls carry no id, so
// they get one from their place: deterministic, and the same in every repetition of the conversation.
// https://platform.openai.com/docs/api-reference/chat/create
import type { ToolCall } from './chat-request.js';
import { pathOf, type Place, readName, readObject, readString, refused } from './read-member.js';

/** @param besideToolCalls true when the message also has `tool_calls`, which makes its order ambiguous. */
export function functionCallOf(message: Place, besideToolCalls: boolean): ToolCall | undefined {
  const call = readObject(message, 'function_call');
  if (call === undefined) return undefined;
  if (besideToolCalls) throw refused(call.path, 'expected either tool_calls or function_call, got both');
  return {
    id: `function_call_${message.path.replaceAll(/\D/g, '')}`, // messages[4] → function_call_4
    name: readName(call, 'name'),
    arguments: readString(call, 'arguments') ?? '',
  };
}

/** The id of the one call that a `function` message answers. */
export function functionResultId(message: Place, openCalls: readonly ToolCall[]): string {
  const name = readName(message, 'name');
  const [call, ...others] = openCalls;
  if (call?.name === name && others.length === 0) return call.id;
  throw refused(
    pathOf(message, 'name'),
    'expected the name of the one function that the assistant message before it called',
  );
}
