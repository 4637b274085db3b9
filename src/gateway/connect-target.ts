import type { Clock } from '../core/clock.js';
import type { Environment } from '../core/environment.js';
import { createBedrockProvider } from './providers/bedrock/bedrock-provider.js';
import { createBedrockTransport, openBedrockShared } from './providers/bedrock/create-bedrock-transport.js';
import type { CredentialObserver } from './providers/credentials/credential.js';
import type { Connect } from './routing/target.js';

export interface ConnectOptions {
  readonly env: Environment;
  readonly clock: Clock;
  /** From 0 (inclusive) to 1 (exclusive). */
  readonly random: () => number;
  readonly credentials: CredentialObserver;
}

/**
 * What opens the way to every target of this process; credentials and sockets are shared by all revisions of the configuration.
 * @throws Error naming the setting of the environment that cannot be used.
 */
export async function openConnector({ env, clock, random, credentials }: ConnectOptions): Promise<Connect> {
  const shared = await openBedrockShared({ env, clock, random, observer: credentials, allowNodeRole: true });
  return async (target) => {
    if (target.provider !== 'aws-bedrock') throw new Error(`no provider ${target.provider}`);
    const connection = await createBedrockTransport(target, shared);
    const provider = createBedrockProvider({ target, transport: connection.transport, clock });
    return { provider, status: () => connection.describe(), warmUp: () => connection.warmUp() };
  };
}
