import type { Finding } from '../finding.js';
import type { SpanFinder } from './span-finder.js';

/** One text on its way through: chunks go in, and what may leave comes out. */
export interface Lane {
  /** Takes in more of the text and returns what may leave now, possibly nothing. */
  push(chunk: string): string;
  /** Long work that `flush` would do at once; see `SpanFinder.beforeFlush`. */
  beforeFlush?(): Promise<void>;
  /** The text has ended: returns the rest. */
  flush(): string;
  /** UTF-16 units that are held back at the moment. */
  readonly held: number;
}

/** What happens to what a policy finds. */
export interface Act {
  /** Called for each finding, in order, before any of it leaves. Throws to stop the text: then none of the finding has left. */
  found(finding: Finding): void;
  /** What stands in the finding's place; undefined lets it stand. */
  replace?(found: string, finding: Finding): string;
}

/**
 * Lets a text through one policy. Nothing leaves that a finding could still reach, so the released text is the same however
 * it was cut into chunks: it depends only on the finder's findings, and those do not depend on the cuts.
 */
export class JudgedLane implements Lane {
  readonly #finder: SpanFinder;
  readonly #act: Act;
  #pending = '';
  /** Lane offset of the first unit in `#pending`. */
  #base = 0;

  constructor(finder: SpanFinder, act: Act) {
    this.#finder = finder;
    this.#act = act;
  }

  get held(): number {
    return this.#pending.length;
  }

  push(chunk: string): string {
    this.#pending += chunk;
    return this.#release(this.#finder.push(chunk), this.#finder.decided);
  }

  async beforeFlush(): Promise<void> {
    await this.#finder.beforeFlush?.();
  }

  flush(): string {
    return this.#release(this.#finder.flush(), this.#base + this.#pending.length);
  }

  #release(findings: readonly Finding[], decided: number): string {
    let released = '';
    for (const finding of findings) {
      this.#act.found(finding);
      const replacement = this.#act.replace?.(this.#slice(finding.start, finding.end), finding);
      if (replacement === undefined) continue;
      released += this.#take(finding.start) + replacement;
      this.#drop(finding.end);
    }
    return released + this.#take(decided);
  }

  #slice(start: number, end: number): string {
    return this.#pending.slice(start - this.#base, end - this.#base);
  }

  /** Removes what stands before lane offset `end` and returns it. */
  #take(end: number): string {
    const text = this.#pending.slice(0, Math.max(0, end - this.#base));
    this.#drop(end);
    return text;
  }

  #drop(end: number): void {
    if (end <= this.#base) return;
    this.#pending = this.#pending.slice(end - this.#base);
    this.#base = end;
  }
}

/** Lets a text through untouched while a policy watches: nothing waits for its findings. */
export class WatchedLane implements Lane {
  readonly held = 0;
  readonly #finder: SpanFinder;
  readonly #found: (finding: Finding) => void;

  constructor(finder: SpanFinder, found: (finding: Finding) => void) {
    this.#finder = finder;
    this.#found = found;
  }

  push(chunk: string): string {
    for (const finding of this.#finder.push(chunk)) this.#found(finding);
    return chunk;
  }

  async beforeFlush(): Promise<void> {
    await this.#finder.beforeFlush?.();
  }

  flush(): string {
    for (const finding of this.#finder.flush()) this.#found(finding);
    return '';
  }
}

/** Lanes one behind the other: each judges what the one before it lets through. */
export class ChainedLane implements Lane {
  readonly #lanes: readonly Lane[];

  constructor(lanes: readonly Lane[]) {
    this.#lanes = lanes;
  }

  get held(): number {
    return this.#lanes.reduce((sum, lane) => sum + lane.held, 0);
  }

  push(chunk: string): string {
    let text = chunk;
    for (const lane of this.#lanes) {
      if (text === '') return '';
      text = lane.push(text);
    }
    return text;
  }

  flush(): string {
    let text = '';
    for (const lane of this.#lanes) text = (text === '' ? '' : lane.push(text)) + lane.flush();
    return text;
  }
}
