import { connect as connectTcp, isIP, type Socket } from 'node:net';
import { connect as connectTls, type SecureContext } from 'node:tls';
import { hostOf } from '../../../core/address.js';
import type { Clock } from '../../../core/clock.js';

/** Name lookup, TCP and TLS took longer than `connect_timeout_seconds`. */
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

export interface DialOptions {
  /** Bounds name lookup, TCP and TLS together. */
  readonly connectTimeoutMs: number;
  /** Trusted authorities; absent: Node's own and `NODE_EXTRA_CA_CERTS`. */
  readonly secureContext?: SecureContext | undefined;
  readonly clock: Clock;
}

/** A silent peer is found out 25 s after the last byte: then ten probes, one a second (libuv's). */
const KEEP_ALIVE_AFTER_MS = 15_000;

/**
 * Opens a connection to the origin of `url` and returns at once; what goes wrong, a `ConnectTimeout` too, is the socket's `error`.
 * @param alpn protocols to offer over TLS; when `h2` is among them and is not chosen, the socket fails with `NoHttp2`.
 */
export function dial(url: URL, alpn: readonly string[], options: DialOptions): Socket {
  const { connectTimeoutMs, secureContext, clock } = options;
  const host = hostOf(url);
  const common = { host, noDelay: true, keepAlive: true, keepAliveInitialDelay: KEEP_ALIVE_AFTER_MS };
  const socket =
    url.protocol === 'https:'
      ? connectTls({
          ...common,
          port: Number(url.port || 443),
          ALPNProtocols: [...alpn],
          ...(isIP(host) === 0 && { servername: host }),
          ...(secureContext && { secureContext }),
        })
      : connectTcp({ ...common, port: Number(url.port || 80) });

  const timer = clock.schedule(connectTimeoutMs, () =>
    socket.destroy(new ConnectTimeout(url.origin, connectTimeoutMs)),
  );
  socket.once('close', () => timer.cancel());
  socket.once(url.protocol === 'https:' ? 'secureConnect' : 'connect', () => {
    timer.cancel();
    if ('alpnProtocol' in socket && alpn.includes('h2') && socket.alpnProtocol !== 'h2') {
      socket.destroy(new NoHttp2(`${url.origin} does not offer HTTP/2`));
    }
  });
  return socket;
}
