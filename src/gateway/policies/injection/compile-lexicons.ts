import { foldText } from '../text/folded-text.js';
import { UNSPACED, letterClass } from '../text/letters.js';
import { buildTrie, type Phrase } from '../text/phrase-trie.js';
import type { CompiledLexicon } from './compiled-lexicon.js';
import { CONCEPTS, type Concept, type Lexicon } from './concepts.js';

/** The phrases of all lexicons; one that several concepts or languages share means all of them, English alone excepted. */
export function compileLexicons(lexicons: readonly Lexicon[]): CompiledLexicon {
  const index = new Map<string, number>(CONCEPTS.map((concept, i) => [concept, i]));
  const whole = new Map<string, Set<number>>();
  const stems = new Map<string, Set<number>>();
  const englishOnly = new Set<string>();
  for (const lexicon of lexicons) {
    for (const [concept, list] of Object.entries(lexicon.phrases) as [Concept, string][]) {
      for (const { text, stem } of spelled(list, lexicon)) {
        if (lexicon.language === 'en') englishOnly.add(text);
        else if (englishOnly.has(text) || text.length < 2) continue;
        const map = stem ? stems : whole;
        const meaning = map.get(text) ?? new Set<number>();
        map.set(text, meaning.add(index.get(concept) as number));
      }
    }
  }
  const meanings: Uint8Array[] = [];
  const values = new Map<string, number>();
  const valueOf = (meaning: ReadonlySet<number>): number => {
    const key = [...meaning].sort((a, b) => a - b).join();
    let value = values.get(key);
    if (value === undefined) values.set(key, (value = meanings.push(Uint8Array.from(meaning)) - 1));
    return value;
  };
  const phrases: Phrase[] = [];
  for (const [text, meaning] of whole)
    phrases.push({ text, stem: false, value: valueOf(new Set([...meaning, ...(stems.get(text) ?? [])])) });
  for (const [text, meaning] of stems) phrases.push({ text, stem: true, value: valueOf(meaning) });
  return { tables: buildTrie(phrases), meanings };
}

/** The phrases of a list as folded texts reads them, with the particles that may stand before them. */
function* spelled(list: string, { stems, prefixes }: Lexicon): Generator<{ text: string; stem: boolean }> {
  for (const entry of list.split(',')) {
    const isStem = entry.trimEnd().endsWith('*');
    const { codes, length } = foldText(entry.replace('*', '').trim().replace(/\s+/g, ' '));
    const text = String.fromCharCode(...codes.subarray(0, length));
    if (text === '') continue;
    const lastWord = text.slice(text.lastIndexOf(' ') + 1);
    const stem = isStem || (stems === true && (lastWord.length >= 4 || unspaced(lastWord)));
    yield { text, stem };
    for (const prefix of prefixes ?? []) yield { text: prefix + text, stem };
  }
}

const unspaced = (word: string): boolean =>
  letterClass(word.charCodeAt(0)) === UNSPACED || /\p{Script=Hangul}/u.test(word);
