import type { Clock, Timer } from '../../core/clock.js';
import type { ChatEvent } from '../chat/chat-answer.js';
import { GatewayError } from '../chat/gateway-error.js';
import { StreamClock, type StreamTimes } from './stream-clock.js';

/** Turns the events of one upstream's stream into neutral ones. */
export interface StreamReader<Event> {
  /** What `event` says, in order. @throws GatewayError when it says that the stream broke. */
  read(event: Event): readonly ChatEvent[];
  /** The stream has ended by itself. @throws GatewayError unless the model had ended before. */
  end(): readonly ChatEvent[];
  /** True for an event that comes before the model has said anything. */
  isPrelude(event: Event): boolean;
  /** True once the model has ended: what is missing then is no part of the answer. */
  readonly complete: boolean;
  /** True once the finish has been given: nothing follows it. */
  readonly finished: boolean;
}

export interface OpenedStream<Event> {
  readonly stream: AsyncIterable<Event>;
  /** The upstream's id of the call. */
  readonly requestId?: string;
}

export interface StreamOptions<Event> {
  /** Sends the request. */
  readonly open: (signal: AbortSignal) => Promise<OpenedStream<Event>>;
  readonly reader: StreamReader<Event>;
  /** The upstream's name, for messages. */
  readonly upstream: string;
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
 * One stream of an upstream's as neutral events, with its clocks. Whatever ends it, its upstream is not left open: a caller who
 * leaves, a clock that runs out and an iteration that stops early all close it at once.
 */
export class WatchedStream<Event> implements AsyncIterableIterator<ChatEvent> {
  readonly #options: StreamOptions<Event>;
  readonly #reader: StreamReader<Event>;
  readonly #upstream = new AbortController();
  readonly #clock: StreamClock;
  #source: AsyncIterator<Event> | undefined;
  #requestId: string | undefined;
  #ready: ChatEvent[] = [];
  #given = 0;
  #over = false;

  private constructor(options: StreamOptions<Event>) {
    const { signal, clock, times, reader, upstream } = options;
    this.#options = options;
    this.#reader = reader;
    this.#clock = new StreamClock(clock, times, upstream, (error) => this.#upstream.abort(error));
    signal.addEventListener('abort', this.#callerLeft);
    if (signal.aborted) this.#callerLeft();
  }

  /**
   * Resolves when the model has said something, so that a failure before it is still an ordinary error.
   * @throws what `explain` makes of the transport's error, or the reason for which the stream was given up.
   */
  static async open<Event>(
    options: StreamOptions<Event>,
  ): Promise<{ readonly events: WatchedStream<Event>; readonly requestId?: string }> {
    const events = new WatchedStream(options);
    try {
      const { stream, requestId } = await options.open(events.#upstream.signal);
      events.#requestId = requestId;
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
      if (event === undefined || !this.#reader.isPrelude(event)) break;
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
  async #pull(): Promise<Event | undefined> {
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

  /** The next event, or nothing at the end. A connection that is cut when the model had ended has cost no part of the answer. */
  async #event(): Promise<Event | undefined> {
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
    if (failure instanceof GatewayError) failure.upstreamRequestId ??= this.#requestId;
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
