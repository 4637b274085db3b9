import { isUtf8 } from 'node:buffer';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { GatewayError } from '../chat/gateway-error.js';
import { refuseUnaskedBody } from './web-page.js';

/** Bytes of request bodies that are in memory; `reserve` throws when there is no room for more. */
export interface BodyBudget {
  reserve(bytes: number): void;
}

interface ReadOptions {
  readonly maxBytes: number;
  readonly budget: BodyBudget;
}

/**
 * The JSON value of a request's body. An `Expect: 100-continue` is answered once the announced size is found acceptable.
 * @throws {GatewayError} for a body that is too large, compressed, in another charset, no UTF-8 or no JSON. The
 *   message never quotes the body.
 */
export async function readJson(req: IncomingMessage, res: ServerResponse, options: ReadOptions): Promise<unknown> {
  checkHeaders(req);
  return parseJson(await readBody(req, res, options));
}

/** The value of a UTF-8 JSON text; `readJson` says what it throws. */
export function parseJson(body: Buffer): unknown {
  if (body.length === 0) throw new GatewayError('invalid_request', 'The body is empty; expected a JSON object.');
  if (!isUtf8(body)) throw new GatewayError('invalid_request', 'The body is not valid UTF-8.');
  const hasMark = body[0] === 0xef && body[1] === 0xbb && body[2] === 0xbf;
  return parseText(body.toString('utf8', hasMark ? 3 : 0));
}

function checkHeaders(req: IncomingMessage): void {
  const encoding = req.headers['content-encoding'] ?? 'identity';
  if (encoding.toLowerCase() !== 'identity') {
    throw new GatewayError('invalid_request', 'A content-encoding is not supported; send the body uncompressed.');
  }
  const type = req.headers['content-type'] ?? '';
  const charset = /;\s*charset\s*=\s*"?([^";\s]+)/i.exec(type)?.[1] ?? 'utf-8';
  if (!/^(?:utf-?8|us-ascii)$/i.test(charset)) {
    throw new GatewayError('invalid_request', 'The charset of the content-type is not supported; send UTF-8.');
  }
  refuseUnaskedBody(req);
}

function readBody(req: IncomingMessage, res: ServerResponse, { maxBytes, budget }: ReadOptions): Promise<Buffer> {
  const announced = Number(req.headers['content-length'] ?? 0);
  if (announced > maxBytes) throw tooLarge(maxBytes);
  budget.reserve(announced);
  if (req.headers.expect?.toLowerCase() === '100-continue') res.writeContinue();
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const onData = (chunk: Buffer): void => {
      try {
        size += chunk.length;
        if (size > maxBytes) throw tooLarge(maxBytes);
        if (announced === 0) budget.reserve(chunk.length);
        chunks.push(chunk);
      } catch (error) {
        settle(() => reject(error));
      }
    };
    const onEnd = (): void =>
      settle(() => resolve(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks)));
    const onCut = (): void =>
      settle(() => reject(new GatewayError('invalid_request', 'The body ended before it was complete.')));
    const settle = (then: () => void): void => {
      req.off('data', onData).off('end', onEnd).off('close', onCut).off('error', onCut);
      then();
    };
    req.on('data', onData).on('end', onEnd).on('close', onCut).on('error', onCut);
  });
}

function tooLarge(maxBytes: number): GatewayError {
  return new GatewayError('request_too_large', `The body is larger than ${maxBytes} bytes.`);
}

function parseText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    // V8's message quotes the text; only the position in it may leave.
    const position = error instanceof SyntaxError ? /at position (\d+)/.exec(error.message)?.[1] : undefined;
    const where = position === undefined ? '' : `; see character ${position}`;
    throw new GatewayError('invalid_request', `The body is not valid JSON${where}.`);
  }
}
