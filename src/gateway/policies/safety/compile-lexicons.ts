import type { CompiledLexicon } from '../text/compiled-lexicon.js';
import { foldText } from '../text/folded-text.js';
import { buildTrie, type Phrase } from '../text/phrase-trie.js';
import { CONCEPTS, type Concept, type Lexicon } from './concepts.js';

/** A phrase that several concepts list means all of them; a stem also gives its meanings to the longer phrases below it. */
export function compileLexicons(lexicons: readonly Lexicon[]): CompiledLexicon {
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
  const meanings: Uint8Array[] = [];
  const values = new Map<string, number>();
  const valueOf = (meaning: ReadonlySet<number>): number => {
    const sorted = [...meaning].sort((a, b) => a - b);
    const key = sorted.join();
    const known = values.get(key);
    if (known !== undefined) return known;
    values.set(key, meanings.push(Uint8Array.from(sorted)) - 1);
    return meanings.length - 1;
  };
  const phrases: Phrase[] = [];
  for (const [text, meaning] of whole) phrases.push({ text, stem: false, value: valueOf(meaning) });
  for (const [text, meaning] of stems) phrases.push({ text, stem: true, value: valueOf(meaning) });
  return { tables: buildTrie(phrases), meanings };
}

function folded(entry: string): string {
  const { codes, length } = foldText(entry.trim().replace(/\s+/g, ' '));
  return String.fromCharCode(...codes.subarray(0, length));
}
