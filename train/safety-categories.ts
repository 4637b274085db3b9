import type { Category } from '../src/gateway/policies/safety/categories.js';

/** What the sources call the filter's categories. Where several fit, the first counts; what fits none is judged as harm alone. */
const NAMES: readonly (readonly [RegExp, Category])[] = [
  [/child|minor|CSAM/i, 'minors'],
  [/suicide|self.?harm/i, 'self_harm'],
  [/sexual content|porn|adult content|prostitution/i, 'sexual'],
  [/hate|race|religion|discriminat|_h$/i, 'hate'],
  [/weapon|bomb|chemical|biological|terroris/i, 'weapons'],
  [/drug|illegal goods/i, 'drugs'],
  [/cyber|malware|virus|hack|intrusion/i, 'cyber'],
  [/fraud|deception|ponzi|pyramid|laundering|embezzle|identity theft|economic harm/i, 'fraud'],
  [/harass|bully|insult|toxicity/i, 'harassment'],
  [/violence|physical harm|murder|assault|kidnap|arson|assassin/i, 'violence'],
  [/crime|illegal|theft|traffick|smuggl|vandal|dumping/i, 'crime'],
  [/profan/i, 'profanity'],
];

/** The category that a row's own names stand for; undefined where they stand for none of ours. */
export function categoryNamed(names: readonly string[]): Category | undefined {
  return NAMES.find(([pattern]) => names.some((name) => pattern.test(name)))?.[1];
}
