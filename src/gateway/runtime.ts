import type { CircuitBreaker, PolicyConfig, Providers } from '../config/policy-config.js';
import type { Clock } from '../core/clock.js';
import type { Audit } from './audit/audit-sinks.js';
import type { Chain } from './policies/chain/chain.js';
import type { PolicyObserver } from './policies/chain/judgement.js';
import { dataRequirements } from '../config/data-requirements.js';
import { Router } from './routing/router.js';
import type { RoutingMemory } from './routing/routing-memory.js';
import { makeTarget, takeOver, type Connect, type Target } from './routing/target.js';

/** One revision of the configuration, ready to serve. Immutable; an exchange keeps to one from start to end. */
export interface Runtime {
  readonly config: PolicyConfig;
  /** First 12 hexadecimal digits of the canonical configuration's SHA-256. */
  readonly revision: string;
  /** Where the configuration came from, for people: `file policy-config.yaml`. */
  readonly source: string;
  readonly targets: readonly Target[];
  readonly router: Router;
  /** What judges requests and answers. */
  readonly chain: Chain;
  readonly policyObserver: PolicyObserver;
  /** Absent when `audit-logger` is not in the chain. */
  readonly audit: Audit | undefined;
  /** When it was made, in milliseconds since the Unix epoch. */
  readonly createdMs: number;
  /** Lets go of what its targets hold. Calls under way are not cut. */
  close(): Promise<void>;
}

/** What a runtime is made with, besides its configuration. */
export interface RuntimeParts extends Pick<Runtime, 'revision' | 'source' | 'chain' | 'policyObserver'> {
  /** The author of the configuration wrote nothing about circuits. */
  readonly hasDefaultBreaker?: boolean;
  readonly connect: Connect;
  readonly routing: RoutingMemory;
  readonly clock: Clock;
  /** Opens the audit log that the configuration asks for. */
  readonly openAudit: () => Promise<Audit | undefined>;
}

/** Compiles a configuration. When a target cannot be connected, or the log not opened, what was is closed again. */
export async function createRuntime(
  config: PolicyConfig,
  { connect, clock, openAudit, routing, hasDefaultBreaker = false, ...parts }: RuntimeParts,
): Promise<Runtime> {
  const { providers } = config;
  const requirements = dataRequirements(config);
  const settled = await Promise.allSettled(
    providers.targets.map(async (target): Promise<Target> => {
      const connection = await connect(target);
      const { region } = connection.status();
      return makeTarget(
        target,
        connection,
        routing.health(target, region, breakerRules(providers, hasDefaultBreaker)),
        requirements,
      );
    }),
  );
  const targets = settled.flatMap((result) => (result.status === 'fulfilled' ? result.value : []));
  const disconnect = (): void => {
    targets.forEach((target) => target.close());
    parts.chain.close?.();
  };
  try {
    const failed = settled.find((result) => result.status === 'rejected');
    if (failed) throw failed.reason;
    const audit = await openAudit();
    const close = async (): Promise<void> => {
      disconnect();
      await audit?.release();
    };
    const rules = breakerRules(providers, hasDefaultBreaker);
    for (const target of targets) takeOver(target, rules, routing);
    const budget = routing.retryBudget(providers.retry.budget_ratio);
    const { random, observer } = routing;
    const router = new Router({ targets, providers, salt: config.pack.name, budget, random, observer });
    return { ...parts, config, targets, router, audit, createdMs: clock.now(), close };
  } catch (error) {
    disconnect();
    throw error;
  }
}

/**
 * Where requests have nowhere else to go, a circuit that opens unasked turns some failures into all of them: it opens by
 * itself only where there is another target, or where the configuration says so.
 */
function breakerRules({ circuit_breaker: rules, strategy, targets }: Providers, isDefault: boolean): CircuitBreaker {
  const hasElsewhere = targets.length > 1 && strategy !== 'single';
  return isDefault && !hasElsewhere ? { ...rules, enabled: false } : rules;
}
