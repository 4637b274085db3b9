// Turns the published word lists into src/gateway/policies/safety/lexicon/terms.json:
//   node --import tsx train/safety-terms.ts --data DIR
// Terms that turn up in harmless texts of the training data are left out: they are words of some language first.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Concept } from '../src/gateway/policies/safety/concepts.js';
import { foldText } from '../src/gateway/policies/text/folded-text.js';
import { splitWords } from '../src/gateway/policies/text/words.js';
import { readRows } from './jsonl.js';

const OUT = 'src/gateway/policies/safety/lexicon/terms.json';
/** Harmless texts, of so many, in which a term may turn up and stay. */
const MOST_HARMLESS = 1;

interface SurgeTerm {
  readonly term: string;
  readonly canonical: readonly string[];
  readonly categories: readonly string[];
  readonly severity: number;
}

const { values } = parseArgs({ options: { data: { type: 'string' } } });
if (values.data === undefined) throw new Error('--data DIR is missing');
const lexicons = join(values.data, 'safety/lexicons');

const surge = readRows<SurgeTerm>(join(lexicons, 'surge-profanity-en.jsonl')).map(
  (term) => [surgeConcept(term), term.term] as const,
);
const known = new Set(surge.map(([, term]) => term.toLowerCase()));
const ldnoobw = readRows<{ readonly lang: string; readonly term: string }>(join(lexicons, 'ldnoobw.jsonl'))
  .filter(({ term }) => !known.has(term.toLowerCase()))
  .map(({ term }) => ['obscene', term] as const);

const terms = [...surge, ...ldnoobw].filter(
  ([, term]) => !term.includes(',') && !term.includes('*') && isLongEnough(term),
);
const harmless = ['safety/train.jsonl', 'prompt-injection/train.jsonl']
  .flatMap((file) => readRows<{ text: string; label: number; source: string }>(join(values.data as string, file)))
  .filter(({ label, source }) => label === 0 && !/surge|HateCheck|Civil/.test(source));
const met = countTexts(terms.map(([, term]) => term));

const lists: Partial<Record<Concept, string[]>> = {};
for (const [concept, term] of terms) {
  if ((met.get(term) ?? 0) <= MOST_HARMLESS) (lists[concept] ??= []).push(term);
}
for (const list of Object.values(lists)) list.sort();
writeFileSync(OUT, `${JSON.stringify(lists, undefined, 1)}\n`);
for (const [concept, list] of Object.entries(lists)) console.log(concept, list.length);

function surgeConcept({ canonical, categories, severity }: SurgeTerm): Concept {
  const root = canonical[0] ?? '';
  if (/^(fuck|shit|damn|ass|arse|motherfucker|bollocks|wank|knob|piss|twat|butt)$/.test(root)) return 'profanity2';
  if (/^(bitch|bastard|douche|whore|slut|skank|hoe|prick|scum|trash|retard|pig)$/.test(root)) return 'insult2';
  const kind = categories[0] ?? '';
  if (/slurs|political|disability/.test(kind) || (/orientation/.test(kind) && severity >= 2)) return 'hate2';
  if (/sexual anatomy/.test(kind) && severity >= 1.6) return 'sexual2';
  return /fluids|religious|sexual/.test(kind) ? 'profanity1' : 'insult2';
}

/** Latin words of fewer letters turn up as parts of names and codes. */
function isLongEnough(term: string): boolean {
  return term.length >= (/^[ -\u024f]+$/.test(term) ? 4 : 2);
}

function countTexts(all: readonly string[]): Map<string, number> {
  const texts = harmless.map(({ text }) => foldText(text.slice(0, 2_000)));
  const joined = new Map<string, number>();
  // One scanner a term would be slow: words of each text are looked up by their folded spelling instead.
  const bySpelling = new Map<string, string[]>();
  for (const term of all) {
    const { codes, length } = foldText(term.trim());
    const spelling = String.fromCharCode(...codes.subarray(0, length));
    bySpelling.set(spelling, [...(bySpelling.get(spelling) ?? []), term]);
  }
  const longest = Math.max(...[...bySpelling.keys()].map((spelling) => spelling.length));
  for (const text of texts) {
    const { count, starts, ends } = splitWords(text);
    const seen = new Set<string>();
    for (let first = 0; first < count; first++) {
      for (let last = first; last < Math.min(count, first + 6); last++) {
        if ((ends[last] as number) - (starts[first] as number) > longest) break;
        const spelling = String.fromCharCode(...text.codes.subarray(starts[first], ends[last]));
        for (const term of bySpelling.get(spelling) ?? []) seen.add(term);
      }
    }
    for (const term of seen) joined.set(term, (joined.get(term) ?? 0) + 1);
  }
  return joined;
}
