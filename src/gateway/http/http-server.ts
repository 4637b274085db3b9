import { createServer, STATUS_CODES, type RequestListener, type Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { GatewayError } from '../chat/gateway-error.js';
import { retryHeaders } from './retry-headers.js';

export interface ServerLimits {
  /** For the headers of a request, from its first byte. */
  readonly headersTimeoutMs: number;
  /** For a whole request, its body included. */
  readonly requestTimeoutMs: number;
  /** How often the two are looked at. */
  readonly checkIntervalMs: number;
}

// Slow headers are an attack or a dead client; a large body over a thin line is neither.
export const SERVER_LIMITS: ServerLimits = {
  headersTimeoutMs: 10_000,
  requestTimeoutMs: 60_000,
  checkIntervalMs: 2_000,
};

/** Longer than clients keep their idle connections, so that it is they who close them and none is closed under a request. */
const KEEP_ALIVE_TIMEOUT_MS = 75_000;

const MAX_HEADER_BYTES = 16_384;

/** An HTTP/1.1 server that answers what is no HTTP, too slow or too large in the headers with a status and a JSON body. */
export function createHttpServer(handler: RequestListener, limits: ServerLimits = SERVER_LIMITS): Server {
  const checked: RequestListener = (req, res) => {
    if (req.headers.host !== undefined || req.httpVersionMinor === 0) return handler(req, res);
    return refuseConnection(new Error('no host'), req.socket);
  };
  const server = createServer(
    {
      headersTimeout: limits.headersTimeoutMs,
      requestTimeout: limits.requestTimeoutMs,
      connectionsCheckingInterval: limits.checkIntervalMs,
      keepAliveTimeout: KEEP_ALIVE_TIMEOUT_MS,
      maxHeaderSize: MAX_HEADER_BYTES,
      // Node's own refusals of these have no body.
      requireHostHeader: false,
    },
    checked,
  );
  // The handler itself says 100 Continue, once it has looked at the size.
  server.on('checkContinue', checked).on('checkExpectation', checked);
  server.on('clientError', refuseConnection);
  return server;
}

/** Node's own default handler looks at the same member to learn whether an answer has begun. */
type HttpSocket = Duplex & { readonly _httpMessage?: { readonly headersSent: boolean } | null };

/** Ends a connection whose request cannot even be read. An answer that was begun on it can only be cut. */
function refuseConnection(error: Error & { readonly code?: string }, socket: HttpSocket): void {
  if (!socket.writable || socket._httpMessage?.headersSent) return void socket.destroy();
  const refusal = refusalOf(error.code);
  const body = JSON.stringify(refusal.body());
  const headers = {
    'content-type': 'application/json; charset=utf-8',
    'content-length': String(Buffer.byteLength(body)),
    connection: 'close',
    ...retryHeaders(refusal),
  };
  const head = [
    `HTTP/1.1 ${refusal.status} ${STATUS_CODES[refusal.status]}`,
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`, () => socket.destroy());
}

function refusalOf(code: string | undefined): GatewayError {
  switch (code) {
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return new GatewayError('request_timeout', 'The request took too long to arrive.');
    case 'HPE_HEADER_OVERFLOW':
      return new GatewayError('request_too_large', `The headers are larger than ${MAX_HEADER_BYTES} bytes.`, {
        status: 431,
      });
    case 'HPE_CHUNK_EXTENSIONS_OVERFLOW':
      return new GatewayError('request_too_large', 'The chunk extensions are too large.');
    default:
      return new GatewayError('invalid_request', 'The request is not valid HTTP/1.1.');
  }
}
