// A streamed answer as OpenAI's server-sent events. This runs for every token of every stream, so all that chunks have in
// common is made once, as text, and each event costs the JSON of its delta.
// https://platform.openai.com/docs/api-reference/chat-streaming
import type { JsonObject } from '../../core/json.js';
import type { ChatEvent, Finish } from './chat-answer.js';
import { type Envelope, renderAnnotation, renderFinishMembers, renderToolCall } from './chat-completion.js';
import type { GatewayError } from './gateway-error.js';
import { renderUsage } from './render-usage.js';

export interface ChunkOptions extends Envelope {
  /** `stream_options.include_usage`: a last chunk with the usage, and `usage: null` in every other. */
  readonly includeUsage: boolean;
}

/**
 * The text to write for an event, empty when there is nothing to say.
 * @param members top-level members of this gateway's own for the last chunk; given with `finish` only.
 */
export type ChunkRenderer = (event: ChatEvent, members?: JsonObject) => string;

/** Ends a complete stream, and never a broken one. */
export const DONE = 'data: [DONE]\n\n';

/** Keeps an idle connection open; clients skip it. @see https://html.spec.whatwg.org/multipage/server-sent-events.html */
export const KEEP_ALIVE = ': keep-alive\n\n';

/** The last event of a stream that broke. */
export function renderStreamError(error: GatewayError): string {
  return `data: ${JSON.stringify(error.body())}\n\n`;
}

export function chunkRenderer({ id, created, model, includeUsage }: ChunkOptions): ChunkRenderer {
  const envelope = JSON.stringify({ id, object: 'chat.completion.chunk', created, model });
  const head = `data: ${envelope.slice(0, -1)},"choices":[`;
  const beforeDelta = `${head}{"index":0,"delta":{`;
  const noUsage = includeUsage ? ',"usage":null' : '';
  const behindDelta = `},"logprobs":null,"finish_reason":null}]${noUsage}}\n\n`;

  return (event, members = {}) => {
    if (event.type === 'finish') return renderFinish(event.finish, members);
    const delta = deltaMembers(event);
    return delta === '' ? '' : beforeDelta + delta + behindDelta;
  };

  function renderFinish(finish: Finish, members: JsonObject): string {
    const usage = includeUsage ? finish.usage : undefined;
    const end = `${head}{"index":0,"delta":{},"logprobs":null,"finish_reason":"${finish.reason}"}]${noUsage}`;
    const provider = renderFinishMembers(finish);
    if (usage === undefined) return `${end}${more({ ...provider, ...members })}}\n\n`;
    return `${end}${more(provider)}}\n\n${head}],"usage":${JSON.stringify(renderUsage(usage))}${more(members)}}\n\n`;
  }
}

/** The members of a delta as text; empty for an event without content, which no client needs to see. */
function deltaMembers(event: Exclude<ChatEvent, { type: 'finish' }>): string {
  switch (event.type) {
    case 'start':
      return '"role":"assistant","content":""';
    case 'text':
      return event.text === '' ? '' : `"content":${JSON.stringify(event.text)}`;
    case 'reasoning':
      return event.text === '' ? '' : `"reasoning_content":${JSON.stringify(event.text)}`;
    case 'tool_call':
      return `"tool_calls":[${JSON.stringify({ index: event.index, ...renderToolCall(event) })}]`;
    case 'tool_arguments':
      return event.text === '' ? '' : `"tool_calls":[{"index":${event.index},"function":${argumentsOf(event.text)}}]`;
    case 'thinking_block':
      return `"thinking_blocks":[${JSON.stringify(event.block)}]`;
    default:
      return `"annotations":[${JSON.stringify(renderAnnotation(event.annotation))}]`;
  }
}

function argumentsOf(text: string): string {
  return `{"arguments":${JSON.stringify(text)}}`;
}

/** Members behind others, as text. */
function more(members: JsonObject): string {
  const text = JSON.stringify(members).slice(1, -1);
  return text === '' ? '' : `,${text}`;
}
