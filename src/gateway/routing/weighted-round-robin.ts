interface Weighted {
  readonly id: string;
  readonly weight: number;
}

/**
 * Smooth weighted round robin: shares follow the weights of whatever is available, and turns are spread instead of bunched.
 * Each draw every candidate gains its weight, the one with most is taken and pays the sum of all.
 * @see https://github.com/nginx/nginx/commit/52327e0627f49dbda1e8db695e63a4b0af4448b1
 */
export class WeightedRoundRobin {
  readonly #current = new Map<string, number>();
  #candidates = '';

  /** The next of `candidates`, which are those available now; undefined when there are none, or all weigh 0. */
  next<T extends Weighted>(candidates: readonly T[]): T | undefined {
    // Debts of another set of targets would bend the shares of this one.
    const names = candidates.map(({ id }) => id).join('\n');
    if (names !== this.#candidates) this.#current.clear();
    this.#candidates = names;

    let best: T | undefined;
    let most = -Infinity;
    let sum = 0;
    for (const candidate of candidates) {
      if (candidate.weight <= 0) continue;
      sum += candidate.weight;
      const current = (this.#current.get(candidate.id) ?? 0) + candidate.weight;
      this.#current.set(candidate.id, current);
      if (current > most) [best, most] = [candidate, current];
    }
    if (best) this.#current.set(best.id, most - sum);
    return best;
  }
}
