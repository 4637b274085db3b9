import { createServer as createHttp1, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createHttp2Server, type Http2Server } from 'node:http2';
import { connect, createServer, type Server, type Socket } from 'node:net';

/** What a server does with a request; HTTP/2's compatibility API offers what we use of HTTP/1.1's. */
export type Answering = (request: IncomingMessage, response: ServerResponse) => void;

/** What a plain-text server understands; `dual` tells by the first bytes. */
export type Speaks = 'http/1.1' | 'h2c' | 'dual';

/** Runs `use` against a server on a free port of 127.0.0.1 and cuts every connection behind it. */
export async function servingWire(speaks: Speaks, answer: Answering, use: (url: URL) => Promise<void>): Promise<void> {
  const [http1, http2] = [createHttp1(answer), createHttp2(answer)];
  if (speaks === 'dual') await listening(telling(http1, http2), use, [http1, http2]);
  else await listening(speaks === 'h2c' ? http2 : http1, use);
}

/** Runs `use` with the address of `server` while it and those `behind` it listen on free ports of 127.0.0.1. */
export async function listening(
  server: Server,
  use: (url: URL) => Promise<void>,
  behind: readonly Server[] = [],
): Promise<void> {
  const servers = [...behind, server];
  const sockets = new Set<Socket>();
  for (const server of servers) {
    server.on('connection', (socket) => sockets.add(socket.once('close', () => sockets.delete(socket))));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  }
  try {
    await use(new URL(`http://127.0.0.1:${portOf(server)}`));
  } finally {
    for (const socket of sockets) socket.destroy();
    await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  }
}

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server does not listen on a port');
  return address.port;
}

/** Passes each connection on to the server that understands its first bytes. */
function telling(http1: Server, http2: Server): Server {
  return createServer((client) => {
    client.once('data', (bytes) => {
      const upstream = connect(portOf(bytes.subarray(0, 3).toString() === 'PRI' ? http2 : http1), '127.0.0.1');
      upstream.write(bytes);
      client.pipe(upstream).pipe(client);
      for (const socket of [client, upstream]) socket.on('error', () => socket.destroy());
    });
    client.on('error', () => client.destroy());
  });
}

function createHttp2(answer: Answering): Http2Server {
  return createHttp2Server((request, response) => {
    // The two APIs are alike but for types.
    answer(request as unknown as IncomingMessage, response as unknown as ServerResponse);
  });
}
