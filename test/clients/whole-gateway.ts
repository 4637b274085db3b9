import type { PolicyConfigDocument } from '../../src/config/policy-config-document.js';
import { resolvePolicyConfig } from '../../src/config/resolve-policy-config.js';
import { systemClock } from '../../src/core/clock.js';
import type { Environment } from '../../src/core/environment.js';
import { openConnector } from '../../src/gateway/connect-target.js';
import { createDataApp } from '../../src/gateway/http/data-app.js';
import { createHttpServer } from '../../src/gateway/http/http-server.js';
import { createRuntime } from '../../src/gateway/runtime.js';
import type { Simulator } from '../../src/simulator/simulator.js';
import { testGateway, type TestGateway } from '../gateway/gateway-fixture.js';
import { silentObserver } from '../gateway/policies/chain/test-chain.js';
import { serving } from '../gateway/serving.js';
import { withSimulator } from '../simulator/with-simulator.js';

export const CLAUDE = 'anthropic.claude-sonnet-4-20250514-v1:0';
export const TITAN = 'amazon.titan-embed-text-v2:0';

const DOCUMENT: PolicyConfigDocument = {
  pack: { name: 'clients', version: '1.0.0' },
  policies: { chain: [] },
  providers: {
    strategy: 'single',
    targets: [
      { id: 'claude', provider: 'aws-bedrock', model: CLAUDE },
      { id: 'titan', provider: 'aws-bedrock', model: TITAN },
    ],
    model_groups: [{ name: 'smart', aliases: ['gpt-4o'], targets: ['claude'] }],
  },
};

/** Runs `use` against the gateway as it is shipped, before the simulator; only its process is ours. */
export function withWholeGateway<T>(
  use: (url: string, sim: Simulator, gateway: TestGateway) => Promise<T>,
  { document = DOCUMENT, env = {} }: { readonly document?: PolicyConfigDocument; readonly env?: Environment } = {},
): Promise<T> {
  return withSimulator({}, async (sim) => {
    const gateway = await testGateway({ loaded: false });
    const { clock, credentials, routing, active } = gateway;
    const { connect } = await openConnector({
      env: { ...sim.env, ...env },
      clock: systemClock,
      random: Math.random,
      credentials,
    });
    const runtime = await createRuntime(resolvePolicyConfig(document), {
      revision: '0123456789ab',
      source: 'test',
      chain: { policies: [], failMode: 'block' },
      policyObserver: silentObserver,
      openAudit: async () => undefined,
      connect,
      routing,
      clock,
    });
    active.swap(runtime);
    try {
      return await serving(createHttpServer(createDataApp(gateway)), (url) => use(url, sim, gateway));
    } finally {
      active.swap(undefined);
      await active.closed();
    }
  });
}
