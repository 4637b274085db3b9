// Each text of the training data as the filter will see it: windows with their signals and grams, and the stretches they form.
import { ConceptScanner } from '../src/gateway/policies/safety/concept-scan.js';
import { loadLexicon } from '../src/gateway/policies/safety/safety-lexicon.js';
import {
  FEATURES,
  LONGEST_STRETCH,
  CONTENT_HEAD,
  REQUEST_HEAD,
  TOGETHER,
  dampen,
  headLogit,
} from '../src/gateway/policies/safety/scope.js';
import { SIGNALS } from '../src/gateway/policies/safety/signals.js';
import { readWindow, type WindowReading } from '../src/gateway/policies/safety/window-reading.js';
import { windowEnd } from '../src/gateway/policies/safety/windows.js';
import type { TrainedHead } from './linear-training.js';
import type { SafetyRow } from './safety-rows.js';

export interface Bag {
  readonly row: SafetyRow;
  readonly windows: readonly WindowReading[];
  /** Each scope's windows, `first` to `last` inclusive. */
  readonly scopes: readonly { readonly first: number; readonly last: number }[];
}

/** Longer texts are learned from by their beginning. */
const LEARNED_FROM = 3_000;

export function readBags(rows: readonly SafetyRow[]): Bag[] {
  const scanner = new ConceptScanner(loadLexicon());
  return rows.map((row) => {
    const text = row.text.slice(0, LEARNED_FROM);
    const windows: WindowReading[] = [];
    const lengths: number[] = [];
    const scopes: Bag['scopes'][number][] = [];
    for (let from = 0; from < text.length;) {
      const end = windowEnd(text, from, true);
      const reading = readWindow(text.slice(from, end), scanner);
      const last = windows.push({ ...reading, buckets: reading.buckets.slice(0, reading.grams) }) - 1;
      lengths.push(end - from);
      scopes.push({ first: last, last });
      let first = last;
      for (let sum = end - from; first > 0 && (sum += lengths[first - 1] as number) <= LONGEST_STRETCH;) first--;
      if (first < last) scopes.push({ first, last });
      from = end;
    }
    return { row, windows, scopes };
  });
}

/** The grams of a bag in blocks of about `units` grams, which is what a head learns from. */
export function blocks({ windows }: Bag, units = 1_800): Uint32Array[] {
  const found: Uint32Array[] = [];
  let held: Uint32Array[] = [];
  let size = 0;
  const close = (): void => {
    const joined = new Uint32Array(size);
    let at = 0;
    for (const part of held) {
      joined.set(part, at);
      at += part.length;
    }
    if (size > 0) found.push(joined);
    held = [];
    size = 0;
  };
  for (const { buckets } of windows) {
    if (size > 0 && size + buckets.length > units) close();
    held.push(buckets);
    size += buckets.length;
  }
  close();
  return found;
}

/** The features of every scope of a bag, one after the other. */
export function scopeFeatures({ windows, scopes }: Bag, content: TrainedHead, request: TrainedHead): Float32Array {
  const sums = windows.map(({ buckets }) => [dot(content, buckets), dot(request, buckets)] as const);
  const features = new Float32Array(scopes.length * FEATURES);
  for (const [s, { first, last }] of scopes.entries()) {
    let contentSum = 0;
    let requestSum = 0;
    let grams = 0;
    const at = s * FEATURES;
    for (let w = first; w <= last; w++) {
      const { signals, buckets } = windows[w] as WindowReading;
      for (const [k, i] of signals.indexes.entries()) {
        features[at + i] = (features[at + i] as number) + (signals.times[k] as number);
      }
      contentSum += (sums[w] as readonly [number, number])[0];
      requestSum += (sums[w] as readonly [number, number])[1];
      grams += buckets.length;
    }
    for (let i = 0; i < SIGNALS.length; i++) features[at + i] = dampen(features[at + i] as number);
    features[at + CONTENT_HEAD] = headLogit(contentSum, grams, content.bias);
    features[at + REQUEST_HEAD] = headLogit(requestSum, grams, request.bias);
    features[at + TOGETHER] = first < last ? 1 : 0;
  }
  return features;
}

function dot({ weights }: TrainedHead, buckets: Uint32Array): number {
  let sum = 0;
  for (let i = 0; i < buckets.length; i++) sum += weights[buckets[i] as number] as number;
  return sum;
}
