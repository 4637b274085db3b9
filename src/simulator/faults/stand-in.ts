import type { WholeAnswer } from '../answer/answer.js';
import { AwsError, usualMessage } from '../aws-error.js';
import { find, type Fault } from './fault.js';

/**
 * What is answered in the place of the real answer, if the faults want that. Throws the `AwsError` that they ask for.
 * @param contentType what the service's answers are otherwise.
 */
export function standIn(faults: readonly Fault[], contentType: string): WholeAnswer | undefined {
  const exception = find(faults, 'exception');
  if (exception) {
    throw new AwsError(exception.name, exception.message ?? usualMessage(exception.name), {
      ...(exception.status !== undefined && { status: exception.status }),
      ...(exception.retry_after !== undefined && { retryAfterSeconds: exception.retry_after }),
    });
  }
  if (find(faults, 'expired_credentials')) {
    throw new AwsError('ExpiredTokenException', usualMessage('ExpiredTokenException'));
  }
  const html = find(faults, 'html_error');
  if (html) return { kind: 'whole', status: html.status ?? 503, contentType: 'text/html', body: PAGE };
  if (find(faults, 'empty_200')) return { kind: 'whole', status: 200, contentType, body: '{}' };
  if (find(faults, 'malformed_json')) return { kind: 'whole', status: 200, contentType, body: '{"output":{"message":' };
  return undefined;
}

/** As a load balancer in front of the service would answer. */
const PAGE = '<html><head><title>Service Unavailable</title></head><body><h1>Service Unavailable</h1></body></html>';
