import { systemClock } from '../../../../src/core/clock.js';
import {
  type BedrockTarget,
  createBedrockProvider,
} from '../../../../src/gateway/providers/bedrock/bedrock-provider.js';
import { SdkTransport } from '../../../../src/gateway/providers/bedrock/sdk-transport.js';
import type { AwsKeys } from '../../../../src/gateway/providers/credentials/aws-identity.js';
import type { Provider } from '../../../../src/gateway/providers/provider.js';

/** The pair of AWS's documentation, which the simulator knows. */
const KEYS: AwsKeys = {
  kind: 'keys',
  accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
};

/** Runs `use` with a provider that reaches `url` through the AWS SDK, and closes it. */
export async function withProvider<T>(
  url: string,
  target: BedrockTarget,
  use: (provider: Provider) => Promise<T>,
): Promise<T> {
  const transport = new SdkTransport({
    endpoint: new URL(url),
    region: 'us-east-1',
    credentials: { get: async () => KEYS, replace: async () => KEYS },
    connectTimeoutMs: 5_000,
    clock: systemClock,
  });
  const provider = createBedrockProvider({ target, transport, clock: systemClock });
  try {
    return await use(provider);
  } finally {
    provider.close();
  }
}
