import type { Clock } from '../core/clock.js';
import type { Environment } from '../core/environment.js';
import type { BedrockGuardrail, Target } from '../config/policy-config.js';
import { guardrailPolicy } from './guardrail-policy.js';
import type { AskingPolicy } from './policies/chain/ask-judge.js';
import { createBedrockProvider } from './providers/bedrock/bedrock-provider.js';
import { createBedrockTransport, openBedrockShared } from './providers/bedrock/create-bedrock-transport.js';
import type { KeyedUpstream } from './providers/http/keyed-upstream.js';
import type { CredentialObserver } from './providers/credentials/credential.js';
import type { Network } from './providers/aws/network.js';
import type { Connect, Connection, ConnectionStatus } from './routing/target.js';

export interface ConnectOptions {
  readonly env: Environment;
  readonly clock: Clock;
  /** From 0 (inclusive) to 1 (exclusive). */
  readonly random: () => number;
  readonly credentials: CredentialObserver;
}

/** Opens the ways out of this process; credentials and sockets are shared by all revisions of the configuration. */
export interface Connector {
  readonly connect: Connect;
  /** What `bedrock-guardrail` of the chain asks. */
  guardrail(this: void, settings: BedrockGuardrail): Promise<OpenedGuardrail>;
}

export interface OpenedGuardrail {
  readonly policy: AskingPolicy;
  close(this: void): void;
}

/**
 * @throws Error naming the setting of the environment that cannot be used.
 */
export async function openConnector({ env, clock, random, credentials }: ConnectOptions): Promise<Connector> {
  const shared = await openBedrockShared({ env, clock, random, observer: credentials, allowNodeRole: true });
  const connect: Connect = async (target) => {
    if (target.provider === 'openai') return connectOpenAi(target, shared.network);
    if (target.provider === 'anthropic') return connectAnthropic(target, shared.network);
    const connection = await createBedrockTransport(target, shared);
    const provider = createBedrockProvider({ target, transport: connection.transport, clock });
    return { provider, status: () => connection.describe(), warmUp: () => connection.warmUp() };
  };
  const guardrail: Connector['guardrail'] = async (settings) => {
    const { transport } = await createBedrockTransport(settings, shared);
    return { policy: guardrailPolicy(settings, { transport, clock }), close: () => transport.close() };
  };
  return { connect, guardrail };
}

/** Its client is loaded only where a target needs it. */
async function connectOpenAi(target: Target, network: Network): Promise<Connection> {
  const [{ openKeyedUpstream }, { createOpenAiProvider, OPENAI }] = await Promise.all([
    import('./providers/http/keyed-upstream.js'),
    import('./providers/openai/openai-provider.js'),
  ]);
  const upstream = openKeyedUpstream(target, OPENAI, network);
  const provider = createOpenAiProvider({ target, upstream, clock: network.clock });
  return { provider, status: () => statusOf(upstream) };
}

async function connectAnthropic(target: Target, network: Network): Promise<Connection> {
  const [{ openKeyedUpstream }, { createAnthropicProvider, ANTHROPIC }] = await Promise.all([
    import('./providers/http/keyed-upstream.js'),
    import('./providers/anthropic/anthropic-provider.js'),
  ]);
  const upstream = openKeyedUpstream(target, ANTHROPIC, network);
  const provider = createAnthropicProvider({ target, upstream, clock: network.clock });
  return { provider, status: () => statusOf(upstream) };
}

function statusOf({ endpoint, unavailable }: KeyedUpstream): ConnectionStatus {
  return {
    ...(endpoint !== undefined && { endpoint }),
    ...(unavailable === undefined ? { state: 'available' } : { state: 'unavailable', reason: unavailable.message }),
  };
}
