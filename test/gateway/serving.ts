import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Serves an app, or a whole server, on a free port of 127.0.0.1 while `run` runs, and always closes it. */
export async function serving<T>(app: RequestListener | Server, run: (url: string) => Promise<T>): Promise<T> {
  const server = typeof app === 'function' ? createServer(app) : app;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host: '127.0.0.1', port: 0 }, resolve);
  });
  try {
    return await run(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  } finally {
    const closed = new Promise((resolve) => server.close(resolve));
    server.closeAllConnections();
    await closed;
  }
}
