/** Where units were left out of a text, so that positions in what remains can be told in the original. */
export class OffsetMap {
  /** Positions in the shortened text before which a unit is missing, ascending; equal ones where several are missing. */
  #missing: number[] = [];
  #forgotten = 0;

  /** @param base position at which the chunk begins in the shortened text. */
  remove(base: number, positions: readonly number[]): void {
    for (const position of positions) this.#missing.push(base + position);
  }

  /** The original position of the unit at `position`. */
  start(position: number): number {
    return position + this.#forgotten + this.#countUpTo(position);
  }

  /** The original position behind the unit that ends at `position`, without what was left out behind it. */
  end(position: number): number {
    return position + this.#forgotten + this.#countUpTo(position - 1);
  }

  /** Positions before this one will not be asked for again. */
  forgetBefore(position: number): void {
    const count = this.#countUpTo(position - 1);
    if (count === 0) return;
    this.#missing = this.#missing.slice(count);
    this.#forgotten += count;
  }

  #countUpTo(position: number): number {
    if (this.#missing.length === 0) return 0;
    let [low, high] = [0, this.#missing.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#missing[middle] as number) <= position) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
