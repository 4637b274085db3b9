// A Unix socket for what changes the gateway's state. Whoever may open the file may give orders, so it belongs to its user alone
// from the moment it exists, and no port of the network leads here. A request is one line of JSON, and so is its answer.
import { lstat, mkdtemp, rename, rm } from 'node:fs/promises';
import { chmodSync } from 'node:fs';
import { connect, createServer, type Socket } from 'node:net';
import { join } from 'node:path';

/** What the other side says; at most so many characters. */
const MAX_LINE = 4_096;

/** Time for a request to arrive, and for its answer. */
const PATIENCE_MS = 5_000;

/** Another process answers at the path. */
export class SocketInUse extends Error {
  override readonly name = 'SocketInUse';

  constructor(path: string) {
    super(`${path} is another gateway's`);
  }
}

export interface ControlSocket {
  readonly path: string;
  close(): Promise<void>;
}

/** Answers one request; both are JSON. */
export type ControlHandler = (request: unknown) => object;

/**
 * Listens at `path`, with mode 0600. A socket that nobody listens at any more is replaced.
 * @throws {SocketInUse}; Error when the path holds something else or cannot be made.
 */
export async function openControlSocket(path: string, handle: ControlHandler): Promise<ControlSocket> {
  await assertFree(path);
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    serve(socket, handle);
  });
  // Made where nobody else can reach it and moved when its mode is right.
  const nursery = await mkdtemp(`${path}.`);
  const born = join(nursery, 's');
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(born, resolve);
    });
    chmodSync(born, 0o600);
    await rename(born, path);
  } catch (error) {
    server.close();
    throw error;
  } finally {
    await rm(nursery, { recursive: true, force: true });
  }
  return {
    path,
    async close() {
      await rm(path, { force: true });
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Sends one request to the gateway at `path`. @throws Error of the socket, or saying that the answer is none. */
export function askControl(path: string, request: object): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const socket = connect(path, () => socket.write(`${JSON.stringify(request)}\n`));
    const fail = (error: Error): void => {
      socket.destroy();
      reject(error);
    };
    socket.once('error', fail);
    socket.setTimeout(PATIENCE_MS, () => fail(new Error('the gateway does not answer')));
    socket.once('close', () => fail(new Error('the gateway closed the connection without an answer')));
    readLine(socket, (line) => {
      socket.destroy();
      try {
        resolve(JSON.parse(line));
      } catch {
        reject(new Error('the gateway did not answer in JSON'));
      }
    });
  });
}

async function assertFree(path: string): Promise<void> {
  const there = await lstat(path).catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (!there) return;
  if (!there.isSocket()) throw new Error(`${path} is not a socket`);
  if (await isAnswered(path)) throw new SocketInUse(path);
}

function isAnswered(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(path);
    const say = (answered: boolean) => (): void => {
      socket.destroy();
      resolve(answered);
    };
    socket.once('connect', say(true)).once('error', say(false));
  });
}

function serve(socket: Socket, handle: ControlHandler): void {
  socket.setTimeout(PATIENCE_MS, () => socket.destroy());
  socket.on('error', () => socket.destroy());
  readLine(socket, (line) => socket.end(`${JSON.stringify(answer(line, handle))}\n`));
}

function answer(line: string, handle: ControlHandler): object {
  let request: unknown;
  try {
    request = JSON.parse(line);
  } catch {
    return { ok: false, error: 'the request is not JSON' };
  }
  return handle(request);
}

/** Calls `use` with the first line; a longer one than `MAX_LINE` closes the connection. */
function readLine(socket: Socket, use: (line: string) => void): void {
  let text = '';
  socket.setEncoding('utf8');
  socket.on('data', function receive(chunk: string) {
    text += chunk;
    const end = text.indexOf('\n');
    if (end < 0 && text.length <= MAX_LINE) return;
    socket.off('data', receive);
    if (end < 0) socket.destroy();
    else use(text.slice(0, end));
  });
}
