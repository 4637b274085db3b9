import type { CompiledLexicon } from '../text/compiled-lexicon.js';
import type { FoldedText } from '../text/folded-text.js';
import { PhraseTrie } from '../text/phrase-trie.js';
import type { WordTable } from '../text/words.js';

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

  /** The longest phrase at each word. Phrases may overlap: "kill myself" is one, and so is "myself". */
  scan({ codes, length }: FoldedText, { count, starts }: WordTable): ConceptEvent[] {
    const events: ConceptEvent[] = [];
    for (let word = 0; word < count; word++) {
      const value = this.#trie.match(codes, starts[word] as number, length);
      if (value < 0) continue;
      let last = word;
      while (last + 1 < count && (starts[last + 1] as number) < this.#trie.matchEnd) last++;
      events.push({ concepts: this.#meanings[value] as Uint8Array, first: word, last });
    }
    return events;
  }
}
