/** Room for the next chunks, so that small ones do not each need a new array. */
const SPARE_BYTES = 64;
const NO_BYTES = Buffer.alloc(0);
const NO_UNITS = new Uint16Array(0);

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
  /** The same text as numbers: reading one from a string costs a look at how V8 keeps that string, each time. */
  #bytes = NO_BYTES;
  #units = NO_UNITS;
  #length = 0;
  #ended = false;

  /** Position behind the last unit that has arrived. */
  get end(): number {
    return this.#base + this.#length;
  }

  /** Position of the first unit that is still in memory. */
  get base(): number {
    return this.#base;
  }

  get ended(): boolean {
    return this.#ended;
  }

  /**
   * What is in memory, for scans that handle the end themselves: the unit at `position` has index `position - base`. Longer
   * than the text; good until the next `append`.
   */
  get units(): Uint16Array {
    return this.#units;
  }

  append(chunk: string): void {
    const needed = 2 * (this.#length + chunk.length);
    if (needed > this.#bytes.length) this.#grow(Math.max(needed + SPARE_BYTES, this.#length === 0 ? 0 : 2 * needed));
    this.#bytes.write(chunk, 2 * this.#length, 'utf16le');
    this.#text = this.#text === '' ? chunk : this.#text + chunk;
    this.#length += chunk.length;
  }

  finish(): void {
    this.#ended = true;
  }

  /** Forgets what lies before `position`. */
  forgetBefore(position: number): void {
    const count = position - this.#base;
    if (count <= 0) return;
    this.#text = this.#text.slice(count);
    this.#units.copyWithin(0, count, this.#length);
    this.#length -= count;
    this.#base = position;
  }

  /** The UTF-16 unit at `position`, or -1 outside the text. */
  at(position: number): number {
    if (position < this.floor) return -1;
    const index = position - this.#base;
    if (index < this.#length) return index < 0 ? -1 : (this.#units[index] as number);
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

  #grow(size: number): void {
    const bytes = Buffer.allocUnsafe(size + (size & 1));
    bytes.set(this.#bytes.subarray(0, 2 * this.#length));
    this.#bytes = bytes;
    this.#units = new Uint16Array(bytes.buffer, bytes.byteOffset, bytes.length / 2);
  }
}

/** A text as numbers, for what reads units. */
export function unitsOf(text: string): Uint16Array {
  return Uint16Array.from({ length: text.length }, (_, k) => text.charCodeAt(k));
}
