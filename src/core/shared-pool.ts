/** A hold on a shared thing; it lives while anybody holds it. */
export interface Lease<T> {
  readonly key: string;
  readonly value: T;
  /** Lets go; the last to do so closes the thing. Calling it again does nothing. */
  release(): void;
}

interface Shared<T> {
  readonly value: T;
  holders: number;
}

/** Things that cost something to make (clients, credentials), one a key, closed when nobody holds them any more. */
export class SharedPool<T extends { close(): void }> {
  readonly #entries = new Map<string, Shared<T>>();

  get size(): number {
    return this.#entries.size;
  }

  acquire(key: string, create: () => T): Lease<T> {
    const entry = this.#entries.get(key) ?? { value: create(), holders: 0 };
    this.#entries.set(key, entry);
    entry.holders++;
    let held = true;
    return {
      key,
      value: entry.value,
      release: () => {
        if (!held) return;
        held = false;
        if (--entry.holders > 0) return;
        this.#entries.delete(key);
        entry.value.close();
      },
    };
  }
}
