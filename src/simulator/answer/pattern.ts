// Makes a text that a regular expression matches, for the constructs that JSON Schemas use: literals, classes, groups,
// alternatives, quantifiers, anchors. It does not know back-references, look-around and named classes such as \p{L}.
import type { Random } from '../random.js';

/** How many more than the least an open quantifier may repeat. */
const SPREAD = 4;
const CLASSES: Readonly<Record<string, string>> = {
  d: '0123456789',
  w: 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_',
  s: ' ',
  D: 'abcdefghij',
  W: '-.:',
  S: 'abcdefghij',
};
const ANY = 'abcdefghijklmnopqrstuvwxyz';

/** `undefined` where the pattern uses what this does not know. */
export function matching(pattern: string, random: Random): string | undefined {
  try {
    const text = new PatternWriter(pattern, random).write();
    return new RegExp(pattern, 'u').test(text) ? text : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

class PatternWriter {
  readonly #pattern: string;
  readonly #random: Random;
  #at = 0;

  constructor(pattern: string, random: Random) {
    this.#pattern = pattern;
    this.#random = random;
  }

  write(): string {
    const text = this.#alternatives();
    if (this.#at < this.#pattern.length) throw new SyntaxError(`unexpected ${this.#pattern[this.#at]}`);
    return text();
  }

  // Each part of the pattern becomes a function that draws a text for it, so that a quantifier can draw anew each time.
  #alternatives(): () => string {
    const choices = [this.#sequence()];
    while (this.#take('|')) choices.push(this.#sequence());
    return () => this.#random.pick(choices)();
  }

  #sequence(): () => string {
    const parts: (() => string)[] = [];
    while (this.#at < this.#pattern.length && !'|)'.includes(this.#peek())) parts.push(this.#quantified(this.#atom()));
    return () => parts.map((part) => part()).join('');
  }

  #atom(): () => string {
    const char = this.#next();
    if (char === '^' || char === '$') return () => '';
    if (char === '.') return this.#oneOf(ANY);
    if (char === '[') return this.#oneOf(this.#set());
    if (char === '\\') return this.#oneOf(this.#escape());
    if (char !== '(') return () => char;
    if (this.#take('?') && !this.#take(':')) throw new SyntaxError('look-around and named groups are not known');
    const group = this.#alternatives();
    if (!this.#take(')')) throw new SyntaxError('unclosed group');
    return group;
  }

  #quantified(atom: () => string): () => string {
    const [min, max] = this.#bounds();
    this.#take('?');
    return () => Array.from({ length: this.#random.integer(min, max) }, atom).join('');
  }

  #bounds(): readonly [number, number] {
    if (this.#take('*')) return [0, SPREAD];
    if (this.#take('+')) return [1, 1 + SPREAD];
    if (this.#take('?')) return [0, 1];
    const [braces, least, comma, most] = /^\{(\d+)(,?)(\d*)\}/.exec(this.#pattern.slice(this.#at)) ?? [];
    if (braces === undefined) return [1, 1];
    this.#at += braces.length;
    const min = Number(least);
    return [min, comma === '' ? min : most === '' ? min + SPREAD : Number(most)];
  }

  #set(): string {
    const negated = this.#take('^');
    let chars = '';
    while (this.#peek() !== ']' && this.#at < this.#pattern.length) {
      const from = this.#take('\\') ? this.#escape() : this.#next();
      const isRange = from.length === 1 && this.#peek() === '-' && this.#pattern[this.#at + 1] !== ']';
      chars += isRange ? this.#range(from) : from;
    }
    if (!this.#take(']')) throw new SyntaxError('unclosed class');
    if (!negated) return chars;
    return Array.from(`${ANY}0123456789 `)
      .filter((char) => !chars.includes(char))
      .join('');
  }

  #range(from: string): string {
    this.#next();
    const to = this.#take('\\') ? this.#escape() : this.#next();
    const [first, last] = [from.charCodeAt(0), to.charCodeAt(0)];
    return String.fromCharCode(...Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => first + i));
  }

  #escape(): string {
    const char = this.#next();
    if (/[pPkbB0-9]/.test(char)) throw new SyntaxError(`\\${char} is not known`);
    return CLASSES[char] ?? { n: '\n', t: '\t', r: '\r' }[char] ?? char;
  }

  #oneOf(chars: string): () => string {
    return () => this.#random.string(1, chars);
  }

  #peek(): string {
    return this.#pattern.charAt(this.#at);
  }

  #next(): string {
    const char = this.#pattern.charAt(this.#at);
    if (char === '') throw new SyntaxError('the pattern ends too early');
    this.#at += 1;
    return char;
  }

  #take(char: string): boolean {
    if (this.#peek() !== char) return false;
    this.#at += 1;
    return true;
  }
}
