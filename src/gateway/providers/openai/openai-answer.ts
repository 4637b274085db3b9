// OpenAI's answers, whole and as chunks, in the neutral form. What an answer is supposed to be is not taken on trust: a
// compatible server may leave out anything.
import { isObject } from '../../../core/json.js';
import type { ChatAnswer, ChatEvent, Finish, FinishReason, UrlCitation, Usage } from '../../chat/chat-answer.js';
import type { ToolCall } from '../../chat/chat-request.js';
import { GatewayError } from '../../chat/gateway-error.js';

type Members = Readonly<Record<string, unknown>>;

const FINISH_REASONS: Readonly<Record<string, FinishReason>> = {
  stop: 'stop',
  length: 'length',
  tool_calls: 'tool_calls',
  function_call: 'tool_calls',
  content_filter: 'content_filter',
};

/** @throws {GatewayError} `invalid_upstream_response` when there is no message in it. */
export function openAiAnswer(body: unknown): ChatAnswer {
  const choice = isObject(body) ? objects(body['choices'])[0] : undefined;
  const message = choice?.['message'];
  if (!isObject(body) || !choice || !isObject(message)) throw noMessage();
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

/** Turns chunks into events. One for each stream. */
export class OpenAiStream {
  #hasStarted = false;
  #finishReason: unknown;
  #usage: Members | undefined;
  #serviceTier: unknown;
  /** The upstream's index of a tool call → ours, which has no gaps. */
  readonly #calls = new Map<number, number>();

  /** @throws {GatewayError} when the chunk carries an error. */
  *events(chunk: unknown): Generator<ChatEvent> {
    if (!isObject(chunk)) throw noMessage();
    if (isObject(chunk['error']))
      throw new GatewayError('model_stream_error', 'The upstream ended the stream with an error.');
    if (isObject(chunk['usage'])) this.#usage = chunk;
    this.#serviceTier ??= chunk['service_tier'];
    const choice = objects(chunk['choices'])[0];
    if (!choice) return;
    if (!this.#hasStarted) {
      this.#hasStarted = true;
      yield { type: 'start' };
    }
    if (isObject(choice['delta'])) yield* this.#delta(choice['delta']);
    this.#finishReason ??= choice['finish_reason'];
  }

  /** Once the stream has ended. @throws {GatewayError} when it ended before the model did. */
  end(): ChatEvent {
    if (this.#finishReason === undefined || this.#finishReason === null)
      throw new GatewayError('model_stream_error', 'The upstream ended the stream before the answer was complete.');
    const finish = finishOf(this.#finishReason, this.#usage ?? {}, this.#calls.size > 0);
    return {
      type: 'finish',
      finish: typeof this.#serviceTier === 'string' ? { ...finish, serviceTier: this.#serviceTier } : finish,
    };
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

function noMessage(): GatewayError {
  return new GatewayError('invalid_upstream_response', 'The upstream answered without a message.');
}
