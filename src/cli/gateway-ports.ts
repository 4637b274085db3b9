import type { RequestListener } from 'node:http';
import { formatAddress, isLoopback, type Address } from '../core/address.js';
import type { Logger } from '../core/logging.js';
import { createHttpServer } from '../gateway/http/http-server.js';
import { listen, type Listener } from '../gateway/http/listener.js';
import { CommandError, EXIT } from './command-context.js';

const DEFAULT_DATA: Address = { host: '127.0.0.1', port: 8080 };
const DEFAULT_ADMIN: Address = { host: '127.0.0.1', port: 9090 };

/** Opens every data port, or none. */
export async function openDataPorts(
  app: RequestListener,
  addresses: readonly Address[] = [DEFAULT_DATA],
): Promise<Listener[]> {
  const opened: Listener[] = [];
  try {
    for (const address of addresses) opened.push(await open(app, address));
    return opened;
  } catch (error) {
    await Promise.all(opened.map((listener) => listener.close()));
    throw error;
  }
}

/** @param asked absent: the default, or another port where that is taken, since nobody counts on it. */
export async function openAdminPort(
  app: RequestListener,
  asked: Address | 'off' | undefined,
  log: Logger,
): Promise<Listener | undefined> {
  if (asked === 'off') return undefined;
  if (asked) return open(app, asked);
  try {
    return await listen(createHttpServer(app), DEFAULT_ADMIN);
  } catch (error) {
    if (codeOf(error) !== 'EADDRINUSE') throw cannotListen(DEFAULT_ADMIN, error);
    const listener = await open(app, { ...DEFAULT_ADMIN, port: 0 });
    log.warn(
      { taken: formatAddress(DEFAULT_ADMIN), admin: formatAddress(listener.address) },
      'default admin port is taken; using another',
    );
    return listener;
  }
}

/** Says loudly what an open port without authentication means. */
export function warnOfOpenPorts(listeners: readonly Listener[], log: Logger): void {
  const open = listeners.map(({ address }) => address).filter(({ host }) => !isLoopback(host));
  if (open.length === 0) return;
  log.warn(
    { listeners: open.map(formatAddress) },
    'OPEN TO THE NETWORK WITHOUT AUTHENTICATION (server.auth.mode: none): whoever reaches these ports uses the AWS identity of this gateway',
  );
}

async function open(app: RequestListener, address: Address): Promise<Listener> {
  try {
    return await listen(createHttpServer(app), address);
  } catch (error) {
    throw cannotListen(address, error);
  }
}

function cannotListen(address: Address, error: unknown): CommandError {
  return new CommandError(
    `cannot listen on ${formatAddress(address)}: ${codeOf(error) ?? String(error)}`,
    EXIT.failure,
  );
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error ? String(error.code) : undefined;
}
