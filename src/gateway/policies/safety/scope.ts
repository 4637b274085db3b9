// What is weighed together: one window, and the stretch of text that ends with it. A question may name its object one sentence
// before it asks, and a story is told by many; an old remark must not be held against a text for ever.
import { SIGNALS } from './signals.js';

/** Units of text that are weighed together at most. */
export const LONGEST_STRETCH = 600;

/** Values that the weights of a model apply to, by index: the signals, the heads, and 1 where several windows are weighed together. */
export const FEATURES = SIGNALS.length + 3;
export const CONTENT_HEAD = SIGNALS.length;
export const REQUEST_HEAD = SIGNALS.length + 1;
export const TOGETHER = SIGNALS.length + 2;

/** How a signal counts that was met `times` times: the first time most. */
export function dampen(times: number): number {
  return times <= 0 ? 0 : times < STEPS.length ? (STEPS[times] as number) : LOUDEST;
}

const LOUDEST = 3;
const STEPS = Array.from({ length: 7 }, (_, times) => Math.log2(1 + times));

/** Grams that are added to the count of a scope before it is divided by: a few words alone must not speak loudest. */
export const SHORT_TEXT = 150;

/** What a head says of a scope. It takes a scope for harmless only so far: what rules find must not be outvoted by common words. */
export function headLogit(sum: number, grams: number, bias: number): number {
  return Math.max(-1, sum / Math.sqrt(grams + SHORT_TEXT) + bias);
}
