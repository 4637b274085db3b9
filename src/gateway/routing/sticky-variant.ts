import { hash } from 'node:crypto';

interface Variant {
  readonly target: string;
  readonly weight: number;
}

/**
 * The variant that `key` (a user, a conversation) always gets, by weighted rendezvous hashing: shares follow the weights, and
 * when a variant is added or removed only those move that it gains or loses.
 * @param salt separates experiments from one another: the pack's name.
 * @returns undefined when every weight is 0.
 * @see https://en.wikipedia.org/wiki/Rendezvous_hashing#Weighted_rendezvous_hash
 */
export function stickyVariant<T extends Variant>(key: string, variants: readonly T[], salt: string): T | undefined {
  let best: T | undefined;
  let highest = -Infinity;
  for (const variant of variants) {
    if (variant.weight <= 0) continue;
    const score = -variant.weight / Math.log(unitHash(`${salt}\n${variant.target}\n${key}`));
    if (score > highest) [best, highest] = [variant, score];
  }
  return best;
}

/** A number in (0, 1), the same for the same text everywhere. */
function unitHash(text: string): number {
  const digits = hash('sha256', text, 'hex').slice(0, 12);
  return (Number.parseInt(digits, 16) + 0.5) / 2 ** 48;
}
