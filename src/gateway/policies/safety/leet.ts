/** Digits that are read for letters in words that mix both, by unit. */
const LETTERS = new Map(
  ['0o', '1i', '3e', '4a', '5s', '7t'].map((pair) => [pair.charCodeAt(0), pair.charCodeAt(1)] as const),
);

/** The letter that a digit stands for; any other unit is itself. */
export function unleet(unit: number): number {
  return LETTERS.get(unit) ?? unit;
}
