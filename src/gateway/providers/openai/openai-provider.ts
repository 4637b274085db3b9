import type { Target } from '../../../config/policy-config-document.js';
import type { Clock } from '../../../core/clock.js';
import type { Json, JsonObject } from '../../../core/json.js';
import type { ChatRequest } from '../../chat/chat-request.js';
import type { EmbeddingRequest } from '../../chat/embedding.js';
import { GatewayError } from '../../chat/gateway-error.js';
import { toGatewayError } from '../http/http-refusal.js';
import { type HttpAnswer, type HttpCall, jsonOf } from '../http/http-upstream.js';
import type { KeyedApi, KeyedTarget, KeyedUpstream } from '../http/keyed-upstream.js';
import { serverSentEvents } from '../http/server-sent-events.js';
import type { Call, Completed, Embedded, Probed, ProbeMode, Provider, Streamed } from '../provider.js';
import type { StreamTimes } from '../stream-clock.js';
import { timesOf } from '../stream-times.js';
import { type OpenedStream, WatchedStream } from '../watched-stream.js';
import { openAiAnswer, OpenAiStreamReader } from './openai-answer.js';
import { embeddingsBody, embeddingsOf, unknownToEmbeddings } from './openai-embeddings.js';
import { openAiRequest } from './openai-request.js';

/** https://platform.openai.com/docs/api-reference/introduction */
export const OPENAI: KeyedApi = {
  name: 'OpenAI',
  baseUrl: 'https://api.openai.com/v1',
  headers: {},
  keyHeaders: (key) => ({ authorization: `Bearer ${key}` }),
};

export type OpenAiTarget = KeyedTarget &
  Pick<Target, 'model' | 'timeout_seconds' | 'first_event_timeout_seconds' | 'idle_timeout_seconds'>;

export interface OpenAiProviderOptions {
  readonly target: OpenAiTarget;
  readonly upstream: KeyedUpstream;
  readonly clock: Clock;
}

/** OpenAI's chat completions and embeddings, there or at a server that is compatible. */
export function createOpenAiProvider(options: OpenAiProviderOptions): Provider {
  return new OpenAiProvider(options);
}

/** Models that think may need some tokens before they say anything. */
const PROBE_TOKENS = 16;

class OpenAiProvider implements Provider {
  readonly #model: string;
  readonly #upstream: KeyedUpstream;
  readonly #clock: Clock;
  readonly #times: StreamTimes;

  constructor({ target, upstream, clock }: OpenAiProviderOptions) {
    this.#model = target.model;
    this.#upstream = upstream;
    this.#clock = clock;
    this.#times = timesOf(target);
  }

  async complete(request: ChatRequest, call: Call): Promise<Completed> {
    const whole = request.stream ? { ...request, stream: false } : request;
    const { body, dropped } = openAiRequest(whole, this.#model);
    const { json, ...outcome } = await this.#posted('/chat/completions', body, call);
    return { answer: openAiAnswer(json, this.#upstream.name), dropped, ...outcome };
  }

  async stream(request: ChatRequest, call: Call): Promise<Streamed> {
    const { body, dropped } = openAiRequest(request.stream ? request : { ...request, stream: true }, this.#model);
    const { events, requestId } = await WatchedStream.open({
      open: (signal) => this.#opened(body, { ...callOf(call), signal }),
      reader: new OpenAiStreamReader(this.#upstream.name),
      upstream: this.#upstream.name,
      signal: call.signal,
      times: this.#times,
      clock: this.#clock,
      explain: (error) => this.#explained(error, call.signal),
    });
    return { events, dropped, ...(requestId !== undefined && { upstreamRequestId: requestId }) };
  }

  async embed(request: EmbeddingRequest, call: Call): Promise<Embedded> {
    const { json, ...outcome } = await this.#posted('/embeddings', embeddingsBody(request, this.#model), call);
    const answer = embeddingsOf(json, request.input.length, this.#upstream.name);
    return { answer, dropped: unknownToEmbeddings(request), ...outcome };
  }

  /** `count_tokens`, which this API does not have, lists the models instead: that takes a valid key and is not billed either. */
  async probe(mode: ProbeMode, call: Call): Promise<Probed> {
    if (mode === 'converse') return await this.#asked(call);
    try {
      const http = this.#upstream.http();
      if (mode === 'endpoint') await http.reach(call.signal);
      else await jsonOf(await http.get('/models', callOf(call)));
      return {};
    } catch (error) {
      throw this.#explained(error, call.signal);
    }
  }

  close(): void {
    this.#upstream.close();
  }

  /** A question whose answer is short. */
  async #asked(call: Call): Promise<Probed> {
    const messages = [{ role: 'user', content: 'ping' }];
    const body = { model: this.#model, messages, max_completion_tokens: PROBE_TOKENS };
    const { json } = await this.#posted('/chat/completions', body, call);
    const { usage } = openAiAnswer(json, this.#upstream.name).finish;
    return usage ? { usage } : {};
  }

  async #posted(
    path: string,
    body: JsonObject,
    call: Call,
  ): Promise<{ readonly json: Json; readonly upstreamRequestId?: string }> {
    try {
      const answer = await this.#upstream.http().post(path, body, callOf(call));
      const id = requestIdOf(answer);
      return { json: await jsonOf(answer), ...(id !== undefined && { upstreamRequestId: id }) };
    } catch (error) {
      throw this.#explained(error, call.signal);
    }
  }

  async #opened(body: JsonObject, call: HttpCall): Promise<OpenedStream<string>> {
    const answer = await this.#upstream.http().post('/chat/completions', body, call);
    if (!answer.headers['content-type']?.startsWith('text/event-stream')) {
      await answer.body.dump();
      const message = `${this.#upstream.name} answered a request for a stream without one`;
      throw new GatewayError('invalid_upstream_response', message);
    }
    const requestId = requestIdOf(answer);
    return { stream: dataOf(answer), ...(requestId !== undefined && { requestId }) };
  }

  /** An aborted call failed for the reason of the abort, whatever became of the connection. */
  #explained(error: unknown, signal: AbortSignal): Error {
    const reason: unknown = signal.reason;
    if (reason instanceof Error) return reason;
    return toGatewayError(error, { name: this.#upstream.name, now: this.#clock.now() });
  }
}

function callOf({ signal, traceparent }: Call): HttpCall {
  return { signal, ...(traceparent !== undefined && { headers: { traceparent } }) };
}

function requestIdOf({ headers }: HttpAnswer): string | undefined {
  return headers['x-request-id'];
}

async function* dataOf({ body }: HttpAnswer): AsyncGenerator<string, void> {
  for await (const { data } of serverSentEvents(body)) yield data;
}
