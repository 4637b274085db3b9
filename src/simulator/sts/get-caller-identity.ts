import type { Call } from '../call.js';
import type { Form } from './sts-service.js';
import { elements } from './xml.js';

/** https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html */
export function getCallerIdentity(_form: Form, call: Call): string {
  const arn = call.identity?.arn ?? 'arn:aws:iam::123456789012:user/anonymous';
  return elements({
    Arn: arn,
    UserId: call.identity?.userId ?? 'AIDAANONYMOUS',
    Account: arn.split(':')[4] ?? '',
  });
}
