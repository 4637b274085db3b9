import { GatewayError } from '../../chat/gateway-error.js';
import { ConnectTimeout, ProxyRefusal } from './dial.js';

/** What became of a dial that ran out of time or was refused by the proxy; nothing for any other error. */
export function dialFailure(error: unknown, endpoint: URL, connectTimeoutMs: number): GatewayError | undefined {
  if (error instanceof ProxyRefusal) {
    const { message } = error;
    return new GatewayError('upstream_connection', `No connection: ${message}.`, { detail: 'proxy', cause: error });
  }
  if (!(error instanceof ConnectTimeout)) return undefined;
  const message = `No connection to ${endpoint.host} within ${connectTimeoutMs / 1000} s.`;
  return new GatewayError('upstream_timeout', message, { detail: 'connect', cause: error });
}
