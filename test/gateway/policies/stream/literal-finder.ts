import type { Finding } from '../../../../src/gateway/policies/finding.js';
import type { SpanDetector, SpanFinder } from '../../../../src/gateway/policies/stream/span-finder.js';

/** Finds a literal word wherever it stands: the smallest honest detector, for tests of what is built on detectors. */
export class LiteralDetector implements SpanDetector {
  readonly #word: string;
  readonly #label: string;

  constructor(word: string, label = 'WORD') {
    this.#word = word;
    this.#label = label;
  }

  lane(): SpanFinder {
    return new LiteralFinder(this.#word, this.#label);
  }
}

class LiteralFinder implements SpanFinder {
  decided = 0;
  readonly #word: string;
  readonly #label: string;
  #text = '';

  constructor(word: string, label: string) {
    this.#word = word;
    this.#label = label;
  }

  push(chunk: string): Finding[] {
    this.#text += chunk;
    return this.#find(this.#text.length - this.#word.length + 1);
  }

  flush(): Finding[] {
    return this.#find(this.#text.length);
  }

  #find(end: number): Finding[] {
    const findings: Finding[] = [];
    while (this.decided < end) {
      if (this.#text.startsWith(this.#word, this.decided)) {
        findings.push({ label: this.#label, start: this.decided, end: this.decided + this.#word.length, score: 1 });
        this.decided += this.#word.length;
      } else this.decided += 1;
    }
    return findings;
  }
}
