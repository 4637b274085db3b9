import type {
  ApplyGuardrailCommandOutput,
  ConverseCommandInput,
  ConverseCommandOutput,
  ConverseStreamOutput,
  CountTokensCommandInput,
  CountTokensCommandOutput,
} from '@aws-sdk/client-bedrock-runtime';
import type { Clock } from '../../../core/clock.js';
import { GatewayError } from '../../chat/gateway-error.js';
import type { BedrockTransport, ConverseStream, InvokedModel, TransportCall } from '../bedrock/bedrock-transport.js';
import { toGatewayError } from '../http/http-refusal.js';
import { type HttpAnswer, jsonOf } from '../http/http-upstream.js';
import type { KeyedUpstream } from '../http/keyed-upstream.js';
import { serverSentEvents } from '../http/server-sent-events.js';
import { converseAnswer, MessagesEvents } from './messages-answer.js';
import { messagesRequest } from './messages-request.js';

const PATH = '/v1/messages';

/** The Messages API in Converse's terms, so that one set of rules makes the turns, tools, thinking and caching of both. */
export class MessagesTransport implements BedrockTransport {
  readonly #upstream: KeyedUpstream;
  readonly #clock: Clock;

  constructor(upstream: KeyedUpstream, clock: Clock) {
    this.#upstream = upstream;
    this.#clock = clock;
  }

  converse(input: ConverseCommandInput, call: TransportCall): Promise<ConverseCommandOutput> {
    return this.#explaining(async () => {
      const answer = await this.#post(input, call, false);
      return { ...converseAnswer(await jsonOf(answer)), $metadata: metadataOf(answer) };
    });
  }

  converseStream(input: ConverseCommandInput, call: TransportCall): Promise<ConverseStream> {
    return this.#explaining(async () => {
      const answer = await this.#post(input, call, true);
      if (!answer.headers['content-type']?.startsWith('text/event-stream')) {
        await answer.body.dump();
        const message = `${this.#upstream.name} answered a request for a stream without one`;
        throw new GatewayError('invalid_upstream_response', message);
      }
      return { stream: this.#events(answer), ...metadataOf(answer) };
    });
  }

  countTokens({ modelId, input }: CountTokensCommandInput, call: TransportCall): Promise<CountTokensCommandOutput> {
    return this.#explaining(async () => {
      const { body } = messagesRequest({ modelId, messages: input?.converse?.messages }, false);
      const { max_tokens: _none, ...counted } = body;
      const answer = await this.#upstream.http().post(`${PATH}/count_tokens`, counted, call);
      const json = await jsonOf(answer);
      const tokens = typeof json === 'object' && json !== null && 'input_tokens' in json ? json.input_tokens : 0;
      return { inputTokens: typeof tokens === 'number' ? tokens : 0, $metadata: metadataOf(answer) };
    });
  }

  reach(signal: AbortSignal): Promise<void> {
    return this.#explaining(() => this.#upstream.http().reach(signal));
  }

  invokeModel(): Promise<InvokedModel> {
    return Promise.reject(new GatewayError('invalid_request', `${this.#upstream.name} has no embeddings.`));
  }

  applyGuardrail(): Promise<ApplyGuardrailCommandOutput> {
    return Promise.reject(new GatewayError('invalid_request', `${this.#upstream.name} has no guardrails.`));
  }

  close(): void {
    this.#upstream.close();
  }

  #post(input: ConverseCommandInput, { signal, headers }: TransportCall, stream: boolean): Promise<HttpAnswer> {
    const call = messagesRequest(input, stream);
    return this.#upstream.http().post(PATH, call.body, { signal, headers: { ...headers, ...call.headers } });
  }

  async *#events({ body }: HttpAnswer): AsyncGenerator<ConverseStreamOutput, void> {
    const events = new MessagesEvents();
    try {
      for await (const { data } of serverSentEvents(body)) yield* events.read(JSON.parse(data));
    } catch (error) {
      throw this.#explained(error);
    }
  }

  async #explaining<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      throw this.#explained(error);
    }
  }

  #explained(error: unknown): GatewayError {
    return toGatewayError(error, { name: this.#upstream.name, now: this.#clock.now() });
  }
}

function metadataOf({ headers }: HttpAnswer): { readonly requestId?: string } {
  const requestId = headers['request-id'];
  return requestId === undefined ? {} : { requestId };
}
