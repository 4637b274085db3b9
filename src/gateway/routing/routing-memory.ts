import type { CircuitBreaker as CircuitBreakerRules, Target as TargetConfig } from '../../config/policy-config.js';
import type { Clock } from '../../core/clock.js';
import { SharedPool, type Lease } from '../../core/shared-pool.js';
import { RetryBudget } from './retry-budget.js';
import type { RoutingObserver } from './routing-observer.js';
import { TargetHealth } from './target-health.js';

export interface RoutingMemoryOptions {
  readonly clock: Clock;
  /** From 0 (inclusive) to 1 (exclusive): jitter, exploration. */
  readonly random: () => number;
  readonly observer: RoutingObserver;
}

/**
 * What routing has learnt, for the life of the process. A target that a new configuration keeps (same id, upstream, model and
 * endpoint) keeps its circuit, its latencies and what its probes showed; a change of its other fields does not clear them.
 */
export class RoutingMemory {
  readonly clock: Clock;
  readonly random: () => number;
  readonly observer: RoutingObserver;
  readonly #targets = new SharedPool<TargetHealth>();
  #budget: { readonly ratio: number; readonly budget: RetryBudget } | undefined;

  constructor({ clock, random, observer }: RoutingMemoryOptions) {
    this.clock = clock;
    this.random = random;
    this.observer = observer;
  }

  /** @param region where it is called in the end, whoever said so. */
  health(target: TargetConfig, region: string | undefined, rules: CircuitBreakerRules): Lease<TargetHealth> {
    const { id, provider, model, base_url } = target;
    return this.#targets.acquire(JSON.stringify([id, provider, model, base_url, region]), () => {
      const onTransition = (transition: Parameters<RoutingObserver['circuitChanged']>[1]): void =>
        this.observer.circuitChanged(id, transition);
      return new TargetHealth({ clock: this.clock, rules, onTransition });
    });
  }

  /** The budget of retries, one for all requests. */
  retryBudget(ratio: number): RetryBudget {
    if (this.#budget?.ratio !== ratio) this.#budget = { ratio, budget: new RetryBudget(ratio, this.clock) };
    return this.#budget.budget;
  }
}
