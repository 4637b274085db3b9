import type { AwsCredentialIdentity } from '@smithy/types';
import type { AwsKeys } from './aws-identity.js';

/** Keys as the AWS SDK's providers give them. */
export function keysOfSdk({ accessKeyId, secretAccessKey, sessionToken, expiration }: AwsCredentialIdentity): AwsKeys {
  return {
    kind: 'keys',
    accessKeyId,
    secretAccessKey,
    ...(sessionToken !== undefined && { sessionToken }),
    ...(expiration !== undefined && { expiresAt: expiration.getTime() }),
  };
}

/** Keys as the AWS SDK's functions take them. */
export function sdkOfKeys({ accessKeyId, secretAccessKey, sessionToken, expiresAt }: AwsKeys): AwsCredentialIdentity {
  return {
    accessKeyId,
    secretAccessKey,
    ...(sessionToken !== undefined && { sessionToken }),
    ...(expiresAt !== undefined && { expiration: new Date(expiresAt) }),
  };
}
