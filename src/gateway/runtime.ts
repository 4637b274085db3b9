import type { PolicyConfig, Target as TargetConfig } from '../config/policy-config.js';
import type { Clock } from '../core/clock.js';
import type { Provider } from './providers/provider.js';
import { TargetHealth } from './routing/target-health.js';
import type { Target } from './routing/target.js';

export interface RuntimeDependencies {
  /** Binds a target to its upstream. Makes no call yet. */
  readonly createProvider: (target: TargetConfig) => Provider;
  readonly clock: Clock;
}

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

/** Compiles a configuration. What one provider made before another failed is closed again. */
export function createRuntime(
  config: PolicyConfig,
  { revision, source }: Pick<Runtime, 'revision' | 'source'>,
  { createProvider, clock }: RuntimeDependencies,
): Runtime {
  const providers: Provider[] = [];
  const close = (): void => providers.forEach((provider) => provider.close());
  try {
    const targets = config.providers.targets.map((target): Target => {
      const provider = createProvider(target);
      providers.push(provider);
      return { id: target.id, model: target.model, config: target, provider, health: new TargetHealth(clock) };
    });
    return { config, revision, source, targets, createdMs: clock.now(), close };
  } catch (error) {
    close();
    throw error;
  }
}
