import type { Pricing } from '../../config/policy-config.js';
import type { Usage } from '../chat/chat-answer.js';
import { baseModelId } from '../chat/model-id.js';
import table from './price-table.json' with { type: 'json' };

/** Prices of one target's model, in USD per 1,000,000 tokens. */
export interface Price {
  readonly input: number;
  readonly output: number;
  readonly cacheRead: number;
  /** Written for five minutes. */
  readonly cacheWrite: number;
  /** Written for an hour. */
  readonly cacheWrite1h: number;
  readonly source: 'config' | 'table';
}

/** What one exchange cost, in USD, by kind of token. */
export interface Cost {
  readonly input: number;
  readonly output: number;
  readonly cacheRead: number;
  readonly cacheWrite5m: number;
  readonly cacheWrite1h: number;
  readonly total: number;
}

// An hour's write costs 2 × input, five minutes' 1.25 × input.
// https://docs.claude.com/en/docs/build-with-claude/prompt-caching#pricing
const HOUR_BY_FIVE_MINUTES = 2 / 1.25;

type ListedPricing = Pricing & { readonly cache_write_1h?: number };

const MODELS: Readonly<Record<string, ListedPricing>> = table.models;

/**
 * What a target's tokens cost: as its configuration says, else by the shipped table (`price-table.json` names its date and
 * source). Cached tokens without a price of their own cost what input costs.
 * @param model the target's model id, with or without the geography of an inference profile, or its ARN.
 * @returns undefined for a model that neither knows: its cost is unknown, not 0.
 */
export function priceOf(model: string, configured: Pricing | undefined): Price | undefined {
  const id = baseModelId(model);
  const prices: ListedPricing | undefined = configured ?? (Object.hasOwn(MODELS, id) ? MODELS[id] : undefined);
  if (!prices) return undefined;
  const {
    input,
    output,
    cached_input: cacheRead = input,
    cache_write: cacheWrite = input,
    cache_write_1h: hour,
  } = prices;
  return {
    input,
    output,
    cacheRead,
    cacheWrite,
    cacheWrite1h: hour ?? (prices.cache_write === undefined ? input : cacheWrite * HOUR_BY_FIVE_MINUTES),
    source: configured ? 'config' : 'table',
  };
}

export function costOf(usage: Usage, price: Price): Cost {
  const hourly = usage.cacheWrite1hTokens ?? 0;
  const input = usd(usage.inputTokens, price.input);
  const output = usd(usage.outputTokens, price.output);
  const cacheRead = usd(usage.cacheReadTokens, price.cacheRead);
  const cacheWrite5m = usd(usage.cacheWriteTokens - hourly, price.cacheWrite);
  const cacheWrite1h = usd(hourly, price.cacheWrite1h);
  const total = input + output + cacheRead + cacheWrite5m + cacheWrite1h;
  return { input, output, cacheRead, cacheWrite5m, cacheWrite1h, total };
}

function usd(tokens: number, pricePerMillion: number): number {
  return (tokens * pricePerMillion) / 1_000_000;
}
