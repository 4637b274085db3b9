import type { TokenUsage } from './answer/answer.js';
import type { Call } from './call.js';

/** Tokens of one call, or their sum. Members as `GET /_sim/ledger` shows them. */
export interface Tokens {
  readonly input_tokens: number;
  readonly output_tokens: number;
  readonly cache_read_tokens: number;
  readonly cache_write_tokens: number;
}

export interface LedgerEntry extends Tokens {
  readonly request_id: string;
  readonly operation: string;
  readonly model: string;
  readonly region: string;
  /** The answer did not reach its end. Of a stream `output_tokens` then counts what was generated until there. */
  readonly aborted: boolean;
}

export interface LedgerReport {
  readonly totals: Tokens & { readonly requests: number; readonly aborted: number };
  /** Sums by model id, since the start or the last clearing. */
  readonly models: Readonly<Record<string, Tokens & { readonly requests: number }>>;
  /** The last calls, oldest first. */
  readonly requests: readonly LedgerEntry[];
}

const ZERO: Tokens = { input_tokens: 0, output_tokens: 0, cache_read_tokens: 0, cache_write_tokens: 0 };

/** What Amazon Bedrock would have put on the bill. */
export class Ledger {
  readonly #limit: number;
  #entries: LedgerEntry[] = [];
  #totals = { ...ZERO, requests: 0, aborted: 0 };
  #models = new Map<string, Tokens & { requests: number }>();

  constructor(limit: number) {
    this.#limit = limit;
  }

  add(call: Call, usage: TokenUsage, aborted: boolean): void {
    const tokens: Tokens = {
      input_tokens: usage.inputTokens,
      output_tokens: usage.outputTokens,
      cache_read_tokens: usage.cacheReadInputTokens,
      cache_write_tokens: usage.cacheWriteInputTokens,
    };
    const { requestId: request_id, operation, model, region } = call;
    this.#entries.push({ request_id, operation, model, region, ...tokens, aborted });
    if (this.#entries.length > this.#limit) this.#entries.shift();
    const { requests, aborted: abortedBefore } = this.#totals;
    this.#totals = { ...sum(this.#totals, tokens), requests: requests + 1, aborted: abortedBefore + Number(aborted) };
    const before = this.#models.get(model) ?? { ...ZERO, requests: 0 };
    this.#models.set(model, { ...sum(before, tokens), requests: before.requests + 1 });
  }

  report(): LedgerReport {
    return { totals: { ...this.#totals }, models: Object.fromEntries(this.#models), requests: [...this.#entries] };
  }

  clear(): void {
    this.#entries = [];
    this.#totals = { ...ZERO, requests: 0, aborted: 0 };
    this.#models.clear();
  }
}

function sum(a: Tokens, b: Tokens): Tokens {
  return {
    input_tokens: a.input_tokens + b.input_tokens,
    output_tokens: a.output_tokens + b.output_tokens,
    cache_read_tokens: a.cache_read_tokens + b.cache_read_tokens,
    cache_write_tokens: a.cache_write_tokens + b.cache_write_tokens,
  };
}
