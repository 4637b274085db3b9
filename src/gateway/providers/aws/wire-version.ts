// Which HTTP version an endpoint speaks, learned by talking to it.
//
// Over TLS, HTTP/2 is offered and the server chooses. Over plain http nobody negotiates: we begin with HTTP/1.1, which nearly every
// mock and proxy speaks, and change to HTTP/2 with prior knowledge (h2c) when the answer is no HTTP/1.1 at all. Before a request
// is repeated, a connection that asks for nothing finds out whether the server really speaks HTTP/2: such a server announces its
// settings by itself. So a request that an HTTP/1.1 server may have processed is never sent twice.
import { Agent as HttpAgent } from 'node:http';
import { connect as connectHttp2 } from 'node:http2';
import { Agent as HttpsAgent } from 'node:https';
import type { Socket } from 'node:net';
import { NodeHttp2Handler, NodeHttpHandler } from '@smithy/node-http-handler';
import { GatewayError } from '../../chat/gateway-error.js';
import { dial, NoHttp2, tunnel, type DialOptions } from './dial.js';

export type Wire = 'http/1.1' | 'h2';

type Handler = NodeHttpHandler | NodeHttp2Handler;
type SignedRequest = Parameters<NodeHttpHandler['handle']>[0];
type HandlerOptions = NonNullable<Parameters<NodeHttpHandler['handle']>[1]>;
type Signal = HandlerOptions['abortSignal'];
type Answer = Awaited<ReturnType<NodeHttpHandler['handle']>>;

export interface WireOptions extends DialOptions {
  /** Requests are tunnelled through it, in HTTP/1.1. */
  readonly proxy?: URL | undefined;
  /** What to begin with; absent: HTTP/2 over TLS, HTTP/1.1 over plain http and through a proxy. */
  readonly wire?: Wire;
  /** Sees the headers of every answer, names in lower case. */
  readonly onAnswer?: (headers: Readonly<Record<string, string>>) => void;
}

/** Streams a connection carries at once: enough to save handshakes, few enough to stay below any server's own limit. */
const STREAMS_PER_CONNECTION = 32;

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

  async handle(request: SignedRequest, { abortSignal }: HandlerOptions = {}): Promise<Answer> {
    const connections = this.#connections;
    try {
      return await this.#send(connections, request, abortSignal);
    } catch (error) {
      if (abortSignal?.aborted) {
        this.#doubt(connections, abortSignal);
        throw error;
      }
      const cause = causeOf(error);
      if (!(await this.#isWrongWire(connections.wire, cause))) throw cause;
      this.#change(connections);
      return await this.#send(this.#connections, request, abortSignal);
    }
  }

  /** Closes what is idle now, and the rest when its last exchange has ended. */
  destroy(): void {
    this.#connections.retire();
  }

  updateHttpClientConfig(): void {}

  httpHandlerConfigs(): object {
    return {};
  }

  async #send(connections: Connections, request: SignedRequest, signal: Signal): Promise<Answer> {
    const answer = await connections.send(request, signal);
    if (connections === this.#connections) this.#proven = true;
    this.#options.onAnswer?.(answer.response.headers);
    return answer;
  }

  /** After a time-out without an answer the connection may be dead though nobody said so: later requests take a new one. */
  #doubt(connections: Connections, signal: Signal): void {
    const reason: unknown = signal instanceof AbortSignal ? signal.reason : undefined;
    if (connections !== this.#connections || connections.wire !== 'h2') return;
    if (!(reason instanceof GatewayError) || reason.reason !== 'upstream_timeout') return;
    this.#connections = this.#open();
    connections.retire();
  }

  async #isWrongWire(wire: Wire, error: Error): Promise<boolean> {
    if (this.#options.proxy !== undefined) return false;
    if (error instanceof NoHttp2) return true;
    if (this.#origin.protocol === 'https:') return false;
    const code = 'code' in error ? String(error.code) : '';
    if (wire === 'h2') return code === 'ERR_HTTP2_ERROR' && error.message === 'Protocol error';
    const isNoHttp1 = code.startsWith('HPE_') || (code === 'ECONNRESET' && !this.#proven);
    return isNoHttp1 && (await announcesHttp2(this.#origin, this.#options));
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
    return new Connections(this.#wire, openHandler(this.#wire, this.#origin, this.#options));
  }
}

/** The connections of one wire, counted so that they can be closed behind the last exchange. */
class Connections {
  readonly wire: Wire;
  readonly #handler: Handler;
  #underWay = 0;
  #retired = false;

  constructor(wire: Wire, handler: Handler) {
    this.wire = wire;
    this.#handler = handler;
  }

  async send(request: SignedRequest, signal: Signal): Promise<Answer> {
    this.#underWay++;
    try {
      const options = signal ? { abortSignal: signal } : {};
      const answer = await this.#handler.handle(this.wire === 'h2' ? withAuthority(request) : request, options);
      answer.response.body.once('close', () => this.#ended());
      return answer;
    } catch (error) {
      this.#ended();
      throw error;
    }
  }

  retire(): void {
    this.#retired = true;
    if (this.#underWay === 0) this.#handler.destroy();
  }

  #ended(): void {
    if (--this.#underWay === 0 && this.#retired) this.#handler.destroy();
  }
}

function openHandler(wire: Wire, origin: URL, options: WireOptions): Handler {
  if (wire === 'h2') {
    return new NodeHttp2Handler({
      disableConcurrentStreams: false,
      maxConcurrentStreams: STREAMS_PER_CONNECTION,
      nodeHttp2ConnectOptions: { createConnection: () => dial(origin, ['h2', 'http/1.1'], options) },
    });
  }
  const pool = { keepAlive: true, maxSockets: Infinity };
  const createConnection = connecting(origin, options);
  return new NodeHttpHandler({
    httpAgent: Object.assign(new HttpAgent(pool), { createConnection }),
    httpsAgent: Object.assign(new HttpsAgent(pool), { createConnection }),
  });
}

/** What Node's agents call for a new socket. */
function connecting(origin: URL, options: WireOptions): (options: unknown, ready: Ready) => Socket | undefined {
  const { proxy } = options;
  if (proxy === undefined) return () => dial(origin, ['http/1.1'], options);
  return (_options, ready) => {
    tunnel(origin, proxy, options).then(
      (socket) => ready(null, socket),
      (error: unknown) => ready(error instanceof Error ? error : new Error(String(error))),
    );
    return undefined;
  };
}

type Ready = (error: Error | null, socket?: Socket) => void;

/** HTTP/2's name for `host`; the signature covers `host`, which servers rebuild from it. */
function withAuthority(request: SignedRequest): SignedRequest {
  const { host, ...headers } = request.headers;
  return Object.assign(request.clone(), { headers: { ...headers, ...(host && { ':authority': host }) } });
}

/** The HTTP/2 handler hides why a connection failed behind "The pending stream has been canceled". */
function causeOf(error: unknown): Error {
  if (!(error instanceof Error)) return new Error(String(error));
  return error.cause instanceof Error && 'code' in error && error.code === 'ERR_HTTP2_STREAM_CANCEL'
    ? error.cause
    : error;
}

/** Opens a connection, asks for nothing, and says whether HTTP/2 settings arrive. */
function announcesHttp2(origin: URL, options: WireOptions): Promise<boolean> {
  const session = connectHttp2(origin, { createConnection: () => dial(origin, ['h2'], options) });
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const timer = options.clock.schedule(options.connectTimeoutMs, () => resolve(false));
  session.once('remoteSettings', () => resolve(true));
  session.once('error', () => resolve(false));
  session.once('close', () => resolve(false));
  return promise.finally(() => {
    timer.cancel();
    session.destroy();
  });
}
