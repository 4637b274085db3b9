// Failures on the way to an upstream and back, by the codes of Node, of OpenSSL and of HTTP/2.
import type { ErrorReason } from '../chat/gateway-error.js';

export interface ConnectionFailure {
  readonly reason: ErrorReason;
  readonly detail: keyof typeof MESSAGES;
  readonly message: string;
}

const MESSAGES = {
  refused: (upstream: string) => `${upstream} refused the connection`,
  reset: (upstream: string) => `The connection to ${upstream} was cut`,
  dns: (upstream: string) => `${upstream}'s host name could not be resolved`,
  tls: (upstream: string) => `There is no trusted TLS connection to ${upstream}`,
  unreachable: (upstream: string) => `${upstream} could not be reached`,
  connect: (upstream: string) => `There was no connection to ${upstream} in time`,
  truncated: (upstream: string) => `${upstream}'s stream was cut within an event`,
  damaged: (upstream: string) => `An event of ${upstream}'s stream was damaged`,
} as const;

// https://nodejs.org/api/errors.html
const CODES: readonly (readonly [RegExp, ConnectionFailure['detail']])[] = [
  [/^ECONNREFUSED$/, 'refused'],
  [/^(?:ENOTFOUND|EAI_[A-Z]+|ENODATA|ESERVFAIL)$/, 'dns'],
  [
    /^(?:ECONNRESET|ECONNABORTED|EPIPE|ERR_STREAM_PREMATURE_CLOSE|UND_ERR_[A-Z_]+|ERR_HTTP2_[A-Z_]+|HPE_[A-Z_]+)$/,
    'reset',
  ],
  [/^(?:EHOSTUNREACH|ENETUNREACH|EHOSTDOWN|ENETDOWN|EADDRNOTAVAIL|ETIMEDOUT|ERR_SOCKET_[A-Z_]+)$/, 'unreachable'],
  [/CERT|^(?:EPROTO|ERR_TLS_[A-Z_]+|ERR_SSL_[A-Z_]+|UNABLE_TO_[A-Z_]+)$/, 'tls'],
];

// The SDK has no codes for what it finds in event streams.
const WORDS: readonly (readonly [RegExp, ConnectionFailure['detail']])[] = [
  [/^Truncated event message received/, 'truncated'],
  [/http2 request did not get a response/i, 'reset'],
  [/checksum|^Provided message length|^Unrecognized header type/i, 'damaged'],
];

/** How many causes are looked through: libraries wrap the system's error, sometimes twice. */
const MAX_DEPTH = 4;

/**
 * @param upstream its name, for the message.
 * @returns nothing when `error` tells of no connection.
 */
export function connectionFailure(error: unknown, upstream: string): ConnectionFailure | undefined {
  let current = error;
  for (let depth = 0; depth < MAX_DEPTH && current instanceof Error; depth++) {
    const detail = detailOf(current);
    if (detail !== undefined) return { reason: reasonOf(detail), detail, message: MESSAGES[detail](upstream) };
    current = current instanceof AggregateError ? current.errors[0] : current.cause;
  }
  return undefined;
}

function detailOf(error: Error): ConnectionFailure['detail'] | undefined {
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  const byCode = CODES.find(([pattern]) => pattern.test(code));
  if (byCode !== undefined) return byCode[1];
  // The SDK's own clock for connections.
  if (error.name === 'TimeoutError') return 'connect';
  return WORDS.find(([pattern]) => pattern.test(error.message))?.[1];
}

function reasonOf(detail: ConnectionFailure['detail']): ErrorReason {
  if (detail === 'connect') return 'upstream_timeout';
  return detail === 'damaged' ? 'invalid_upstream_response' : 'upstream_connection';
}
