// The operator's own terms. Both sides are folded, so that case, accents, look-alike letters and invisible characters do not
// matter; with fuzzy matching a few typing errors do not either.
import { foldText, sourceSpan } from '../text/folded-text.js';
import { splitWords } from '../text/words.js';
import { unleet } from './leet.js';
import { isWithin } from './typing-errors.js';

/** Shorter terms only match exactly: a typing error turns them into other words. */
const SHORTEST_FUZZY = 5;

interface Term {
  readonly spelling: string;
  readonly words: number;
  readonly errors: number;
}

/** Units of the text in which a term was met. */
export type TermSpan = readonly [start: number, end: number];

export interface BlockedTermsOptions {
  readonly fuzzy: boolean;
  readonly maxDistance: number;
}

export class BlockedTerms {
  /** Exact spellings by their number of words. */
  readonly #exact = new Map<number, Set<string>>();
  /** Terms with typing errors allowed, by what is left of a spelling when some letters are taken out. */
  readonly #fuzzy = new Map<string, Term[]>();
  readonly #wordCounts: readonly number[];
  readonly #errors: number;
  readonly #longest: number;

  constructor(terms: readonly string[], { fuzzy, maxDistance }: BlockedTermsOptions) {
    this.#errors = fuzzy ? maxDistance : 0;
    const counts = new Set<number>();
    let longest = 0;
    for (const term of terms) {
      const folded = foldText(term);
      const table = splitWords(folded);
      if (table.count === 0) continue;
      const spelling = joined(folded.codes, table.starts, table.ends, 0, table.count);
      counts.add(table.count);
      longest = Math.max(longest, spelling.length + this.#errors);
      const known = this.#exact.get(table.count) ?? new Set<string>();
      this.#exact.set(table.count, known.add(spelling));
      if (!fuzzy || spelling.length < SHORTEST_FUZZY) continue;
      const entry: Term = { spelling: withLetters(spelling), words: table.count, errors: maxDistance };
      for (const left of shortened(prefix(entry.spelling), maxDistance)) {
        const list = this.#fuzzy.get(left) ?? [];
        list.push(entry);
        this.#fuzzy.set(left, list);
      }
    }
    this.#wordCounts = [...counts].sort((a, b) => b - a);
    this.#longest = longest;
  }

  get isEmpty(): boolean {
    return this.#wordCounts.length === 0;
  }

  /** How many units before a window a term that ends in it may begin. */
  get reach(): number {
    return Math.min(200, 2 * this.#longest);
  }

  /** Where terms stand in a text, in order and apart from each other. */
  find(text: string): TermSpan[] {
    const folded = foldText(text);
    const { count, starts, ends } = splitWords(folded);
    const found: TermSpan[] = [];
    for (let word = 0; word < count; word++) {
      for (const words of this.#wordCounts) {
        if (word + words > count) continue;
        const last = word + words - 1;
        const from = starts[word] as number;
        const to = ends[last] as number;
        if (to - from > 2 * this.#longest) continue;
        if (!this.#has(joined(folded.codes, starts, ends, word, words), words)) continue;
        found.push(sourceSpan(folded, from, to));
        word = last;
        break;
      }
    }
    return found;
  }

  #has(spelling: string, words: number): boolean {
    if (this.#exact.get(words)?.has(spelling) === true) return true;
    if (this.#errors === 0 || spelling.length + this.#errors < SHORTEST_FUZZY || spelling.length > this.#longest)
      return false;
    const plain = withLetters(spelling);
    for (const left of shortened(prefix(plain), this.#errors)) {
      for (const term of this.#fuzzy.get(left) ?? []) {
        if (term.words === words && isWithin(plain, term.spelling, term.errors)) return true;
      }
    }
    return false;
  }
}

function joined(codes: Uint16Array, starts: Uint32Array, ends: Uint32Array, first: number, words: number): string {
  let spelling = '';
  for (let word = first; word < first + words; word++) {
    if (word > first) spelling += ' ';
    spelling += String.fromCharCode(
      ...codes.subarray(starts[word], Math.min(ends[word] as number, (starts[word] as number) + 200)),
    );
  }
  return spelling;
}

function withLetters(spelling: string): string {
  return spelling.replace(/[013457]/g, (digit) => String.fromCharCode(unleet(digit.charCodeAt(0))));
}

/** Two spellings within a few errors of each other share what is left of their beginnings without a few letters (SymSpell). */
const PREFIX = 7;

function prefix(spelling: string): string {
  return spelling.slice(0, PREFIX);
}

function shortened(spelling: string, errors: number): Set<string> {
  const all = new Set([spelling]);
  let layer = [spelling];
  for (let taken = 0; taken < errors; taken++) {
    const next: string[] = [];
    for (const word of layer) {
      for (let i = 0; i < word.length; i++) {
        const left = word.slice(0, i) + word.slice(i + 1);
        if (all.has(left)) continue;
        all.add(left);
        next.push(left);
      }
    }
    layer = next;
  }
  return all;
}
