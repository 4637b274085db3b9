import type { AwsIdentity, CredentialSource } from './aws-identity.js';

/** Credentials that never change, such as keys from the environment: there is nothing to fetch and nothing to replace them with. */
export function fixedCredentials(identity: AwsIdentity): CredentialSource {
  return { get: async () => identity, replace: async () => identity };
}
