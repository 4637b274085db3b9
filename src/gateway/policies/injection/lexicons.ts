import type { Lexicon } from './concepts.js';
import { chinese, japanese, korean, thai, vietnamese } from './lexicon/east-asian.js';
import { english } from './lexicon/english.js';
import {
  african,
  albanian,
  baltic,
  celtic,
  filipino,
  finnish,
  greek,
  hungarian,
  indonesian,
  swahili,
} from './lexicon/further.js';
import { danish, dutch, german, swedish } from './lexicon/germanic.js';
import { arabic, hebrew, persian, turkish } from './lexicon/near-eastern.js';
import { catalan, french, italian, portuguese, romanian, spanish } from './lexicon/romance.js';
import { czech, polish, russian, southSlavic, ukrainian } from './lexicon/slavic.js';
import { bengali, hindi, tamil, telugu, urdu } from './lexicon/south-asian.js';

/** Every language that the concepts are worded in. */
export const LEXICONS: readonly Lexicon[] = [
  english,
  german,
  dutch,
  swedish,
  danish,
  french,
  spanish,
  portuguese,
  italian,
  romanian,
  catalan,
  russian,
  ukrainian,
  polish,
  czech,
  southSlavic,
  chinese,
  japanese,
  korean,
  thai,
  vietnamese,
  arabic,
  persian,
  hebrew,
  turkish,
  hindi,
  bengali,
  urdu,
  tamil,
  telugu,
  indonesian,
  filipino,
  greek,
  finnish,
  hungarian,
  swahili,
  albanian,
  celtic,
  african,
  baltic,
];
