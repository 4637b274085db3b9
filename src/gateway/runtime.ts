import type { PolicyConfig } from '../config/policy-config.js';
import type { Clock } from '../core/clock.js';
import type { Audit } from './audit/audit-sinks.js';
import type { Chain } from './policies/chain/chain.js';
import type { PolicyObserver } from './policies/chain/judgement.js';
import { TargetHealth } from './routing/target-health.js';
import type { Connect, Target } from './routing/target.js';

/** One revision of the configuration, ready to serve. Immutable; an exchange keeps to one from start to end. */
export interface Runtime {
  readonly config: PolicyConfig;
  /** First 12 hexadecimal digits of the canonical configuration's SHA-256. */
  readonly revision: string;
  /** Where the configuration came from, for people: `file policy-config.yaml`. */
  readonly source: string;
  readonly targets: readonly Target[];
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
  readonly connect: Connect;
  readonly clock: Clock;
  /** Opens the audit log that the configuration asks for. */
  readonly openAudit: () => Promise<Audit | undefined>;
}

/** Compiles a configuration. When a target cannot be connected, or the log not opened, what was is closed again. */
export async function createRuntime(
  config: PolicyConfig,
  { connect, clock, openAudit, ...parts }: RuntimeParts,
): Promise<Runtime> {
  const settled = await Promise.allSettled(
    config.providers.targets.map(async (target): Promise<Target> => {
      const connection = await connect(target);
      return { ...connection, id: target.id, model: target.model, config: target, health: new TargetHealth(clock) };
    }),
  );
  const targets = settled.flatMap((result) => (result.status === 'fulfilled' ? result.value : []));
  const disconnect = (): void => targets.forEach(({ provider }) => provider.close());
  try {
    const failed = settled.find((result) => result.status === 'rejected');
    if (failed) throw failed.reason;
    const audit = await openAudit();
    const close = async (): Promise<void> => {
      disconnect();
      await audit?.release();
    };
    return { ...parts, config, targets, audit, createdMs: clock.now(), close };
  } catch (error) {
    disconnect();
    throw error;
  }
}
