import { deepFreeze } from '../core/deep-freeze.js';
import { isObject } from '../core/json.js';
import type { PolicyConfig, Providers, Target } from './policy-config.js';
import type { PolicyConfigDocument } from './policy-config-document.js';
import { dereference, documentSchema, type SchemaNode } from './schema-node.js';

/**
 * The configuration that a valid document means: a frozen copy with every default filled in, its members in the order of
 * the schema.
 */
export function resolvePolicyConfig(document: PolicyConfigDocument): PolicyConfig {
  // The type of what is filled in follows from the same defaults (scripts/generate-policy-config-types.mjs).
  const filled = fill(documentSchema, document) as Filled;
  return deepFreeze({ ...filled, providers: derive(filled.providers) });
}

/** With the schema's own defaults, but without those that follow from other fields. */
interface Filled extends Omit<PolicyConfig, 'providers'> {
  readonly providers: Omit<Providers, 'strategy' | 'targets'> & {
    readonly strategy?: Providers['strategy'];
    readonly targets: readonly (Omit<Target, 'first_event_timeout_seconds'> & {
      readonly first_event_timeout_seconds?: number;
    })[];
  };
}

function derive(providers: Filled['providers']): Providers {
  return {
    ...providers,
    strategy: providers.strategy ?? (providers.targets.length === 1 ? 'single' : 'fallback'),
    targets: providers.targets.map((target) => ({
      ...target,
      first_event_timeout_seconds: target.first_event_timeout_seconds ?? target.timeout_seconds,
    })),
  };
}

function fill(reference: SchemaNode, value: unknown): unknown {
  const node = dereference(reference);
  if (Array.isArray(value)) return node.items === undefined ? value : value.map((item) => fill(node.items ?? {}, item));
  if (!isObject(value)) return value;
  if (node.properties === undefined) return { ...value };
  const members = Object.entries(node.properties).flatMap(([key, child]) => {
    const given = Object.hasOwn(value, key) ? value[key] : dereference(child).default;
    return given === undefined ? [] : [[key, fill(child, given)] as const];
  });
  return Object.fromEntries(members);
}
