import type { Target as TargetConfig } from '../../config/policy-config.js';
import type { Provider } from '../providers/provider.js';
import type { TargetHealth } from './target-health.js';

/** A target of one configuration revision, ready to be called. */
export interface Target extends Connection {
  readonly id: string;
  /** The provider's id of the model. */
  readonly model: string;
  readonly config: TargetConfig;
  readonly health: TargetHealth;
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
  /** `unavailable`: no call can succeed until the configuration or the environment changes. */
  readonly state: 'available' | 'unavailable';
  /** Why it is not available, without secrets. */
  readonly reason?: string;
  /** The upstream's time less ours, by its last answer. */
  readonly clockSkewMs?: number;
}

/** Opens the way to a target. Calls nothing yet, and does not wait for credentials. */
export type Connect = (target: TargetConfig) => Promise<Connection>;
