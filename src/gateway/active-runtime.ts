import type { Runtime } from './runtime.js';

/** Holds a runtime in use until `release`, whatever is swapped in meanwhile. */
export interface Lease {
  readonly runtime: Runtime;
  /** At most once. */
  release(): void;
}

/** The runtime that new exchanges get. One that was replaced is closed when the last exchange on it has ended. */
export class ActiveRuntime {
  #active: Counted | undefined;
  readonly #closing = new Set<Promise<void>>();

  get current(): Runtime | undefined {
    return this.#active?.runtime;
  }

  /** Puts `runtime` in force; `undefined` leaves none. */
  swap(runtime: Runtime | undefined): void {
    const before = this.#active;
    this.#active = runtime && new Counted(runtime, (closed) => this.#follow(closed));
    before?.release();
  }

  /** Resolves when every runtime that is out of use has let go of what it held. @throws what closing one of them threw. */
  async closed(): Promise<void> {
    await Promise.all(this.#closing);
  }

  #follow(closed: Promise<void>): void {
    this.#closing.add(closed);
    // A failure stays, for `closed` to tell.
    closed.then(
      () => this.#closing.delete(closed),
      () => {},
    );
  }

  /** `undefined` while no runtime is in force. */
  lease(): Lease | undefined {
    return this.#active?.lease();
  }
}

/** Counts who uses a runtime; being in force is one use. */
class Counted implements Lease {
  readonly runtime: Runtime;
  readonly #follow: (closed: Promise<void>) => void;
  #uses = 1;

  constructor(runtime: Runtime, follow: (closed: Promise<void>) => void) {
    this.runtime = runtime;
    this.#follow = follow;
  }

  lease(): Lease {
    this.#uses += 1;
    return this;
  }

  release(): void {
    this.#uses -= 1;
    if (this.#uses === 0) this.#follow(this.runtime.close());
  }
}
