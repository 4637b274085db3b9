import type { Clock, Timer } from '../../core/clock.js';
import { GatewayError } from '../chat/gateway-error.js';

export interface StreamTimes {
  /** Longest wait for the first event. */
  readonly firstEventMs: number;
  /** Longest pause between two events. */
  readonly idleMs: number;
}

/**
 * The two clocks of a stream. Only time spent waiting for the upstream counts: a client that reads slowly is no idle upstream.
 * One timer serves the whole stream; it is set again when it fires early, so that an event costs two readings of the clock.
 */
export class StreamClock {
  readonly #clock: Clock;
  readonly #idleMs: number;
  readonly #expire: (error: GatewayError) => void;
  readonly #upstream: string;
  #timer: Timer;
  #waitingSince: number | undefined;
  #stopped = false;

  /**
   * Starts the wait for the first event.
   * @param upstream its name, for messages.
   * @param expire called once, when a wait took too long.
   */
  constructor(
    clock: Clock,
    { firstEventMs, idleMs }: StreamTimes,
    upstream: string,
    expire: (error: GatewayError) => void,
  ) {
    this.#clock = clock;
    this.#idleMs = idleMs;
    this.#expire = expire;
    this.#upstream = upstream;
    this.#timer = clock.schedule(firstEventMs, () =>
      expire(timeout(`No event of ${upstream}'s stream came within ${firstEventMs / 1000} s`, 'first_event')),
    );
  }

  /** The first event is there: from now on pauses are measured. */
  begun(): void {
    this.#timer.cancel();
    if (!this.#stopped) this.#timer = this.#clock.schedule(this.#idleMs, () => this.#check());
  }

  waiting(): void {
    this.#waitingSince = this.#clock.monotonic();
  }

  arrived(): void {
    this.#waitingSince = undefined;
  }

  stop(): void {
    this.#stopped = true;
    this.#timer.cancel();
  }

  #check(): void {
    const waited = this.#waitingSince === undefined ? 0 : this.#clock.monotonic() - this.#waitingSince;
    if (waited >= this.#idleMs) {
      this.#expire(timeout(`${this.#upstream}'s stream paused for ${this.#idleMs / 1000} s`, 'idle'));
      return;
    }
    this.#timer = this.#clock.schedule(this.#idleMs - waited, () => this.#check());
  }
}

function timeout(message: string, detail: string): GatewayError {
  return new GatewayError('upstream_timeout', message, { detail });
}
