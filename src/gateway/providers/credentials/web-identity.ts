import { readFile } from 'node:fs/promises';
import type { AwsKeys } from './aws-identity.js';
import { credentialFailure } from './credential-failure.js';
import { linkOfRole, type WebIdentityPlan } from './credential-plan.js';
import type { Sts } from './sts.js';
import { stsFailure } from './sts-failure.js';

/** Exchanges the token in the file for keys of the role. The file is read each time: the kubelet replaces its contents. */
export async function fetchWebIdentity(plan: WebIdentityPlan, sts: Sts): Promise<AwsKeys> {
  const link = linkOfRole(plan.roleArn);
  const token = await readToken(plan.tokenFile, link);
  try {
    return await sts.assumeRoleWithWebIdentity(plan, token);
  } catch (error) {
    throw stsFailure(error, link, sts.endpoint);
  }
}

/** @throws GatewayError `token_missing` when there is no token in the file. */
export async function readToken(file: string, link: string): Promise<string> {
  let token: string;
  try {
    token = await readFile(file, 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unreadable';
    throw credentialFailure('token_missing', link, `the token file ${file} cannot be read (${code}).`, error);
  }
  if (token.trim() === '') throw credentialFailure('token_missing', link, `the token file ${file} is empty.`);
  return token.trim();
}
