import type { SafetyCategories } from '../../../config/policy-config.js';

/** The categories of harm, in the order in which ties are told. */
export const CATEGORIES = [
  'minors',
  'self_harm',
  'sexual',
  'hate',
  'violence',
  'weapons',
  'drugs',
  'cyber',
  'fraud',
  'crime',
  'harassment',
  'profanity',
] as const satisfies readonly (keyof SafetyCategories)[];

export type Category = (typeof CATEGORIES)[number];
