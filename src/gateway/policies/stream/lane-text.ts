/**
 * The part of a lane's text that a finder still needs, read through a door that notices what it does not yet know.
 *
 * `at` and its kin answer -1 past the end of what has arrived and set `pastEnd`, unless the lane has ended. A decision made
 * without raising `pastEnd` has seen nothing that more text could change, so it is final however the text was cut; one that
 * raised it is thrown away and made again later. `floor` bounds looking back in the same way: what lies before it is never
 * seen, whether or not it is still in memory. Recognisers that read through here cannot depend on the chunking.
 *
 * Positions count UTF-16 units from the beginning of the lane.
 */
export class LaneText {
  /** Set by a read past the end of an unfinished lane; cleared by whoever makes the next decision. */
  pastEnd = false;
  /** Reads before this position answer -1. */
  floor = 0;
  #base = 0;
  #text = '';
  #ended = false;

  /** Position behind the last unit that has arrived. */
  get end(): number {
    return this.#base + this.#text.length;
  }

  /** Position of the first unit that is still in memory. */
  get base(): number {
    return this.#base;
  }

  get ended(): boolean {
    return this.#ended;
  }

  /** What is in memory; its first unit has position `base`. For scans that handle the end themselves. */
  get buffered(): string {
    return this.#text;
  }

  append(chunk: string): void {
    this.#text = this.#text === '' ? chunk : this.#text + chunk;
  }

  finish(): void {
    this.#ended = true;
  }

  /** Forgets what lies before `position`. */
  forgetBefore(position: number): void {
    if (position <= this.#base) return;
    this.#text = this.#text.slice(position - this.#base);
    this.#base = position;
  }

  /** The UTF-16 unit at `position`, or -1 outside the text. */
  at(position: number): number {
    if (position < this.floor) return -1;
    const index = position - this.#base;
    if (index < this.#text.length) return index < 0 ? -1 : this.#text.charCodeAt(index);
    if (!this.#ended) this.pastEnd = true;
    return -1;
  }

  /** The text from `start` to `end`, cut at `floor` and at the end of the lane. */
  slice(start: number, end: number): string {
    if (end > this.end && !this.#ended) this.pastEnd = true;
    const from = Math.max(start, this.floor) - this.#base;
    return this.#text.slice(Math.max(0, from), Math.max(0, end - this.#base));
  }

  /** True when `word` stands at `position`. Reads no further than the first difference. */
  startsWith(word: string, position: number): boolean {
    for (let k = 0; k < word.length; k += 1) if (this.at(position + k) !== word.charCodeAt(k)) return false;
    return true;
  }
}
