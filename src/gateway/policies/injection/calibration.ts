/** Pairs of a raw score and what it is worth to the operator, both ascending. */
export type Knots = readonly (readonly [raw: number, score: number])[];

/**
 * Turns a raw score into the one that `threshold` is compared with: straight lines between the knots, levelling off towards 0
 * and 1 outside them. Never falls while the raw score rises.
 */
export function calibrated(raw: number, knots: Knots): number {
  const [lowRaw, lowScore] = knots[0] as (typeof knots)[number];
  if (raw <= lowRaw) return lowScore * Math.exp((raw - lowRaw) / 2);
  for (let i = 1; i < knots.length; i++) {
    const [rightRaw, rightScore] = knots[i] as (typeof knots)[number];
    if (raw > rightRaw) continue;
    const [leftRaw, leftScore] = knots[i - 1] as (typeof knots)[number];
    return leftScore + ((raw - leftRaw) / (rightRaw - leftRaw)) * (rightScore - leftScore);
  }
  const [highRaw, highScore] = knots.at(-1) as (typeof knots)[number];
  return 1 - (1 - highScore) * Math.exp((highRaw - raw) / 2);
}
