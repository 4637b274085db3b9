import type { DataRequirement } from '../../config/data-requirements.js';
import type { CircuitBreaker as CircuitBreakerRules, Target as TargetConfig } from '../../config/policy-config.js';
import { residencyBreach } from '../../config/residency.js';
import type { Lease } from '../../core/shared-pool.js';
import { priceOf, type Price } from '../cost/price.js';
import { modelCapabilities } from '../providers/bedrock/model-capabilities.js';
import type { Provider } from '../providers/provider.js';
import { startProbes } from './prober.js';
import type { RoutingMemory } from './routing-memory.js';
import type { TargetHealth } from './target-health.js';

/** A target of one configuration revision, ready to be called. */
export interface Target extends Connection {
  readonly id: string;
  /** The provider's id of the model. */
  readonly model: string;
  readonly weight: number;
  /** Where it is called; undefined for an upstream without regions. */
  readonly region: string | undefined;
  readonly config: TargetConfig;
  /** Why no request may go to it: what the configuration requires, and it does not declare or cannot keep. */
  readonly breach: string | undefined;
  /** Context window; undefined when nobody knows. */
  readonly contextTokens: number | undefined;
  /** Undefined: unknown, not 0. */
  readonly price: Price | undefined;
  readonly health: TargetHealth;
  /** Lets go of its upstream, and of its health, which a target of another revision may still hold. */
  close(): void;
}

/** The way to a target's upstream. */
export interface Connection {
  readonly provider: Provider;
  readonly status: () => ConnectionStatus;
  /** Loads ahead of the first call what is needed only then. */
  readonly warmUp?: () => Promise<void>;
}

export interface ConnectionStatus {
  /** Absent for an upstream without regions. */
  readonly region?: string;
  /** URL that is called. */
  readonly endpoint?: string;
  /** `unavailable`: no call can succeed until the configuration or the environment changes. */
  readonly state: 'available' | 'unavailable';
  /** Why it is not available, without secrets. */
  readonly reason?: string;
  /** The upstream's time less ours, by its last answer. */
  readonly clockSkewMs?: number;
}

/** Opens the way to a target. Calls nothing yet, and does not wait for credentials. */
export type Connect = (target: TargetConfig) => Promise<Connection>;

export function makeTarget(
  config: TargetConfig,
  connection: Connection,
  lease: Lease<TargetHealth>,
  requirements: readonly DataRequirement[],
): Target {
  const { id, model, base_model, weight, provider, pricing } = config;
  return {
    ...connection,
    id,
    model,
    weight,
    region: connection.status().region,
    config,
    health: lease.value,
    breach: breachOf(config, connection.status(), requirements),
    contextTokens:
      config.max_context_tokens ?? (provider === 'openai' ? undefined : modelCapabilities(model, config).contextTokens),
    price: priceOf(base_model ?? model, pricing),
    close: () => {
      connection.provider.close();
      lease.release();
    },
  };
}

/** From now on the target's health obeys this revision, and its probes are this revision's. */
export function takeOver(target: Target, rules: CircuitBreakerRules, { clock, random, observer }: RoutingMemory): void {
  const { health, config } = target;
  const probe = config.health_probe;
  health.breaker.reconfigure(rules);
  health.probeWith(probe?.enabled ? () => startProbes({ target, rules: probe, clock, random, observer }) : undefined);
}

function breachOf(
  config: TargetConfig,
  { region, endpoint }: ConnectionStatus,
  requirements: readonly DataRequirement[],
): string | undefined {
  const missed = requirements.find(({ isMetBy }) => !isMetBy(config));
  if (missed) return `${missed.path.join('.')} asks for ${missed.text}`;
  if (!config.data_residency) return undefined;
  const { model, base_model, data_residency } = config;
  const host = endpoint === undefined ? undefined : URL.parse(endpoint)?.hostname;
  const breach = residencyBreach({ model, base_model, region, host }, data_residency.regions);
  return breach && `data_residency.regions (${data_residency.regions.join(', ')}): ${breach}`;
}
