import type { PolicyConfigDocument } from '../../src/config/policy-config-document.js';
import { resolvePolicyConfig } from '../../src/config/resolve-policy-config.js';
import { systemClock, type Clock } from '../../src/core/clock.js';
import { createLogger } from '../../src/core/logging.js';
import { createGateway, type Gateway } from '../../src/gateway/gateway.js';
import type { Provider } from '../../src/gateway/providers/provider.js';
import { RoutingMemory } from '../../src/gateway/routing/routing-memory.js';
import type { RoutingObserver } from '../../src/gateway/routing/routing-observer.js';
import type { Connect } from '../../src/gateway/routing/target.js';
import { createRuntime, type Runtime, type RuntimeParts } from '../../src/gateway/runtime.js';
import { silentObserver } from './policies/chain/test-chain.js';
import { ScriptedProvider } from './scripted-provider.js';

export const MODEL = 'anthropic.claude-sonnet-4-20250514-v1:0';

export const DOCUMENT: PolicyConfigDocument = {
  pack: { name: 'test', version: '1.0.0' },
  policies: { chain: [] },
  providers: { targets: [{ id: 'sonnet', provider: 'aws-bedrock', model: MODEL }] },
};

/** A runtime of `document`, whose targets are served by `provider`, or each by its own. */
export function runtimeOf(
  document: PolicyConfigDocument,
  provider: Provider | ((id: string) => Provider) = new ScriptedProvider(),
  clock: Clock = systemClock,
  parts: Partial<RuntimeParts> = {},
): Promise<Runtime> {
  const connect: Connect = async ({ id }) => ({
    provider: typeof provider === 'function' ? provider(id) : provider,
    status: () => ({ region: 'eu-west-1', state: 'available' }),
  });
  return createRuntime(resolvePolicyConfig(document), {
    revision: '0123456789ab',
    source: 'test',
    chain: { policies: [], failMode: 'block' },
    policyObserver: silentObserver,
    openAudit: async () => undefined,
    routing: new RoutingMemory({ clock, random: Math.random, observer: silentRoutingObserver }),
    ...parts,
    connect,
    clock,
  });
}

export const silentRoutingObserver: RoutingObserver = {
  retried: () => {},
  fellBack: () => {},
  circuitChanged: () => {},
  circuitRejected: () => {},
  probed: () => {},
};

export interface TestGateway extends Gateway {
  /** The log, parsed. */
  readonly lines: Record<string, unknown>[];
}

export interface GatewayParts {
  readonly document?: PolicyConfigDocument;
  readonly provider?: Provider | ((id: string) => Provider);
  readonly clock?: Clock;
  readonly loaded?: boolean;
  /** What else the runtime is made with. */
  readonly runtime?: Partial<RuntimeParts>;
}

/** A gateway around a scripted provider, with a configuration in force unless `loaded: false`. */
export async function testGateway(parts: GatewayParts = {}): Promise<TestGateway> {
  const { document = DOCUMENT, provider, clock = systemClock, loaded = true, runtime } = parts;
  const lines: Record<string, unknown>[] = [];
  const destination = { write: (line: string) => lines.push(JSON.parse(line) as Record<string, unknown>) };
  const log = createLogger({ destination, clock, level: 'debug' });
  const gateway = createGateway({ clock, log, random: Math.random, loopLag: { seconds: () => 0 } });
  if (loaded) gateway.active.swap(await runtimeOf(document, provider, clock, { routing: gateway.routing, ...runtime }));
  return { ...gateway, lines };
}
