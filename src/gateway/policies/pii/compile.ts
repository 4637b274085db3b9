import metadata from 'libphonenumber-js/min/metadata';
import type { PiiDetector as PiiSettings } from '../../../config/policy-config.js';
import { MergedDetector } from '../stream/merged-finder.js';
import type { SpanDetector } from '../stream/span-finder.js';
import { PiiDetector } from './detector.js';
import { ENTITY_TYPES, groupOf, type EntityGroup, type EntityType } from './entity-types.js';
import { PatternDetector } from './pattern-detector.js';
import { Recognisers } from './recognisers/recognisers.js';
import { createRedactor, type PiiRedactor } from './redaction/redactor.js';

/** What one `pii-detector` block asks for, ready to judge texts. Immutable; shared by all exchanges of a revision. */
export interface CompiledPii {
  readonly detector: SpanDetector;
  /** Replaces findings within one exchange. */
  redactor(): PiiRedactor;
}

/** Takes some milliseconds: once per configuration, not per request. @param hashKey value of `redaction.hash_key_env`. */
export function compilePii(settings: PiiSettings, hashKey?: string): CompiledPii {
  const builtIn = compilePiiDetector(wantedTypes(settings), settings.allow_list);
  const own = settings.detect_patterns.map(
    ({ name, pattern }) => new PatternDetector(name, pattern, settings.allow_list),
  );
  return {
    detector: own.length === 0 ? builtIn : new MergedDetector([builtIn, ...own]),
    redactor: () => createRedactor({ ...settings.redaction, hashKey }),
  };
}

/** A detector of built-in types alone. */
export function compilePiiDetector(wanted: ReadonlySet<EntityType>, allowList: readonly string[] = []): PiiDetector {
  return new PiiDetector(new Recognisers(metadata, wanted), wanted, allowList);
}

/** The types that a configuration asks for. */
export function wantedTypes(
  settings: Pick<PiiSettings, 'entities' | 'exclude' | 'pci_mode' | 'healthcare_mode'>,
): ReadonlySet<EntityType> {
  const groups: readonly EntityGroup[] = [
    'core',
    ...(settings.pci_mode ? (['pci'] as const) : []),
    ...(settings.healthcare_mode ? (['healthcare'] as const) : []),
  ];
  const wanted = settings.entities ?? ENTITY_TYPES.filter((type) => groups.includes(groupOf(type)));
  return new Set(wanted.filter((type) => !settings.exclude.includes(type)));
}

/** Every type whose form or cue tells it: what is reported when nobody says what to look for. */
export function structuredTypes(): ReadonlySet<EntityType> {
  return new Set(ENTITY_TYPES.filter((type) => groupOf(type) !== 'best_effort'));
}
