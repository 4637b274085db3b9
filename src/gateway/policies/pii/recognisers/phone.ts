import { getCountries, getCountryCallingCode, Metadata, type MetadataJson } from 'libphonenumber-js/core';
import { isDigit } from '../characters.js';
import type { Cue } from '../context/lexicon.js';
import type { LaneText } from '../../stream/lane-text.js';
import { isRightClear, leftEdge, type NumberRun, type NumberSpan } from './number-run.js';
import type { Proposals } from './proposals.js';
import { weigh, type Scene } from './scene.js';

const CUES: readonly Cue[] = ['phone'];

/** A number that the word "phone" would make one, and nothing else. */
const BARE = 0.2;

interface Habit {
  readonly shape: RegExp;
  readonly digits: RegExp;
  readonly score: number;
}

/** Nobody writes numbers in more ways; what a hostile text invents is not kept. */
const MAX_KEPT_SHAPES = 512;

/**
 * How people of one country write numbers at home, so that they are known without a word beside them. `shape` is a
 * `NumberSpan.shape` behind the run's prefix, `digits` what the digits must look like.
 */
const HABITS: readonly Habit[] = [
  // North America
  { shape: /^\(3\) ?3[-. ]4$|^\(3\)-3-4$/, digits: /^[2-9]\d\d[2-9]\d{6}$/, score: 0.72 },
  { shape: /^3-3-4$|^3\.3\.4$/, digits: /^[2-9]\d\d[2-9]\d{6}$/, score: 0.66 },
  { shape: /^3 3 4$|^3 3-4$|^3-3 4$|^3\/3-4$/, digits: /^[2-9]\d\d[2-9]\d{6}$/, score: 0.56 },
  { shape: /^1[-. ]3[-. ]3[-. ]4$|^1[- ]?\(3\)[- ]?3[-. ]4$/, digits: /^1[2-9]\d\d[2-9]\d{6}$/, score: 0.7 },
  // France, Belgium: five pairs
  { shape: /^2(?<s>[ .-])2\k<s>2\k<s>2\k<s>2$/, digits: /^0[1-9]\d{8}$/, score: 0.66 },
  // United Kingdom
  {
    shape: /^\(?[345]\)? \d \d$|^\(?[345]\)? \d{1,2}$|^3 4 4$|^4 3 4$|^5 3 3$|^\(\d\) ?\d[ -]\d$/,
    digits: /^0[12378]\d{8,9}$/,
    score: 0.6,
  },
  // Korea, Japan, China
  { shape: /^3-[34]-4$/, digits: /^01[016789]\d{7,8}$/, score: 0.72 },
  { shape: /^[23]-[34]-4$|^4-2-4$|^3-4-4$/, digits: /^0[1-9]\d{8,9}$/, score: 0.62 },
  { shape: /^3[ -]4[ -]4$/, digits: /^1[3-9]\d{9}$/, score: 0.64 },
  // Brazil, with the area in brackets
  { shape: /^\(2\) ?[45]-4$|^\(2\) ?1 4-4$/, digits: /^[1-9]\d9?\d{8}$/, score: 0.72 },
  // Australia
  { shape: /^\(2\) ?4[ -]4$|^4 3 3$/, digits: /^0[2-8]\d{8}$/, score: 0.62 },
  // The rest of Europe: a trunk 0, brackets or a slash round the area
  { shape: /^\(\d\) ?[\d -]+$|^\d\/[\d -]+$/, digits: /^0[1-9]\d{6,10}$/, score: 0.56 },
];

/**
 * Phone numbers. International ones by country code and the lengths that its numbering plan knows (from libphonenumber's
 * metadata; its text search is a hundred times too slow for a gateway), national ones by the habits above or by a word.
 */
export class PhoneRecogniser {
  readonly #lengths: ReadonlyMap<string, ReadonlySet<number>>;
  readonly #fitting = new Map<string, readonly Habit[]>();

  constructor(metadata: MetadataJson) {
    this.#lengths = possibleLengths(metadata);
  }

  readonly recognise = (run: NumberRun, scene: Scene, out: Proposals): void => {
    const edge = leftEdge(scene.text, run.start);
    if (edge === 'joined' || edge === 'money' || edge === 'decimal') return;
    const penalty = edge === 'hash' ? 0.3 : 0;
    for (const span of run.spans) {
      const count = span.digits.length;
      if (count < 6 || count > 17) continue;
      const extension = extensionEnd(scene.text, span.end);
      const end = extension ?? span.end;
      if (extension === undefined && !isRightClear(scene.text, end)) continue;
      const base = this.#base(run, span);
      if (base > 0) out.add('PHONE_NUMBER', run.start, end, weigh(base - penalty, scene, end, CUES), evidence(base));
    }
  };

  #base(run: NumberRun, { digits, shape }: NumberSpan): number {
    const international = run.prefix.includes('+') ? digits : digits.startsWith('00') ? digits.slice(2) : undefined;
    if (international !== undefined && this.#isInternational(international)) return run.prefix === '' ? 0.6 : 0.78;
    if (run.prefix.includes('+')) return digits.length >= 8 && digits.length <= 15 ? 0.3 : 0;
    // Bracketed shapes keep their bracket: the run's prefix stands before its first group.
    const whole = run.prefix + shape;
    if (digits.length > 8) {
      for (const habit of this.#habitsOf(whole)) if (habit.digits.test(digits)) return habit.score;
    }
    if (digits.length > 15 || digits.length < 6 || looksLikeDate(digits, shape) || isSpread(shape)) return 0;
    return digits.length < 7 ? 0 : BARE;
  }

  /** The habits that a shape fits. The same few shapes come again and again, so what fits them is kept. */
  #habitsOf(shape: string): readonly Habit[] {
    let fitting = this.#fitting.get(shape);
    if (!fitting) {
      fitting = HABITS.filter((habit) => habit.shape.test(shape));
      if (this.#fitting.size < MAX_KEPT_SHAPES) this.#fitting.set(shape, fitting);
    }
    return fitting;
  }

  /** Digits behind the `+`: a country code, then as many digits as that country gives its numbers; `(0)` may stand between. */
  #isInternational(digits: string): boolean {
    for (let length = 1; length <= 3; length += 1) {
      const lengths = this.#lengths.get(digits.slice(0, length));
      if (!lengths) continue;
      const rest = digits.slice(length);
      if (lengths.has(rest.length)) return true;
      if (rest.startsWith('0') && lengths.has(rest.length - 1)) return true;
    }
    return false;
  }
}

function evidence(base: number): 'format' | 'context' {
  return base > 0.5 ? 'format' : 'context';
}

/** `x123`, ` ext. 5`: behind a number; the position behind it, or undefined. */
function extensionEnd(text: LaneText, end: number): number | undefined {
  let at = end;
  while (text.at(at) === 32 && at < end + 2) at += 1;
  for (const word of ['extension', 'ext.', 'ext', 'x', 'Ext.', 'Ext', '#']) {
    if (!text.startsWith(word, at)) continue;
    let digit = at + word.length;
    while (text.at(digit) === 32 && digit < at + word.length + 2) digit += 1;
    const start = digit;
    while (isDigit(text.at(digit)) && digit < start + 6) digit += 1;
    return digit > start && !isDigit(text.at(digit)) ? digit : undefined;
  }
  return undefined;
}

/** `2024-03-15`, `12/04/1947`, `10:11:12`: what a phone number never looks like. */
function looksLikeDate(digits: string, shape: string): boolean {
  if (/:/.test(shape)) return true;
  if (/^4(?<s>[-/.])2\k<s>2$/.test(shape)) return /^(?:1[89]|20)/.test(digits);
  return /^[12](?<s>[-/.])[12]\k<s>[24]$/.test(shape);
}

/** Single digits and pairs in a row are a list, not a number: `1 2 3 4 5 6 7`. */
function isSpread(shape: string): boolean {
  return (
    /^(?:\d[ -]){6,}\d$/.test(shape) ||
    /^1(?:[ .]1){3}/.test(shape) ||
    /^\d{1,2}\.\d{1,2}\.\d{1,2}\.\d{1,2}$/.test(shape)
  );
}

function possibleLengths(json: MetadataJson): ReadonlyMap<string, ReadonlySet<number>> {
  const byCode = new Map<string, Set<number>>();
  const metadata = new Metadata(json);
  for (const country of getCountries(json)) {
    metadata.selectNumberingPlan(country);
    const code = getCountryCallingCode(country, json);
    const lengths = byCode.get(code) ?? new Set();
    for (const length of metadata.numberingPlan?.possibleLengths() ?? []) if (length >= 6) lengths.add(length);
    byCode.set(code, lengths);
  }
  return byCode;
}
