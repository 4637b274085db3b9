interface Weighted {
  readonly id: string;
  readonly weight: number;
}

/** Sets of candidates whose turns are remembered. Sets come and go with what is available; few are in use at a time. */
const MAX_SETS = 64;

/**
 * Smooth weighted round robin: shares follow the weights of whatever is available, and turns are spread instead of bunched.
 * Each draw every candidate gains its weight, the one with most is taken and pays the sum of all. Each set of candidates has
 * turns of its own: debts of another set would bend its shares.
 * @see https://github.com/nginx/nginx/commit/52327e0627f49dbda1e8db695e63a4b0af4448b1
 */
export class WeightedRoundRobin {
  readonly #sets = new Map<string, Map<string, number>>();

  /** The next of `candidates`, which are those available now; undefined when there are none, or all weigh 0. */
  next<T extends Weighted>(candidates: readonly T[]): T | undefined {
    const turns = this.#turnsOf(candidates);
    let best: T | undefined;
    let most = -Infinity;
    let sum = 0;
    for (const candidate of candidates) {
      if (candidate.weight <= 0) continue;
      sum += candidate.weight;
      const current = (turns.get(candidate.id) ?? 0) + candidate.weight;
      turns.set(candidate.id, current);
      if (current > most) [best, most] = [candidate, current];
    }
    if (best) turns.set(best.id, most - sum);
    return best;
  }

  #turnsOf(candidates: readonly Weighted[]): Map<string, number> {
    let names = '';
    for (const { id } of candidates) names += `${id}\n`;
    const known = this.#sets.get(names);
    if (known) return known;
    const [oldest] = this.#sets.keys();
    if (this.#sets.size >= MAX_SETS && oldest !== undefined) this.#sets.delete(oldest);
    const turns = new Map<string, number>();
    this.#sets.set(names, turns);
    return turns;
  }
}
