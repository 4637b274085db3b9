import type { Socket } from 'node:net';
import type { SecureContext } from 'node:tls';
import { Agent, type buildConnector, type Dispatcher } from 'undici';
import type { Clock } from '../../../core/clock.js';
import type { Json, JsonObject } from '../../../core/json.js';
import { dial, tunnel, type DialOptions } from '../aws/dial.js';
import { dialFailure } from '../aws/dial-failure.js';
import { reach } from '../aws/reach.js';
import { HttpRefusal } from './http-refusal.js';

export interface HttpUpstreamOptions {
  /** Its path is put in front of the API's own paths. */
  readonly base: URL;
  /** Sent with every call; names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly connectTimeoutMs: number;
  readonly proxy?: URL | undefined;
  /** Trusted authorities; absent: Node's own and `NODE_EXTRA_CA_CERTS`. */
  readonly secureContext?: SecureContext | undefined;
  readonly clock: Clock;
}

/** What belongs to one call. */
export interface HttpCall {
  /** Closes the exchange at once, its body too. */
  readonly signal: AbortSignal;
  /** Beside the upstream's own. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** A successful answer, whose body must be read or given up. */
export interface HttpAnswer {
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Dispatcher.ResponseData['body'];
}

/** One JSON API over HTTP/1.1 with kept connections. It makes one attempt a call and has no clock but that of connecting. */
export class HttpUpstream {
  readonly #options: HttpUpstreamOptions;
  readonly #agent: Agent;

  constructor(options: HttpUpstreamOptions) {
    this.#options = options;
    this.#agent = new Agent({ connect: connecting(options), headersTimeout: 0, bodyTimeout: 0 });
  }

  /** @throws {HttpRefusal} unless the status is 2xx. */
  post(path: string, body: JsonObject, call: HttpCall): Promise<HttpAnswer> {
    return this.#send('POST', path, call, JSON.stringify(body));
  }

  /** @throws {HttpRefusal} unless the status is 2xx. */
  get(path: string, call: HttpCall): Promise<HttpAnswer> {
    return this.#send('GET', path, call);
  }

  /** Resolves when the endpoint answers HTTP at all; sends no key. */
  async reach(signal: AbortSignal): Promise<void> {
    const { base, headers: _headers, ...options } = this.#options;
    await reach(base, { ...options, signal }).catch((error: unknown) => {
      throw this.#explained(error);
    });
  }

  /** Lets go of the connections; calls under way are not cut. */
  close(): void {
    // It only rejects when it is called twice.
    this.#agent.close().catch(() => {});
  }

  async #send(method: 'GET' | 'POST', path: string, call: HttpCall, body?: string): Promise<HttpAnswer> {
    const { base, headers: ours } = this.#options;
    const answer = await this.#agent
      .request({
        origin: base.origin,
        path: base.pathname.replace(/\/+$/, '') + path,
        method,
        headers: { ...ours, ...call.headers, ...(body !== undefined && { 'content-type': 'application/json' }) },
        body: body ?? null,
        signal: call.signal,
      })
      .catch((error: unknown) => {
        throw this.#explained(error);
      });
    const headers = singleValued(answer.headers);
    if (answer.statusCode >= 200 && answer.statusCode < 300) return { headers, body: answer.body };
    throw new HttpRefusal({ status: answer.statusCode, headers, body: await refusalBody(answer.body) });
  }

  #explained(error: unknown): unknown {
    const { base, connectTimeoutMs } = this.#options;
    return dialFailure(error, base, connectTimeoutMs) ?? error;
  }
}

/** @throws {SyntaxError} when the body is no JSON. */
export async function jsonOf({ body }: HttpAnswer): Promise<Json> {
  return JSON.parse(await body.text()) as Json;
}

/** No API says more than this about why it refused. */
const MAX_REFUSAL_BYTES = 64 * 1024;

/** The JSON of a refusal; nothing when it is not JSON. */
async function refusalBody(body: HttpAnswer['body']): Promise<unknown> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    bytes += chunk.length;
    if (bytes > MAX_REFUSAL_BYTES) break;
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8'));
  } catch {
    return undefined;
  }
}

function singleValued(headers: Dispatcher.ResponseData['headers']): Readonly<Record<string, string>> {
  const single: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) single[name.toLowerCase()] = Array.isArray(value) ? value.join(', ') : value;
  }
  return single;
}

/** Connections are dialled as those to Bedrock are: the same clock, authorities and proxies. */
function connecting(options: HttpUpstreamOptions): buildConnector.connector {
  const { base, proxy, connectTimeoutMs, secureContext, clock } = options;
  const how: DialOptions = { connectTimeoutMs, secureContext, clock };
  return (_options, done) => {
    if (proxy !== undefined) return void tunnelled(tunnel(base, proxy, how), done);
    const socket = dial(base, ['http/1.1'], how);
    const failed = (error: Error): void => done(error, null);
    socket.once('error', failed);
    socket.once(base.protocol === 'https:' ? 'secureConnect' : 'connect', () => {
      socket.off('error', failed);
      done(null, socket);
    });
  };
}

async function tunnelled(opening: Promise<Socket>, done: buildConnector.Callback): Promise<void> {
  let socket: Socket;
  try {
    socket = await opening;
  } catch (error) {
    return done(error instanceof Error ? error : new Error(String(error)), null);
  }
  done(null, socket);
}
