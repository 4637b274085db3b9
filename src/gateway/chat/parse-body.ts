import { isDeeperThan, isObject } from '../../core/json.js';
import { GatewayError } from './gateway-error.js';
import { described, type Place } from './read-member.js';

/** Serializers further down are recursive; schemas that people write stay far below. */
const MAX_DEPTH = 200;

/**
 * A parsed body as an object that recursive code may walk.
 * @throws GatewayError without `param`, since no member is to blame.
 */
export function parseBody(body: unknown): Place {
  if (!isObject(body)) {
    throw new GatewayError('invalid_request', `The body must be a JSON object, got ${described(body)}.`);
  }
  if (isDeeperThan(body, MAX_DEPTH)) {
    throw new GatewayError('invalid_request', `The body must not nest deeper than ${MAX_DEPTH} levels.`);
  }
  return { members: body, path: '' };
}
