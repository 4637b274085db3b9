import { RE2JS } from 're2js';
import type { Finding } from '../finding.js';

/** So many units are searched at a time, so that a pattern costs the same for each unit of a long text. */
const STRETCH = 4096;
/** The longest match that is sure to be found. */
const LONGEST_MATCH = 1024;
/** A pattern finds at most so many places in a text. */
const MOST_MATCHES = 16;

/** The operator's own patterns, in RE2 syntax and so in linear time, whatever the case of the text. */
export class AttackPatterns {
  readonly #patterns: readonly { readonly pattern: RE2JS; readonly literal: string }[];

  /** @throws when a pattern is not in RE2 syntax; `kt policy lint` refuses such a one with its place. */
  constructor(patterns: readonly string[]) {
    this.#patterns = patterns.map((pattern) => ({
      pattern: RE2JS.compile(pattern, RE2JS.CASE_INSENSITIVE),
      literal: requiredLiteral(pattern),
    }));
  }

  find(text: string): Finding[] {
    if (this.#patterns.length === 0) return [];
    const findings: Finding[] = [];
    const lower = text.toLowerCase();
    for (const { pattern, literal } of this.#patterns) {
      if (literal !== '' && !lower.includes(literal)) continue;
      findings.push(...places(pattern, text));
    }
    return findings;
  }
}

function* places(pattern: RE2JS, text: string): Generator<Finding> {
  let found = 0;
  let past = 0;
  for (let from = 0; from < text.length && found < MOST_MATCHES; from += STRETCH) {
    const matcher = pattern.matcher(text.slice(from, from + STRETCH + LONGEST_MATCH));
    while (found < MOST_MATCHES && matcher.find()) {
      const start = from + matcher.start();
      const end = from + matcher.end();
      if (end === start || start < past || matcher.start() >= STRETCH) continue;
      past = end;
      found++;
      yield { label: 'attack_pattern', start, end, score: 1, evidence: ['attack_pattern'] };
    }
  }
}

/** Text that every match begins with, in lower case; empty where it is not plain to see. */
function requiredLiteral(pattern: string): string {
  if (/[|\\]|\(\?/.test(pattern)) return '';
  const literal = /^[a-z0-9 _:@/#=,-]+/i.exec(pattern)?.[0] ?? '';
  const isCounted = /^[?*+{]/.test(pattern.slice(literal.length));
  // Letters whose lower case is not one to one are not among these, so comparing lower case is exact.
  return (isCounted ? literal.slice(0, -1) : literal).toLowerCase();
}
