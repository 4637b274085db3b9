// Calls targets for an exchange, and is the only place that does: attempts on one target, then the next target, until one
// answers or, of a stream, has sent its first event. Behind that event there is no going back: the caller has read it.
import { orAborted } from '../../core/abort.js';
import { backoffMs } from '../../core/backoff.js';
import { sleep } from '../../core/sleep.js';
import type { FailedAttempt } from '../audit/audit-record.js';
import { GatewayError } from '../chat/gateway-error.js';
import type { Exchange } from '../exchange.js';
import type { Call, Completed, Embedded, Provider, Streamed } from '../providers/provider.js';
import type { Permit } from './circuit-breaker.js';
import { isIllness, triggerOf } from './failures.js';
import { noneAvailable, type Route } from './router.js';
import type { Target } from './target.js';

/** Names of the GenAI conventions, https://opentelemetry.io/docs/specs/semconv/registry/attributes/gen-ai/ */
const PROVIDER_NAMES = { 'aws-bedrock': 'aws.bedrock', anthropic: 'anthropic', openai: 'openai' } as const;

/** Share of the time that is left which a target may not use up while there is another to try. */
const KEPT_FOR_NEXT = 0.25;

/** How long a request waits for the outcome of another's trial. */
const TRIAL_PATIENCE_MS = 10_000;

type Result = Completed | Streamed | Embedded;

interface Work<T> {
  readonly exchange: Exchange;
  readonly route: Route;
  readonly call: (provider: Provider, call: Call) => Promise<T>;
  readonly startedMs: number;
  /** When the exchange itself is cut, on the monotonic clock. */
  readonly deadlineMs: number;
}

/**
 * A target may serve the exchange until its total time, counted from here, is over: `timeout_seconds`, or for a stream
 * `stream_timeout_seconds`, which also runs on after this resolves. The longest of them cuts the exchange. While there is another
 * target to try, a quarter of what is left is kept for it.
 * @throws {GatewayError} of the upstream; or why the exchange was cut.
 */
export async function dispatch<T extends Result>(
  exchange: Exchange,
  route: Route,
  call: (provider: Provider, call: Call) => Promise<T>,
): Promise<T> {
  const { fallback, budget, observer } = route.rules;
  budget.deposit();
  const work = { exchange, route, call, startedMs: exchange.clock.monotonic(), deadlineMs: limitTime(exchange, route) };
  const failures: GatewayError[] = [];
  let filtered: (() => T) | undefined;
  let from: FailedAttempt | undefined;
  let tried = 0;
  for (const [index, target] of route.targets.entries()) {
    if (tried === fallback.max_attempts) break;
    const hasNext = index + 1 < route.targets.length && tried + 1 < fallback.max_attempts;
    try {
      const result = await callTarget(work, target, hasNext, () => {
        tried += 1;
        if (from) observer.fellBack(from.target, from.error, target.id);
      });
      if (!result) continue;
      if (!isFiltered(result) || fallback.on_content_filtered === 'stop') return result;
      filtered = () => (note(exchange, route, target), result);
      from = { target: target.id, error: 'content_filtered' };
      exchange.failedAttempts.push(from);
    } catch (error) {
      if (!(error instanceof GatewayError) || exchange.signal.aborted) throw error;
      failures.push(error);
      from = { target: target.id, error: error.reason };
      if (!mayFallBack(error, route)) break;
    }
  }
  if (filtered) return filtered();
  throw finalError(failures, route);
}

/**
 * Attempts on one target.
 * @param began called before the first.
 * @returns undefined when its circuit lets no call through.
 */
async function callTarget<T extends Result>(
  work: Work<T>,
  target: Target,
  hasNext: boolean,
  began: () => void,
): Promise<T | undefined> {
  const { exchange, route } = work;
  const endMs = attemptsEndMs(work, target, hasNext);
  for (let attempt = 1, last: GatewayError | undefined; ; attempt++) {
    const permit = target.health.breaker.acquire() ?? (last ? undefined : await afterTrial(exchange, target));
    if (!permit && last) throw last;
    if (!permit) return undefined;
    if (attempt === 1) began();
    note(exchange, route, target);
    try {
      return await callOnce(work, target, permit, endMs);
    } catch (error) {
      if (!(error instanceof GatewayError) || exchange.signal.aborted) throw error;
      last = error;
      exchange.failedAttempts.push({ target: target.id, error: error.reason });
    }
    const delayMs = retryDelay(work, last, attempt, endMs);
    if (delayMs === undefined) throw last;
    route.rules.observer.retried(target.id, last.reason);
    await sleep(delayMs, exchange.signal, exchange.clock);
  }
}

async function callOnce<T extends Result>(work: Work<T>, target: Target, permit: Permit, endMs: number): Promise<T> {
  const { exchange, call } = work;
  const { clock, streamed } = exchange;
  const { health } = target;
  const limit = ownLimit(work, target, endMs);
  const before = clock.monotonic();
  try {
    const signal = limit?.signal ?? exchange.signal;
    const result = await orAborted(call(target.provider, callOf(exchange, signal)), signal);
    health.succeeded(clock.monotonic() - before, streamed);
    exchange.upstreamRequestId = result.upstreamRequestId;
    if (result.dropped.length > 0) exchange.dropped = [...exchange.dropped, ...result.dropped];
    if ('events' in result) watchEnd(exchange, target, permit);
    else permit.succeeded();
    limit?.answered();
    return result;
  } catch (error) {
    const failure = blamed(error, exchange);
    exchange.upstreamRequestId = failure?.upstreamRequestId;
    if (failure && failure.domain !== 'caller' && failure.domain !== 'gateway') health.failed(failure);
    if (failure && isIllness(failure)) permit.failed();
    else permit.ignored();
    throw error;
  } finally {
    limit?.cancel();
    exchange.upstreamMs += clock.monotonic() - before;
  }
}

/** While another request tries out a half-open circuit, leave for this one as soon as the trial is over and went well. */
async function afterTrial({ clock, signal }: Exchange, { health: { breaker } }: Target): Promise<Permit | undefined> {
  if (breaker.state !== 'half_open') return undefined;
  let isOver = false;
  const { promise: patience, resolve } = Promise.withResolvers<void>();
  const timer = clock.schedule(TRIAL_PATIENCE_MS, () => {
    isOver = true;
    resolve();
  });
  try {
    for (;;) {
      await orAborted(Promise.race([breaker.trialEnded(), patience]), signal);
      const permit = breaker.acquire();
      if (permit || isOver || breaker.state !== 'half_open') return permit;
    }
  } finally {
    timer.cancel();
  }
}

/** What the failure of an attempt says of its target; nothing when the exchange was cut for another reason than its time. */
function blamed(error: unknown, { signal }: Exchange): GatewayError | undefined {
  const cause: unknown = signal.aborted ? signal.reason : error;
  if (!(cause instanceof GatewayError)) return undefined;
  return signal.aborted && cause.reason !== 'upstream_timeout' ? undefined : cause;
}

/** A stream that has begun may still break; its target is judged by its end. A trial of a half-open circuit is not held up so long. */
function watchEnd(exchange: Exchange, { health }: Target, permit: Permit): void {
  const isTrial = health.breaker.state === 'half_open';
  if (isTrial) permit.succeeded();
  exchange.onEnd(() => {
    const failure = exchange.error;
    if (!failure || !isIllness(failure)) return permit.succeeded();
    health.failed(failure, { hadBegun: true });
    if (isTrial) health.breaker.failedLate();
    else permit.failed();
  });
}

/** Milliseconds to wait before the next attempt on the same target; undefined when there shall be none. */
function retryDelay<T>(
  { exchange, route }: Work<T>,
  error: GatewayError,
  attempt: number,
  endMs: number,
): number | undefined {
  const { retry, budget, random } = route.rules;
  const { max_attempts, base_delay_ms: baseMs, max_delay_ms: maxMs } = retry;
  if (error.retry === 'no' || attempt >= (error.retry === 'once' ? Math.min(2, max_attempts) : max_attempts))
    return undefined;
  const askedMs = (error.retryAfterSeconds ?? 0) * 1000;
  // Another target may be ready now; else the caller, who is told how long, can wait better than a held connection.
  if (askedMs > maxMs) return undefined;
  const delayMs = Math.max(askedMs, backoffMs(attempt, { baseMs, maxMs }, random));
  if (exchange.clock.monotonic() + delayMs >= endMs) return undefined;
  return budget.withdraw() ? delayMs : undefined;
}

function mayFallBack(error: GatewayError, { rules: { fallback } }: Route): boolean {
  if (error.reason === 'context_length_exceeded') return fallback.on_context_window === 'next';
  const trigger = triggerOf(error);
  return trigger !== undefined && fallback.triggers.includes(trigger);
}

/** The last failure; but when all targets are throttled, the one that may be asked again first. */
function finalError(failures: readonly GatewayError[], { targets }: Route): GatewayError {
  const last = failures.at(-1);
  if (!last) return noneAvailable(targets);
  if (failures.some(({ reason }) => reason !== 'throttled')) return last;
  return failures.reduce((a, b) => ((b.retryAfterSeconds ?? 0) < (a.retryAfterSeconds ?? 0) ? b : a));
}

/** The caller gets an answer that the target's own filter stopped. Of a stream that is known only at its end. */
function isFiltered(result: Result): boolean {
  return 'answer' in result && 'finish' in result.answer && result.answer.finish.reason === 'content_filter';
}

function note(exchange: Exchange, { isExperiment }: Route, { id, region, config, price }: Target): void {
  exchange.target = id;
  exchange.routedTo = config;
  exchange.region = region;
  exchange.price = price;
  exchange.provider = PROVIDER_NAMES[config.provider];
  if (isExperiment) exchange.variant = id;
}

/** Cuts the exchange when no target may serve it any longer. @returns when, on the monotonic clock. */
function limitTime(exchange: Exchange, { targets }: Route): number {
  let longestMs = 0;
  for (const target of targets) longestMs = Math.max(longestMs, limitMs(target, exchange));
  if (longestMs < Infinity) exchange.cutAfter(longestMs, () => timeout(exchange, longestMs));
  return exchange.clock.monotonic() + longestMs;
}

/**
 * When a target's attempts must have been answered, on the monotonic clock. Of the time that is left, a target that hangs leaves a
 * part to the next.
 */
function attemptsEndMs<T>(
  { exchange, route, startedMs, deadlineMs }: Work<T>,
  target: Target,
  hasNext: boolean,
): number {
  const ownMs = startedMs + limitMs(target, exchange);
  if (!hasNext || deadlineMs === Infinity || !route.rules.fallback.triggers.includes('timeout')) return ownMs;
  const nowMs = exchange.clock.monotonic();
  return Math.min(ownMs, nowMs + (deadlineMs - nowMs) * (1 - KEPT_FOR_NEXT));
}

interface OwnLimit {
  readonly signal: AbortSignal;
  /** The call is answered; its stream goes on for as long as the target has. */
  answered(): void;
  cancel(): void;
}

/** The limit of a target that has less time than the exchange. */
function ownLimit<T>(
  { exchange, startedMs, deadlineMs }: Work<T>,
  target: Target,
  endMs: number,
): OwnLimit | undefined {
  if (endMs >= deadlineMs) return undefined;
  const { clock, signal: cut, streamed } = exchange;
  const nowMs = clock.monotonic();
  const abort = new AbortController();
  cut.addEventListener('abort', () => abort.abort(cut.reason), { once: true });
  const timer = clock.schedule(endMs - nowMs, () => abort.abort(timeout(exchange, endMs - startedMs)));
  return {
    signal: abort.signal,
    answered() {
      const ownMs = limitMs(target, exchange);
      if (!streamed || startedMs + ownMs >= deadlineMs) return;
      exchange.cutAfter(startedMs + ownMs - clock.monotonic(), () => timeout(exchange, ownMs));
    },
    cancel: () => timer.cancel(),
  };
}

function limitMs({ config }: Target, { streamed }: Exchange): number {
  return ((streamed ? config.stream_timeout_seconds : config.timeout_seconds) ?? Infinity) * 1000;
}

function timeout({ streamed }: Exchange, ms: number): GatewayError {
  const field = streamed ? 'stream_timeout_seconds' : 'timeout_seconds';
  return new GatewayError('upstream_timeout', `The upstream took longer than ${ms / 1000} s (${field}).`, {
    detail: 'total',
  });
}

function callOf({ requestId, traceparent }: Exchange, signal: AbortSignal): Call {
  return traceparent === undefined ? { requestId, signal } : { requestId, signal, traceparent };
}
