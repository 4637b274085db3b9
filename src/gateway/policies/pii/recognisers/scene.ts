import type { LaneText } from '../../stream/lane-text.js';
import { ABSENT } from '../context/cue-index.js';
import type { Cue } from '../context/lexicon.js';
import { THRESHOLD } from './proposals.js';
import type { Surroundings } from '../context/surroundings.js';

/** The place in the text that recognisers look at: the text itself and the words around. */
export interface Scene {
  readonly text: LaneText;
  readonly around: Surroundings;
  /** Behind the last finding before this place. */
  readonly previousEnd: number;
}

/** What a fitting cue adds to a score, and what a cue for something else takes away. */
const ANNOUNCED = 0.4;
const MENTIONED = 0.15;
const FOLLOWED = 0.3;
const CONTRADICTED = 0.4;

/**
 * `base` moved by the cues around a value: up when one of `cues` announces it, a little when one is merely near or follows,
 * down when what was announced last is of the trade (`order`, `build`, `isbn`).
 */
export function weigh(base: number, { around }: Scene, end: number, cues: readonly Cue[]): number {
  let near = false;
  for (const cue of cues) {
    if (around.isAnnounced(cue)) return base + ANNOUNCED;
    near ||= around.distance(cue) !== ABSENT;
  }
  if (around.isAnnounced('not_id')) return base - CONTRADICTED;
  if (base < THRESHOLD && base + FOLLOWED >= THRESHOLD && cues.some((cue) => around.distanceAfter(cue, end) !== ABSENT))
    return base + FOLLOWED;
  return near ? base + MENTIONED : base;
}

/** True when one of the cues announces the value or directly follows it. */
export function isCued({ around }: Scene, end: number, cues: readonly Cue[]): boolean {
  return (
    cues.some((cue) => around.isAnnounced(cue)) ||
    (!around.isAnnounced('not_id') && cues.some((cue) => around.distanceAfter(cue, end) !== ABSENT))
  );
}

/** True when the lane holds nothing but this value: someone sent just a number, so it is one of the numbers people send. */
export function isAlone({ text }: Scene, start: number, end: number): boolean {
  for (let k = start - 1; ; k -= 1) {
    const unit = text.at(k);
    if (unit === -1) break;
    if (!isBlank(unit)) return false;
  }
  for (let k = end; ; k += 1) {
    const unit = text.at(k);
    if (unit === -1) return true;
    if (!isBlank(unit)) return false;
  }
}

function isBlank(unit: number): boolean {
  return unit === 32 || unit === 10 || unit === 13 || unit === 9;
}
