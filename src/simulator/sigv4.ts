// AWS Signature Version 4 as the server sees it, written from the specification and independent of any client's code:
// https://docs.aws.amazon.com/IAM/latest/UserGuide/create-signed-request.html
import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { AwsError } from './aws-error.js';
import type { WireRequest } from './wire-request.js';

export const ALGORITHM = 'AWS4-HMAC-SHA256';

export interface Scope {
  /** `YYYYMMDD` */
  readonly date: string;
  readonly region: string;
  readonly service: string;
}

/** The parts of an `Authorization` header of this algorithm. */
export interface Authorization {
  readonly accessKeyId: string;
  readonly scope: Scope;
  /** Lower-case names in the order written. */
  readonly signedHeaders: readonly string[];
  /** Hexadecimal. */
  readonly signature: string;
}

/** Throws `IncompleteSignatureException` when a part is missing or malformed. */
export function parseAuthorization(header: string): Authorization {
  const fields = new Map<string, string>();
  for (const field of header.slice(ALGORITHM.length).split(',')) {
    const [name = '', ...value] = field.trim().split('=');
    fields.set(name, value.join('='));
  }
  const missing = ['Credential', 'Signature', 'SignedHeaders'].filter((name) => !fields.get(name));
  if (missing.length > 0) {
    const complaints = missing.map((name) => `Authorization header requires '${name}' parameter.`).join(' ');
    throw new AwsError('IncompleteSignatureException', complaints);
  }
  const credential = (fields.get('Credential') ?? '').split('/');
  const [accessKeyId = '', date = '', region = '', service = '', terminator = ''] = credential;
  if (credential.length !== 5 || terminator !== 'aws4_request') {
    const text = `Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/aws4_request.`;
    throw new AwsError('IncompleteSignatureException', text);
  }
  return {
    accessKeyId,
    scope: { date, region, service },
    signedHeaders: (fields.get('SignedHeaders') ?? '').split(';'),
    signature: fields.get('Signature') ?? '',
  };
}

/**
 * The request in the form that is hashed and signed.
 * @param payloadHash hexadecimal SHA-256 of the body, or the word the request gives in its place.
 */
export function canonicalRequest(
  request: Pick<WireRequest, 'method' | 'path' | 'query' | 'headers'>,
  signedHeaders: readonly string[],
  payloadHash: string,
): string {
  return [
    request.method,
    canonicalPath(request.path),
    canonicalQuery(request.query),
    ...signedHeaders.map((name) => `${name}:${canonicalHeader(request, name)}`),
    '',
    signedHeaders.join(';'),
    payloadHash,
  ].join('\n');
}

/** @param time `YYYYMMDDTHHMMSSZ` */
export function stringToSign(time: string, scope: Scope, canonical: string): string {
  return [ALGORITHM, time, `${scope.date}/${scope.region}/${scope.service}/aws4_request`, sha256(canonical)].join('\n');
}

export function signingKey(secretAccessKey: string, scope: Scope): Buffer {
  return [scope.date, scope.region, scope.service, 'aws4_request'].reduce(
    (key, part) => createHmac('sha256', key).update(part).digest(),
    Buffer.from(`AWS4${secretAccessKey}`),
  );
}

/** Hexadecimal. */
export function signature(key: Buffer, text: string): string {
  return createHmac('sha256', key).update(text).digest('hex');
}

export function sameSignature(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}

export function sha256(data: string | Uint8Array): string {
  return createHash('sha256').update(data).digest('hex');
}

// Every service but S3 normalises the path and encodes it once more than it was sent, so `%3A` becomes `%253A`.
function canonicalPath(path: string): string {
  const segments: string[] = [];
  for (const segment of path.split('/')) {
    if (segment === '..') segments.pop();
    else if (segment !== '' && segment !== '.') segments.push(uriEncode(segment));
  }
  const trailing = segments.length > 0 && path.endsWith('/') ? '/' : '';
  return `/${segments.join('/')}${trailing}`;
}

// Sorted by code point of the encoded name, then of the encoded value.
function canonicalQuery(query: string): string {
  if (query === '') return '';
  const pairs = query.split('&').map((pair) => {
    const [name = '', ...value] = pair.split('=');
    return [uriEncode(uriDecode(name)), uriEncode(uriDecode(value.join('=')))] as const;
  });
  return pairs
    .toSorted(([a, x], [b, y]) => compare(a, b) || compare(x, y))
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
}

// Over HTTP/2 `:authority` stands for `host`; clients sign it by either name.
function canonicalHeader(request: Pick<WireRequest, 'headers'>, name: string): string {
  const sent = request.headers.some(([other]) => other === name);
  if (name === 'host' && !sent) return canonicalHeader(request, ':authority');
  return request.headers
    .filter(([other]) => other === name)
    .map(([, value]) => value.trim().replaceAll(/\s+/g, ' '))
    .join(',');
}

function uriEncode(text: string): string {
  return encodeURIComponent(text).replaceAll(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
}

function uriDecode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text; // not percent-encoded at all: it is signed as it stands
  }
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
