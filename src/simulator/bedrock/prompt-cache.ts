import { createHash } from 'node:crypto';
import type { Clock } from '../../core/clock.js';
import type { TokenUsage } from '../answer/answer.js';
import type { Segment } from './input-tokens.js';

const TTL_MS = { '5m': 5 * 60_000, '1h': 60 * 60_000 } as const;
const MAX_ENTRIES = 10_000;

export type InputUsage = Omit<TokenUsage, 'outputTokens'>;

interface Checkpoint {
  readonly key: string;
  /** Of everything before it. */
  readonly tokens: number;
  readonly ttl: '5m' | '1h';
}

/**
 * The prefixes of prompts that were marked with cache points. A prefix shorter than `minTokens` is not cached, as with Claude
 * (1,024) and Nova; reading one keeps it for its time anew.
 * @see https://docs.aws.amazon.com/bedrock/latest/userguide/prompt-caching.html
 */
export class PromptCache {
  readonly #clock: Clock;
  readonly #minTokens: number;
  readonly #expiries = new Map<string, number>();

  constructor(clock: Clock, minTokens: number) {
    this.#clock = clock;
    this.#minTokens = minTokens;
  }

  /** @param scope what keeps caches apart: account, region and model. */
  use(scope: string, segments: readonly Segment[]): InputUsage {
    const total = segments.reduce((sum, { tokens }) => sum + tokens, 0);
    const checkpoints = checkpointsOf(scope, segments).filter(({ tokens }) => tokens >= this.#minTokens);
    const now = this.#clock.now();
    const hit = checkpoints.findLastIndex(({ key }) => (this.#expiries.get(key) ?? 0) > now);
    const read = checkpoints[hit]?.tokens ?? 0;
    const end = checkpoints.at(-1)?.tokens ?? 0;
    for (const { key, ttl } of checkpoints) this.#keep(key, now + TTL_MS[ttl]);
    const details = writtenByTtl(checkpoints.slice(hit + 1), read);
    return {
      inputTokens: total - end,
      cacheReadInputTokens: read,
      cacheWriteInputTokens: end - read,
      ...(details.length > 0 && { cacheDetails: details }),
    };
  }

  #keep(key: string, until: number): void {
    this.#expiries.delete(key); // so that the order of the map is the order of use
    this.#expiries.set(key, until);
    const [oldest] = this.#expiries.keys();
    if (this.#expiries.size > MAX_ENTRIES && oldest !== undefined) this.#expiries.delete(oldest);
  }
}

function checkpointsOf(scope: string, segments: readonly Segment[]): readonly Checkpoint[] {
  const hash = createHash('sha256').update(scope);
  const checkpoints: Checkpoint[] = [];
  let tokens = 0;
  for (const segment of segments) {
    if (segment.cachePoint) {
      checkpoints.push({ key: hash.copy().digest('base64'), tokens, ttl: segment.cachePoint.ttl ?? '5m' });
    } else {
      hash.update(JSON.stringify(segment.content));
      tokens += segment.tokens;
    }
  }
  return checkpoints;
}

function writtenByTtl(written: readonly Checkpoint[], read: number): NonNullable<TokenUsage['cacheDetails']> {
  const sums = { '1h': 0, '5m': 0 };
  let before = read;
  for (const { tokens, ttl } of written) {
    sums[ttl] += tokens - before;
    before = tokens;
  }
  return (['1h', '5m'] as const).flatMap((ttl) => (sums[ttl] > 0 ? [{ ttl, inputTokens: sums[ttl] }] : []));
}
