import type { Target as TargetConfig } from '../../config/policy-config.js';
import type { Provider } from '../providers/provider.js';
import type { TargetHealth } from './target-health.js';

/** A target of one configuration revision, ready to be called. */
export interface Target {
  readonly id: string;
  /** The provider's id of the model. */
  readonly model: string;
  readonly config: TargetConfig;
  readonly provider: Provider;
  readonly health: TargetHealth;
}
