// One port for HTTP/1.1 and for HTTP/2 without TLS ("prior knowledge", RFC 9113 §3.3). Every HTTP/2 connection begins with
// the same 24 bytes, and no HTTP/1.1 request can begin with more than the first of them, so the first bytes on the raw
// socket decide which of the two servers gets it.
import { createServer as createHttp1Server, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createHttp2Server, type Http2ServerRequest, type Http2ServerResponse } from 'node:http2';
import { createServer, type AddressInfo, type Socket } from 'node:net';

const PREFACE = Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 'latin1');

export interface Listener {
  readonly host: string;
  /** The port in use, also when 0 was asked for. */
  readonly port: number;
  /** Stops accepting and ends every open connection. */
  close(): Promise<void>;
}

export type Handle = (
  incoming: IncomingMessage | Http2ServerRequest,
  response: ServerResponse | Http2ServerResponse,
) => void;

/** Rejects when the address is taken or not ours. */
export async function listen(host: string, port: number, handle: Handle): Promise<Listener> {
  const http1 = createHttp1Server({ keepAliveTimeout: 0 }, handle);
  const http2 = createHttp2Server({ settings: { initialWindowSize: 1 << 20 }, maxSessionMemory: 256 }, handle);
  http2.on('sessionError', () => undefined); // a client that breaks the protocol or the connection; its streams tell
  const sockets = new Set<Socket>();
  const server = createServer({ noDelay: true }, (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    socket.on('error', () => undefined); // a client that resets; 'close' follows
    firstBytes(socket, (isHttp2) => (isHttp2 ? http2 : http1).emit('connection', socket));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  const address = server.address() as AddressInfo; // not a pipe: it was given a port
  return {
    host: address.address,
    port: address.port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

/** Reads until it is clear whether the bytes are HTTP/2's preface, puts them back, and tells. */
function firstBytes(socket: Socket, tell: (isHttp2: boolean) => void): void {
  let seen = Buffer.alloc(0);
  const onReadable = (): void => {
    const chunk = socket.read() as Buffer | null;
    if (chunk === null) return;
    seen = Buffer.concat([seen, chunk]);
    const length = Math.min(seen.length, PREFACE.length);
    const isPreface = seen.subarray(0, length).equals(PREFACE.subarray(0, length));
    if (isPreface && length < PREFACE.length) return;
    socket.off('readable', onReadable);
    socket.unshift(seen);
    tell(isPreface);
  };
  socket.on('readable', onReadable);
}
