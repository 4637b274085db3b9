import type { AwsIdentity, AwsKeys, CredentialSource } from './aws-identity.js';
import { credentialFailure } from './credential-failure.js';
import { linkOfRole, type AssumeRolePlan } from './credential-plan.js';
import { refusalOf } from './signature-refusal.js';
import type { Sts } from './sts.js';
import { stsFailure } from './sts-failure.js';

/** Exchanges the keys of `base` for keys of the role. Keys that STS refuses as expired are replaced, once. */
export async function fetchAssumedRole(plan: AssumeRolePlan, base: CredentialSource, sts: Sts): Promise<AwsKeys> {
  const link = linkOfRole(plan.roleArn);
  // What `base` does ends by itself: each of its attempts is bounded.
  const { signal } = new AbortController();
  const identity = await base.get(signal);
  try {
    return await ask(identity);
  } catch (error) {
    if (!(error instanceof Error) || refusalOf(error.cause) !== 'credentials') throw error;
    const fresh = await base.replace(identity, signal);
    if (fresh === identity) throw error;
    return ask(fresh);
  }

  async function ask(by: AwsIdentity): Promise<AwsKeys> {
    if (by.kind !== 'keys') throw credentialFailure('conflict', link, 'an API key cannot assume a role.');
    return sts.assumeRole(plan, by).catch((error: unknown) => {
      throw stsFailure(error, link, sts.endpoint);
    });
  }
}
