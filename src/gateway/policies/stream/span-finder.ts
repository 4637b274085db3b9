import type { Finding } from '../finding.js';

/**
 * Finds spans in one lane (one text that arrives in chunks: an answer's content, one tool call's arguments).
 *
 * Feeding a text whole is feeding it as one chunk, so the two can only agree; that no way of cutting changes what is found is
 * each finder's promise. Findings come in order of `start`, do not overlap, and carry offsets into the lane's whole text.
 */
export interface SpanFinder {
  /** Takes in more of the lane and returns the findings that are now certain. Each ends at or before `decided`. */
  push(chunk: string): readonly Finding[];
  /** The lane has ended: decides the rest. Nothing may be pushed afterwards. */
  flush(): readonly Finding[];
  /**
   * Does ahead what `flush` would do, and lets others have their turn meanwhile: for finders that judge a text when it has
   * ended, and long ones. Nothing may be pushed afterwards.
   */
  beforeFlush?(): Promise<void>;
  /** Lane offset before which all is said: no finding that is yet to come starts before it. Never inside a surrogate pair. */
  readonly decided: number;
}

/** Makes a finder for each lane. Compiled once per configuration, and shared by all exchanges. */
export interface SpanDetector {
  lane(): SpanFinder;
}

/** All findings of a text that is there as a whole. */
export function findSpans(detector: SpanDetector, text: string): readonly Finding[] {
  const finder = detector.lane();
  const found = finder.push(text);
  const rest = finder.flush();
  return rest.length === 0 ? found : [...found, ...rest];
}
