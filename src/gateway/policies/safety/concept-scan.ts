import type { CompiledLexicon } from '../text/compiled-lexicon.js';
import type { FoldedText } from '../text/folded-text.js';
import { PhraseTrie } from '../text/phrase-trie.js';
import type { WordTable } from '../text/words.js';
import { unleet } from './leet.js';

/** A phrase of a lexicon that was met in a text. */
export interface ConceptEvent {
  /** Indexes into `CONCEPTS`: all that the phrase may mean. */
  readonly concepts: Uint8Array;
  /** Word that it begins with, and last word that it covers. */
  readonly first: number;
  readonly last: number;
}

/** Finds the phrases of all lexicons in one walk; linear, since a phrase's length is bounded. */
export class ConceptScanner {
  readonly #trie: PhraseTrie;
  readonly #meanings: readonly Uint8Array[];

  constructor({ tables, meanings }: CompiledLexicon) {
    this.#trie = new PhraseTrie(tables);
    this.#meanings = meanings;
  }

  /**
   * The longest phrase at each word, with digits also read for the letters that they look like. Phrases may overlap: "kill myself"
   * is one, and so is "myself".
   */
  scan({ codes, length }: FoldedText, words: WordTable): ConceptEvent[] {
    const { count, starts } = words;
    const plain = withoutLeet(codes, length, words);
    const events: ConceptEvent[] = [];
    for (let word = 0; word < count; word++) {
      const start = starts[word] as number;
      let value = this.#trie.match(codes, start, length);
      let end = value < 0 ? start : this.#trie.matchEnd;
      if (plain !== undefined) {
        const other = this.#trie.match(plain, start, length);
        if (other >= 0 && this.#trie.matchEnd > end) {
          value = other;
          end = this.#trie.matchEnd;
        }
      }
      if (value < 0) continue;
      let last = word;
      while (last + 1 < count && (starts[last + 1] as number) < end) last++;
      events.push({ concepts: this.#meanings[value] as Uint8Array, first: word, last });
    }
    return events;
  }
}

/** The text with letters for digits, in words that hold both; undefined where there are none. */
function withoutLeet(
  codes: Uint16Array,
  length: number,
  { count, starts, ends, mixed }: WordTable,
): Uint16Array | undefined {
  let plain: Uint16Array | undefined;
  for (let word = 0; word < count; word++) {
    if (mixed[word] === 0) continue;
    plain ??= codes.slice(0, length);
    for (let at = starts[word] as number; at < (ends[word] as number); at++) plain[at] = unleet(plain[at] as number);
  }
  return plain;
}
