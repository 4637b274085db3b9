import type { SafetyFilter } from '../../../config/policy-config.js';
import type { Policy } from '../chain/policy.js';
import { compileSafety } from './compile-safety.js';

/** Judges what a caller brings and what the model answers; the operator's own system prompt is not judged. */
export function safetyPolicy(settings: SafetyFilter): Policy {
  const detector = compileSafety(settings);
  return {
    kind: 'safety-filter',
    action: settings.action,
    blockMessage: 'The gateway blocked this: its safety filter objects to the content.',
    detector: (zone) => (zone === 'system' ? undefined : detector),
    measures: (text, zone) => (zone === 'system' ? [] : detector.measures(text)),
  };
}
