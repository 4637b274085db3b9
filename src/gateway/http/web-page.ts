import type { IncomingMessage } from 'node:http';
import { isLoopback } from '../../core/address.js';
import { GatewayError } from '../chat/gateway-error.js';
import { isLocalPeer } from './local-peer.js';

// A gateway on a developer's machine can be reached by every page that is open in a browser there. Browsers name the page in
// `origin`, and nobody else sends that header.

/**
 * A page may send text or a form to any address without asking; `application/json` it may not.
 * @throws {GatewayError} `invalid_request`
 */
export function refuseUnaskedBody({ headers }: IncomingMessage): void {
  if (headers.origin === undefined || /^application\/(?:[\w.-]+\+)?json\b/i.test(headers['content-type'] ?? '')) return;
  throw new GatewayError('invalid_request', 'A request from a web page needs content-type application/json.');
}

/**
 * A page may reach us under a name of its own that it made resolve to loopback; to the browser the answer is then its own.
 * @throws {GatewayError} `permission_denied`
 */
export function refuseForeignPage({ headers, socket }: IncomingMessage): void {
  if (headers.origin === undefined || !isLoopback(socket.remoteAddress ?? '')) return;
  if (isLocalPeer(socket.remoteAddress, headers.host)) return;
  throw new GatewayError('permission_denied', 'A web page may reach this gateway by 127.0.0.1 or localhost only.');
}
