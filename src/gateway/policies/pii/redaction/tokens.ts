import type { Finding } from '../../finding.js';
import type { SpanDetector, SpanFinder } from '../../stream/span-finder.js';

/** Longest way of writing a token that is still understood, in UTF-16 units. */
const MAX_WRITTEN = 64;

/** Models change case and spacing, and escape `_` in Markdown: `< email address 1 >`, `<EMAIL\_ADDRESS\_1>`. */
const WRITTEN =
  /^<\\?\s{0,2}(?<name>[A-Za-z][A-Za-z0-9]*(?:\\?[_\s-][A-Za-z0-9]+)*?)\\?[_\s-]?(?<number>\d{1,6})\s{0,2}\\?>/;
const MAY_BECOME = /^<\\?\s{0,2}(?:[A-Za-z][A-Za-z0-9\\_\s-]*)?$/;

/** The originals behind the placeholders of one exchange: in memory, and gone with it. */
export class Tokens {
  readonly #tokens = new Map<string, string>();
  readonly #originals = new Map<string, string>();
  readonly #counts = new Map<string, number>();

  get size(): number {
    return this.#originals.size;
  }

  /** The placeholder for a text: the same for the same text of the same type. No placeholder begins another: `>` ends each. */
  tokenFor(label: string, original: string): string {
    const key = `${label} ${original}`;
    const known = this.#tokens.get(key);
    if (known !== undefined) return known;
    const number = (this.#counts.get(label) ?? 0) + 1;
    this.#counts.set(label, number);
    const token = `<${label}_${number}>`;
    this.#tokens.set(key, token);
    this.#originals.set(canonical(label, String(number)), original);
    return token;
  }

  has(label: string, original: string): boolean {
    return this.#tokens.has(`${label} ${original}`);
  }

  /** What stands behind a written placeholder; undefined for one that was never given out. */
  originalOf(written: string): string | undefined {
    const groups = WRITTEN.exec(written)?.groups;
    return groups && this.#originals.get(canonical(groups['name'] ?? '', groups['number'] ?? ''));
  }
}

function canonical(label: string, number: string): string {
  return `${label.replace(/[^A-Za-z0-9]+/g, '_').toUpperCase()} ${Number(number)}`;
}

/** Finds the placeholders that stand for something, in whole texts and in streams. */
export class TokenDetector implements SpanDetector {
  readonly #tokens: Tokens;

  constructor(tokens: Tokens) {
    this.#tokens = tokens;
  }

  lane(): SpanFinder {
    return new TokenFinder(this.#tokens);
  }
}

class TokenFinder implements SpanFinder {
  decided = 0;
  readonly #tokens: Tokens;
  /** From `decided` on: nothing, or a text that begins with `<` and may become a placeholder. */
  #text = '';

  constructor(tokens: Tokens) {
    this.#tokens = tokens;
  }

  push(chunk: string): readonly Finding[] {
    return this.#search(chunk, false);
  }

  flush(): readonly Finding[] {
    return this.#search('', true);
  }

  #search(chunk: string, ended: boolean): readonly Finding[] {
    const text = this.#text + chunk;
    const findings: Finding[] = [];
    let at = 0;
    for (;;) {
      const start = text.indexOf('<', at);
      if (start < 0) {
        at = text.length;
        break;
      }
      const ahead = text.slice(start, start + MAX_WRITTEN);
      const written = WRITTEN.exec(ahead)?.[0];
      if (written !== undefined && this.#tokens.originalOf(written) !== undefined) {
        const place = this.decided + start;
        findings.push({ label: 'TOKEN', start: place, end: place + written.length, score: 1 });
        at = start + written.length;
      } else if (!ended && ahead.length < MAX_WRITTEN && MAY_BECOME.test(ahead)) {
        at = start;
        break;
      } else at = start + 1;
    }
    // Half of a surrogate pair does not leave alone.
    if (!ended && at === text.length && /[\ud800-\udbff]$/.test(text)) at -= 1;
    this.decided += at;
    this.#text = text.slice(at);
    return findings;
  }
}
