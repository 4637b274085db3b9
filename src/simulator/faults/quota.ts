import type { Clock } from '../../core/clock.js';

const WINDOW_MS = 60_000;

export interface QuotaLimits {
  readonly requests_per_minute?: number | undefined;
  readonly tokens_per_minute?: number | undefined;
}

interface Charge {
  readonly at: number;
  tokens: number;
}

export type Admission =
  | { readonly admitted: true; readonly settle: (tokens: number) => void }
  | { readonly admitted: false; readonly over: 'requests' | 'tokens' };

/**
 * Requests and tokens of the last minute. As in Amazon Bedrock a call reserves its input and its `maxTokens` when it begins,
 * and is charged what it really used when it ends.
 * @see https://docs.aws.amazon.com/bedrock/latest/userguide/quotas-token-burndown.html
 */
export class Quota {
  readonly #limits: QuotaLimits;
  readonly #clock: Clock;
  #charges: Charge[] = [];

  constructor(limits: QuotaLimits, clock: Clock) {
    this.#limits = limits;
    this.#clock = clock;
  }

  admit(reservedTokens: number): Admission {
    const now = this.#clock.monotonic();
    this.#charges = this.#charges.filter(({ at }) => at > now - WINDOW_MS);
    const { requests_per_minute = Infinity, tokens_per_minute = Infinity } = this.#limits;
    if (this.#charges.length >= requests_per_minute) return { admitted: false, over: 'requests' };
    const used = this.#charges.reduce((sum, { tokens }) => sum + tokens, 0);
    if (used + reservedTokens > tokens_per_minute) return { admitted: false, over: 'tokens' };
    const charge = { at: now, tokens: reservedTokens };
    this.#charges.push(charge);
    return { admitted: true, settle: (tokens) => void (charge.tokens = tokens) };
  }
}
