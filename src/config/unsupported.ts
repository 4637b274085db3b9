import { isObject } from '../core/json.js';
import type { LoadedPolicyConfig } from './load-policy-config.js';
import { formatPath, type Path, type Problem } from './problem.js';

/** Something that a configuration may ask for and that this version does not do yet. */
interface NotBuilt {
  /** Members that lead to it; `*` stands for every entry of a list. */
  readonly path: readonly string[];
  /** Whether a value that stands there asks for it; any value does when this is left out. */
  readonly asks?: (value: unknown) => boolean;
}

/**
 * What this version does not do yet. Whoever builds a thing deletes its row. What works unasked, by default, counts only
 * where its author wrote it.
 */
const NOT_BUILT: readonly NotBuilt[] = [
  { path: ['policy', 'audit-logger', 'sink'], asks: (sink) => sink === 'forward' },
  { path: ['providers', 'targets', '*', 'rate_limit'] },
  { path: ['providers', 'targets', '*', 'transport'], asks: (transport) => transport !== 'sdk' },
  { path: ['rate_limits'] },
  { path: ['budgets', '*'] },
  { path: ['server', 'on_client_abort'], asks: (how) => how !== 'abort' },
  { path: ['server', 'auth', 'mode'], asks: (mode) => mode !== 'none' },
];

/**
 * What `loaded` asks for and this version does not do: one error each. A gateway refuses to start with them, so that no
 * field is accepted and not obeyed; lint does not mind them, since the configuration is right.
 */
export function unsupported(loaded: Pick<LoadedPolicyConfig, 'document' | 'locate'>): Problem[] {
  return NOT_BUILT.flatMap(({ path, asks = () => true }) =>
    matches(loaded.document, path)
      .filter(({ value }) => asks(value))
      .map(({ path: found, value }) => ({
        code: 'not_built',
        severity: 'error',
        path: formatPath(found),
        ...loaded.locate(found, true),
        message: `this version of the gateway does not obey ${typeof value === 'string' ? `\`${value}\`` : 'it'} yet`,
      })),
  );
}

interface Match {
  readonly path: Path;
  readonly value: unknown;
}

function matches(document: unknown, pattern: readonly string[]): Match[] {
  return pattern.reduce<Match[]>(
    (found, step) => found.flatMap((match) => descend(match, step)),
    [{ path: [], value: document }],
  );
}

function descend({ path, value }: Match, step: string): Match[] {
  if (step === '*') {
    return Array.isArray(value) ? value.map((item: unknown, i) => ({ path: [...path, i], value: item })) : [];
  }
  return isObject(value) && Object.hasOwn(value, step) ? [{ path: [...path, step], value: value[step] }] : [];
}
