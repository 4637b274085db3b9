import type { Fallback } from '../../config/policy-config.js';
import type { ErrorReason, GatewayError } from '../chat/gateway-error.js';

/** What `providers.fallback.triggers` may name. */
export type Trigger = Fallback['triggers'][number];

const TRIGGERS: Partial<Record<ErrorReason, Trigger>> = {
  throttled: 'throttled',
  quota_exceeded: 'throttled',

  upstream_internal_error: 'server_error',
  upstream_error: 'server_error',
  model_error: 'server_error',
  model_stream_error: 'server_error',
  invalid_upstream_response: 'server_error',

  model_timeout: 'timeout',
  upstream_timeout: 'timeout',
  upstream_gateway_timeout: 'timeout',

  service_unavailable: 'unavailable',
  upstream_unavailable: 'unavailable',
  model_not_ready: 'unavailable',
  upstream_connection: 'unavailable',
  upstream_authentication: 'unavailable',
  access_denied: 'unavailable',
  upstream_model_not_found: 'unavailable',
};

/** Which trigger a failure is, if the next target may serve the request at all. */
export function triggerOf({ reason, fallback }: GatewayError): Trigger | undefined {
  return fallback ? TRIGGERS[reason] : undefined;
}

// A target that throttles is well, only busy; one that denies access or has no such model answers at once and says what to
// mend, which a circuit would hide, and a caller's own guardrail or prompt id may be the cause.
const HARMLESS: ReadonlySet<ErrorReason> = new Set([
  'throttled',
  'quota_exceeded',
  'access_denied',
  'upstream_model_not_found',
]);

/** Does a failure say that the target is ill, so that its circuit breaker and its probes count it? */
export function isIllness(error: GatewayError): boolean {
  return triggerOf(error) !== undefined && !HARMLESS.has(error.reason);
}
