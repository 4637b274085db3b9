import { fromIni } from '@aws-sdk/credential-provider-ini';
import { orAborted } from '../../../core/abort.js';
import type { Network } from '../aws/network.js';
import type { AwsKeys } from './aws-identity.js';
import { credentialFailure, reasonOf } from './credential-failure.js';
import { linkOfRole } from './credential-plan.js';
import { keysOfSdk, sdkOfKeys } from './sdk-identity.js';
import { readProfile, sharedFiles } from './shared-files.js';
import type { Sts } from './sts.js';
import { stsFailure } from './sts-failure.js';

type IniOptions = NonNullable<Parameters<typeof fromIni>[0]>;

/** A `credential_process` may ask a slow service, but not for ever. */
const PROFILE_TIMEOUT_MS = 30_000;

/** What the AWS SDK makes of a profile: keys, `credential_process`, SSO, and roles with their sources, which are assumed through `sts`. */
export async function fetchProfile(profile: string, { env, clock }: Network, sts: Sts): Promise<AwsKeys> {
  const link = `profile "${profile}"`;
  const files = sharedFiles(env);
  if ((await readProfile(profile, env)) === undefined) {
    const fact = `neither ${files.configFilepath} nor ${files.filepath} has it.`;
    throw credentialFailure('profile_not_found', link, fact);
  }
  const late = new AbortController();
  const timer = clock.schedule(PROFILE_TIMEOUT_MS, () => late.abort(new Error('took too long')));
  try {
    const provider = fromIni({ profile, ...files, ignoreCache: true, ...assumingThrough(sts) });
    return keysOfSdk(await orAborted(provider(), late.signal));
  } catch (error) {
    throw reasonOf(error) === undefined ? profileFailure(link, error) : error;
  } finally {
    timer.cancel();
  }
}

function assumingThrough(sts: Sts): Pick<IniOptions, 'roleAssumer' | 'roleAssumerWithWebIdentity'> {
  return {
    roleAssumer: async (source, { RoleArn: roleArn, RoleSessionName: sessionName, ...more }) => {
      const role = { roleArn, sessionName, externalId: more.ExternalId, durationSeconds: more.DurationSeconds };
      return sdkOfKeys(await explained(sts, roleArn, sts.assumeRole(role, keysOfSdk(source))));
    },
    roleAssumerWithWebIdentity: async ({ RoleArn, RoleSessionName, WebIdentityToken }) => {
      const role = { roleArn: RoleArn, sessionName: RoleSessionName };
      return sdkOfKeys(await explained(sts, RoleArn, sts.assumeRoleWithWebIdentity(role, WebIdentityToken)));
    },
  };
}

function explained(sts: Sts, roleArn: string, exchange: Promise<AwsKeys>): Promise<AwsKeys> {
  return exchange.catch((error: unknown) => {
    throw stsFailure(error, linkOfRole(roleArn), sts.endpoint);
  });
}

/** The SDK's own words may repeat a `credential_process` command with its arguments, so they stay in `cause`. */
function profileFailure(link: string, error: unknown): Error {
  const words = error instanceof Error ? error.message : '';
  const fact = /\bsso\b/i.test(words)
    ? 'its SSO session has ended.'
    : /multi-factor/i.test(words)
      ? 'it asks for a multi-factor code, which a gateway cannot type.'
      : 'it yields none.';
  return credentialFailure('profile_failed', link, fact, error);
}
