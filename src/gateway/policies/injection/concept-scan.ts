import { LETTER, UNSPACED, letterClass } from '../text/letters.js';
import { PhraseTrie } from '../text/phrase-trie.js';
import type { FoldedText } from '../text/folded-text.js';
import type { WordTable } from '../text/words.js';
import type { CompiledLexicon } from './compiled-lexicon.js';
import { CONCEPTS } from './concepts.js';
import { frameMarks, type FrameKinds } from './frames.js';

/** Where the concepts of a text were met, in its order. The first `count` of each array are valid. */
export interface ConceptEvents {
  readonly count: number;
  /** Index into `CONCEPTS`. */
  readonly concepts: Uint8Array;
  /** Words before the phrase, and its sentence. A letter of an unspaced script counts as two fifths of a word. */
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
const TARGET = CONCEPTS.indexOf('target');
const AT = 0x40;
const ONLY = CONCEPTS.indexOf('only');
/** Fifths of a word: of one between gaps, and of a letter that is a word of its own because its script writes no gaps. */
const WHOLE_WORD = 5;
const UNSPACED_LETTER = 2;
/** A quotation belongs to the words of saying that stand at most so many words before it. */
const QUOTE_REACH = 6;

/** Finds the concepts of all languages in one pass. Its events are valid until the next scan. */
export class ConceptScanner {
  readonly #trie: PhraseTrie;
  readonly #meanings: readonly Uint8Array[];
  /** Used again from text to text. */
  #memory = newMemory(512);

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
    let frameWord = -1;
    let quoteBefore = 0;
    const { count, starts: wordStarts, sentenceEnds } = table;
    let { capacity, concepts, words, sentences, starts, ends } = this.#memory;
    let size = 0;
    let sentence = 0;
    let fifths = 0;
    let measured = 0;
    for (let word = 0; word < count; word++) {
      while (word >= (sentenceEnds[sentence] as number)) sentence++;
      const start = wordStarts[word] as number;
      for (; measured < word; measured++) {
        const isLetter = letterClass(codes[wordStarts[measured] as number] as number) === UNSPACED;
        fifths += isLetter ? UNSPACED_LETTER : WHOLE_WORD;
      }
      const wordsBefore = Math.floor(fifths / WHOLE_WORD);
      if (size + MOST_AT_A_WORD > capacity) {
        ({ capacity, concepts, words, sentences, starts, ends } = this.#memory = enlarged(this.#memory));
      }
      for (; frame < frames.length && (frames[frame] as number) <= start; frame += 2) {
        frameEnd = frames[frame + 1] as number;
        if (size > 0 && frameWord === word && concepts[size - 1] === FRAME) continue;
        frameWord = word;
        concepts[size] = FRAME;
        words[size] = wordsBefore;
        sentences[size] = sentence;
        starts[size] = frames[frame] as number;
        ends[size++] = frames[frame + 1] as number;
      }
      if (word < quoteBefore && opensQuote(codes, table.ends[word - 1] as number, start)) {
        concepts[size] = QUOTE;
        words[size] = wordsBefore;
        sentences[size] = sentence;
        starts[size] = start;
        ends[size++] = start + 1;
        quoteBefore = 0;
      }
      if (start < frameEnd) continue;
      if (isMailbox(codes, table.ends[word] as number, length)) {
        concepts[size] = TARGET;
        words[size] = wordsBefore;
        sentences[size] = sentence;
        starts[size] = start;
        ends[size++] = table.ends[word] as number;
        continue;
      }
      const value = this.#trie.match(codes, start, length);
      if (value < 0) continue;
      const meaning = this.#meanings[value] as Uint8Array;
      const end = this.#trie.matchEnd;
      for (const concept of meaning) {
        concepts[size] = concept;
        words[size] = wordsBefore;
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

/** More events than one word gives, with the frame before it. */
const MOST_AT_A_WORD = 16;

interface EventMemory {
  readonly capacity: number;
  readonly concepts: Uint8Array;
  readonly words: Uint32Array;
  readonly sentences: Uint32Array;
  readonly starts: Uint32Array;
  readonly ends: Uint32Array;
}

function newMemory(capacity: number): EventMemory {
  return {
    capacity,
    concepts: new Uint8Array(capacity),
    words: new Uint32Array(capacity),
    sentences: new Uint32Array(capacity),
    starts: new Uint32Array(capacity),
    ends: new Uint32Array(capacity),
  };
}

function enlarged(memory: EventMemory): EventMemory {
  const larger = newMemory(2 * memory.capacity);
  for (const array of ['concepts', 'words', 'sentences', 'starts', 'ends'] as const) larger[array].set(memory[array]);
  return larger;
}

/** Is the word the first of a mail address? */
function isMailbox(codes: Uint16Array, end: number, length: number): boolean {
  return codes[end] === AT && end + 1 < length && letterClass(codes[end + 1] as number) === LETTER;
}

/** Does the gap between two words hold a colon or a quotation mark? */
function opensQuote(codes: Uint16Array, from: number, to: number): boolean {
  for (let i = from; i < to; i++) {
    const unit = codes[i] as number;
    if (unit === 0x3a || unit === 0x22 || unit === 0x300c || unit === 0x27) return true;
  }
  return false;
}
