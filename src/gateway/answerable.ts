import { GatewayError } from './chat/gateway-error.js';

/** The `GatewayError` to answer with: the error itself, or a bare 500 that says nothing about one that nobody foresaw. */
export function answerable(error: unknown): GatewayError {
  if (error instanceof GatewayError) return error;
  return new GatewayError('internal', 'The gateway failed; its log says more under the request id.', { cause: error });
}
