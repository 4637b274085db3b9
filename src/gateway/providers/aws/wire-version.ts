// Which HTTP version an endpoint speaks, learned by talking to it.
//
// Over TLS, HTTP/2 is offered and the server chooses. Over plain http nobody negotiates: we begin with HTTP/1.1, which nearly every
// mock and proxy speaks, and change to HTTP/2 with prior knowledge (h2c) when the answer is no HTTP/1.1 at all. Before a request
// is repeated, two connections that ask for nothing of it find out whether the server really speaks HTTP/2, which it then announces
// by itself, and really no HTTP/1.1. So a request that may have been processed is never sent twice.
import { GatewayError } from '../../chat/gateway-error.js';
import {
  Connections,
  type Answer,
  type ConnectionsOptions,
  type HandlerOptions,
  type SignedRequest,
  type Wire,
} from './connections.js';
import { NoHttp2 } from './dial.js';
import { announcesHttp2, answersHttp1 } from './wire-probe.js';

export interface WireOptions extends ConnectionsOptions {
  /** What to begin with; absent: HTTP/2 over TLS, HTTP/1.1 over plain http and through a proxy. */
  readonly wire?: Wire;
  /** Sees the headers of every answer, names in lower case. */
  readonly onAnswer?: (headers: Readonly<Record<string, string>>) => void;
}

/** The AWS SDK's request handler for one endpoint. It repeats a request only when the wire was wrong, so nothing was processed. */
export class WireHandler {
  readonly metadata = { handlerProtocol: 'http/1.1' };
  readonly #origin: URL;
  readonly #options: WireOptions;
  #wire: Wire;
  /** Some answer came over `#wire`. */
  #proven = false;
  #connections: Connections;

  constructor(origin: URL, options: WireOptions) {
    this.#origin = origin;
    this.#options = options;
    this.#wire = options.wire ?? (origin.protocol === 'https:' && options.proxy === undefined ? 'h2' : 'http/1.1');
    this.#connections = this.#open();
  }

  get wire(): Wire {
    return this.#wire;
  }

  async handle(request: SignedRequest, options: HandlerOptions = {}): Promise<Answer> {
    const connections = this.#connections;
    try {
      return await this.#send(connections, request, options);
    } catch (error) {
      if (!(await this.#isWrongWire(connections.wire, error))) throw error;
      this.#change(connections);
      return await this.#send(this.#connections, request, options);
    }
  }

  /** Lets calls under way end. */
  destroy(): void {
    this.#connections.retire();
  }

  updateHttpClientConfig(): void {}

  httpHandlerConfigs(): object {
    return {};
  }

  async #send(connections: Connections, request: SignedRequest, options: HandlerOptions): Promise<Answer> {
    try {
      const answer = await connections.send(request, options);
      if (connections === this.#connections) this.#proven = true;
      this.#options.onAnswer?.(answer.response.headers);
      return answer;
    } catch (error) {
      if (options.abortSignal?.aborted) this.#doubt(connections, options);
      throw causeOf(error);
    }
  }

  /** After a time-out without an answer the connection may be dead though nobody said so: later requests take a new one. */
  #doubt(connections: Connections, { abortSignal }: HandlerOptions): void {
    const reason: unknown = abortSignal instanceof AbortSignal ? abortSignal.reason : undefined;
    if (connections !== this.#connections || connections.wire !== 'h2') return;
    if (!(reason instanceof GatewayError) || reason.reason !== 'upstream_timeout') return;
    this.#connections = this.#open();
    connections.retire();
  }

  async #isWrongWire(wire: Wire, error: unknown): Promise<boolean> {
    if (error instanceof NoHttp2) return true;
    if (this.#origin.protocol === 'https:' || this.#options.proxy !== undefined) return false;
    if (!(error instanceof Error) || !('code' in error)) return false;
    const code = String(error.code);
    if (wire === 'h2') return code === 'ERR_HTTP2_ERROR' && error.message === 'Protocol error';
    const isNoHttp1 = code.startsWith('HPE_') || (code === 'ECONNRESET' && !this.#proven);
    if (!isNoHttp1 || !(await announcesHttp2(this.#origin, this.#options))) return false;
    return !(await answersHttp1(this.#origin, this.#options));
  }

  /** Does nothing when another request has found out meanwhile. */
  #change(wrong: Connections): void {
    if (this.#connections.wire !== wrong.wire) return;
    this.#wire = wrong.wire === 'h2' ? 'http/1.1' : 'h2';
    this.#proven = false;
    this.#connections = this.#open();
    wrong.retire();
  }

  #open(): Connections {
    return new Connections(this.#wire, this.#origin, this.#options);
  }
}

/** The HTTP/2 handler hides why a connection failed behind "The pending stream has been canceled". */
function causeOf(error: unknown): unknown {
  const isCancelled = error instanceof Error && 'code' in error && error.code === 'ERR_HTTP2_STREAM_CANCEL';
  return isCancelled && error.cause instanceof Error ? error.cause : error;
}
