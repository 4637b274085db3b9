import { Sha256 } from '@smithy/core/checksum';
import { HttpRequest } from '@smithy/core/protocols';
import { SignatureV4 } from '@smithy/signature-v4';
import type { AwsIdentity } from './aws-identity.js';
import type { ClockSkew } from './clock-skew.js';

export interface SignerOptions {
  readonly service: 'bedrock' | 'sts';
  readonly region: string;
  readonly skew: ClockSkew;
  /** Asked for each signature: what the credentials are at that moment. */
  readonly identity: () => AwsIdentity;
}

/**
 * The one authentication scheme of an AWS SDK client, in place of the SDK's own: its credential cache fails a request although
 * the credentials at hand are still good, and its clock correction skips streams.
 */
export function authScheme({ service, region, skew, identity }: SignerOptions) {
  return {
    schemeId: 'aws.auth#sigv4',
    identityProvider: () => async () => ({}),
    signer: {
      sign: async (request: unknown) => {
        if (!HttpRequest.isInstance(request)) throw new Error('expected an HTTP request to sign');
        const by = identity();
        if (by.kind === 'bearer') return withBearer(request, by.token);
        const { accessKeyId, secretAccessKey, sessionToken } = by;
        const credentials = { accessKeyId, secretAccessKey, ...(sessionToken !== undefined && { sessionToken }) };
        const signer = new SignatureV4({ service, region, credentials, sha256: Sha256 });
        return signer.sign(request, { signingDate: new Date(skew.now()) });
      },
    },
  };
}

function withBearer(request: HttpRequest, token: string): HttpRequest {
  const authorized = HttpRequest.clone(request);
  authorized.headers['authorization'] = `Bearer ${token}`;
  return authorized;
}
