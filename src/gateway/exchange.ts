import type { Target as TargetConfig } from '../config/policy-config.js';
import type { Clock, Timer } from '../core/clock.js';
import type { FailedAttempt, GuardrailOutcome, Outcome, Verdict } from './audit/audit-record.js';
import type { Usage } from './chat/chat-answer.js';
import { answerable } from './answerable.js';
import { GatewayError } from './chat/gateway-error.js';
import { costOf, type Cost, type Price } from './cost/price.js';
import type { Judgement } from './policies/chain/judgement.js';

/** Routes of the data port, as templates; the closed list of a metric label. */
export const ROUTES = ['/v1/chat/completions', '/v1/embeddings', '/v1/models', '/v1/models/:id', 'other'] as const;
export type Route = (typeof ROUTES)[number];

/** Parts of the gateway's own work that are measured. */
export type Phase = 'parse' | 'policy_input' | 'route' | 'policy_output' | 'serialise';

/** Why an exchange was cut that its caller left. Nobody is there to read it. */
export class CallerLeft extends Error {
  override readonly name = 'CallerLeft';
}

/** Who sent a request, as its headers say; for what needs no proof, such as keeping to a variant. */
export interface CallerIds {
  readonly user?: string | undefined;
  readonly conversation?: string | undefined;
}

interface ExchangeOptions {
  readonly requestId: string;
  readonly callerIds?: CallerIds;
  /** The caller asked for the cost. */
  readonly showsCost?: boolean;
  readonly route: Route;
  readonly traceparent?: string | undefined;
  readonly clock: Clock;
}

/**
 * One request with its answer: what is known of it so far, for headers, log, metrics and audit. Every stage writes what it
 * learns; nothing here ever holds text of the prompt or the answer.
 */
export class Exchange {
  readonly requestId: string;
  readonly route: Route;
  readonly traceparent: string | undefined;
  readonly callerIds: CallerIds;
  readonly clock: Clock;
  /** When it began, in milliseconds since the Unix epoch. */
  readonly startedAt: number;
  readonly startedMs: number;

  /** The requested model as a name from the configuration, or `other`. */
  model = 'other';
  streamed = false;
  /** Revision of the configuration that served it. */
  revision: string | undefined;
  /** Id of the target that answered, or failed last. */
  target: string | undefined;
  /** The A/B test's variant that `target` is. */
  variant: string | undefined;
  /** Attempts that failed, in order, beside one that served. */
  readonly failedAttempts: FailedAttempt[] = [];
  /** Whose API the target speaks, as the GenAI conventions name it: `aws.bedrock`. */
  provider = '';
  /** The upstream's id of the call that answered, or failed last; absent where it gave none. */
  upstreamRequestId: string | undefined;
  /** What the policies say of it so far; absent until they were asked. */
  judgement: Judgement | undefined;
  /** The model as the caller named it, cut to 256 characters. */
  requestedModel: string | undefined;
  /** Keyed hash of the prompt, for audit. */
  promptHash: string | undefined;
  /** Configuration of `target`. */
  routedTo: TargetConfig | undefined;
  /** Region of `target`, where it has one. */
  region: string | undefined;
  /** What tokens of `target` cost; undefined: unknown. */
  price: Price | undefined;
  /** Amazon Bedrock Guardrails' own outcome. */
  guardrail: GuardrailOutcome | undefined;
  /** The audit log knows that a stream has begun. */
  hasStreamBegun = false;
  /** Members of the caller's body that were not obeyed. */
  dropped: readonly string[] = [];
  usage: Usage | undefined;
  finishReason: string | undefined;
  /** HTTP status; 0 while none was sent. */
  status = 0;
  error: GatewayError | undefined;
  /** Time spent waiting for the upstream, until its answer or, of a stream, its first event. */
  upstreamMs = 0;
  /** From the start of the exchange to the first model event of a stream. */
  firstEventMs: number | undefined;
  /** Between the events of a stream. */
  readonly pausesMs: number[] = [];
  readonly phases = new Map<Phase, number>();

  readonly #showsCost: boolean;
  readonly #abort = new AbortController();
  readonly #timers: Timer[] = [];
  readonly #ending: (() => void)[] = [];
  #endedMs: number | undefined;
  #lastEventMs: number | undefined;

  constructor({ requestId, route, traceparent, callerIds = {}, showsCost = false, clock }: ExchangeOptions) {
    this.requestId = requestId;
    this.route = route;
    this.traceparent = traceparent;
    this.callerIds = callerIds;
    this.#showsCost = showsCost;
    this.clock = clock;
    this.startedAt = clock.now();
    this.startedMs = clock.monotonic();
  }

  /** Aborts when there is no use in going on; its reason is a `GatewayError` or `CallerLeft`. */
  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  /** Whole time in milliseconds, so far or in the end. */
  get durationMs(): number {
    return (this.#endedMs ?? this.clock.monotonic()) - this.startedMs;
  }

  /** The request was understood and put to the policies: from then on it is an exchange, however it ends. */
  get wasAsked(): boolean {
    return this.judgement !== undefined;
  }

  get verdict(): Verdict | undefined {
    return this.judgement?.verdict;
  }

  /** Undefined while the tokens or their price are unknown. */
  get cost(): Cost | undefined {
    return this.usage && this.price && costOf(this.usage, this.price);
  }

  /** The cost in US dollars as a header says it, for a caller who asked for it. */
  get shownCost(): string | undefined {
    return this.#showsCost && this.cost ? this.cost.total.toFixed(9) : undefined;
  }

  get callerLeft(): boolean {
    return this.signal.reason instanceof CallerLeft;
  }

  get outcome(): Outcome {
    if (this.callerLeft) return 'client_cancelled';
    if (this.error) return OUTCOMES[this.error.domain];
    return this.verdict === 'redact' ? 'redacted' : 'ok';
  }

  /** What to answer when work for this exchange threw `error`: why the exchange was cut, if it was, else the error's own answer. */
  failure(error: unknown): GatewayError {
    return this.signal.reason instanceof GatewayError ? this.signal.reason : answerable(error);
  }

  /** Stops what is under way for this exchange. The first reason stays. */
  cut(reason: GatewayError | CallerLeft): void {
    this.#abort.abort(reason);
  }

  /** Cuts the exchange with `reason()` unless it has ended by then. */
  cutAfter(delayMs: number, reason: () => GatewayError): void {
    this.#timers.push(this.clock.schedule(delayMs, () => this.cut(reason())));
  }

  /** Calls `run` when the exchange has ended, in whatever way. */
  onEnd(run: () => void): void {
    this.#ending.push(run);
  }

  /** Notes that the upstream's stream has come one event further. */
  streamEvent(): void {
    const nowMs = this.durationMs;
    if (this.#lastEventMs === undefined) this.firstEventMs = nowMs;
    else this.pausesMs.push(nowMs - this.#lastEventMs);
    this.#lastEventMs = nowMs;
  }

  /** Adds the time of `work` to a phase; of a promise, until it settles. */
  timed<T>(phase: Phase, work: () => T): T {
    const before = this.clock.monotonic();
    const note = (): void => {
      this.phases.set(phase, (this.phases.get(phase) ?? 0) + this.clock.monotonic() - before);
    };
    let isPending = false;
    try {
      const result = work();
      isPending = result instanceof Promise;
      return isPending ? ((result as Promise<unknown>).finally(note) as T) : result;
    } finally {
      if (!isPending) note();
    }
  }

  /** Stops the clocks. Nothing is written to an exchange that has ended. */
  end(): void {
    this.#endedMs = this.clock.monotonic();
    for (const timer of this.#timers) timer.cancel();
    for (const run of this.#ending) run();
  }
}

const OUTCOMES = {
  caller: 'refused',
  policy: 'blocked',
  limit: 'limited',
  credentials: 'upstream_error',
  bedrock: 'upstream_error',
  network: 'upstream_error',
  gateway: 'internal',
} as const satisfies Record<GatewayError['domain'], Outcome>;
