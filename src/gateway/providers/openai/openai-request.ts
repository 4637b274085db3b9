// The neutral request as an OpenAI body again, for targets that speak OpenAI's own API.
import { compact } from '../../../core/compact.js';
import type { Json, JsonObject } from '../../../core/json.js';
import type {
  AssistantMessage,
  ChatMessage,
  ChatRequest,
  ContentPart,
  ResponseFormat,
  Tool,
  ToolChoice,
} from '../../chat/chat-request.js';
import { DroppedMembers } from '../../chat/dropped-members.js';
import { GatewayError } from '../../chat/gateway-error.js';

export interface OpenAiCall {
  readonly body: JsonObject;
  /** Members of the caller's body that this API does not know. */
  readonly dropped: readonly string[];
}

/**
 * @param model the target's own model.
 * @throws {GatewayError} `invalid_request` for content that this API cannot carry.
 */
export function openAiRequest(request: ChatRequest, model: string): OpenAiCall {
  const dropped = new DroppedMembers();
  const { extensions, responseFormat, toolChoice, tools } = request;
  for (const name of Object.keys(compact(extensions))) dropped.add(name);
  if (request.topK !== undefined) dropped.add('top_k');
  if (request.thinking) dropped.add('thinking');
  const body = compact({
    model,
    messages: request.messages.map((message, index) => messageOf(message, index, dropped)),
    tools: tools.length > 0 ? tools.map((tool, index) => toolOf(tool, index, dropped)) : undefined,
    tool_choice: toolChoice && tools.length > 0 ? toolChoiceOf(toolChoice) : undefined,
    parallel_tool_calls: tools.length > 0 ? request.parallelToolCalls : undefined,
    max_completion_tokens: request.maxTokens,
    temperature: request.temperature,
    top_p: request.topP,
    stop: request.stop.length > 0 ? request.stop : undefined,
    response_format: responseFormat && responseFormatOf(responseFormat),
    reasoning_effort: request.reasoningEffort,
    service_tier: request.serviceTier,
    metadata: request.metadata,
    stream: request.stream || undefined,
    // Usage is counted whether or not the caller asked to see it.
    stream_options: request.stream ? { include_usage: true } : undefined,
    ...request.hints,
  });
  return { body, dropped: dropped.names() };
}

function messageOf(message: ChatMessage, index: number, dropped: DroppedMembers): JsonObject {
  const at = `messages[${index}]`;
  if (message.cache) dropped.add(`${at}.cache_control`);
  switch (message.role) {
    case 'system':
      return { role: 'system', content: partsOf(message.content, at, dropped) };
    case 'user':
      return { role: 'user', content: partsOf(message.content, at, dropped) };
    case 'tool':
      if (message.content.some(({ type }) => type !== 'text')) throw unsupported('an image in a tool result', at);
      return { role: 'tool', tool_call_id: message.toolCallId, content: partsOf(message.content, at, dropped) };
    case 'assistant':
      return assistantOf(message, at, dropped);
  }
}

function assistantOf(
  { content, toolCalls, thinkingBlocks }: AssistantMessage,
  at: string,
  dropped: DroppedMembers,
): JsonObject {
  if (thinkingBlocks.length > 0) dropped.add(`${at}.thinking_blocks`);
  const calls = toolCalls.map(({ id, name, arguments: text }) => ({
    id,
    type: 'function',
    function: { name, arguments: text === '' ? '{}' : text },
  }));
  return compact({
    role: 'assistant',
    content: content.length > 0 ? partsOf(content, at, dropped) : null,
    tool_calls: calls.length > 0 ? calls : undefined,
  });
}

/** One text is sent as a string: servers that are only compatible often know nothing else. */
function partsOf(parts: readonly ContentPart[], at: string, dropped: DroppedMembers): Json {
  for (const [index, part] of parts.entries()) if (part.cache) dropped.add(`${at}.content[${index}].cache_control`);
  const [first] = parts;
  if (parts.length === 1 && first?.type === 'text') return first.text;
  return parts.map((part, index) => partOf(part, `${at}.content[${index}]`));
}

function partOf(part: ContentPart, at: string): JsonObject {
  if (part.type === 'text') return { type: 'text', text: part.text };
  if (!('bytes' in part.source)) throw unsupported('an s3:// location', at);
  const base64 = Buffer.from(part.source.bytes).toString('base64');
  switch (part.type) {
    case 'image':
      return { type: 'image_url', image_url: { url: `data:image/${part.format};base64,${base64}` } };
    case 'audio':
      return { type: 'input_audio', input_audio: { data: base64, format: part.format } };
    case 'document':
      if (part.format !== 'pdf') throw unsupported(`a ${part.format} document`, at);
      return {
        type: 'file',
        file: { filename: part.filename ?? 'document.pdf', file_data: `data:application/pdf;base64,${base64}` },
      };
    case 'video':
      throw unsupported('a video', at);
  }
}

function unsupported(what: string, at: string): GatewayError {
  return new GatewayError('invalid_request', `The target's API cannot take ${what}.`, { param: at });
}

function toolOf(
  { name, description, parameters, strict, cache }: Tool,
  index: number,
  dropped: DroppedMembers,
): JsonObject {
  if (cache) dropped.add(`tools[${index}].cache_control`);
  return { type: 'function', function: compact({ name, description, parameters, strict }) };
}

function toolChoiceOf(choice: ToolChoice): Json {
  switch (choice.mode) {
    case 'tool':
      return { type: 'function', function: { name: choice.name } };
    case 'allowed':
      return {
        type: 'allowed_tools',
        allowed_tools: {
          mode: choice.required ? 'required' : 'auto',
          tools: choice.names.map((name) => ({ type: 'function', function: { name } })),
        },
      };
    default:
      return choice.mode;
  }
}

function responseFormatOf(format: ResponseFormat): JsonObject {
  if (format.type === 'json_object') return { type: 'json_object' };
  const { name, description, schema, strict } = format;
  return { type: 'json_schema', json_schema: compact({ name, description, schema, strict }) };
}
