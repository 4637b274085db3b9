import type { Clock } from '../../core/clock.js';
import type { ErrorReason, GatewayError } from '../chat/gateway-error.js';

/** Weight of the newest latency in the running mean. */
const NEWEST = 0.2;

export type TargetState = 'available' | 'unavailable';

/** A target as `/keeptrusts/targets` shows it. Times are ISO 8601. */
export interface HealthView {
  readonly state: TargetState;
  /** Why it is not available. */
  readonly reason: string | null;
  /** Since when it is in this state. */
  readonly since: string;
  readonly last_error: { readonly reason: ErrorReason; readonly detail: string | null; readonly at: string } | null;
  /** Running mean of successful calls: to the answer or, of a stream, its first event. */
  readonly latency_ms: number | null;
}

/** What the calls to one target have shown so far. */
export class TargetHealth {
  readonly #clock: Clock;
  #state: TargetState = 'available';
  #since: number;
  #lastError: { readonly error: GatewayError; readonly at: number } | undefined;
  #latencyMs: number | undefined;
  #requests = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#since = clock.now();
  }

  /** Calls so far, whatever became of them. */
  get requests(): number {
    return this.#requests;
  }

  succeeded(latencyMs: number): void {
    this.#requests += 1;
    this.#latencyMs =
      this.#latencyMs === undefined ? latencyMs : this.#latencyMs + NEWEST * (latencyMs - this.#latencyMs);
    this.#enter('available');
  }

  /** Without working credentials every call fails alike; any other failure says something about one call only. */
  failed(error: GatewayError): void {
    this.#requests += 1;
    this.#lastError = { error, at: this.#clock.now() };
    if (error.domain === 'credentials') this.#enter('unavailable');
  }

  view(): HealthView {
    const last = this.#lastError;
    return {
      state: this.#state,
      reason: this.#state === 'unavailable' && last ? (last.error.detail ?? last.error.reason) : null,
      since: iso(this.#since),
      last_error: last ? { reason: last.error.reason, detail: last.error.detail ?? null, at: iso(last.at) } : null,
      latency_ms: this.#latencyMs === undefined ? null : Math.round(this.#latencyMs),
    };
  }

  #enter(state: TargetState): void {
    if (state === this.#state) return;
    this.#state = state;
    this.#since = this.#clock.now();
  }
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}
