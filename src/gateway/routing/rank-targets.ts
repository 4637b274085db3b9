import type { Strategy } from '../../config/policy-config.js';
import type { Price } from '../cost/price.js';
import type { LatencyWindow } from './latency-window.js';
import { stickyVariant } from './sticky-variant.js';
import type { WeightedRoundRobin } from './weighted-round-robin.js';

/** What the strategies weigh. */
export interface Rankable {
  readonly id: string;
  readonly weight: number;
  readonly price: Price | undefined;
  readonly health: { latencies(streamed: boolean): LatencyWindow };
}

/** What a strategy may ask of the request. */
export interface Occasion {
  readonly streamed: boolean;
  readonly inputTokens: () => number;
  /** The most that may be answered, where the caller says so. */
  readonly maxTokens?: number | undefined;
}

export interface Draw {
  readonly turns: WeightedRoundRobin;
  /** From 0 (inclusive) to 1 (exclusive). */
  readonly random: () => number;
}

/** With fewer samples a target's latency is not known: it gets requests until it is. */
const MIN_SAMPLES = 5;

/** Share of the requests that go to a target other than the fastest, to see whether it still is. */
const EXPLORATION = 0.05;

/** Taken for the length of an answer when the caller does not limit it. */
const USUAL_OUTPUT_TOKENS = 500;

/**
 * The targets in the order in which a request tries them. Under the strategies that weigh, the first is drawn, and the others
 * follow as they come in the list (`lowest_latency` and `lowest_cost`: in their own order).
 * @param targets those that are available.
 */
export function rankTargets<T extends Rankable>(
  strategy: Strategy,
  targets: readonly T[],
  occasion: Occasion,
  draw: Draw,
): readonly T[] {
  if (targets.length === 1) return targets;
  switch (strategy) {
    case 'single':
    case 'fallback':
      return targets;
    case 'round_robin':
      return led(turn(targets, draw), targets);
    case 'weighted_round_robin':
      return led(draw.turns.next(targets), targets);
    case 'lowest_latency':
      return byLatency(targets, occasion, draw);
    case 'lowest_cost':
      return byCost(targets, occasion);
  }
}

/**
 * The variants of an A/B test, the caller's own first.
 * @param key who keeps to one variant; undefined: whoever comes is dealt one in turn.
 */
export function rankVariants<T extends Rankable>(
  variants: readonly { readonly target: T; readonly weight: number }[],
  key: string | undefined,
  salt: string,
  { turns }: Draw,
): readonly T[] {
  const weighed = variants.map(({ target, weight }) => ({ id: target.id, target: target.id, weight, is: target }));
  const chosen = key === undefined ? turns.next(weighed) : stickyVariant(key, weighed, salt);
  return led(
    chosen?.is,
    weighed.map(({ is }) => is),
  );
}

function turn<T extends Rankable>(targets: readonly T[], { turns }: Draw): T | undefined {
  const equal = targets.map((target) => ({ id: target.id, weight: 1, target }));
  return turns.next(equal)?.target;
}

function led<T>(first: T | undefined, targets: readonly T[]): readonly T[] {
  return first === undefined ? targets : [first, ...targets.filter((target) => target !== first)];
}

function byLatency<T extends Rankable>(targets: readonly T[], { streamed }: Occasion, draw: Draw): readonly T[] {
  const unknown = targets.filter(({ health }) => health.latencies(streamed).samples < MIN_SAMPLES);
  const ranked = targets
    .map((target) => ({ target, ms: target.health.latencies(streamed).medianMs ?? Infinity }))
    .sort((a, b) => (a.ms === b.ms ? 0 : a.ms - b.ms))
    .map(({ target }) => target);
  if (unknown.length > 0) return led(turn(unknown, draw), ranked);
  if (draw.random() >= EXPLORATION) return ranked;
  const others = ranked.slice(1);
  return led(others[Math.floor(draw.random() * others.length)], ranked);
}

/** What is not priced comes last, since it may cost anything. */
function byCost<T extends Rankable>(targets: readonly T[], { inputTokens, maxTokens }: Occasion): readonly T[] {
  const input = inputTokens();
  const output = maxTokens ?? USUAL_OUTPUT_TOKENS;
  const usd = ({ price }: T): number => (price ? price.input * input + price.output * output : Infinity);
  return targets
    .map((target) => ({ target, usd: usd(target) }))
    .sort((a, b) => (a.usd === b.usd ? 0 : a.usd - b.usd))
    .map(({ target }) => target);
}
