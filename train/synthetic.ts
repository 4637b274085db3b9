import { ATTACK_FAMILIES, ATTACKS } from './attack-grammar.js';
import { ATTACKS_BY_LANGUAGE, LANGUAGE_FAMILIES } from './attack-grammar-languages.js';
import { BENIGN, BENIGN_FAMILIES } from './benign-grammar.js';
import { BENIGN_BY_LANGUAGE } from './benign-grammar-languages.js';
import { expand, seededRandom } from './grammar.js';
import type { TrainingRow } from './training-row.js';

const CARRIERS = [
  'The delivery arrived on time and the packaging was intact. ',
  'Our team met on Tuesday to review the roadmap for the next quarter. ',
  'Mix the flour with two eggs and a pinch of salt, then let it rest. ',
  '{"status":"ok","count":2,"items":[{"name":"lamp","price":19.9},{"name":"chair","note":"',
  'The museum opens at nine and closes at six; tickets are sold online. ',
  'Subject: Re: invoice\n\nHi Sam,\nplease find the numbers attached.\n',
  '| id | comment |\n|---|---|\n| 14 | ',
  'def total(items):\n    return sum(i.price for i in items)\n\n# ',
  '<p>Contact us for a quote.</p>\n<!-- ',
];

const PER_LANGUAGE = 60;
/** Of texts in other languages than English: how the ideas of attacks stand together is learned from them, and no letters. */
export const LANGUAGE_SOURCE = 'languages:';

/** Texts of our own grammars, each once; the same for the same seed. */
export function syntheticRows(perFamily: number, seed: number): TrainingRow[] {
  const random = seededRandom(seed);
  const rows: TrainingRow[] = [];
  const seen = new Set<string>();
  const add = (label: 0 | 1, family: string, text: string, lang = 'en'): void => {
    if (seen.has(text)) return;
    seen.add(text);
    const source = lang === 'en' ? `grammar:${family}` : `${LANGUAGE_SOURCE}${lang}`;
    rows.push({ text, label, kind: family, lang, source, license: 'CC0-1.0' });
  };
  const pick = <T>(list: readonly T[]): T | undefined => list[Math.floor(random() * list.length)];
  const times = (count: number, act: () => void): void => {
    for (let i = 0; i < count; i++) act();
  };
  for (const family of ATTACK_FAMILIES)
    times(perFamily, () => add(1, family, inCase(expand(ATTACKS, family, random), random)));
  times(perFamily, () => {
    const carrier = pick(CARRIERS) ?? '';
    const attack = expand(ATTACKS, random() < 0.7 ? 'indirect' : 'override', random);
    add(1, 'embedded', random() < 0.8 ? carrier + attack : `${attack}\n${carrier}`);
  });
  for (const [lang, grammar] of Object.entries(ATTACKS_BY_LANGUAGE)) {
    for (const family of LANGUAGE_FAMILIES)
      times(PER_LANGUAGE, () => add(1, family, expand(grammar, family, random), lang));
  }
  for (const [lang, grammar] of Object.entries(BENIGN_BY_LANGUAGE)) {
    times(2 * PER_LANGUAGE, () => add(0, 'everyday', expand(grammar, 'everyday', random), lang));
  }
  for (const family of BENIGN_FAMILIES)
    times(perFamily * 2, () => add(0, family, inCase(expand(BENIGN, family, random), random)));
  return rows;
}

/** As people write: mostly with a capital, now and then all in one case. */
function inCase(text: string, random: () => number): string {
  const roll = random();
  if (roll < 0.06) return text.toUpperCase();
  if (roll < 0.3) return text.toLowerCase();
  return text.charAt(0).toUpperCase() + text.slice(1);
}
