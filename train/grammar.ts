/** A text with choices: `{a|b|c}` picks one, `$name` one of a named list. Choices nest. */
export type Grammar = Readonly<Record<string, readonly string[]>>;

/** One text of the grammar's list `start`. */
export function expand(grammar: Grammar, start: string, random: () => number): string {
  const pick = (list: readonly string[]): string => list[Math.floor(random() * list.length)] ?? '';
  let text = pick(grammar[start] ?? []);
  // Innermost choices first; each round removes one pair of braces or one name, so it ends.
  for (let round = 0; round < 200; round++) {
    const next = text.replace(
      /\$([a-zA-Z]+)|\{([^{}$]*)\}/,
      (_, name: string | undefined, choices: string | undefined) =>
        name === undefined ? pick((choices ?? '').split('|')) : pick(grammar[name] ?? [`<no list ${name}>`]),
    );
    if (next === text) break;
    text = next;
  }
  return text.replace(/ {2,}/g, ' ').trim();
}

/** Numbers from 0 (inclusive) to 1 (exclusive), the same for the same seed: mulberry32. */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000;
  };
}
