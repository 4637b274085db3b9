import type { PolicyConfig } from '../config/policy-config.js';
import type { Clock } from '../core/clock.js';
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
  /** When it was made, in milliseconds since the Unix epoch. */
  readonly createdMs: number;
  /** Lets go of what its targets hold. Calls under way are not cut. */
  close(): void;
}

/** Compiles a configuration. When a target cannot be connected, those that were are closed again. */
export async function createRuntime(
  config: PolicyConfig,
  { revision, source }: Pick<Runtime, 'revision' | 'source'>,
  connect: Connect,
  clock: Clock,
): Promise<Runtime> {
  const settled = await Promise.allSettled(
    config.providers.targets.map(async (target): Promise<Target> => {
      const connection = await connect(target);
      return { ...connection, id: target.id, model: target.model, config: target, health: new TargetHealth(clock) };
    }),
  );
  const targets = settled.flatMap((result) => (result.status === 'fulfilled' ? result.value : []));
  const close = (): void => targets.forEach(({ provider }) => provider.close());
  const failed = settled.find((result) => result.status === 'rejected');
  if (failed) {
    close();
    throw failed.reason;
  }
  return { config, revision, source, targets, createdMs: clock.now(), close };
}
