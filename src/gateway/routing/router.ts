// Which targets a request tries, in which order: what its model names, less what may not serve it (compliance: a refusal), less
// what cannot (context window, open circuit, failing probes, a pause the upstream asked for), drawn by the strategy.
import type { Fallback, Providers, Retry } from '../../config/policy-config.js';
import { GatewayError } from '../chat/gateway-error.js';
import { rankTargets, rankVariants, type Draw, type Occasion } from './rank-targets.js';
import type { RetryBudget } from './retry-budget.js';
import type { RoutingObserver } from './routing-observer.js';
import { selectTargets, type Selection } from './select-targets.js';
import type { Target } from './target.js';
import { WeightedRoundRobin } from './weighted-round-robin.js';

/** What routing must know of a request. */
export interface RouteRequest extends Occasion {
  /** Who asks, for A/B tests. */
  readonly user?: string | undefined;
  readonly conversation?: string | undefined;
}

/** Where a request goes. */
export interface Route {
  /** Best first; at least one. */
  readonly targets: readonly Target[];
  /** Each target is a variant of an A/B test. */
  readonly isExperiment: boolean;
  readonly rules: RouteRules;
}

/** What dispatch obeys on the way. */
export interface RouteRules {
  readonly retry: Retry;
  readonly fallback: Fallback;
  readonly budget: RetryBudget;
  readonly random: () => number;
  readonly observer: RoutingObserver;
}

export interface RouterOptions {
  readonly targets: readonly Target[];
  readonly providers: Pick<Providers, 'strategy' | 'model_groups' | 'ab_test' | 'fallback' | 'retry'>;
  /** Separates A/B tests from one another: the pack's name. */
  readonly salt: string;
  readonly budget: RetryBudget;
  readonly random: () => number;
  readonly observer: RoutingObserver;
}

/** Names of models whose selection is remembered. Callers choose them, so that there may be any number. */
const MAX_REMEMBERED = 1_000;

/** How long a caller is told to wait for a target whose circuit a person holds open. */
const HELD_OPEN_MS = 30_000;

/** Routes the requests of one configuration revision. */
export class Router {
  readonly #options: RouterOptions;
  readonly #rules: RouteRules;
  readonly #selections = new Map<string, Selection<Target>>();
  /** By the name that was asked for: requests for one model must not use up the turns of another. */
  readonly #turns = new Map<string, WeightedRoundRobin>();

  constructor(options: RouterOptions) {
    this.#options = options;
    const { providers, budget, random, observer } = options;
    this.#rules = { retry: providers.retry, fallback: providers.fallback, budget, random, observer };
  }

  /**
   * The targets that a model names.
   * @throws {GatewayError} `model_not_found`.
   */
  select(model: string): Selection<Target> {
    const known = this.#selections.get(model);
    if (known) return known;
    const selection = selectTargets(model, this.#options.targets, this.#options.providers);
    if (this.#selections.size >= MAX_REMEMBERED) this.#selections.clear();
    this.#selections.set(model, selection);
    return selection;
  }

  /** @throws {GatewayError} when no target may, or can, serve the request now. */
  route(selection: Selection<Target>, request: RouteRequest): Route {
    const compliant = compliantOf(selection.targets);
    const isExperiment = selection.strategy === 'ab_test';
    const fitting = this.#fitting(compliant, request);
    const available = this.#available(fitting);
    const ranked = available.length > 0 ? this.#rank(selection, available, request) : [];
    const targets = this.#checked([...ranked, ...onTrial(fitting)], request);
    if (targets.length === 0) throw noneAvailable(fitting);
    return { targets, isExperiment, rules: this.#rules };
  }

  /** Under `on_context_window: next`, those whose context window is large enough. */
  #fitting(targets: readonly Target[], request: RouteRequest): readonly Target[] {
    if (this.#rules.fallback.on_context_window === 'stop') return targets;
    const fitting = targets.filter((target) => fits(target, request));
    const [first] = targets;
    if (fitting.length === 0 && first) throw tooLong(first, request);
    return fitting;
  }

  /** Under `on_context_window: stop`, the first decides; the others are only left out. */
  #checked(targets: readonly Target[], request: RouteRequest): readonly Target[] {
    const [first] = targets;
    if (first && !fits(first, request)) throw tooLong(first, request);
    return targets.every((target) => fits(target, request))
      ? targets
      : targets.filter((target) => fits(target, request));
  }

  /**
   * Those that can be called now. Targets whose probes fail are used when there is no other: a probe may be wrong, and a call
   * cannot do worse than a refusal.
   */
  #available(targets: readonly Target[]): readonly Target[] {
    const callable = targets.filter(({ id, health: { breaker, limitedMs } }) => {
      // The only target is asked in spite of its pause: whether it is over, the upstream knows best.
      if (breaker.isCallable) return limitedMs === 0 || targets.length === 1;
      this.#options.observer.circuitRejected(id, breaker.reason ?? 'manual');
      return false;
    });
    const healthy = callable.filter(({ health }) => health.isHealthy);
    return healthy.length > 0 ? healthy : callable;
  }

  #rank({ strategy, label }: Selection<Target>, targets: readonly Target[], request: RouteRequest): readonly Target[] {
    const draw = this.#draw(label);
    if (strategy !== 'ab_test') return rankTargets(strategy, targets, request, draw);
    const { variants = [], sticky_by: stickyBy = 'none' } = this.#options.providers.ab_test ?? {};
    const weighted = targets.map((target) => ({
      target,
      weight: variants.find((variant) => variant.target === target.id)?.weight ?? 0,
    }));
    const key = stickyBy === 'none' ? undefined : request[stickyBy];
    return rankVariants(weighted, key, this.#options.salt, draw);
  }

  #draw(label: string): Draw {
    let turns = this.#turns.get(label);
    if (!turns) this.#turns.set(label, (turns = new WeightedRoundRobin()));
    return { turns, random: this.#options.random };
  }
}

function compliantOf(targets: readonly Target[]): readonly Target[] {
  const compliant = targets.filter(({ breach }) => breach === undefined);
  if (compliant.length > 0) return compliant;
  const breaches = new Set(targets.map(({ id, breach }) => `${id}: ${breach}`));
  throw new GatewayError(
    'no_compliant_target',
    `No target for this model complies with the data policy (${[...breaches].join('; ')}).`,
    { policy: 'data-routing-policy' },
  );
}

/** Those that another request is trying out at the moment; a request with nowhere else to go waits for the outcome. */
function onTrial(targets: readonly Target[]): readonly Target[] {
  return targets.filter(({ health: { breaker } }) => breaker.state === 'half_open' && !breaker.isCallable);
}

function fits({ contextTokens }: Target, request: RouteRequest): boolean {
  return contextTokens === undefined || request.inputTokens() <= contextTokens;
}

function tooLong({ id, contextTokens }: Target, request: RouteRequest): GatewayError {
  const message = `The request has about ${request.inputTokens()} tokens; the context window of ${id} has ${contextTokens}.`;
  return new GatewayError('context_length_exceeded', message, { param: 'messages', detail: 'estimate' });
}

/** 429 when all asked for a pause, else 503; in both cases with the time after which the first of them may be asked again. */
export function noneAvailable(targets: readonly Target[]): GatewayError {
  const waits = targets.map(({ health }) =>
    Math.max(Math.min(health.breaker.retryAfterMs, HELD_OPEN_MS), health.limitedMs),
  );
  const retryAfterSeconds = Math.min(...waits) / 1000;
  if (targets.every(({ health }) => health.limitedMs > 0)) {
    return new GatewayError('throttled', 'Every target for this model asked for a pause.', { retryAfterSeconds });
  }
  const states = targets.map(({ id, health }) => `${id}: ${health.view().reason ?? health.view().state}`);
  const message = `No target for this model can be used at the moment (${states.join('; ')}).`;
  return new GatewayError('no_available_target', message, { retryAfterSeconds });
}
