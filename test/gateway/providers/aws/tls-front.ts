import { readFileSync } from 'node:fs';
import { createServer as createHttp, type Server as HttpServer } from 'node:http';
import { connect, type Socket } from 'node:net';
import { createServer as createTls, type Server as TlsServer } from 'node:tls';

const FIXTURES = new URL('../../../fixtures/tls/', import.meta.url);

/** File of the authority that signed the certificate of `tlsFront`. */
export const AUTHORITY = new URL('ca.pem', FIXTURES).pathname;

/** A TLS server in front of a plain one: it takes off the TLS and passes on the bytes. */
export function tlsFront(upstream: URL, ALPNProtocols: readonly string[]): TlsServer {
  const [key, cert] = ['server-key.pem', 'server.pem'].map((name) => readFileSync(new URL(name, FIXTURES)));
  return createTls({ key, cert, ALPNProtocols: [...ALPNProtocols] }, (socket) =>
    join(socket, connect(Number(upstream.port), upstream.hostname)),
  ).on('tlsClientError', () => {});
}

/** An HTTP proxy that answers CONNECT with `status`, and connects whoever it lets through to `upstream`, whomever they ask for. */
export function connectProxy(
  upstream: URL,
  seen: (target: string, authorization?: string) => void,
  status = 200,
): HttpServer {
  return createHttp().on('connect', (request, client: Socket) => {
    seen(request.url ?? '', request.headers['proxy-authorization']);
    client.write(`HTTP/1.1 ${status} Whatever\r\n\r\n`);
    if (status === 200) join(client, connect(Number(upstream.port), upstream.hostname));
    else client.end();
  });
}

function join(one: Socket, other: Socket): void {
  one.pipe(other).pipe(one);
  for (const socket of [one, other]) {
    socket.on('error', () => socket.destroy());
    socket.on('close', () => [one, other].forEach((end) => end.destroy()));
  }
}
