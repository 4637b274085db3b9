import type { IncomingMessage } from 'node:http';
import type { Http2ServerRequest } from 'node:http2';
import type { Readable } from 'node:stream';

/** A request as it came over the socket, whole. */
export interface WireRequest {
  readonly method: string;
  /** As sent: still percent-encoded, without the query. */
  readonly path: string;
  /** As sent, without the question mark; empty when there is none. */
  readonly query: string;
  /** Names in lower case, in the order sent, duplicates kept; HTTP/2's `:authority` is among them. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly wireVersion: '1.1' | '2';
  readonly body: Buffer;
}

/** The first value of a header, by its lower-case name. */
export function headerOf(request: Pick<WireRequest, 'headers'>, name: string): string | undefined {
  return request.headers.find(([other]) => other === name)?.[1];
}

/** A request whose body is over the limit; the rest of it is not read. */
export class BodyTooLarge extends Error {
  override readonly name = 'BodyTooLarge';
}

/** Amazon Bedrock takes at most 25 MB a request: https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_InvokeModel.html */
const MAX_BODY_BYTES = 25_000_000;

/** Reads a request to its end. Throws `BodyTooLarge`, or the socket's error when the client leaves before. */
export async function readWireRequest(
  incoming: IncomingMessage | Http2ServerRequest,
  maxBodyBytes = MAX_BODY_BYTES,
): Promise<WireRequest> {
  if (Number(incoming.headers['content-length']) > maxBodyBytes) throw new BodyTooLarge(tooLarge(maxBodyBytes));
  const body = await readBody(incoming, maxBodyBytes);
  const [path, query] = splitOnce(incoming.url ?? '', '?');
  return {
    method: incoming.method ?? '',
    path,
    query,
    headers: headersOf(incoming),
    wireVersion: incoming.httpVersionMajor === 2 ? '2' : '1.1',
    body,
  };
}

async function readBody(incoming: Readable, maxBodyBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  // Giving up must leave the socket open for the answer that says why.
  for await (const chunk of incoming.iterator({ destroyOnReturn: false })) {
    const bytes = chunk as Buffer; // no encoding is set on the stream
    size += bytes.length;
    if (size > maxBodyBytes) throw new BodyTooLarge(tooLarge(maxBodyBytes));
    chunks.push(bytes);
  }
  return Buffer.concat(chunks);
}

function tooLarge(maxBodyBytes: number): string {
  return `the body is larger than ${maxBodyBytes} bytes`;
}

function headersOf(incoming: IncomingMessage | Http2ServerRequest): readonly (readonly [string, string])[] {
  const headers: [string, string][] = [];
  for (let i = 0; i + 1 < incoming.rawHeaders.length; i += 2) {
    const name = (incoming.rawHeaders[i] ?? '').toLowerCase();
    const value = incoming.rawHeaders[i + 1] ?? '';
    if (!name.startsWith(':') || name === ':authority') headers.push([name, value]);
  }
  return headers;
}

function splitOnce(text: string, separator: string): [string, string] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + separator.length)];
}
