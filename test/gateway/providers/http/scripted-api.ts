import type { IncomingHttpHeaders, ServerResponse } from 'node:http';
import { serving } from '../../serving.js';

/** A request as it came. */
export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  /** JSON; undefined where there was no body. */
  readonly body: Record<string, unknown> | undefined;
}

/** Answers one request. */
export type Reply = (response: ServerResponse, asked: Asked) => void;

/** Serves one reply a request, in order, on a free port; a request that nobody scripted is answered with 599. */
export function withScriptedApi<T>(
  replies: readonly Reply[],
  use: (url: string, asked: readonly Asked[]) => Promise<T>,
): Promise<T> {
  const asked: Asked[] = [];
  return serving(
    (request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const text = Buffer.concat(chunks).toString('utf8');
        const { method = '', url: path = '', headers } = request;
        const came = { method, path, headers, body: text === '' ? undefined : (JSON.parse(text) as Asked['body']) };
        const reply = replies[asked.length];
        asked.push(came);
        if (reply) reply(response, came);
        else response.writeHead(599).end('{"error":{"message":"nobody expected this request"}}');
      });
    },
    (url) => use(url, asked),
  );
}

export function json(body: unknown, status = 200, headers: Readonly<Record<string, string>> = {}): Reply {
  return (response) =>
    void response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
}

export function page(text: string, status: number): Reply {
  return (response) => void response.writeHead(status, { 'content-type': 'text/html' }).end(text);
}

/** A whole event stream, in pieces of `size` bytes, so that events are cut anywhere. */
export function events(text: string, { size = 7, cut = false } = {}): Reply {
  return (response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8', 'x-request-id': 'req_1' });
    const bytes = Buffer.from(text);
    for (let at = 0; at < bytes.length; at += size) response.write(bytes.subarray(at, at + size));
    if (cut) setImmediate(() => response.destroy());
    else response.end();
  };
}

/** Sends `text` and then nothing more. */
export function pausing(text: string): Reply {
  return (response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write(text);
  };
}
