import type { AwsIdentity, AwsKeys } from '../credentials/aws-identity.js';
import type { Credential } from '../credentials/credential.js';
import { factAndFix, reasonOf } from '../credentials/credential-failure.js';
import { linkOfRole, type CredentialFields, type CredentialPlan } from '../credentials/credential-plan.js';
import type { CredentialPool } from '../credentials/credential-pool.js';
import { failed, passed, warned, type Check } from './check.js';
import { diagnoseToken } from './diagnose-token.js';

const ROLE_ARN = /^arn:aws[a-z-]*:iam::\d{12}:role\/[!-~]+$/;

export interface CredentialContext {
  readonly pool: CredentialPool;
  readonly target: CredentialFields;
  readonly region: string;
  /** Milliseconds since the epoch. */
  readonly now: number;
  readonly signal: AbortSignal;
}

/** Every link that the credentials of a target stand on, then whether they can be had, then whom AWS takes them for. */
export async function diagnoseCredentials(
  plan: CredentialPlan,
  credential: Credential,
  context: CredentialContext,
): Promise<readonly Check[]> {
  const links = await diagnoseLinks(plan, context.now);
  let identity: AwsIdentity;
  try {
    identity = await credential.get(context.signal);
  } catch (error) {
    if (context.signal.aborted)
      return [...links, failed('credentials', `${describe(plan)} took too long.`, 'Run this again.')];
    return [...links, failureOf(error)];
  }
  const until =
    identity.expiresAt === undefined ? 'without an end' : `good until ${new Date(identity.expiresAt).toISOString()}`;
  const had = passed('credentials', `from ${describe(plan)}, ${until}.`);
  return [...links, had, ...(identity.kind === 'keys' ? [await diagnoseIdentity(identity, context)] : [])];
}

async function diagnoseLinks(plan: CredentialPlan, now: number): Promise<readonly Check[]> {
  if (plan.origin === 'assume_role') return [...(await diagnoseLinks(plan.base, now)), ...diagnoseRole(plan.roleArn)];
  if (plan.origin === 'irsa') return [await diagnoseToken(plan, now), ...diagnoseRole(plan.roleArn)];
  return [];
}

function diagnoseRole(roleArn: string): readonly Check[] {
  if (ROLE_ARN.test(roleArn)) return [];
  const fix = 'Write it as arn:aws:iam::123456789012:role/NAME; check aws_role_arn and AWS_ROLE_ARN.';
  return [failed('credentials', `"${roleArn}" is no ARN of an IAM role.`, fix)];
}

async function diagnoseIdentity(keys: AwsKeys, { pool, target, region }: CredentialContext): Promise<Check> {
  try {
    return passed('identity', `AWS takes the gateway for ${await pool.callerIdentity(keys, target, region)}.`);
  } catch (error) {
    const { status, reason, fix } = failureOf(error);
    // A network without a way to STS may well have one to Bedrock.
    return reasonOf(error) === 'invalid_keys'
      ? { check: 'identity', status, reason, ...(fix !== undefined && { fix }) }
      : warned('identity', `could not be asked: ${reason}`, fix ?? '');
  }
}

function failureOf(error: unknown): Check {
  const reason = reasonOf(error);
  if (reason === undefined || !(error instanceof Error)) throw error;
  const { fact, fix } = factAndFix(reason, error.message);
  return failed('credentials', fact, fix);
}

/** Where the plan takes credentials from, for people. */
export function describe(plan: CredentialPlan): string {
  switch (plan.origin) {
    case 'env':
      return plan.variables.join(', ');
    case 'bearer':
      return 'AWS_BEARER_TOKEN_BEDROCK, a Bedrock API key';
    case 'profile':
      return `profile "${plan.profile}"`;
    case 'irsa':
      return `${linkOfRole(plan.roleArn)} by the web identity in ${plan.tokenFile}`;
    case 'assume_role':
      return `${linkOfRole(plan.roleArn)}, assumed with ${describe(plan.base)}`;
    case 'pod_identity':
      return `the container agent at ${URL.parse(plan.uri)?.host ?? plan.uri}`;
    case 'node':
      return 'the default profile or the role of this machine';
    case 'none':
      return 'nowhere';
    default:
      return plan satisfies never;
  }
}
