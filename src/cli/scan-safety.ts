import { compileSafety } from '../gateway/policies/safety/compile-safety.js';
import type { PolicySettings } from '../config/policy-config.js';
import type { ScanText } from './scan-text.js';

/** Judges texts as `settings` say; without them, strictly and in all categories. */
export function scanSafety(settings: PolicySettings['safety-filter'] | undefined): ScanText {
  const detector = compileSafety(
    settings ?? { mode: 'strict', categories: {}, block_if: [], fuzzy_matching: false, max_distance: 1 },
  );
  return (text) => {
    const { score, findings } = detector.score(text);
    return {
      score,
      findings: findings.map(({ label, start, end, score: own }) => ({ type: label, start, end, score: own })),
    };
  };
}
