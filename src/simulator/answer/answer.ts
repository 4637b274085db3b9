import type { JsonObject } from '../../core/json.js';

/** What an operation answers, before it becomes bytes. */
export type Answer = WholeAnswer | StreamAnswer;

export interface WholeAnswer {
  readonly kind: 'whole';
  readonly status: number;
  readonly contentType: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
  readonly usage?: TokenUsage;
}

export interface StreamAnswer {
  readonly kind: 'stream';
  readonly events: readonly StreamEvent[];
  readonly usage: TokenUsage;
}

export interface StreamEvent {
  /** Member of `ConverseStreamOutput`: `messageStart`, `contentBlockDelta` … */
  readonly type: string;
  readonly payload: JsonObject;
  /** What the model generated for this event. */
  readonly outputTokens: number;
}

/** As in Converse: input counts neither what was read from the cache nor what was written to it. */
export interface TokenUsage {
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly cacheReadInputTokens: number;
  readonly cacheWriteInputTokens: number;
  /** What was written, by how long it is kept. */
  readonly cacheDetails?: readonly { readonly ttl: '5m' | '1h'; readonly inputTokens: number }[];
}

export const NO_USAGE: TokenUsage = {
  inputTokens: 0,
  outputTokens: 0,
  cacheReadInputTokens: 0,
  cacheWriteInputTokens: 0,
};

export function jsonAnswer(body: unknown, usage?: TokenUsage): WholeAnswer {
  return {
    kind: 'whole',
    status: 200,
    contentType: 'application/json',
    body: JSON.stringify(body),
    ...(usage && { usage }),
  };
}
