import type { PiiDetector } from '../config/policy-config.js';
import { compilePii, compilePiiDetector, structuredTypes, wantedTypes } from '../gateway/policies/pii/compile.js';
import { findSpans } from '../gateway/policies/stream/span-finder.js';
import type { ScanText } from './scan-text.js';

/** Without settings every type is reported that its form or a cue tells: all but names, addresses and ages. */
export function scanPii(settings: PiiDetector | undefined): ScanText {
  const detector = settings
    ? compilePii({ ...settings, redaction: LABELS }).detector
    : compilePiiDetector(structuredTypes());
  return (text) => {
    const findings = findSpans(detector, text);
    return {
      score: findings.reduce((surest, { score }) => Math.max(surest, score), 0),
      entities: findings.map(({ label, start, end, score }) => ({ type: label, start, end, score })),
    };
  };
}

/** The types that a scan with these settings can report. */
export function typesSought(settings: PiiDetector | undefined): ReadonlySet<string> {
  if (!settings) return structuredTypes();
  return new Set<string>([...wantedTypes(settings), ...settings.detect_patterns.map(({ name }) => name)]);
}

/** A scan replaces nothing, so it needs no key. */
const LABELS = { marker_format: 'label', preserve_length: false, custom_markers: {} } as const;
