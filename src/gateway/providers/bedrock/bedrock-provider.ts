import type { ConverseCommandInput } from '@aws-sdk/client-bedrock-runtime';
import type { Target } from '../../../config/policy-config-document.js';
import type { Clock } from '../../../core/clock.js';
import type { ChatRequest } from '../../chat/chat-request.js';
import type { EmbeddingRequest } from '../../chat/embedding.js';
import { eventsOf } from '../../chat/events-of-answer.js';
import { GatewayError } from '../../chat/gateway-error.js';
import type { Call, Completed, Embedded, Probed, ProbeMode, Provider, Streamed } from '../provider.js';
import { timesOf } from '../stream-times.js';
import { WatchedStream } from '../watched-stream.js';
import { toGatewayError } from './bedrock-error.js';
import type { BedrockTransport, TransportCall } from './bedrock-transport.js';
import type { ModelCapabilities } from './capabilities.js';
import { toChatAnswer } from './converse-answer.js';
import { type TargetOptions, toConverse, type Translation } from './converse-request.js';
import { ConverseStreamReader } from './converse-stream.js';
import { embed } from './embedder.js';
import { usageOf } from './finish.js';
import { LearnedCapabilities } from './learned-capabilities.js';
import { modelCapabilities } from './model-capabilities.js';
import { BEDROCK, type Upstream } from './upstream.js';

/** The members of a target that its provider obeys; the transport and dispatch obey the others. */
export type BedrockTarget = Pick<
  Target,
  | 'model'
  | 'base_model'
  | 'capabilities'
  | 'headers'
  | 'timeout_seconds'
  | 'first_event_timeout_seconds'
  | 'idle_timeout_seconds'
  | 'guardrail'
  | 'performance'
  | 'cache'
>;

export interface BedrockProviderOptions {
  readonly target: BedrockTarget;
  readonly transport: BedrockTransport;
  readonly clock: Clock;
  /** Absent: what the model table and the target say. */
  readonly capabilities?: ModelCapabilities;
  /** Absent: Bedrock itself. */
  readonly upstream?: Upstream;
}

/** The whole of a probe's prompt. */
const PING: Pick<ConverseCommandInput, 'messages'> = { messages: [{ role: 'user', content: [{ text: 'ping' }] }] };

export function createBedrockProvider(options: BedrockProviderOptions): Provider {
  return new BedrockProvider(options);
}

class BedrockProvider implements Provider {
  readonly #target: BedrockTarget & TargetOptions;
  readonly #upstream: string;
  readonly #transport: BedrockTransport;
  readonly #clock: Clock;
  readonly #learned: LearnedCapabilities;
  readonly #headers: Readonly<Record<string, string>>;
  readonly #times: ReturnType<typeof timesOf>;

  constructor({ target, transport, clock, capabilities, upstream = BEDROCK }: BedrockProviderOptions) {
    this.#target = { ...target, upstream };
    this.#upstream = upstream.name;
    this.#transport = transport;
    this.#clock = clock;
    this.#learned = new LearnedCapabilities(capabilities ?? modelCapabilities(target.model, target));
    this.#headers = lowerCased(target.headers ?? {});
    this.#times = timesOf(target);
  }

  complete(request: ChatRequest, call: Call): Promise<Completed> {
    const whole = request.stream ? { ...request, stream: false } : request;
    return this.#learning((capabilities) => this.#whole(toConverse(whole, capabilities, this.#target), call));
  }

  stream(request: ChatRequest, call: Call): Promise<Streamed> {
    const streamed = request.stream ? request : { ...request, stream: true };
    return this.#learning((capabilities) => {
      const translation = toConverse(streamed, capabilities, this.#target);
      return translation.mode === 'synthetic' ? this.#played(translation, call) : this.#streamed(translation, call);
    });
  }

  async embed(request: EmbeddingRequest, call: Call): Promise<Embedded> {
    const { model, base_model: baseModel = model } = this.#target;
    return embed(request, {
      model,
      baseModel,
      signal: call.signal,
      invoke: (input, signal) =>
        this.#transport.invokeModel(input, this.#transportCall(call, signal)).catch((error: unknown) => {
          throw this.#explained(error, signal);
        }),
    });
  }

  async probe(mode: ProbeMode, call: Call): Promise<Probed> {
    try {
      if (mode === 'endpoint') await this.#transport.reach(call.signal);
      if (mode !== 'count_tokens') return mode === 'endpoint' ? {} : await this.#asked(call);
      const { model: modelId } = this.#target;
      await this.#transport.countTokens({ modelId, input: { converse: PING } }, this.#transportCall(call, call.signal));
      return {};
    } catch (error) {
      throw this.#explained(error, call.signal);
    }
  }

  /** A question whose answer is one token long. */
  async #asked(call: Call): Promise<Probed> {
    const input = { ...PING, modelId: this.#target.model, inferenceConfig: { maxTokens: 1 } };
    const { usage } = await this.#transport.converse(input, this.#transportCall(call, call.signal));
    return usage ? { usage: usageOf(usage) } : {};
  }

  close(): void {
    this.#transport.close();
  }

  /** Asks once more, in another form, when Bedrock's refusal taught that the model cannot be asked in this one. */
  async #learning<T>(ask: (capabilities: ModelCapabilities) => Promise<T>): Promise<T> {
    for (;;) {
      const asked = this.#learned.current;
      try {
        return await ask(asked);
      } catch (error) {
        if (!(error instanceof GatewayError && this.#learned.learn(error, asked))) throw error;
      }
    }
  }

  async #whole({ input, reading, dropped }: Translation, call: Call, signal = call.signal): Promise<Completed> {
    const output = await this.#transport.converse(input, this.#transportCall(call, signal)).catch((error: unknown) => {
      throw this.#explained(error, signal);
    });
    return { answer: toChatAnswer(output, reading), dropped, ...upstreamId(output.$metadata.requestId) };
  }

  /** The whole answer is the first event, so that the clock of whole answers is the one that counts. */
  async #played(translation: Translation, call: Call): Promise<Streamed> {
    const expiry = new AbortController();
    const timer = this.#clock.schedule(this.#times.wholeMs, () =>
      expiry.abort(
        new GatewayError(
          'upstream_timeout',
          `${this.#upstream} did not answer within ${this.#times.wholeMs / 1000} s`,
          {
            detail: 'total',
          },
        ),
      ),
    );
    try {
      const signal = AbortSignal.any([call.signal, expiry.signal]);
      const { answer, ...outcome } = await this.#whole(translation, call, signal);
      return { ...outcome, events: asynchronous(eventsOf(answer)) };
    } finally {
      timer.cancel();
    }
  }

  async #streamed({ input, reading, dropped }: Translation, call: Call): Promise<Streamed> {
    const { events, requestId } = await WatchedStream.open({
      open: (signal) => this.#transport.converseStream(input, this.#transportCall(call, signal)),
      reader: new ConverseStreamReader(reading),
      upstream: this.#upstream,
      signal: call.signal,
      times: this.#times,
      clock: this.#clock,
      explain: (error) => this.#explained(error, call.signal),
    });
    return { events, dropped, ...upstreamId(requestId) };
  }

  #transportCall({ traceparent }: Call, signal: AbortSignal): TransportCall {
    return { signal, headers: traceparent === undefined ? this.#headers : { ...this.#headers, traceparent } };
  }

  /** An aborted call failed for the reason of the abort, whatever the transport made of it. */
  #explained(error: unknown, signal: AbortSignal): Error {
    const reason: unknown = signal.reason;
    if (reason instanceof Error) return reason;
    return toGatewayError(error, { model: this.#target.model, now: this.#clock.now() });
  }
}

function lowerCased(headers: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}

function upstreamId(requestId: string | undefined): { readonly upstreamRequestId?: string } {
  return requestId === undefined ? {} : { upstreamRequestId: requestId };
}

async function* asynchronous<T>(items: Iterable<T>): AsyncGenerator<T, void, undefined> {
  yield* items;
}
