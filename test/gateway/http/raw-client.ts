import { connect, type Socket } from 'node:net';

export interface RawAnswer {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Opens a TCP connection to an HTTP server, for requests that no HTTP client would send. */
export async function dial(url: string): Promise<Socket> {
  const { hostname, port } = new URL(url);
  const socket = connect({ host: hostname, port: Number(port), allowHalfOpen: true });
  await new Promise<void>((resolve, reject) => socket.once('connect', resolve).once('error', reject));
  return socket;
}

/** Sends bytes as they are and reads one answer, which must be complete by its own content-length. */
export async function sendRaw(url: string, bytes: string | Uint8Array, { halfClose = false } = {}): Promise<RawAnswer> {
  const socket = await dial(url);
  try {
    socket.write(bytes);
    if (halfClose) socket.end();
    return await readAnswer(socket);
  } finally {
    socket.destroy();
  }
}

export function readAnswer(socket: Socket): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    let received = Buffer.alloc(0);
    socket.on('data', (chunk: Buffer) => {
      received = Buffer.concat([received, chunk]);
      const answer = parseAnswer(received);
      if (answer) resolve(answer);
    });
    socket.on('error', reject);
    socket.on('close', () => reject(new Error(`closed after ${received.length} bytes without a whole answer`)));
    socket.on('end', () => reject(new Error(`ended after ${received.length} bytes without a whole answer`)));
  });
}

function parseAnswer(received: Buffer): RawAnswer | undefined {
  const end = received.indexOf('\r\n\r\n');
  if (end < 0) return undefined;
  const [statusLine = '', ...lines] = received.toString('latin1', 0, end).split('\r\n');
  const status = Number(/^HTTP\/1\.1 (\d{3}) /.exec(statusLine)?.[1]);
  if (status === 100) return parseAnswer(received.subarray(end + 4));
  const headers = Object.fromEntries(
    lines.map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 1).trim()]),
  );
  const body = received.subarray(end + 4);
  const length = Number(headers['content-length'] ?? 0);
  return body.length < length ? undefined : { status, headers, body: body.toString('utf8', 0, length) };
}
