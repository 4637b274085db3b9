import type { Finding } from '../finding.js';
import type { SpanDetector, SpanFinder } from './span-finder.js';

/** Several detectors on one text as if they were one. Where findings overlap, the one that starts first stays, then the longer. */
export class MergedDetector implements SpanDetector {
  readonly #detectors: readonly SpanDetector[];

  constructor(detectors: readonly SpanDetector[]) {
    this.#detectors = detectors;
  }

  lane(): SpanFinder {
    return new MergedFinder(this.#detectors.map((detector) => detector.lane()));
  }
}

class MergedFinder implements SpanFinder {
  decided = 0;
  readonly #finders: readonly SpanFinder[];
  /** Certain for their own finder, but another may still find something before them. In order. */
  #waiting: Finding[] = [];
  #lastEnd = 0;

  constructor(finders: readonly SpanFinder[]) {
    this.#finders = finders;
  }

  push(chunk: string): readonly Finding[] {
    return this.#merge(this.#finders.flatMap((finder) => finder.push(chunk)));
  }

  flush(): readonly Finding[] {
    return this.#merge(this.#finders.flatMap((finder) => finder.flush()));
  }

  #merge(found: readonly Finding[]): readonly Finding[] {
    const decided = Math.min(...this.#finders.map((finder) => finder.decided));
    if (found.length > 0) this.#waiting = [...this.#waiting, ...found].sort(byPlace);
    const released: Finding[] = [];
    let next = this.#waiting[0];
    // A finding that begins before `decided` can no longer be preceded by another; it waits until all of it is decided.
    while (next && (next.start < this.#lastEnd || next.end <= decided)) {
      this.#waiting.shift();
      if (next.start >= this.#lastEnd) {
        released.push(next);
        this.#lastEnd = next.end;
      }
      next = this.#waiting[0];
    }
    this.decided = Math.min(decided, next?.start ?? decided);
    return released;
  }
}

function byPlace(a: Finding, b: Finding): number {
  return a.start - b.start || b.end - a.end;
}
