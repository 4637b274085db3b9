import type { HealthProbe } from '../../config/policy-config.js';
import type { ChatAnswer, ChatEvent, Usage } from '../chat/chat-answer.js';
import type { ChatRequest } from '../chat/chat-request.js';
import type { EmbeddingAnswer, EmbeddingRequest } from '../chat/embedding.js';

/**
 * The wire format of one upstream, bound to one target of one config revision. It makes one attempt a call: retries,
 * fallbacks and total deadlines belong to dispatch. Every failure is a `GatewayError`.
 */
export interface Provider {
  complete(request: ChatRequest, call: Call): Promise<Completed>;
  /** Resolves when the first model event has arrived, so that a failure before it is still an ordinary HTTP error. */
  stream(request: ChatRequest, call: Call): Promise<Streamed>;
  embed(request: EmbeddingRequest, call: Call): Promise<Embedded>;
  /** Asks whether the upstream is there. Resolves when it answered; any failure is a `GatewayError`. */
  probe(mode: ProbeMode, call: Call): Promise<Probed>;
  /** Lets go of sockets and timers. Calls under way are not cut. */
  close(): void;
}

/** `endpoint`: any HTTP answer will do. `count_tokens`: counts those of one word. `converse`: asks for an answer of one token. */
export type ProbeMode = HealthProbe['mode'];

export interface Probed {
  /** Of a probe that is billed. */
  readonly usage?: Usage;
}

/** What surrounds one attempt. */
export interface Call {
  readonly requestId: string;
  /** Aborts when the caller left or the total time is over; `signal.reason` is the `GatewayError` to throw, when there is one. */
  readonly signal: AbortSignal;
  /** Trace context to send on. */
  readonly traceparent?: string;
}

interface Outcome {
  /** Members of the caller's body that this attempt did not obey, in the order met, each once, beyond `request.dropped`. */
  readonly dropped: readonly string[];
  /** The upstream's id of this call, for audit and logs. */
  readonly upstreamRequestId?: string;
}

export interface Completed extends Outcome {
  readonly answer: ChatAnswer;
}

export interface Streamed extends Outcome {
  /** Throws a `GatewayError` when the stream breaks. Ending the iteration early closes the upstream at once. */
  readonly events: AsyncIterable<ChatEvent>;
}

export interface Embedded extends Outcome {
  readonly answer: EmbeddingAnswer;
}
