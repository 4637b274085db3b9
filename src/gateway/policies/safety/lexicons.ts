import type { Lexicon } from './concepts.js';
import { arabic, chinese, hindi, indonesian, japanese, korean, turkish, vietnamese } from './lexicon/asian.js';
import { english } from './lexicon/english.js';
import { dutch, german, polish, russian } from './lexicon/germanic-slavic.js';
import { french, italian, portuguese, spanish } from './lexicon/romance.js';
import terms from './lexicon/terms.json' with { type: 'json' };

/** All phrases; the published lists of terms last. */
export const LEXICONS: readonly Lexicon[] = [
  english,
  french,
  spanish,
  italian,
  portuguese,
  german,
  dutch,
  russian,
  polish,
  chinese,
  japanese,
  korean,
  vietnamese,
  arabic,
  hindi,
  turkish,
  indonesian,
  {
    language: 'published lists',
    phrases: Object.fromEntries(Object.entries(terms).map(([concept, list]) => [concept, list.join()])),
  },
];
