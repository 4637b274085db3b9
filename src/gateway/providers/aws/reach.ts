import { request } from 'node:http';
import { dial, tunnel, type DialOptions } from './dial.js';

export interface ReachOptions extends DialOptions {
  readonly proxy?: URL | undefined;
  readonly signal: AbortSignal;
}

/**
 * Asks an endpoint for its front page, without credentials, on a connection of its own. Resolves when it answered with whatever status:
 * then name, network, TLS and HTTP work. Nothing of this is billed.
 */
export async function reach(endpoint: URL, { proxy, signal, ...options }: ReachOptions): Promise<void> {
  const socket = proxy ? await tunnel(endpoint, proxy, options) : dial(endpoint, ['http/1.1'], options);
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const asked = request({
    createConnection: () => socket,
    method: 'HEAD',
    path: '/',
    headers: { host: endpoint.host, connection: 'close' },
    signal,
  });
  asked.once('response', (response) => {
    response.resume();
    resolve();
  });
  asked.once('error', reject);
  asked.end();
  try {
    await promise;
  } finally {
    socket.destroy();
  }
}
