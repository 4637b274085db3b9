import type { ConverseStreamOutput } from '@aws-sdk/client-bedrock-runtime';
import type { Clock, Timer } from '../../../core/clock.js';
import type { ChatEvent } from '../../chat/chat-answer.js';
import { GatewayError } from '../../chat/gateway-error.js';
import type { ConverseStream } from './bedrock-transport.js';
import type { AnswerReading } from './converse-request.js';
import { ConverseStreamReader } from './converse-stream.js';
import { StreamClock, type StreamTimes } from './stream-clock.js';

export interface StreamOptions {
  /** Sends the request. */
  readonly open: (signal: AbortSignal) => Promise<ConverseStream>;
  readonly reading: AnswerReading;
  /** Of the caller. */
  readonly signal: AbortSignal;
  readonly times: StreamTimes;
  readonly clock: Clock;
  /** Gives an error of the transport its meaning. */
  readonly explain: (error: unknown) => Error;
}

/** How long the end of a stream may take behind its last event before its connection is given up. */
const DRAIN_MS = 1_000;

/**
 * One stream of Bedrock's as neutral events, with its clocks. Whatever ends it, its upstream is not left open: a caller who
 * leaves, a clock that runs out and an iteration that stops early all close it at once.
 */
export class WatchedStream implements AsyncIterableIterator<ChatEvent> {
  readonly #options: StreamOptions;
  readonly #reader: ConverseStreamReader;
  readonly #upstream = new AbortController();
  readonly #clock: StreamClock;
  #source: AsyncIterator<ConverseStreamOutput> | undefined;
  #ready: ChatEvent[] = [];
  #given = 0;
  #over = false;

  private constructor(options: StreamOptions) {
    const { signal, clock, times, reading } = options;
    this.#options = options;
    this.#reader = new ConverseStreamReader(reading);
    this.#clock = new StreamClock(clock, times, (error) => this.#upstream.abort(error));
    signal.addEventListener('abort', this.#callerLeft);
    if (signal.aborted) this.#callerLeft();
  }

  /**
   * Resolves when the first event behind `messageStart` has come, so that a failure before it is still an ordinary error.
   * @throws what `explain` makes of the transport's error, or the reason for which the stream was given up.
   */
  static async open(options: StreamOptions): Promise<{ readonly events: WatchedStream; readonly requestId?: string }> {
    const events = new WatchedStream(options);
    try {
      const { stream, requestId } = await options.open(events.#upstream.signal);
      events.#source = stream[Symbol.asyncIterator]();
      await events.#first();
      return { events, ...(requestId !== undefined && { requestId }) };
    } catch (error) {
      throw events.#failed(error);
    }
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async next(): Promise<IteratorResult<ChatEvent, undefined>> {
    while (this.#given === this.#ready.length) {
      if (this.#over) return { done: true, value: undefined };
      await this.#more();
    }
    const event = this.#ready[this.#given++];
    return event === undefined ? { done: true, value: undefined } : { done: false, value: event };
  }

  async return(): Promise<IteratorResult<ChatEvent, undefined>> {
    if (!this.#over) {
      this.#release();
      this.#upstream.abort();
    }
    this.#ready = [];
    this.#given = 0;
    return { done: true, value: undefined };
  }

  async #first(): Promise<void> {
    for (;;) {
      const event = await this.#pull();
      if (event === undefined || !event.messageStart) break;
    }
    this.#clock.begun();
  }

  async #more(): Promise<void> {
    this.#ready = [];
    this.#given = 0;
    try {
      await this.#pull();
    } catch (error) {
      throw this.#failed(error);
    }
  }

  /** Reads one event, or the end. */
  async #pull(): Promise<ConverseStreamOutput | undefined> {
    const value = await this.#event();
    if (value === undefined) {
      this.#ready.push(...this.#reader.end());
      this.#release();
      return undefined;
    }
    this.#ready.push(...this.#reader.read(value));
    if (this.#reader.finished) {
      this.#release();
      void this.#drain();
    }
    return value;
  }

  /** The next event, or nothing at the end. A connection that is cut behind `messageStop` has cost no part of the answer. */
  async #event(): Promise<ConverseStreamOutput | undefined> {
    try {
      this.#clock.waiting();
      const { done, value } = await this.#source!.next();
      this.#clock.arrived();
      if (!done) return value;
      // Over HTTP/2 a stream that was aborted ends like a whole one.
      this.#upstream.signal.throwIfAborted();
      return undefined;
    } catch (error) {
      const mayEnd = this.#reader.complete && !this.#options.signal.aborted;
      if (mayEnd && isOfNetwork(this.#explained(error))) return undefined;
      throw error;
    }
  }

  /** Why the stream was given up, which is the cause of whatever the transport then says; else what the transport says. */
  #failed(error: unknown): Error {
    this.#release();
    const failure = this.#explained(error);
    this.#upstream.abort(failure);
    return failure;
  }

  #explained(error: unknown): Error {
    const given = this.#upstream.signal;
    return this.#options.explain(given.aborted ? given.reason : error);
  }

  /** No clock and no caller has a hold on the stream any more. */
  #release(): void {
    // What has been read is still given.
    this.#over = true;
    this.#clock.stop();
    this.#options.signal.removeEventListener('abort', this.#callerLeft);
  }

  readonly #callerLeft = (): void => this.#upstream.abort(this.#options.signal.reason);

  /** Reads the end behind the last event, for which nobody waits: a connection read to its end can be used again. */
  async #drain(): Promise<void> {
    const timer: Timer = this.#options.clock.schedule(DRAIN_MS, () => this.#upstream.abort());
    try {
      while (!(await this.#source?.next())?.done);
    } catch {
      // The answer is whole; what comes behind it, and how it ends, changes nothing.
    } finally {
      timer.cancel();
    }
  }
}

function isOfNetwork(failure: Error): boolean {
  return failure instanceof GatewayError && failure.domain === 'network';
}
