import { fromInstanceMetadata } from '@smithy/credential-provider-imds';
import { variable } from '../../../core/environment.js';
import type { Network } from '../aws/network.js';
import type { AwsKeys } from './aws-identity.js';
import { credentialFailure } from './credential-failure.js';
import type { NodePlan } from './credential-plan.js';
import { fetchProfile } from './profile.js';
import { keysOfSdk } from './sdk-identity.js';
import { readProfile } from './shared-files.js';
import type { Sts } from './sts.js';

/**
 * The end of the AWS SDK's default chain: the profile that `AWS_PROFILE` names, else the default one where there is one, else the role
 * of the machine. Unlike in the SDK, a profile that is there and fails is not passed over.
 */
export async function fetchNodeRole({ profile }: NodePlan, network: Network, sts: Sts): Promise<AwsKeys> {
  const { env } = network;
  if (profile !== undefined) return fetchProfile(profile, network, sts);
  if (await yieldsCredentials('default', network)) return fetchProfile('default', network, sts);
  const link = 'the instance profile';
  if ((variable(env, 'AWS_EC2_METADATA_DISABLED') ?? 'false') !== 'false') {
    const fact =
      'there are none: no keys, profile or role is configured, and AWS_EC2_METADATA_DISABLED forbids asking the machine for its role.';
    throw credentialFailure('no_credentials', link, fact);
  }
  try {
    return keysOfSdk(await fromInstanceMetadata({ timeout: 1_000, maxRetries: 1 })());
  } catch (error) {
    const fact = 'no keys, profile or role is configured, and the instance metadata service does not give credentials.';
    throw credentialFailure('instance_failed', link, fact, error);
  }
}

/** A default profile often holds a region and nothing else. */
async function yieldsCredentials(name: string, { env }: Network): Promise<boolean> {
  const profile = (await readProfile(name, env)) ?? {};
  return ['aws_access_key_id', 'role_arn', 'credential_process', 'sso_session', 'sso_account_id', 'login_session'].some(
    (key) => profile[key] !== undefined,
  );
}
