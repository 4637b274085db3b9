/** Texts up to so many units are copied into memory that stays; a longer one gets its own. */
const KEPT_UNITS = 65_536;

/**
 * A text as numbers. Reading one from a string costs a look at how V8 keeps that string, each time; copying all of them at
 * once does not. The array is good until the next call, and may be longer than the text.
 */
export class UnitBuffer {
  readonly #bytes = Buffer.allocUnsafeSlow(2 * KEPT_UNITS);
  readonly #units = new Uint16Array(this.#bytes.buffer, 0, KEPT_UNITS);

  of(text: string): Uint16Array {
    if (text.length <= KEPT_UNITS) {
      this.#bytes.write(text, 0, 'utf16le');
      return this.#units;
    }
    const bytes = Buffer.allocUnsafeSlow(2 * text.length);
    bytes.write(text, 0, 'utf16le');
    return new Uint16Array(bytes.buffer, 0, text.length);
  }
}
