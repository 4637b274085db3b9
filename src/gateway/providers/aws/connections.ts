import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import type { Socket } from 'node:net';
import { NodeHttp2Handler, NodeHttpHandler } from '@smithy/node-http-handler';
import { dial, tunnel, type DialOptions } from './dial.js';

export type Wire = 'http/1.1' | 'h2';

/** A request of the AWS SDK, signed and ready to be sent. */
export type SignedRequest = Parameters<NodeHttpHandler['handle']>[0];
export type HandlerOptions = NonNullable<Parameters<NodeHttpHandler['handle']>[1]>;
export type Answer = Awaited<ReturnType<NodeHttpHandler['handle']>>;

export interface ConnectionsOptions extends DialOptions {
  /** Requests are tunnelled through it, in HTTP/1.1. */
  readonly proxy?: URL | undefined;
}

/** Streams a connection carries at once: enough to save handshakes, few enough to stay below any server's own limit. */
const STREAMS_PER_CONNECTION = 32;

/** The connections to one origin over one wire, counted so that they can be closed behind the last exchange. */
export class Connections {
  readonly wire: Wire;
  readonly #handler: NodeHttpHandler | NodeHttp2Handler;
  #underWay = 0;
  #retired = false;

  constructor(wire: Wire, origin: URL, options: ConnectionsOptions) {
    this.wire = wire;
    this.#handler = wire === 'h2' ? http2(origin, options) : http1(origin, options);
  }

  /** @param options the SDK's own are left out but for the signal: they would put each stream on a connection of its own. */
  async send(request: SignedRequest, { abortSignal }: HandlerOptions): Promise<Answer> {
    this.#underWay++;
    try {
      const options = abortSignal ? { abortSignal } : {};
      const answer = await this.#handler.handle(this.wire === 'h2' ? withAuthority(request) : request, options);
      answer.response.body.once('close', () => this.#ended());
      return answer;
    } catch (error) {
      this.#ended();
      throw error;
    }
  }

  /** Closes what is idle now, and the rest when its last exchange has ended. */
  retire(): void {
    this.#retired = true;
    if (this.#underWay === 0) this.#handler.destroy();
  }

  #ended(): void {
    if (--this.#underWay === 0 && this.#retired) this.#handler.destroy();
  }
}

function http2(origin: URL, options: ConnectionsOptions): NodeHttp2Handler {
  return new NodeHttp2Handler({
    disableConcurrentStreams: false,
    maxConcurrentStreams: STREAMS_PER_CONNECTION,
    nodeHttp2ConnectOptions: { createConnection: () => dial(origin, ['h2', 'http/1.1'], options) },
  });
}

function http1(origin: URL, options: ConnectionsOptions): NodeHttpHandler {
  const pool = { keepAlive: true, maxSockets: Infinity };
  const createConnection = connecting(origin, options);
  return new NodeHttpHandler({
    httpAgent: Object.assign(new HttpAgent(pool), { createConnection }),
    httpsAgent: Object.assign(new HttpsAgent(pool), { createConnection }),
  });
}

type Ready = (error: Error | null, socket?: Socket) => void;

/** What Node's agents call for a new socket. */
function connecting(origin: URL, options: ConnectionsOptions): (options: unknown, ready: Ready) => Socket | undefined {
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

/** HTTP/2's name for `host`; the signature covers `host`, which servers rebuild from it. */
function withAuthority(request: SignedRequest): SignedRequest {
  const { host, ...headers } = request.headers;
  return Object.assign(request.clone(), { headers: { ...headers, ...(host && { ':authority': host }) } });
}
