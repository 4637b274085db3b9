import metadata from 'libphonenumber-js/min/metadata';
import { PiiDetector } from './detector.js';
import type { EntityType } from './entity-types.js';
import { Recognisers } from './recognisers/recognisers.js';

/** A detector for the given types. Takes some milliseconds: once per configuration, not per request. */
export function compilePiiDetector(wanted: ReadonlySet<EntityType>): PiiDetector {
  return new PiiDetector(new Recognisers(metadata), wanted);
}
