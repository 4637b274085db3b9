import { AwsError } from '../aws-error.js';
import type { Call } from '../call.js';
import type { World } from '../world.js';
import { issue, roleRequest } from './issue.js';
import type { Form } from './sts-service.js';

/** A session that assumes a further role gets an hour at most: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles.html#iam-term-role-chaining */
const MAX_CHAINED_SECONDS = 3600;

/**
 * https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html. Every role trusts every caller, but for roles whose
 * name contains `denied`, and those whose name ends in `-external-id-ID`, which want that external id.
 */
export function assumeRole(form: Form, call: Call, world: World): string {
  const role = roleRequest(form);
  const caller = call.identity?.arn ?? 'anonymous';
  if (caller.includes(':assumed-role/') && role.durationSeconds > MAX_CHAINED_SECONDS) {
    const text = 'The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining';
    throw new AwsError('ValidationException', text);
  }
  const wanted = /-external-id-([\w+=,.@:-]+)$/.exec(role.roleArn)?.[1];
  if (role.roleArn.includes('denied') || (wanted !== undefined && wanted !== form['ExternalId'])) {
    const text = `User: ${caller} is not authorized to perform: sts:AssumeRole on resource: ${role.roleArn}`;
    throw new AwsError('AccessDenied', text, { status: 403 });
  }
  return issue(role, call.requestId, world);
}
