import { rankOf, type EntityType } from '../entity-types.js';

/** What a recogniser based its proposal on; a closed list. */
export type Evidence = 'checksum' | 'context' | 'format' | 'prefix' | 'alone' | 'pattern' | 'cue';

/** One reading of a stretch of text. */
export interface Proposal {
  readonly type: EntityType;
  readonly start: number;
  readonly end: number;
  /** 0..1; a reading counts from 0.5 on. */
  readonly score: number;
  readonly evidence: Evidence;
  /** Where to go on reading, when not behind the end: a URL may hold an e-mail address. */
  readonly resumeAt: number;
}

/** Scores from here on are reported. */
export const THRESHOLD = 0.5;

/** Collects what the recognisers make of one place in the text and chooses. */
export class Proposals {
  #best: Proposal | undefined;

  get best(): Proposal | undefined {
    return this.#best;
  }

  clear(): void {
    this.#best = undefined;
  }

  /** The surer reading wins, then the longer one, then the type that stands first in the list of types. */
  add(type: EntityType, start: number, end: number, score: number, evidence: Evidence, resumeAt = end): void {
    if (score < THRESHOLD) return;
    this.take({ type, start, end, score: Math.min(1, score), evidence, resumeAt });
  }

  take(proposal: Proposal): void {
    if (!this.#best || isBetter(proposal, this.#best)) this.#best = proposal;
  }
}

function isBetter(a: Proposal, b: Proposal): boolean {
  if (a.score !== b.score) return a.score > b.score;
  if (a.end - a.start !== b.end - b.start) return a.end - a.start > b.end - b.start;
  return rankOf(a.type) < rankOf(b.type);
}
