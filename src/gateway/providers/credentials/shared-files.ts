import { join } from 'node:path';
import { variable, type Environment } from '../../../core/environment.js';

/** Where the AWS CLI and SDKs keep profiles. */
export interface SharedFiles {
  /** `~/.aws/credentials` */
  readonly filepath: string;
  /** `~/.aws/config` */
  readonly configFilepath: string;
}

/** https://docs.aws.amazon.com/sdkref/latest/guide/file-location.html */
export function sharedFiles(env: Environment): SharedFiles {
  const directory = join(variable(env, 'HOME') ?? variable(env, 'USERPROFILE') ?? '/', '.aws');
  return {
    filepath: variable(env, 'AWS_SHARED_CREDENTIALS_FILE') ?? join(directory, 'credentials'),
    configFilepath: variable(env, 'AWS_CONFIG_FILE') ?? join(directory, 'config'),
  };
}

/** The settings of a profile from both files, read afresh; `undefined` when neither names it. */
export async function readProfile(
  name: string,
  env: Environment,
): Promise<Readonly<Record<string, string | undefined>> | undefined> {
  const { parseKnownFiles } = await import('@smithy/core/config');
  const profiles = await parseKnownFiles({ ...sharedFiles(env), ignoreCache: true });
  return profiles[name];
}

/** The region of the profile in use: the named one, else `AWS_PROFILE`, else `default`. */
export async function profileRegion(name: string | undefined, env: Environment): Promise<string | undefined> {
  const profile = await readProfile(name ?? variable(env, 'AWS_PROFILE') ?? 'default', env);
  return profile?.['region'];
}
