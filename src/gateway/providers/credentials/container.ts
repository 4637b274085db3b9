import { fromHttp } from '@aws-sdk/credential-provider-http';
import type { AwsKeys } from './aws-identity.js';
import { credentialFailure } from './credential-failure.js';
import type { ContainerPlan } from './credential-plan.js';
import { keysOfSdk } from './sdk-identity.js';
import { readToken } from './web-identity.js';

/** Keys from the agent beside the container; the SDK accepts https, loopback and the agents' own addresses. The token file is read each time. */
export async function fetchContainer({ uri, tokenFile, token }: ContainerPlan): Promise<AwsKeys> {
  const link = 'the container agent';
  // Checked first, so that a missing file is told apart from an agent that does not answer.
  if (tokenFile !== undefined) await readToken(tokenFile, link);
  try {
    const provider = fromHttp({
      awsContainerCredentialsFullUri: uri,
      maxRetries: 0,
      timeout: 3_000,
      // Blank ones keep the SDK from looking in the environment.
      awsContainerCredentialsRelativeUri: '',
      awsContainerAuthorizationToken: token ?? '',
      awsContainerAuthorizationTokenFile: tokenFile ?? '',
    });
    return keysOfSdk(await provider());
  } catch (error) {
    const fact = `${URL.parse(uri)?.host ?? 'its address, which is no URL,'} did not give credentials.`;
    throw credentialFailure('container_failed', link, fact, error);
  }
}
