import { CONCEPTS } from './concepts.js';
import type { ConceptEvents } from './concept-scan.js';

/** Room for concepts: the features' numbers stay as they are while concepts are appended. */
const ROOM = 64;
const NEAR = ROOM;
const WITHIN = NEAR + ROOM * ROOM;
const ORDERED = WITHIN + ROOM * ROOM;
/** How many concept features there are: single concepts, and pairs close by, within reach, and in order. */
export const CONCEPT_FEATURES = ORDERED + ROOM * ROOM;

/** Distances in words; a sentence's end counts as some more. */
const CLOSE = 4;
const IN_ORDER = 8;
const REACH = 12;
const SENTENCE_STEP = 4;

/** So many features, of concepts and rules together, count in full. */
const IN_FULL = 40;

/** What each feature of a window counts that has `found` of them: a window full of ideas is not more of an attack for each. */
export function conceptValue(found: number): number {
  return found <= IN_FULL ? 1 : Math.sqrt(IN_FULL / found);
}

/** Gathers which concept features a window has, each once. Reused from window to window: not for two texts at a time. */
export class ConceptFeatures {
  /** The features of the last window, in the order met; the first `count` are valid. */
  readonly found = new Uint32Array(CONCEPT_FEATURES);
  count = 0;
  readonly #seenIn = new Uint32Array(CONCEPT_FEATURES);
  #window = 0;

  constructor() {
    if (CONCEPTS.length > ROOM) throw new Error(`there is room for ${ROOM} concepts, got ${CONCEPTS.length}`);
  }

  /** Gathers from the events `from` up to `to`, exclusive. */
  gather({ concepts, words, sentences }: ConceptEvents, from: number, to: number): void {
    this.#nextWindow();
    for (let i = from; i < to; i++) {
      const a = concepts[i] as number;
      this.#add(a);
      for (let j = i + 1; j < to; j++) {
        const inWords = (words[j] as number) - (words[i] as number);
        const distance = inWords + SENTENCE_STEP * ((sentences[j] as number) - (sentences[i] as number));
        if (distance > REACH) break;
        const b = concepts[j] as number;
        const pair = a < b ? a * ROOM + b : b * ROOM + a;
        this.#add(WITHIN + pair);
        if (distance <= CLOSE) this.#add(NEAR + pair);
        if (distance <= IN_ORDER) this.#add(ORDERED + a * ROOM + b);
      }
    }
  }

  #nextWindow(): void {
    this.count = 0;
    if (++this.#window === 0xffffffff) {
      this.#seenIn.fill(0);
      this.#window = 1;
    }
  }

  #add(feature: number): void {
    if (this.#seenIn[feature] === this.#window) return;
    this.#seenIn[feature] = this.#window;
    this.found[this.count++] = feature;
  }
}
