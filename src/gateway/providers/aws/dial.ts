import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { connect as connectTcp, isIP, type Socket } from 'node:net';
import { connect as connectTls, type ConnectionOptions, type SecureContext } from 'node:tls';
import { hostOf } from '../../../core/address.js';
import type { Clock } from '../../../core/clock.js';

/** Name lookup, TCP and TLS, and the way through a proxy, took longer than `connect_timeout_seconds`. */
export class ConnectTimeout extends Error {
  override readonly name = 'ConnectTimeout';

  constructor(origin: string, timeoutMs: number) {
    super(`no connection to ${origin} within ${timeoutMs} ms`);
  }
}

/** The TLS server does not offer HTTP/2. */
export class NoHttp2 extends Error {
  override readonly name = 'NoHttp2';
}

/** The proxy does not let us through; nothing was sent to the origin. */
export class ProxyRefusal extends Error {
  override readonly name = 'ProxyRefusal';

  constructor(proxy: URL, origin: URL, status: number | undefined) {
    super(`the proxy ${proxy.host} answered ${status} when asked for ${origin.host}`);
  }
}

export interface DialOptions {
  /** Bounds all that happens before the first byte of a request. */
  readonly connectTimeoutMs: number;
  /** Trusted authorities; absent: Node's own and `NODE_EXTRA_CA_CERTS`. */
  readonly secureContext?: SecureContext | undefined;
  readonly clock: Clock;
}

/** A silent peer is found out 25 s after the last byte: then ten probes, one a second (libuv's). */
const SOCKET = { noDelay: true, keepAlive: true, keepAliveInitialDelay: 15_000 } as const;

/**
 * Opens a connection to the origin of `url` and returns at once; what goes wrong, a `ConnectTimeout` too, is the socket's `error`.
 * @param alpn protocols to offer over TLS; when `h2` is among them and is not chosen, the socket fails with `NoHttp2`.
 */
export function dial(url: URL, alpn: readonly string[], options: DialOptions): Socket {
  const { connectTimeoutMs, clock } = options;
  const isTls = url.protocol === 'https:';
  const to = { ...SOCKET, host: hostOf(url), port: portOf(url) };
  const socket = isTls ? connectTls({ ...to, ...tlsOptions(url, alpn, options) }) : connectTcp(to);
  const timer = clock.schedule(connectTimeoutMs, () =>
    socket.destroy(new ConnectTimeout(url.origin, connectTimeoutMs)),
  );
  socket.once('close', () => timer.cancel());
  socket.once(isTls ? 'secureConnect' : 'connect', () => {
    timer.cancel();
    if (!('alpnProtocol' in socket) || !alpn.includes('h2') || socket.alpnProtocol === 'h2') return;
    // Later: Node's HTTP/2 takes over the socket in this same event, and aborts the process when it finds it destroyed.
    queueMicrotask(() => socket.destroy(new NoHttp2(`${url.origin} does not offer HTTP/2`)));
  });
  return socket;
}

/** Opens a connection to the origin of `url` through an HTTP proxy, by CONNECT. It is to carry HTTP/1.1. */
export function tunnel(url: URL, proxy: URL, options: DialOptions): Promise<Socket> {
  const { connectTimeoutMs, secureContext, clock } = options;
  const { promise, resolve, reject } = Promise.withResolvers<Socket>();
  const request = (proxy.protocol === 'https:' ? requestHttps : requestHttp)({
    ...SOCKET,
    host: hostOf(proxy),
    port: portOf(proxy),
    method: 'CONNECT',
    path: `${url.hostname}:${portOf(url)}`,
    headers: { host: `${url.hostname}:${portOf(url)}`, ...proxyAuthorization(proxy) },
    agent: false,
    ...(secureContext && { secureContext }),
  });
  const timer = clock.schedule(connectTimeoutMs, () => {
    const late = new ConnectTimeout(`${url.origin} through the proxy ${proxy.host}`, connectTimeoutMs);
    reject(late);
    request.destroy(late);
    request.socket?.destroy(late);
  });
  request.once('error', reject);
  request.once('connect', (response, socket) => {
    if (response.statusCode !== 200) {
      socket.destroy();
      return reject(new ProxyRefusal(proxy, url, response.statusCode));
    }
    if (url.protocol !== 'https:') return resolve(socket);
    const secure = connectTls({ ...tlsOptions(url, ['http/1.1'], options), socket });
    secure.once('error', reject);
    secure.once('secureConnect', () => resolve(secure));
  });
  request.end();
  return promise.finally(() => timer.cancel());
}

function tlsOptions(url: URL, alpn: readonly string[], { secureContext }: DialOptions): ConnectionOptions {
  const host = hostOf(url);
  return {
    ALPNProtocols: [...alpn],
    // An address is no server name; the certificate is then checked against `host`.
    ...(isIP(host) === 0 ? { servername: host } : { host }),
    ...(secureContext && { secureContext }),
  };
}

function proxyAuthorization({ username, password }: URL): { readonly 'proxy-authorization'?: string } {
  if (username === '' && password === '') return {};
  const plain = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return { 'proxy-authorization': `Basic ${Buffer.from(plain).toString('base64')}` };
}

function portOf({ protocol, port }: URL): number {
  return Number(port || (protocol === 'https:' ? 443 : 80));
}
