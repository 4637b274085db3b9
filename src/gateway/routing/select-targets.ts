import type { Providers, Strategy } from '../../config/policy-config.js';
import { GatewayError } from '../chat/gateway-error.js';
import { baseModelId } from '../chat/model-id.js';

/** What selection needs to know of a target. */
export interface Routable {
  readonly id: string;
  /** The provider's id of the model. */
  readonly model: string;
}

/** Fields of `providers` that say which targets a request may use. */
export type RoutingRules = Pick<Providers, 'strategy' | 'model_groups' | 'ab_test'>;

/** The targets that a request may use, before filters and weighing. */
export interface Selection<T> {
  /** `ab_test`: one variant is drawn, by its weight. */
  readonly strategy: Strategy | 'ab_test';
  /** Never empty. Under `fallback` the matches come first, then all others in the order of the list. */
  readonly targets: readonly T[];
  /** The requested model as a metric label: a name from the configuration, or `other`. */
  readonly label: string;
}

/** Alias that catches every unknown model. */
const CATCH_ALL = '*';

/**
 * The targets that `model` names, in this order: a model group or alias; a target's id or model, the geography prefix aside
 * (a target that is named exactly comes before those that differ in geography); else the alias `*`.
 * @throws {GatewayError} `model_not_found`, listing what there is.
 */
export function selectTargets<T extends Routable>(
  model: string,
  targets: readonly T[],
  rules: RoutingRules,
): Selection<T> {
  const named =
    groupMatch(model, targets, rules) ?? targetMatch(model, targets, rules) ?? groupMatch(CATCH_ALL, targets, rules);
  if (!named) throw unknownModel(modelNames(targets, rules));
  const variants = variantsFor(named.matches, targets, rules);
  if (variants) return { strategy: 'ab_test', targets: variants, label: named.label };
  return { strategy: named.strategy, targets: ordered(named, targets), label: named.label };
}

/** What `/v1/models` lists: groups, aliases and the targets' models, each once. */
export function modelNames(
  targets: readonly Routable[],
  { model_groups }: Pick<RoutingRules, 'model_groups'>,
): readonly string[] {
  const groups = model_groups.flatMap(({ name, aliases }) => [name, ...aliases]);
  return [...new Set([...groups, ...targets.map(({ model }) => model)])].filter((name) => name !== CATCH_ALL);
}

/** Says what there is, not what was asked. */
export function unknownModel(names: readonly string[]): GatewayError {
  const message = `This gateway does not offer that model. It offers: ${names.join(', ')}.`;
  return new GatewayError('model_not_found', message, { param: 'model' });
}

interface Match<T> {
  readonly matches: readonly T[];
  readonly strategy: Strategy;
  readonly label: string;
}

function groupMatch<T extends Routable>(
  name: string,
  targets: readonly T[],
  rules: RoutingRules,
): Match<T> | undefined {
  const group = rules.model_groups.find((group) => group.name === name || group.aliases.includes(name));
  if (!group) return undefined;
  const matches = group.targets.flatMap((id) => targets.find((target) => target.id === id) ?? []);
  return { matches, strategy: group.strategy ?? rules.strategy, label: name === CATCH_ALL ? 'other' : name };
}

function targetMatch<T extends Routable>(
  name: string,
  targets: readonly T[],
  rules: RoutingRules,
): Match<T> | undefined {
  const exact = targets.filter(({ id, model }) => id === name || model === name);
  const bare = baseModelId(name);
  const elsewhere = targets.filter((target) => !exact.includes(target) && baseModelId(target.model) === bare);
  const matches = [...exact, ...elsewhere];
  const label = exact.length > 0 ? name : matches[0]?.model;
  return label === undefined ? undefined : { matches, strategy: rules.strategy, label };
}

function variantsFor<T extends Routable>(
  matches: readonly T[],
  targets: readonly T[],
  { ab_test }: RoutingRules,
): readonly T[] | undefined {
  if (!ab_test?.enabled) return undefined;
  if (!matches.some(({ id }) => ab_test.variants.some(({ target }) => target === id))) return undefined;
  return ab_test.variants.flatMap((variant) => targets.find(({ id }) => id === variant.target) ?? []);
}

function ordered<T>({ matches, strategy }: Match<T>, targets: readonly T[]): readonly T[] {
  if (strategy === 'single') return matches.slice(0, 1);
  if (strategy !== 'fallback') return matches;
  return [...matches, ...targets.filter((target) => !matches.includes(target))];
}
