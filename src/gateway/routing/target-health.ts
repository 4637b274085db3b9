import type { CircuitBreaker as CircuitBreakerRules, HealthProbe } from '../../config/policy-config.js';
import type { Clock } from '../../core/clock.js';
import type { ErrorReason, GatewayError } from '../chat/gateway-error.js';
import { CircuitBreaker, type Transition } from './circuit-breaker.js';
import { LatencyWindow } from './latency-window.js';
import { Since } from './since.js';

/** Weight of the newest latency in the running mean. */
const NEWEST = 0.2;

const WINDOW = { size: 32, maxAgeMs: 300_000 };

/** `available`: it gets requests. `open`, `half_open`: its circuit. `unhealthy`: its probes fail. `limited`: it asked for a pause. */
export type TargetState = 'available' | 'open' | 'half_open' | 'unhealthy' | 'limited' | 'unavailable';

/** A target as `/keeptrusts/targets` shows it. Times are ISO 8601. */
export interface HealthView {
  readonly state: TargetState;
  /** Why it is not available. */
  readonly reason: string | null;
  /** Since when it is in this state. */
  readonly since: string;
  readonly last_error: { readonly reason: ErrorReason; readonly detail: string | null; readonly at: string } | null;
  /** `null` while it is not probed. */
  readonly probe: { readonly up: boolean | null; readonly last_success: string | null } | null;
  /** Running mean of successful calls: to the answer or, of a stream, its first event. */
  readonly latency_ms: number | null;
}

export interface TargetHealthOptions {
  readonly clock: Clock;
  readonly rules: CircuitBreakerRules;
  readonly onTransition?: (transition: Transition) => void;
}

/** What calls and probes have shown of one target so far. It outlives the configuration for as long as the target is the same. */
export class TargetHealth {
  readonly breaker: CircuitBreaker;
  readonly #clock: Clock;
  readonly #windows: { readonly streamed: LatencyWindow; readonly whole: LatencyWindow };
  readonly #authenticated: Since<boolean>;
  readonly #healthy: Since<boolean>;
  readonly #limited: Since<number>;
  #lastError: { readonly error: GatewayError; readonly at: number } | undefined;
  #latencyMs: number | undefined;
  #requests = 0;
  #isProbed = false;
  #lastProbe: boolean | undefined;
  #lastProbeSuccess: number | undefined;
  /** Probes in a row that ended like the last one. */
  #probesInARow = 0;
  #stopProbes: (() => void) | undefined;

  constructor({ clock, rules, onTransition }: TargetHealthOptions) {
    this.#clock = clock;
    this.breaker = new CircuitBreaker({ ...rules, clock, ...(onTransition && { onTransition }) });
    this.#windows = {
      streamed: new LatencyWindow({ ...WINDOW, clock }),
      whole: new LatencyWindow({ ...WINDOW, clock }),
    };
    this.#authenticated = new Since(true, clock);
    this.#healthy = new Since(true, clock);
    this.#limited = new Since(-Infinity, clock);
  }

  /** Calls so far, whatever became of them. */
  get requests(): number {
    return this.#requests;
  }

  /** Latencies of the last calls. To the first event of a stream and to a whole answer are different things. */
  latencies(streamed: boolean): LatencyWindow {
    return streamed ? this.#windows.streamed : this.#windows.whole;
  }

  /** False once probes have failed `unhealthy_threshold` times in a row, until they are good again. */
  get isHealthy(): boolean {
    return this.#healthy.value;
  }

  /** Milliseconds until the upstream is ready to be asked again, as it said itself; 0 when it is. */
  get limitedMs(): number {
    return Math.max(0, this.#limited.value - this.#clock.monotonic());
  }

  /** Seconds since the epoch of the last good probe. */
  get lastProbeSuccess(): number | undefined {
    return this.#lastProbeSuccess === undefined ? undefined : this.#lastProbeSuccess / 1000;
  }

  /** Whether the last probe was good; undefined before the first. */
  get isProbeUp(): boolean | undefined {
    return this.#lastProbe;
  }

  /** A call of the target has begun to be answered. */
  succeeded(latencyMs: number, streamed: boolean): void {
    this.#requests += 1;
    this.#latencyMs =
      this.#latencyMs === undefined ? latencyMs : this.#latencyMs + NEWEST * (latencyMs - this.#latencyMs);
    this.latencies(streamed).add(latencyMs);
    this.#authenticated.set(true);
  }

  /** A call has failed, or a stream has broken after it had begun. */
  failed(error: GatewayError, { hadBegun = false } = {}): void {
    if (!hadBegun) this.#requests += 1;
    this.#lastError = { error, at: this.#clock.now() };
    // Without working credentials every call fails alike; any other failure says something about one call only.
    if (error.domain === 'credentials') this.#authenticated.set(false);
    if (error.reason === 'throttled' && error.retryAfterSeconds !== undefined) this.#limit(error.retryAfterSeconds);
  }

  /** One probe has ended. */
  probed(isUp: boolean, { unhealthy_threshold, healthy_threshold }: HealthProbe): void {
    this.#probesInARow = isUp === this.#lastProbe ? this.#probesInARow + 1 : 1;
    this.#lastProbe = isUp;
    if (isUp) this.#lastProbeSuccess = this.#clock.now();
    if (this.#probesInARow >= (isUp ? healthy_threshold : unhealthy_threshold)) this.#healthy.set(isUp);
  }

  /** Probes of a newer configuration, or none: those of the one before end. */
  probeWith(start: (() => () => void) | undefined): void {
    this.#stopProbes?.();
    this.#isProbed = start !== undefined;
    // What nobody asks any more nobody knows.
    if (!start) {
      this.#lastProbe = undefined;
      this.#healthy.set(true);
    }
    this.#stopProbes = start?.();
  }

  close(): void {
    this.#stopProbes?.();
  }

  view(): HealthView {
    const last = this.#lastError;
    const { state, reason, since } = this.#standing();
    return {
      state,
      reason,
      since: iso(since),
      last_error: last ? { reason: last.error.reason, detail: last.error.detail ?? null, at: iso(last.at) } : null,
      probe: this.#isProbed
        ? {
            up: this.#lastProbe ?? null,
            last_success: this.#lastProbeSuccess === undefined ? null : iso(this.#lastProbeSuccess),
          }
        : null,
      latency_ms: this.#latencyMs === undefined ? null : Math.round(this.#latencyMs),
    };
  }

  /** What hinders most comes first. */
  #standing(): { readonly state: TargetState; readonly reason: string | null; readonly since: number } {
    const { breaker } = this;
    if (!this.#authenticated.value) {
      const error = this.#lastError?.error;
      return {
        state: 'unavailable',
        reason: error?.detail ?? error?.reason ?? null,
        since: this.#authenticated.sinceMs,
      };
    }
    if (breaker.state !== 'closed') {
      return { state: breaker.state, reason: breaker.reason ?? null, since: breaker.sinceMs };
    }
    if (!this.isHealthy) return { state: 'unhealthy', reason: 'probe_failed', since: this.#healthy.sinceMs };
    if (this.limitedMs > 0) return { state: 'limited', reason: 'retry_after', since: this.#limited.sinceMs };
    const since = Math.max(this.#authenticated.sinceMs, breaker.sinceMs, this.#healthy.sinceMs);
    return { state: 'available', reason: null, since };
  }

  #limit(seconds: number): void {
    const until = this.#clock.monotonic() + seconds * 1000;
    if (until > this.#limited.value) this.#limited.set(until);
  }
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}
