import type { PolicyConfig } from '../../config/policy-config.js';
import type { Target } from '../routing/target.js';
import type { Runtime } from '../runtime.js';

/**
 * `/keeptrusts/config`. A configuration names variables, files and Secrets that hold secrets; only the values of `headers`
 * may be secret themselves, and are left out.
 */
export function describeConfig({ config, revision, source, createdMs }: Runtime): object {
  return {
    pack: config.pack,
    revision,
    source,
    applied_at: new Date(createdMs).toISOString(),
    config: withoutHeaderValues(config),
  };
}

/** `/keeptrusts/targets`, in the order of the configuration. */
export function describeTargets(runtime: Runtime | undefined): object {
  const targets = runtime?.targets ?? [];
  const total = targets.reduce((sum, { health }) => sum + health.requests, 0);
  return { targets: targets.map((target) => describeTarget(target, total)) };
}

function describeTarget({ id, model, config, breach, health, status }: Target, total: number): object {
  const connection = status();
  const seen = health.view();
  const hindrance = breach ?? (connection.state === 'unavailable' ? (connection.reason ?? null) : undefined);
  return {
    id,
    provider: config.provider,
    model,
    region: connection.region ?? null,
    ...seen,
    ...(hindrance !== undefined && { state: 'unavailable', reason: hindrance }),
    // Of the calls that became known of these targets, the part that went here.
    share: total === 0 ? null : health.requests / total,
    limits: config.rate_limit ?? null,
  };
}

function withoutHeaderValues({ providers, ...config }: PolicyConfig): object {
  const targets = providers.targets.map((target) => ({
    ...target,
    headers: Object.fromEntries(Object.keys(target.headers).map((name) => [name, '(not shown)'])),
  }));
  return { ...config, providers: { ...providers, targets } };
}
