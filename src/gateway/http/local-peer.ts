import { isLoopback } from '../../core/address.js';

/**
 * True for a caller on this host (or in this Pod) that asks for this host by a loopback name. The name counts too: a web page
 * can make a browser here dial us under a name of its own that resolves to loopback.
 * @param remoteAddress of the socket.
 * @param host the `Host` header.
 */
export function isLocalPeer(remoteAddress: string | undefined, host: string | undefined): boolean {
  const [, bracketed, plain] = /^(?:\[([^\]]*)\]|([^:]*))(?::\d+)?$/.exec(host ?? '') ?? [];
  return isLoopback(remoteAddress ?? '') && isLoopback(bracketed ?? plain ?? '');
}
