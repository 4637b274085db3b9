import { createHmac } from 'node:crypto';
import type { Redaction } from '../../../../config/policy-config.js';
import type { Finding } from '../../finding.js';
import { JsonLane } from '../../stream/json-lane.js';
import { JudgedLane, type Lane } from '../../stream/judged-lane.js';
import { TokenDetector, Tokens } from './tokens.js';

/** Replaces what was found, within one exchange. */
export interface PiiRedactor {
  /** What stands in the place of `found`. */
  replace(found: string, finding: Finding): string;
  /**
   * Puts the originals back into one text of the answer; undefined when no placeholder was given out. From the first call on,
   * what was not replaced before gets its label: it comes from the answer, and the caller does not have it yet.
   * @param isJson for the JSON text of a tool call's arguments.
   */
  restorer(isJson: boolean): Lane | undefined;
}

export interface RedactionOptions extends Pick<Redaction, 'marker_format' | 'preserve_length' | 'custom_markers'> {
  /** The installation's key, for `hash`. */
  readonly hashKey?: string | undefined;
}

/** Types of which `partial` keeps the last four characters, as receipts and screens do. */
const PARTLY_SHOWN: ReadonlySet<string> = new Set(['CREDIT_CARD', 'PHONE_NUMBER']);
const SHOWN = 4;
/** Length of a mask that does not tell the length of what it hides. */
const MASK_LENGTH = 8;
/** Hexadecimal digits of the HMAC that are shown: 64 bits, enough to tell a million texts apart. */
const HASH_DIGITS = 16;

/** @throws RangeError for `hash` without a key. */
export function createRedactor(options: RedactionOptions): PiiRedactor {
  const label = labelled(options.custom_markers);
  switch (options.marker_format) {
    case 'label':
      return { replace: (_, { label: type }) => label(type), restorer: () => undefined };
    case 'mask':
      return { replace: (found) => mask(found, 0, options.preserve_length), restorer: () => undefined };
    case 'partial':
      return {
        replace: (found, { label: type }) => mask(found, PARTLY_SHOWN.has(type) ? SHOWN : 0, options.preserve_length),
        restorer: () => undefined,
      };
    case 'hash':
      return { replace: hashing(options.hashKey), restorer: () => undefined };
    case 'token':
      return new TokenRedactor(label);
  }
}

function labelled(custom: Redaction['custom_markers']): (type: string) => string {
  return (type) => (Object.hasOwn(custom, type) ? (custom[type] as string) : `[${type}]`);
}

/** Asterisks for everything but the last `shown` letters and digits; separators among those stay. */
function mask(found: string, shown: number, preservesLength: boolean): string {
  let start = found.length;
  for (let kept = 0; start > 0 && kept < shown; start -= 1)
    if (/[\p{L}\p{N}]/u.test(found[start - 1] as string)) kept += 1;
  // A text as short as what would be shown is hidden whole.
  const tail = start === 0 ? '' : found.slice(start).replace(/[^\p{L}\p{N}]/gu, preservesLength ? '$&' : '');
  return '*'.repeat(preservesLength ? found.length - tail.length : shown > 0 ? SHOWN : MASK_LENGTH) + tail;
}

function hashing(key: string | undefined): (found: string, finding: Finding) => string {
  if (key === undefined || key === '') throw new RangeError('redaction.marker_format hash: expected a key, got none');
  return (found, { label }) => {
    const digest = createHmac('sha256', key).update(`${label}\0${found}`).digest('hex').slice(0, HASH_DIGITS);
    return `[${label}:${digest}]`;
  };
}

class TokenRedactor implements PiiRedactor {
  readonly #tokens = new Tokens();
  readonly #label: (type: string) => string;
  #isAnswering = false;

  constructor(label: (type: string) => string) {
    this.#label = label;
  }

  replace(found: string, { label }: Finding): string {
    if (this.#isAnswering && !this.#tokens.has(label, found)) return this.#label(label);
    return this.#tokens.tokenFor(label, found);
  }

  restorer(isJson: boolean): Lane | undefined {
    this.#isAnswering = true;
    if (this.#tokens.size === 0) return undefined;
    const finder = new TokenDetector(this.#tokens).lane();
    const act = { found: () => undefined, replace: (written: string) => this.#tokens.originalOf(written) ?? written };
    return isJson ? new JsonLane(finder, act) : new JudgedLane(finder, act);
  }
}
