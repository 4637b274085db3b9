import { isObject } from '../../core/json.js';
import { AwsError } from '../aws-error.js';
import type { Call } from '../call.js';
import type { World } from '../world.js';
import { issue, roleRequest } from './issue.js';
import type { Form } from './sts-service.js';
import { elements } from './xml.js';

const AUDIENCE = 'sts.amazonaws.com';

/**
 * https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html. The token must be a JWT for the audience
 * `sts.amazonaws.com` that has not expired; its signature is not checked, as the simulator knows no issuer's keys. Every role
 * trusts every token, but for roles whose name contains `denied`.
 */
export function assumeRoleWithWebIdentity(form: Form, call: Call, world: World): string {
  const role = roleRequest(form);
  const claims = claimsOf(form['WebIdentityToken'] ?? '');
  const audience = [claims['aud']].flat();
  if (!audience.includes(AUDIENCE)) throw invalidToken('Incorrect token audience');
  const now = Math.floor(world.clock.now() / 1000);
  const expiry = claims['exp'];
  if (typeof expiry !== 'number') throw invalidToken('Missing a required claim: exp');
  if (expiry <= now) {
    const text = `Token expired: current date/time ${now} must be before the expiration date/time ${expiry}`;
    throw new AwsError('ExpiredTokenException', text, { status: 400 });
  }
  if (role.roleArn.includes('denied')) {
    const text = 'Not authorized to perform sts:AssumeRoleWithWebIdentity';
    throw new AwsError('AccessDenied', text, { status: 403 });
  }
  const token = elements({
    SubjectFromWebIdentityToken: textOf(claims['sub']),
    Audience: AUDIENCE,
    Provider: textOf(claims['iss']),
  });
  return `${token}${issue(role, call.requestId, world)}`;
}

function textOf(claim: unknown): string {
  return typeof claim === 'string' ? claim : '';
}

function claimsOf(token: string): Readonly<Record<string, unknown>> {
  const parts = token.split('.');
  if (parts.length !== 3)
    throw invalidToken(
      'The ID Token provided is not a valid JWT. (You may see this error if you sent an Access Token)',
    );
  try {
    const claims: unknown = JSON.parse(Buffer.from(parts[1] ?? '', 'base64url').toString());
    if (isObject(claims)) return claims;
  } catch (error) {
    throw new AwsError('InvalidIdentityToken', 'The ID Token provided could not be decoded', { cause: error });
  }
  throw invalidToken('The ID Token provided could not be decoded');
}

function invalidToken(message: string): AwsError {
  return new AwsError('InvalidIdentityToken', message);
}
