import { PhraseTrie } from '../text/phrase-trie.js';
import type { FoldedText } from '../text/folded-text.js';
import type { WordTable } from '../text/words.js';
import type { CompiledLexicon } from './compiled-lexicon.js';
import { CONCEPTS } from './concepts.js';
import { frameMarks, type FrameKinds } from './frames.js';

/** Where the concepts of a text were met, in its order. */
export interface ConceptEvents {
  readonly count: number;
  /** Index into `CONCEPTS`. */
  readonly concepts: Uint8Array;
  /** Word that the phrase begins with, and the sentence of that word. */
  readonly words: Uint32Array;
  readonly sentences: Uint32Array;
  /** Units of the folded text; `ends` exclusive. */
  readonly starts: Uint32Array;
  readonly ends: Uint32Array;
}

const FRAME = CONCEPTS.indexOf('frame');
const QUOTE = CONCEPTS.indexOf('quote');
const SAY = CONCEPTS.indexOf('say');
const FORCE = CONCEPTS.indexOf('force');
const NOW = CONCEPTS.indexOf('now');
const ONLY = CONCEPTS.indexOf('only');
/** A quotation belongs to the words of saying that stand at most so many words before it. */
const QUOTE_REACH = 6;

/** Finds the concepts of all languages in one pass. */
export class ConceptScanner {
  readonly #trie: PhraseTrie;
  readonly #meanings: readonly Uint8Array[];

  readonly #frames: FrameKinds;

  /** @param frames which marks of prompts count as evidence. */
  constructor({ tables, meanings }: CompiledLexicon, frames: FrameKinds = { turns: true, delimiters: true }) {
    this.#frames = frames;
    this.#trie = new PhraseTrie(tables);
    this.#meanings = meanings;
  }

  scan(text: FoldedText, table: WordTable): ConceptEvents {
    const { codes, length } = text;
    const frames = frameMarks(text, this.#frames);
    let frame = 0;
    let frameEnd = 0;
    let quoteBefore = 0;
    const { count, starts: wordStarts, sentenceEnds } = table;
    let capacity = 64 + (count >> 1);
    let concepts = new Uint8Array(capacity);
    let words = new Uint32Array(capacity);
    let sentences = new Uint32Array(capacity);
    let starts = new Uint32Array(capacity);
    let ends = new Uint32Array(capacity);
    let size = 0;
    let sentence = 0;
    for (let word = 0; word < count; word++) {
      while (word >= (sentenceEnds[sentence] as number)) sentence++;
      const start = wordStarts[word] as number;
      if (size + 16 > capacity) {
        capacity = 2 * capacity + 16;
        concepts = enlarged(concepts, new Uint8Array(capacity));
        words = enlarged(words, new Uint32Array(capacity));
        sentences = enlarged(sentences, new Uint32Array(capacity));
        starts = enlarged(starts, new Uint32Array(capacity));
        ends = enlarged(ends, new Uint32Array(capacity));
      }
      for (; frame < frames.length && (frames[frame] as number) <= start; frame += 2) {
        frameEnd = frames[frame + 1] as number;
        if (size > 0 && words[size - 1] === word && concepts[size - 1] === FRAME) continue;
        concepts[size] = FRAME;
        words[size] = word;
        sentences[size] = sentence;
        starts[size] = frames[frame] as number;
        ends[size++] = frames[frame + 1] as number;
      }
      if (word < quoteBefore && opensQuote(codes, table.ends[word - 1] as number, start)) {
        concepts[size] = QUOTE;
        words[size] = word;
        sentences[size] = sentence;
        starts[size] = start;
        ends[size++] = start + 1;
        quoteBefore = 0;
      }
      if (start < frameEnd) continue;
      const value = this.#trie.match(codes, start, length);
      if (value < 0) continue;
      const meaning = this.#meanings[value] as Uint8Array;
      const end = this.#trie.matchEnd;
      for (const concept of meaning) {
        concepts[size] = concept;
        words[size] = word;
        sentences[size] = sentence;
        starts[size] = start;
        ends[size++] = end;
        if (concept === SAY || concept === FORCE || concept === NOW || concept === ONLY)
          quoteBefore = word + QUOTE_REACH;
      }
      while (word + 1 < count && (wordStarts[word + 1] as number) < end) word++;
    }
    return { count: size, concepts, words, sentences, starts, ends };
  }
}

function enlarged<T extends Uint8Array | Uint32Array>(from: T, to: T): T {
  to.set(from);
  return to;
}

/** Does the gap between two words hold a colon or a quotation mark? */
function opensQuote(codes: Uint16Array, from: number, to: number): boolean {
  for (let i = from; i < to; i++) {
    const unit = codes[i] as number;
    if (unit === 0x3a || unit === 0x22 || unit === 0x300c || unit === 0x27) return true;
  }
  return false;
}
