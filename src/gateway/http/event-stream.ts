import type { ServerResponse } from 'node:http';
import type { Clock, Timer } from '../../core/clock.js';
import { KEEP_ALIVE } from '../chat/render-chat-chunk.js';

/** Proxies and clients give up on a silent connection, some after 30 s. */
export const KEEP_ALIVE_MS = 15_000;

/** What is gathered within one turn of the event loop leaves as one write, unless it is more than this. */
const FLUSH_LENGTH = 16_384;

/**
 * Writes server-sent events as they come, at the pace of a slow client, with a comment whenever there is silence for
 * `KEEP_ALIVE_MS`. Headers must have been written. Stops reading `events` when the client has left.
 * @param events whole events as text, each with its empty line.
 * @see https://html.spec.whatwg.org/multipage/server-sent-events.html
 */
export async function sendEvents(res: ServerResponse, events: AsyncIterable<string>, clock: Clock): Promise<void> {
  const writer = new EventWriter(res);
  const silence = new SilenceBreaker(writer, clock);
  try {
    for await (const event of events) {
      if (res.closed) return;
      writer.add(event);
      silence.broken();
      if (writer.isFull) await writer.drained();
    }
    writer.flush();
  } finally {
    silence.stop();
    if (!res.closed) res.end();
  }
}

class EventWriter {
  readonly #res: ServerResponse;
  #text = '';
  #scheduled = false;

  constructor(res: ServerResponse) {
    this.#res = res;
  }

  add(text: string): void {
    this.#text += text;
    if (this.#text.length >= FLUSH_LENGTH) return this.flush();
    if (this.#scheduled) return;
    this.#scheduled = true;
    // Behind all promises that are ready now, hence behind all events that came in one piece from upstream.
    process.nextTick(() => this.flush());
  }

  flush(): void {
    this.#scheduled = false;
    if (this.#text === '' || this.#res.closed) return;
    const text = this.#text;
    this.#text = '';
    this.#res.write(text);
  }

  get isFull(): boolean {
    return this.#res.writableNeedDrain;
  }

  /** Resolves when the client has taken what was written, or left. */
  drained(): Promise<void> {
    return new Promise((resolve) => {
      const done = (): void => {
        this.#res.off('drain', done).off('close', done);
        resolve();
      };
      this.#res.on('drain', done).on('close', done);
    });
  }
}

/** One timer a stream, set anew only when it fires, since events are frequent and silence is rare. */
class SilenceBreaker {
  readonly #writer: EventWriter;
  readonly #clock: Clock;
  #lastMs: number;
  #timer: Timer;

  constructor(writer: EventWriter, clock: Clock) {
    this.#writer = writer;
    this.#clock = clock;
    this.#lastMs = clock.monotonic();
    this.#timer = clock.schedule(KEEP_ALIVE_MS, () => this.#look());
  }

  broken(): void {
    this.#lastMs = this.#clock.monotonic();
  }

  stop(): void {
    this.#timer.cancel();
  }

  #look(): void {
    const silentMs = this.#clock.monotonic() - this.#lastMs;
    if (silentMs >= KEEP_ALIVE_MS) {
      if (!this.#writer.isFull) this.#writer.add(KEEP_ALIVE);
      this.broken();
    }
    const restMs = silentMs < KEEP_ALIVE_MS ? KEEP_ALIVE_MS - silentMs : KEEP_ALIVE_MS;
    this.#timer = this.#clock.schedule(restMs, () => this.#look());
  }
}
