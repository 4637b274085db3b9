import { RE2JS } from 're2js';
import type { Finding } from '../finding.js';
import type { SpanDetector, SpanFinder } from '../stream/span-finder.js';

/**
 * Longest text that a pattern of the operator's own matches, in UTF-16 units. What a pattern like `key: .*` would match
 * beyond is not part of the finding; the bound is what lets a stream move on.
 */
export const MAX_PATTERN_MATCH = 256;

/** Text is searched again once so much has arrived, so that single units do not cost a search each. */
const SEARCH_EVERY = 64;

/** Never assigned to a character, so in no text and in no class that a pattern names. */
const NONCHARACTER = '\uffff';

/**
 * Finds what a pattern in RE2 syntax matches. RE2 runs in time linear in the text, at about half a microsecond a character, so
 * a pattern that begins with a literal is tried only where that literal stands.
 *
 * A match at a place depends on the unit before it and the `MAX_PATTERN_MATCH` units behind it alone; a place is decided
 * once those are there.
 */
export class PatternDetector implements SpanDetector {
  readonly #label: string;
  readonly #pattern: RE2JS;
  readonly #literal: string;
  readonly #allowed: ReadonlySet<string>;

  /** @throws when the pattern is not in RE2 syntax; `kt policy lint` refuses such a one with its place. */
  constructor(label: string, pattern: string, allowList: readonly string[] = []) {
    this.#label = label;
    this.#pattern = RE2JS.compile(pattern);
    this.#literal = leadingLiteral(pattern);
    this.#allowed = new Set(allowList.map((text) => text.toLowerCase()));
  }

  lane(): SpanFinder {
    return new PatternFinder(this.#label, this.#pattern, this.#literal, this.#allowed);
  }
}

class PatternFinder implements SpanFinder {
  decided = 0;
  readonly #label: string;
  readonly #pattern: RE2JS;
  readonly #literal: string;
  readonly #allowed: ReadonlySet<string>;
  /** From one unit before `decided` on, which `\b` and the like may look at. */
  #text = '';
  #base = 0;
  #ended = false;
  #searchAt = 0;

  constructor(label: string, pattern: RE2JS, literal: string, allowed: ReadonlySet<string>) {
    this.#allowed = allowed;
    this.#label = label;
    this.#pattern = pattern;
    this.#literal = literal;
  }

  push(chunk: string): readonly Finding[] {
    this.#text += chunk;
    if (this.#literal === '' && this.#end < this.#searchAt) return [];
    return this.#search();
  }

  flush(): readonly Finding[] {
    this.#ended = true;
    return this.#search();
  }

  get #end(): number {
    return this.#base + this.#text.length;
  }

  #search(): readonly Finding[] {
    const findings: Finding[] = [];
    for (let at = this.decided; ;) {
      const start = this.#nextCandidate(at);
      if (start === undefined) {
        this.#settle(at);
        return findings;
      }
      if (start + MAX_PATTERN_MATCH >= this.#end && !this.#ended) {
        this.#settle(start, start);
        return findings;
      }
      const end = this.#matchEnd(start);
      if (end !== undefined && !this.#isAllowed(start, end)) {
        findings.push({ label: this.#label, start, end, score: 1, evidence: ['pattern'] });
      }
      at = end ?? start + 1;
      this.decided = at;
    }
  }

  /** The first place from `at` on where a match may begin. */
  #nextCandidate(at: number): number | undefined {
    if (this.#literal !== '') {
      const index = this.#text.indexOf(this.#literal, at - this.#base);
      return index < 0 ? undefined : index + this.#base;
    }
    // Stretch by stretch: a search for the longest match from every place to the end of the text would be quadratic.
    for (let index = at - this.#base; index < this.#text.length; index += MAX_PATTERN_MATCH) {
      const before = index > 0 ? 1 : 0;
      const matcher = this.#pattern.matcher(this.#text.slice(index - before, index + 2 * MAX_PATTERN_MATCH));
      if (matcher.find(before)) return this.#base + index - before + matcher.start();
    }
    return undefined;
  }

  /** Where the match at `start` ends, if one begins exactly there and within its window. */
  #matchEnd(start: number): number | undefined {
    const before = start > this.#base ? 1 : 0;
    const index = start - this.#base;
    const window = this.#text.slice(index - before, index + MAX_PATTERN_MATCH);
    // `$` must not take the end of the window for the end of the text.
    const isCut = index + MAX_PATTERN_MATCH < this.#text.length;
    const matcher = this.#pattern.matcher(isCut ? `${window}${NONCHARACTER}` : window);
    if (!matcher.find(before) || matcher.start() !== before || matcher.end() === before) return undefined;
    return start + Math.min(matcher.end() - before, MAX_PATTERN_MATCH);
  }

  #isAllowed(start: number, end: number): boolean {
    return this.#allowed.has(this.#text.slice(start - this.#base, end - this.#base).toLowerCase());
  }

  /** `at` has been searched; `limit` is a place that waits for more text. */
  #settle(at: number, limit = this.#end): void {
    const reach = this.#literal === '' ? MAX_PATTERN_MATCH : this.#literal.length - 1;
    const safe = this.#ended ? this.#end : Math.min(limit, Math.max(at, this.#end - reach));
    this.decided = this.#withoutHalfPair(safe);
    this.#searchAt = this.#end + SEARCH_EVERY;
    const keep = Math.max(this.#base, this.decided - 1);
    this.#text = this.#text.slice(keep - this.#base);
    this.#base = keep;
  }

  #withoutHalfPair(position: number): number {
    const unit = this.#text.charCodeAt(position - 1 - this.#base);
    return !this.#ended && unit >= 0xd800 && unit <= 0xdbff ? position - 1 : position;
  }
}

/** The literal text that every match of the pattern begins with; empty where it is not plain to see. */
function leadingLiteral(pattern: string): string {
  if (/\||\(\?/.test(pattern)) return '';
  const literal = /^[\w #:@/=-]+/.exec(pattern)?.[0] ?? '';
  const isCounted = /^[?*+{]/.test(pattern.slice(literal.length));
  return isCounted ? literal.slice(0, -1) : literal;
}
