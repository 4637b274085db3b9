import type { PolicyKind } from '../../../config/policy-config.js';
import type { Finding } from '../finding.js';
import type { SpanDetector } from '../stream/span-finder.js';

/** Where a text of a request or an answer comes from, and so how far it is trusted. */
export const ZONES = ['system', 'user', 'assistant', 'tool_result', 'tool_arguments', 'document', 'reasoning'] as const;
export type Zone = (typeof ZONES)[number];

export type Phase = 'input' | 'output';

export type Action = 'redact' | 'block' | 'log';

/** One judging entry of the chain, compiled once for a config revision. It finds spans; the chain acts. */
export interface Policy {
  readonly kind: PolicyKind;
  readonly action: Action;
  /** What a caller reads whose request or answer this policy blocks. */
  readonly blockMessage: string;
  /** Judges the texts of a zone; undefined where the policy does not look, and everywhere where it is a `judge` that looks. */
  detector(zone: Zone, phase: Phase): SpanDetector | undefined;
  /** Asks somebody else about whole texts. */
  readonly judge?: WholeJudge;
  /** What the policy measures of a text, also below its thresholds: for people who ask why. */
  measures?(text: string, zone: Zone, phase: Phase): readonly Measure[];
  /** Memory of one exchange, for `redact`. */
  redactor?(): Redactor;
}

/** Judges texts that are there as a whole, by asking somebody else, which takes time and may fail. */
export interface WholeJudge {
  looksAt(zone: Zone, phase: Phase): boolean;
  /** One opinion for each text, in their order. @throws what made it impossible, or the reason of `signal`. */
  ask(texts: readonly string[], phase: Phase, signal: AbortSignal): Promise<readonly Opinion[]>;
}

/** What a judge says of one text. */
export interface Opinion {
  readonly findings: readonly Finding[];
  /** The text as the judge would let it pass; absent where it would not, in whatever form. */
  readonly masked?: string;
}

/** How sure a policy is of one thing, and how sure it has to be. */
export interface Measure {
  readonly label: string;
  /** 0..1 */
  readonly score: number;
  /** From this score on it is a finding. */
  readonly threshold: number;
}

/** Rewrites what a policy found, within one exchange. */
export interface Redactor {
  /** What stands in the answer or request instead of `found`. */
  replace(found: string, finding: Finding): string;
  /**
   * Gives the caller back what was replaced on the way up, in one text of the answer; undefined when there is nothing to give
   * back. `isJson` where the text is the JSON of a tool call's arguments.
   */
  restorer?(isJson: boolean): Restorer | undefined;
}

/** Puts originals back into one text of the answer, chunk by chunk. What it returns must not be judged again. */
export interface Restorer {
  push(chunk: string): string;
  flush(): string;
  readonly held: number;
}
