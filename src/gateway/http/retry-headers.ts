import type { ErrorReason, GatewayError } from '../chat/gateway-error.js';

/** Statuses below 500 that OpenAI's clients repeat by themselves. */
const REPEATED = new Set([408, 409, 429]);

/** Refusals with a status that clients repeat, which a repetition cannot change. */
const FINAL: ReadonlySet<ErrorReason> = new Set(['upstream_authentication', 'pack_disabled', 'pack_deleted']);

/** Tells a client whether and when to repeat a refused request. `retry-after` is in whole seconds, at least 1. */
export function retryHeaders(error: GatewayError): Readonly<Record<string, string>> {
  const isFinal = FINAL.has(error.reason) || (error.status < 500 && !REPEATED.has(error.status));
  const seconds = Math.max(1, Math.ceil(error.retryAfterSeconds ?? 1));
  return {
    ...(isFinal && { 'x-should-retry': 'false' }),
    ...((error.status === 429 || error.status === 503) && { 'retry-after': String(seconds) }),
  };
}
