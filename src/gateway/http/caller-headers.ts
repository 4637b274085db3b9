import { randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { isLoopback } from '../../core/address.js';
import type { CallerIds } from '../exchange.js';

/**
 * The caller's id of the request, or a new one where it sent none or one that has no place in a log line: 1 to 128 letters,
 * digits and `._:/=+@-` are kept.
 * @param name lower-case name of the header.
 */
export function requestId(headers: IncomingHttpHeaders, name: string): string {
  const sent = headers[name];
  return typeof sent === 'string' && /^[\w.:/=+@-]{1,128}$/.test(sent) ? sent : randomUUID();
}

/**
 * The caller's trace context, unchanged, when it is valid. Versions above 00 may carry more behind the flags.
 * @see https://www.w3.org/TR/trace-context/#traceparent-header
 */
export function traceparent(headers: IncomingHttpHeaders): string | undefined {
  const sent = headers['traceparent'];
  if (typeof sent !== 'string' || sent.length > 256) return undefined;
  const [, version, trace, span] = /^([\da-f]{2})-([\da-f]{32})-([\da-f]{16})-[\da-f]{2}(?:-[!-~]*)?$/.exec(sent) ?? [];
  if (version === undefined || version === 'ff' || (version === '00' && sent.length !== 55)) return undefined;
  return /^0+$/.test(trace ?? '') || /^0+$/.test(span ?? '') ? undefined : sent;
}

/**
 * `x-user-id` and `x-conversation-id`, each of 1 to 256 characters. A user's name is believed of callers on this host alone; the
 * conversation is nobody's name.
 */
export function callerIds({ headers, socket }: Pick<IncomingMessage, 'headers' | 'socket'>): CallerIds {
  const user = isLoopback(socket.remoteAddress ?? '') ? oneOf(headers['x-user-id']) : undefined;
  return { user, conversation: oneOf(headers['x-conversation-id']) };
}

function oneOf(sent: string | string[] | undefined): string | undefined {
  return typeof sent === 'string' && sent.length > 0 && sent.length <= 256 ? sent : undefined;
}
