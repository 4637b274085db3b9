import { foldText, type FoldedText } from '../text/folded-text.js';
import { buildTrie, PhraseTrie, type Phrase } from '../text/phrase-trie.js';
import type { WordTable } from '../text/words.js';
import { CONCEPTS, type Concept, type Lexicon } from './concepts.js';

/** A phrase of a lexicon that was met in a text. */
export interface ConceptEvent {
  /** Indexes into `CONCEPTS`: all that the phrase may mean. */
  readonly concepts: readonly number[];
  /** Word that it begins with, and last word that it covers. */
  readonly first: number;
  readonly last: number;
}

/** Finds the phrases of all lexicons in one walk; linear, since a phrase's length is bounded. */
export class ConceptScanner {
  readonly #trie: PhraseTrie;
  readonly #meanings: readonly (readonly number[])[];

  constructor(lexicons: readonly Lexicon[]) {
    const { phrases, meanings } = compile(lexicons);
    this.#trie = new PhraseTrie(buildTrie(phrases));
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
      events.push({ concepts: this.#meanings[value] as readonly number[], first: word, last });
    }
    return events;
  }
}

/** A phrase that several concepts list means all of them; a stem also gives its meanings to the longer phrases below it. */
function compile(lexicons: readonly Lexicon[]): { phrases: Phrase[]; meanings: number[][] } {
  const whole = new Map<string, Set<number>>();
  const stems = new Map<string, Set<number>>();
  for (const { phrases } of lexicons) {
    for (const [concept, list] of Object.entries(phrases) as [Concept, string][]) {
      const index = CONCEPTS.indexOf(concept);
      for (const entry of list.split(',')) {
        const text = folded(entry.replace('*', ''));
        if (text === '') continue;
        const map = entry.trimEnd().endsWith('*') ? stems : whole;
        map.set(text, (map.get(text) ?? new Set()).add(index));
      }
    }
  }
  for (const map of [whole, stems]) {
    for (const [text, meaning] of map) {
      for (let end = 3; end <= text.length; end++) {
        for (const inherited of stems.get(text.slice(0, end)) ?? []) meaning.add(inherited);
      }
    }
  }
  const meanings: number[][] = [];
  const values = new Map<string, number>();
  const valueOf = (meaning: ReadonlySet<number>): number => {
    const sorted = [...meaning].sort((a, b) => a - b);
    const key = sorted.join();
    const known = values.get(key);
    if (known !== undefined) return known;
    values.set(key, meanings.push(sorted) - 1);
    return meanings.length - 1;
  };
  const phrases: Phrase[] = [];
  for (const [text, meaning] of whole) phrases.push({ text, stem: false, value: valueOf(meaning) });
  for (const [text, meaning] of stems) phrases.push({ text, stem: true, value: valueOf(meaning) });
  return { phrases, meanings };
}

function folded(entry: string): string {
  const { codes, length } = foldText(entry.trim().replace(/\s+/g, ' '));
  return String.fromCharCode(...codes.subarray(0, length));
}
