import type { AssistantMessage, ChatMessage, TextPart, ThinkingBlock, ToolCall } from './chat-request.js';
import type { DroppedMembers } from './dropped-members.js';
import { functionCallOf, functionResultId } from './legacy-functions.js';
import { cacheMark } from './parse-cache-mark.js';
import { ASSISTANT_PARTS, parseContent, SYSTEM_PARTS, TOOL_PARTS, USER_PARTS } from './parse-content-part.js';
import {
  described,
  member,
  pathOf,
  type Place,
  placeOf,
  readArray,
  readName,
  readObject,
  readString,
  refused,
  requireObject,
} from './read-member.js';

/** @param openCalls calls of the latest assistant message, which a legacy `function` message answers by name. */
export function parseMessage(message: Place, openCalls: readonly ToolCall[], dropped: DroppedMembers): ChatMessage {
  const role = member(message, 'role');
  if (role !== 'function' && member(message, 'name') !== undefined) dropped.add(pathOf(message, 'name'));
  switch (role) {
    case 'system':
    case 'developer':
      requireContent(message);
      return { role: 'system', content: parseContent(message, SYSTEM_PARTS, dropped), ...cacheMark(message, dropped) };
    case 'user':
      requireContent(message);
      return { role, content: parseContent(message, USER_PARTS, dropped), ...cacheMark(message, dropped) };
    case 'assistant':
      return parseAssistantMessage(message, dropped);
    case 'tool':
      return parseResult(message, readName(message, 'tool_call_id'), dropped);
    case 'function':
      return parseResult(message, functionResultId(message, openCalls), dropped);
    default:
      throw refused(
        pathOf(message, 'role'),
        `expected system, developer, user, assistant or tool, got ${described(role)}`,
      );
  }
}

function requireContent(message: Place): void {
  if (member(message, 'content') !== undefined) return;
  throw refused(pathOf(message, 'content'), 'expected a string or an array of parts, got nothing');
}

/** A result without content is kept: the call must be answered. */
function parseResult(message: Place, toolCallId: string, dropped: DroppedMembers): ChatMessage {
  return {
    role: 'tool',
    toolCallId,
    content: parseContent(message, TOOL_PARTS, dropped),
    ...cacheMark(message, dropped),
  };
}

function parseAssistantMessage(message: Place, dropped: DroppedMembers): AssistantMessage {
  const content = parseContent(message, ASSISTANT_PARTS, dropped);
  const transcript = textPart(parseTranscript(message, dropped));
  return {
    role: 'assistant',
    content: [...(content.length > 0 ? content : transcript), ...textPart(readString(message, 'refusal'))],
    toolCalls: parseToolCalls(message),
    thinkingBlocks: parseThinkingBlocks(message),
    ...cacheMark(message, dropped),
  };
}

/** An `audio` member names a sound that only OpenAI has kept: its transcript, when the caller sent it, stands in for it. */
function parseTranscript(message: Place, dropped: DroppedMembers): string | undefined {
  const audio = readObject(message, 'audio');
  if (audio === undefined) return undefined;
  dropped.add(audio.path);
  return readString(audio, 'transcript');
}

function textPart(text: string | undefined): readonly TextPart[] {
  return text === undefined || text === '' ? [] : [{ type: 'text', text }];
}

function parseToolCalls(message: Place): readonly ToolCall[] {
  const calls = readArray(message, 'tool_calls') ?? [];
  const path = pathOf(message, 'tool_calls');
  const legacy = functionCallOf(message, calls.length > 0);
  if (legacy !== undefined) return [legacy];
  const ids = new Set<string>();
  return calls.map((value, index) => {
    const call = parseToolCall(placeOf(value, `${path}[${index}]`));
    if (ids.has(call.id)) throw refused(`${path}[${index}].id`, 'expected an id that no other call of the message has');
    ids.add(call.id);
    return call;
  });
}

function parseToolCall(call: Place): ToolCall {
  const type = member(call, 'type') ?? 'function';
  if (type !== 'function') throw refused(pathOf(call, 'type'), `expected function, got ${described(type)}`);
  const id = readName(call, 'id');
  const named = requireObject(call, 'function');
  return { id, name: readName(named, 'name'), arguments: readString(named, 'arguments') ?? '' };
}

function parseThinkingBlocks(message: Place): readonly ThinkingBlock[] {
  const path = pathOf(message, 'thinking_blocks');
  return (readArray(message, 'thinking_blocks') ?? []).map((value, index) =>
    parseThinkingBlock(placeOf(value, `${path}[${index}]`)),
  );
}

function parseThinkingBlock(block: Place): ThinkingBlock {
  const type = member(block, 'type');
  if (type === 'redacted_thinking') return { type, data: readName(block, 'data') };
  if (type !== 'thinking') {
    throw refused(pathOf(block, 'type'), `expected thinking or redacted_thinking, got ${described(type)}`);
  }
  const signature = readString(block, 'signature');
  const thinking = readString(block, 'thinking') ?? '';
  return { type, thinking, ...(signature !== undefined && signature !== '' && { signature }) };
}
