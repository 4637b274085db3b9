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

/** How much a text has to make up for its length; chosen, like the next, on sources that training had not seen. */
const ALLOWANCE = 1.25;
const LENGTH_UNIT = 400;
/** Longer texts are judged like this one, so that no amount of padding hides an attack. */
const LONGEST = 16_384;

/**
 * Raw score taken off each window of a text: the worst of many windows is higher by chance than the worst of few, and without this
 * long harmless texts are taken for attacks several times as often as short ones.
 * @param length of the text, in UTF-16 units.
 */
export function lengthAllowance(length: number): number {
  return ALLOWANCE * Math.log(1 + Math.min(length, LONGEST) / LENGTH_UNIT);
}
