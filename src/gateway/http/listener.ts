import type { Server } from 'node:http';
import { systemClock, type Clock } from '../../core/clock.js';
import type { Address } from '../../core/address.js';

/** A server that accepts connections. */
export interface Listener {
  /** With the port that the system chose. */
  readonly address: Address;
  /** Stops accepting. Resolves when every connection is closed: idle ones at once, busy ones when they have answered. */
  close(): Promise<void>;
  /** Cuts every connection. */
  cut(): void;
}

/** How often, while closing, connections that became idle are looked for. */
const SWEEP_MS = 20;

/** @throws the system's error, such as `EADDRINUSE`. */
export function listen(server: Server, { host, port }: Address, clock: Clock = systemClock): Promise<Listener> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host, port }, () => {
      server.off('error', reject);
      resolve({
        address: { host, port: boundPort(server) },
        close: () => close(server, clock),
        cut: () => server.closeAllConnections(),
      });
    });
  });
}

function close(server: Server, clock: Clock): Promise<void> {
  return new Promise((resolve) => {
    let closed = false;
    server.close(() => {
      closed = true;
      resolve();
    });
    const sweep = (): void => {
      if (closed) return;
      server.closeIdleConnections();
      clock.schedule(SWEEP_MS, sweep);
    };
    sweep();
  });
}

function boundPort(server: Server): number {
  const bound = server.address();
  if (bound === null || typeof bound === 'string') throw new Error('not listening on a port');
  return bound.port;
}
