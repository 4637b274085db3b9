import type { Clock, Timer } from '../core/clock.js';
import type { Usage } from './chat/chat-answer.js';
import { answerable } from './answerable.js';
import { GatewayError } from './chat/gateway-error.js';

/** Routes of the data port, as templates; the closed list of a metric label. */
export const ROUTES = ['/v1/chat/completions', '/v1/embeddings', '/v1/models', '/v1/models/:id', 'other'] as const;
export type Route = (typeof ROUTES)[number];

/** How an exchange ended; the closed list of a metric label. `refused`: the caller's own fault. */
export type Outcome =
  'ok' | 'refused' | 'blocked' | 'redacted' | 'limited' | 'upstream_error' | 'client_cancelled' | 'internal';

export type Verdict = 'allow' | 'redact' | 'log' | 'block';

/** Parts of the gateway's own work that are measured. */
export type Phase = 'parse' | 'route' | 'serialise';

/** Why an exchange was cut that its caller left. Nobody is there to read it. */
export class CallerLeft extends Error {
  override readonly name = 'CallerLeft';
}

interface ExchangeOptions {
  readonly requestId: string;
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
  readonly clock: Clock;
  readonly startedMs: number;

  /** The requested model as a name from the configuration, or `other`. */
  model = 'other';
  streamed = false;
  /** Revision of the configuration that served it. */
  revision: string | undefined;
  /** Id of the target that answered, or failed last. */
  target: string | undefined;
  /** Whose API the target speaks, as the GenAI conventions name it: `aws.bedrock`. */
  provider = '';
  upstreamRequestId: string | undefined;
  /** What the policies say of it so far; absent until they were asked. */
  verdict: Verdict | undefined;
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

  readonly #abort = new AbortController();
  readonly #timers: Timer[] = [];
  #endedMs: number | undefined;
  #lastEventMs: number | undefined;

  constructor({ requestId, route, traceparent, clock }: ExchangeOptions) {
    this.requestId = requestId;
    this.route = route;
    this.traceparent = traceparent;
    this.clock = clock;
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

  get callerLeft(): boolean {
    return this.signal.reason instanceof CallerLeft;
  }

  get outcome(): Outcome {
    if (this.callerLeft) return 'client_cancelled';
    return this.error ? OUTCOMES[this.error.domain] : 'ok';
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

  /** Notes that the upstream's stream has come one event further. */
  streamEvent(): void {
    const nowMs = this.durationMs;
    if (this.#lastEventMs === undefined) this.firstEventMs = nowMs;
    else this.pausesMs.push(nowMs - this.#lastEventMs);
    this.#lastEventMs = nowMs;
  }

  /** Adds the time of `work` to a phase. */
  timed<T>(phase: Phase, work: () => T): T {
    const before = this.clock.monotonic();
    try {
      return work();
    } finally {
      this.phases.set(phase, (this.phases.get(phase) ?? 0) + this.clock.monotonic() - before);
    }
  }

  /** Stops the clocks. Nothing is written to an exchange that has ended. */
  end(): void {
    this.#endedMs = this.clock.monotonic();
    for (const timer of this.#timers) timer.cancel();
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
