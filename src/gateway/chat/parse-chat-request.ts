// OpenAI's chat body to the neutral request. What depends on the model (may it have tools, a system prompt, a temperature
// above 1?) is decided by the provider; everything else that is wrong is refused here, before any policy or upstream.
// The rows that this follows: docs/mapping.md.
import { compact } from '../../core/compact.js';
import type { ChatRequest, ReasoningEffort } from './chat-request.js';
import { DroppedMembers } from './dropped-members.js';
import { parseBody } from './parse-body.js';
import { parseExtensions, readJson } from './parse-extensions.js';
import { parseMessages } from './parse-messages.js';
import { parseMetadata } from './parse-metadata.js';
import { parseResponseFormat } from './parse-response-format.js';
import { parseToolChoice } from './parse-tool-choice.js';
import { parseTools } from './parse-tools.js';
import {
  described,
  member,
  type Place,
  readBoolean,
  readInteger,
  readName,
  readNumber,
  readObject,
  readWord,
  refused,
} from './read-member.js';
import { refuseUnsupported } from './refuse-unsupported.js';
import { hintsOf, ignoredMembers } from './request-members.js';

const EFFORTS = [
  'none',
  'minimal',
  'low',
  'medium',
  'high',
  'xhigh',
  'max',
] as const satisfies readonly ReasoningEffort[];

/**
 * @param body what `JSON.parse` made of the request's body.
 * @throws GatewayError `invalid_request` with the path of the first member that is wrong.
 */
export function parseChatRequest(body: unknown): ChatRequest {
  const root = parseBody(body);
  const dropped = new DroppedMembers();
  const model = readName(root, 'model');
  const messages = parseMessages(root, dropped);
  const tools = parseTools(root, dropped);
  refuseUnsupported(root);
  const stream = readBoolean(root, 'stream') ?? false;
  return compact({
    model,
    messages,
    tools,
    toolChoice: parseToolChoice(root, tools),
    parallelToolCalls: parseParallelToolCalls(root, tools.length),
    ...parseMaxTokens(root),
    temperature: readNumber(root, 'temperature', 0, 2),
    topP: readNumber(root, 'top_p', 0, 1),
    topK: readInteger(root, 'top_k', 0),
    stop: parseStop(root),
    responseFormat: parseResponseFormat(root),
    reasoningEffort: readWord(root, 'reasoning_effort', EFFORTS),
    thinking: readJson(root, 'thinking'),
    stream,
    includeUsage: parseIncludeUsage(root) && stream,
    serviceTier: parseServiceTier(root, dropped),
    metadata: parseMetadata(root, dropped),
    hints: hintsOf(root),
    extensions: parseExtensions(root),
    dropped: dropped.names(),
    ignored: ignoredMembers(root),
  });
}

function parseParallelToolCalls(body: Place, tools: number): boolean | undefined {
  const parallel = readBoolean(body, 'parallel_tool_calls');
  return tools === 0 ? undefined : parallel;
}

function parseMaxTokens(body: Place): Pick<ChatRequest, 'maxTokens' | 'maxTokensParam'> {
  const legacy = readInteger(body, 'max_tokens', 1);
  const maxTokens = readInteger(body, 'max_completion_tokens', 1);
  if (maxTokens !== undefined) return { maxTokens, maxTokensParam: 'max_completion_tokens' };
  return legacy === undefined ? {} : { maxTokens: legacy, maxTokensParam: 'max_tokens' };
}

function parseStop(body: Place): readonly string[] {
  const stop = member(body, 'stop') ?? [];
  const texts: readonly unknown[] = Array.isArray(stop) ? stop : [stop];
  return texts.filter((text): text is string => {
    if (typeof text === 'string') return text !== '';
    throw refused('stop', `expected a string or an array of strings, got ${described(text)}`);
  });
}

function parseIncludeUsage(body: Place): boolean {
  const options = readObject(body, 'stream_options');
  return (options && readBoolean(options, 'include_usage')) ?? false;
}

/** `auto` leaves the choice to the upstream, which is what saying nothing does. */
function parseServiceTier(body: Place, dropped: DroppedMembers): ChatRequest['serviceTier'] {
  const tier = member(body, 'service_tier');
  if (tier === 'default' || tier === 'flex' || tier === 'priority') return tier;
  if (tier !== undefined && tier !== 'auto') dropped.add('service_tier');
  return undefined;
}
