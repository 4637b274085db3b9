import { ServerResponse } from 'node:http';
import { constants, type Http2ServerResponse } from 'node:http2';

export type ReplyHeaders = Readonly<Record<string, string>>;

/** The way back to the client, alike over HTTP/1.1 and HTTP/2. */
export class Reply {
  readonly #response: ServerResponse | Http2ServerResponse;
  #ended = false;
  #gone = false;
  #cut = false;
  readonly #whenGone = new Set<() => void>();

  constructor(response: ServerResponse | Http2ServerResponse) {
    this.#response = response;
    response.on('error', () => undefined); // a write to a client that left; `close` follows and tells
    response.once('close', () => {
      this.#gone = true;
      for (const tell of this.#whenGone) tell();
    });
  }

  /** True when the client left before the answer was complete. False while it is under way and when the simulator itself cut it. */
  get aborted(): boolean {
    return this.#gone && !this.#cut && !this.#delivered();
  }

  /** True when nothing more can be sent. */
  get over(): boolean {
    return this.#gone || this.#ended || this.#cut;
  }

  /** Calls `tell` when the exchange is closed, whoever closed it. Returns how to take that back. */
  whenGone(tell: () => void): () => void {
    if (this.#gone) tell();
    else this.#whenGone.add(tell);
    return () => void this.#whenGone.delete(tell);
  }

  head(status: number, headers: ReplyHeaders): void {
    if (!this.over) (this.#response as ServerResponse).writeHead(status, headers); // the two differ in their overloads only
  }

  /** Resolves when the bytes have been handed to the socket's buffer and there is room for more, or the client has left. */
  async write(bytes: Uint8Array): Promise<void> {
    if (this.over) return;
    const room = (this.#response as ServerResponse).write(bytes); // the two `write`s differ in their overloads only
    if (room) return;
    await this.#orGone((resolve) => this.#response.once('drain', resolve));
  }

  /** Resolves when the bytes have left this process, or the client has. */
  async flush(bytes: Uint8Array): Promise<void> {
    if (this.over || bytes.length === 0) return;
    // the two `write`s differ in their overloads only
    await this.#orGone((resolve) => (this.#response as ServerResponse).write(bytes, () => resolve()));
  }

  end(bytes?: Uint8Array): void {
    if (this.over) return;
    this.#ended = true;
    if (bytes) (this.#response as ServerResponse).end(bytes);
    else this.#response.end();
  }

  /** Ends the exchange the hard way: RST on the TCP connection for HTTP/1.1, RST_STREAM for HTTP/2. */
  reset(): void {
    if (this.#gone) return;
    this.#cut = true;
    if (this.#response instanceof ServerResponse) this.#response.socket?.resetAndDestroy();
    else this.#response.stream.close(constants.NGHTTP2_INTERNAL_ERROR);
  }

  /** Waits for what `start` begins, or until nobody is there any more. */
  async #orGone(start: (resolve: () => void) => void): Promise<void> {
    let forget: (() => void) | undefined;
    await new Promise<void>((resolve) => {
      forget = this.whenGone(resolve);
      start(resolve);
    });
    forget?.();
  }

  // `writableFinished` of an HTTP/2 response is true after a reset as well, so its stream is asked for the reset's code.
  #delivered(): boolean {
    if (!this.#ended) return false;
    if (this.#response instanceof ServerResponse) return this.#response.writableFinished;
    return this.#response.stream.rstCode === constants.NGHTTP2_NO_ERROR;
  }
}
