// One breaker a target. Closed: calls pass and failures are counted. Open: none pass until the cooldown is over. Half open:
// a few calls pass as probes; if all succeed it closes, if one fails it opens again.
import type { CircuitBreaker as CircuitBreakerRules } from '../../config/policy-config.js';
import type { Clock } from '../../core/clock.js';
import { OutcomeWindow } from './outcome-window.js';

export const CIRCUIT_STATES = ['closed', 'open', 'half_open'] as const;
export type CircuitState = (typeof CIRCUIT_STATES)[number];

/** Why a breaker changed its state; the closed list of a metric label. */
export const TRANSITION_REASONS = [
  'consecutive_failures',
  'failure_rate',
  'cooldown_over',
  'probe_succeeded',
  'probe_failed',
  'manual',
] as const;
export type TransitionReason = (typeof TRANSITION_REASONS)[number];

/** After so long a trial that has not ended no longer keeps the next one out. */
const TRIAL_MS = 5_000;

export interface Transition {
  readonly to: CircuitState;
  readonly reason: TransitionReason;
}

/** Leave to make one call. Its outcome is reported once; further reports do nothing. */
export interface Permit {
  succeeded(): void;
  failed(): void;
  /** The call says nothing about the target: the caller left, or the request itself was at fault. */
  ignored(): void;
}

export interface CircuitBreakerOptions extends CircuitBreakerRules {
  readonly clock: Clock;
  readonly onTransition?: (transition: Transition) => void;
}

export class CircuitBreaker {
  #options: CircuitBreakerOptions;
  #window: OutcomeWindow;
  #state: CircuitState = 'closed';
  #reason: TransitionReason | undefined;
  #sinceMs: number;
  #openedAt = 0;
  #isHeldOpen = false;
  #failuresInARow = 0;
  /** When the trials under way began. */
  readonly #trials = new Map<Permit, number>();
  #probesSucceeded = 0;
  /** Grows with each change of state: the outcome of a call that began in an earlier state no longer counts. */
  #era = 0;
  #waiting: (() => void)[] = [];

  constructor(options: CircuitBreakerOptions) {
    this.#options = options;
    this.#window = new OutcomeWindow(options.window_seconds, options.clock);
    this.#sinceMs = options.clock.now();
  }

  /** Rules of a newer configuration. The state stays; a window of another length begins empty. */
  reconfigure(rules: CircuitBreakerRules): void {
    const { clock } = this.#options;
    if (rules.window_seconds !== this.#options.window_seconds)
      this.#window = new OutcomeWindow(rules.window_seconds, clock);
    this.#options = { ...this.#options, ...rules };
  }

  /** As of now: an open circuit whose cooldown is over is still `open` until a call is let through. */
  get state(): CircuitState {
    return this.#state;
  }

  /** Why it is in this state; undefined while it has never left `closed`. */
  get reason(): TransitionReason | undefined {
    return this.#reason;
  }

  /** Since when, in milliseconds of the epoch. */
  get sinceMs(): number {
    return this.#sinceMs;
  }

  /** Would a call be let through now? Changes nothing. */
  get isCallable(): boolean {
    if (!this.#options.enabled && !this.#isHeldOpen) return true;
    if (this.#state === 'closed') return true;
    if (this.#state === 'open') return this.#isCooledDown;
    return this.#keptOut + this.#probesSucceeded < this.#options.half_open_requests;
  }

  /** Milliseconds until an open circuit lets a probe through; 0 when it does now. Infinite while it is held open by hand. */
  get retryAfterMs(): number {
    if (this.#state !== 'open' || this.isCallable) return 0;
    if (this.#isHeldOpen) return Infinity;
    return this.#openedAt + this.#options.cooldown_seconds * 1000 - this.#options.clock.monotonic();
  }

  /** Leave for one call; undefined when the circuit does not let it through. */
  acquire(): Permit | undefined {
    if (!this.isCallable) return undefined;
    if (this.#state === 'open') this.#enter('half_open', 'cooldown_over');
    const permit = this.#permit(this.#era);
    if (this.#state === 'half_open') this.#trials.set(permit, this.#options.clock.monotonic());
    return permit;
  }

  /** Half open, and as many trials under way as there may be: resolves when one of them has ended. */
  trialEnded(): Promise<void> {
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  /** A failure that no permit was for, such as a stream that broke after it had begun. */
  failedLate(): void {
    this.acquire()?.failed();
  }

  /** By hand: stays open until `close`, whatever the cooldown. */
  open(): void {
    this.#isHeldOpen = true;
    this.#enter('open', 'manual');
  }

  /** By hand: calls pass again, and counting begins anew. */
  close(): void {
    this.#isHeldOpen = false;
    this.#enter('closed', 'manual');
  }

  /** Trials that keep others out: one that hangs does so for a while only. */
  get #keptOut(): number {
    const oldest = this.#options.clock.monotonic() - TRIAL_MS;
    let count = 0;
    for (const startedMs of this.#trials.values()) if (startedMs > oldest) count += 1;
    return count;
  }

  get #isCooledDown(): boolean {
    const { clock, cooldown_seconds } = this.#options;
    return !this.#isHeldOpen && clock.monotonic() - this.#openedAt >= cooldown_seconds * 1000;
  }

  #permit(era: number): Permit {
    let isReported = false;
    const report = (apply: () => void) => (): void => {
      if (isReported) return;
      isReported = true;
      if (era !== this.#era) return;
      this.#trials.delete(permit);
      apply();
      for (const resume of this.#waiting.splice(0)) resume();
    };
    const permit: Permit = {
      succeeded: report(() => this.#succeeded()),
      failed: report(() => this.#failed()),
      ignored: report(() => {}),
    };
    return permit;
  }

  #succeeded(): void {
    this.#failuresInARow = 0;
    this.#window.add(true);
    if (this.#state !== 'half_open') return;
    this.#probesSucceeded += 1;
    if (this.#probesSucceeded >= this.#options.half_open_requests) this.#enter('closed', 'probe_succeeded');
  }

  #failed(): void {
    if (this.#state === 'half_open') {
      this.#enter('open', 'probe_failed');
      return;
    }
    this.#failuresInARow += 1;
    this.#window.add(false);
    if (!this.#options.enabled) return;
    const { failure_threshold, failure_rate, min_requests } = this.#options;
    const { total, failures } = this.#window.counts();
    if (this.#failuresInARow >= failure_threshold) this.#enter('open', 'consecutive_failures');
    else if (total >= min_requests && failures / total >= failure_rate) this.#enter('open', 'failure_rate');
  }

  #enter(state: CircuitState, reason: TransitionReason): void {
    const { clock, onTransition } = this.#options;
    this.#era += 1;
    this.#state = state;
    this.#reason = reason;
    this.#sinceMs = clock.now();
    this.#failuresInARow = 0;
    this.#trials.clear();
    this.#probesSucceeded = 0;
    this.#window.clear();
    if (state === 'open') this.#openedAt = clock.monotonic();
    for (const resume of this.#waiting.splice(0)) resume();
    onTransition?.({ to: state, reason });
  }
}
