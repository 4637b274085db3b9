import { isObject } from '../../core/json.js';
import type { Gateway } from '../gateway.js';

/** What `kt breaker` sends. */
export interface BreakerRequest {
  readonly command: 'breaker';
  readonly action: 'open' | 'close';
  readonly target: string;
}

export type BreakerAnswer =
  | { readonly ok: true; readonly target: string; readonly state: string }
  | { readonly ok: false; readonly error: string };

/** Obeys a request from the control socket: opens or closes a target's circuit by hand. */
export function obey({ active, log }: Pick<Gateway, 'active' | 'log'>, request: unknown): BreakerAnswer {
  if (!isBreakerRequest(request))
    return { ok: false, error: 'expected {"command":"breaker","action":"open|close","target"}' };
  const targets = active.current?.targets ?? [];
  const target = targets.find(({ id }) => id === request.target);
  if (!target) {
    const ids = targets.map(({ id }) => id).join(', ');
    return { ok: false, error: ids === '' ? 'there is no configuration yet' : `no such target; there are: ${ids}` };
  }
  const { breaker } = target.health;
  if (request.action === 'open') breaker.open();
  else breaker.close();
  log.warn({ target: target.id, action: request.action }, 'circuit changed by hand');
  return { ok: true, target: target.id, state: breaker.state };
}

function isBreakerRequest(request: unknown): request is BreakerRequest {
  return (
    isObject(request) &&
    request['command'] === 'breaker' &&
    (request['action'] === 'open' || request['action'] === 'close') &&
    typeof request['target'] === 'string'
  );
}
