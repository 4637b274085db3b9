import { didYouMean } from '../did-you-mean.js';
import type { Providers } from '../policy-config.js';
import type { Finding, Path } from '../problem.js';
import { duplicates, error, warning, type Rule, type RuleContext } from './rule.js';
import { targetPath } from './target-rules.js';

/** How targets are named, grouped and chosen. */
export const routingRules: Rule = function* (context) {
  const { providers } = context.config;
  yield* references(context);
  yield* groupNames(providers);
  yield* strategy(context);
  yield* experiment(providers);
  const { base_delay_ms, max_delay_ms } = providers.retry;
  if (base_delay_ms > max_delay_ms) {
    const message = `must not be greater than \`max_delay_ms\` (${max_delay_ms}), got ${base_delay_ms}`;
    yield error('contradiction', ['providers', 'retry', 'base_delay_ms'], message);
  }
};

function* references({ config }: RuleContext): Generator<Finding> {
  const ids = config.providers.targets.map(({ id }) => id);
  const named: { readonly id: string; readonly path: Path }[] = [
    ...(config.providers.ab_test?.variants ?? []).map(({ target }, i) => ({
      id: target,
      path: ['providers', 'ab_test', 'variants', i, 'target'],
    })),
    ...config.providers.model_groups.flatMap(({ targets }, i) =>
      targets.map((id, j) => ({ id, path: ['providers', 'model_groups', i, 'targets', j] })),
    ),
    ...config.budgets.flatMap(({ downgrade_to }, i) =>
      downgrade_to === undefined ? [] : [{ id: downgrade_to, path: ['budgets', i, 'downgrade_to'] }],
    ),
  ];
  for (const { id, path } of named) {
    if (ids.includes(id)) continue;
    const meant = didYouMean(id, ids);
    const suggestion = meant === undefined ? `there are: ${ids.join(', ')}` : `did you mean \`${meant}\`?`;
    yield error('unknown_target', path, `no target has the id \`${id}\``, { suggestion });
  }
}

/** A name that means two groups means neither. */
function groupNames({ model_groups }: Providers): Iterable<Finding> {
  return duplicates(
    model_groups.flatMap(({ name, aliases }, i) => [
      { name, path: ['providers', 'model_groups', i, 'name'] },
      ...aliases.map((alias, j) => ({ name: alias, path: ['providers', 'model_groups', i, 'aliases', j] })),
    ]),
  );
}

function* strategy({ config, isWritten }: RuleContext): Generator<Finding> {
  const { strategy: chosen, targets, model_groups, ab_test } = config.providers;
  if (targets.length === 1 && chosen !== 'single') {
    const message = `\`${chosen}\` has one target to choose from`;
    yield warning('unused_field', ['providers', 'strategy'], message, { suggestion: 'leave it out, or add targets' });
  }
  const strategies = new Set([chosen, ...model_groups.flatMap((group) => group.strategy ?? [])]);
  if (
    isWritten(['providers', 'fallback']) &&
    strategies.size === 1 &&
    chosen === 'single' &&
    ab_test?.enabled !== true
  ) {
    const message = '`strategy: single` never falls back';
    yield warning('unused_field', ['providers', 'fallback'], message, { atKey: true });
  }
  if (!strategies.has('weighted_round_robin')) {
    for (const i of targets.keys()) {
      const path = [...targetPath(i), 'weight'];
      if (!isWritten(path)) continue;
      yield warning('unused_field', path, `\`strategy: ${chosen}\` does not weigh`, { atKey: true });
    }
  }
  yield* neverFirst(config.providers);
}

/** Under `single` a request gets the first target that its model names. */
function* neverFirst({ strategy: chosen, targets, model_groups, ab_test }: Providers): Generator<Finding> {
  if (chosen !== 'single') return;
  const elsewhere = new Set([
    ...(ab_test?.enabled === true ? ab_test.variants.map(({ target }) => target) : []),
    ...model_groups.flatMap((group) =>
      (group.strategy ?? chosen) === 'single' ? group.targets.slice(0, 1) : group.targets,
    ),
  ]);
  for (const [i, { id, model }] of targets.entries()) {
    const first = targets.find((target) => target.model === model);
    if (first === undefined || first.id === id || elsewhere.has(id)) continue;
    const message = `\`strategy: single\` prefers \`${first.id}\`, which has the same model; only requests for model \`${id}\` come here`;
    yield warning('unreachable_target', targetPath(i), message, { suggestion: 'choose `strategy: fallback`' });
  }
}

function* experiment({ ab_test }: Providers): Generator<Finding> {
  if (ab_test === undefined) return;
  const at = ['providers', 'ab_test', 'variants'];
  yield* duplicates(ab_test.variants.map(({ target }, i) => ({ name: target, path: [...at, i, 'target'] })));
  if (ab_test.enabled && ab_test.variants.length === 1) {
    yield warning('unused_field', at, 'one variant is no experiment', { atKey: true });
  }
}
