// OpenAI's answers, whole and as chunks, in the neutral form. What an answer is supposed to be is not taken on trust: a
// compatible server may leave out anything.
import { isObject } from '../../../core/json.js';
import type { ChatAnswer, ChatEvent, Finish, FinishReason, UrlCitation, Usage } from '../../chat/chat-answer.js';
import type { ToolCall } from '../../chat/chat-request.js';
import { GatewayError } from '../../chat/gateway-error.js';
import { HttpRefusal } from '../http/http-refusal.js';
import type { StreamReader } from '../watched-stream.js';

type Members = Readonly<Record<string, unknown>>;

const FINISH_REASONS: Readonly<Record<string, FinishReason>> = {
  stop: 'stop',
  length: 'length',
  tool_calls: 'tool_calls',
  function_call: 'tool_calls',
  content_filter: 'content_filter',
};

/** @throws {GatewayError} `invalid_upstream_response` when there is no message in it. */
export function openAiAnswer(body: unknown, upstream: string): ChatAnswer {
  const choice = isObject(body) ? objects(body['choices'])[0] : undefined;
  const message = choice?.['message'];
  if (!isObject(body) || !choice || !isObject(message)) {
    throw new GatewayError('invalid_upstream_response', `${upstream}'s answer holds no message`);
  }
  const toolCalls = objects(message['tool_calls']).map(toolCall);
  const text = stringOf(message['content']) ?? stringOf(message['refusal']);
  const reasoning = stringOf(message['reasoning_content']) ?? stringOf(message['reasoning']);
  return {
    content: text ?? (toolCalls.length > 0 ? null : ''),
    ...(reasoning !== undefined && { reasoning }),
    thinkingBlocks: [],
    toolCalls,
    annotations: objects(message['annotations']).flatMap(citation),
    finish: finishOf(choice['finish_reason'], body, toolCalls.length > 0),
  };
}

/** What ends a stream in so many words. */
const DONE = '[DONE]';

/** Reads the data of one stream's events: chunks, then `[DONE]`. */
export class OpenAiStreamReader implements StreamReader<string> {
  readonly #upstream: string;
  #started = false;
  #hasSpoken = false;
  #finished = false;
  #finishReason: unknown;
  /** The chunk that carries the usage: often a last one of its own. */
  #usage: Members = {};
  #serviceTier: string | undefined;
  /** The upstream's index of a tool call → ours, which has no gaps. */
  readonly #calls = new Map<number, number>();

  /** @param upstream its name, for messages. */
  constructor(upstream: string) {
    this.#upstream = upstream;
  }

  get finished(): boolean {
    return this.#finished;
  }

  get complete(): boolean {
    return typeof this.#finishReason === 'string';
  }

  /** Asked behind `read`: a role or a usage alone says nothing yet. */
  isPrelude(): boolean {
    return !this.#hasSpoken && !this.complete;
  }

  /** @throws {HttpRefusal} for an error within the stream. @throws {SyntaxError} when `data` is no JSON. */
  read(data: string): ChatEvent[] {
    if (this.#finished) return [];
    if (data.trim() === DONE) return this.end();
    const events = [...this.#chunk(JSON.parse(data))];
    if (events.length > 0) this.#hasSpoken = true;
    return this.#opened(events);
  }

  end(): ChatEvent[] {
    if (this.#finished) return [];
    if (!this.complete) {
      throw new GatewayError('upstream_connection', `${this.#upstream}'s stream ended before the model had finished`, {
        detail: 'truncated',
      });
    }
    this.#finished = true;
    const finish = finishOf(this.#finishReason, this.#usage, this.#calls.size > 0);
    const tier = this.#serviceTier;
    return this.#opened([{ type: 'finish', finish: tier === undefined ? finish : { ...finish, serviceTier: tier } }]);
  }

  #opened(events: ChatEvent[]): ChatEvent[] {
    if (this.#started || events.length === 0) return events;
    this.#started = true;
    return [{ type: 'start' }, ...events];
  }

  *#chunk(chunk: unknown): Generator<ChatEvent> {
    if (!isObject(chunk)) throw new SyntaxError('a chunk is no object');
    if (chunk['error'] !== undefined && chunk['error'] !== null) throw new HttpRefusal({ body: chunk });
    if (isObject(chunk['usage'])) this.#usage = chunk;
    this.#serviceTier ??= stringOf(chunk['service_tier']);
    const choice = objects(chunk['choices'])[0];
    if (choice === undefined) return;
    if (isObject(choice['delta'])) yield* this.#delta(choice['delta']);
    this.#finishReason ??= choice['finish_reason'];
  }

  *#delta(delta: Members): Generator<ChatEvent> {
    const reasoning = stringOf(delta['reasoning_content']) ?? stringOf(delta['reasoning']);
    if (reasoning) yield { type: 'reasoning', text: reasoning };
    const text = stringOf(delta['content']) ?? stringOf(delta['refusal']);
    if (text) yield { type: 'text', text };
    for (const annotation of objects(delta['annotations']).flatMap(citation)) yield { type: 'annotation', annotation };
    for (const call of objects(delta['tool_calls'])) yield* this.#toolCall(call);
  }

  *#toolCall(call: Members): Generator<ChatEvent> {
    const theirs = typeof call['index'] === 'number' ? call['index'] : this.#calls.size;
    const called = isObject(call['function']) ? call['function'] : {};
    const known = this.#calls.get(theirs);
    const index = known ?? this.#calls.size;
    if (known === undefined) {
      this.#calls.set(theirs, index);
      yield {
        type: 'tool_call',
        index,
        id: stringOf(call['id']) ?? `call_${index}`,
        name: stringOf(called['name']) ?? '',
        arguments: '',
      };
    }
    const text = stringOf(called['arguments']);
    if (text) yield { type: 'tool_arguments', index, text };
  }
}

function finishOf(reason: unknown, body: Members, hasToolCalls: boolean): Finish {
  const usage = isObject(body['usage']) ? usageOf(body['usage']) : undefined;
  const tier = stringOf(body['service_tier']);
  const known =
    typeof reason === 'string' && Object.hasOwn(FINISH_REASONS, reason) ? FINISH_REASONS[reason] : undefined;
  return {
    reason: known ?? (hasToolCalls ? 'tool_calls' : 'stop'),
    ...(usage && { usage }),
    ...(tier !== undefined && { serviceTier: tier }),
  };
}

function usageOf(usage: Members): Usage {
  const prompt = count(usage['prompt_tokens']);
  const details = isObject(usage['prompt_tokens_details']) ? usage['prompt_tokens_details'] : {};
  const [read, written] = [count(details['cached_tokens']), count(details['cache_write_tokens'])];
  return {
    inputTokens: Math.max(0, prompt - read - written),
    outputTokens: count(usage['completion_tokens']),
    cacheReadTokens: read,
    cacheWriteTokens: written,
  };
}

function toolCall(call: Members, index: number): ToolCall {
  const called = isObject(call['function']) ? call['function'] : {};
  return {
    id: stringOf(call['id']) ?? `call_${index}`,
    name: stringOf(called['name']) ?? '',
    arguments: stringOf(called['arguments']) || '{}',
  };
}

function citation(annotation: Members): UrlCitation[] {
  const { type, url_citation: cited } = annotation as { type?: unknown; url_citation?: unknown };
  if (type !== 'url_citation' || !isObject(cited) || typeof cited['url'] !== 'string') return [];
  const title = stringOf(cited['title']);
  return [
    {
      url: cited['url'],
      ...(title !== undefined && { title }),
      startIndex: count(cited['start_index']),
      endIndex: count(cited['end_index']),
    },
  ];
}

function objects(value: unknown): Members[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

function stringOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function count(value: unknown): number {
  return typeof value === 'number' && value > 0 ? value : 0;
}
