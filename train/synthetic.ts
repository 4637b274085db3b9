import { ATTACK_FAMILIES, ATTACKS } from './attack-grammar.js';
import { BENIGN, BENIGN_FAMILIES } from './benign-grammar.js';
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

/** Texts of our own grammars, each once; the same for the same seed. */
export function syntheticRows(perFamily: number, seed: number): TrainingRow[] {
  const random = seededRandom(seed);
  const rows: TrainingRow[] = [];
  const seen = new Set<string>();
  const add = (label: 0 | 1, family: string, text: string): void => {
    if (seen.has(text)) return;
    seen.add(text);
    rows.push({ text, label, kind: family, lang: 'en', source: `grammar:${family}`, license: 'CC0-1.0' });
  };
  for (const family of ATTACK_FAMILIES) {
    for (let i = 0; i < perFamily; i++) add(1, family, inCase(expand(ATTACKS, family, random), random));
  }
  for (let i = 0; i < perFamily; i++) {
    const carrier = CARRIERS[Math.floor(random() * CARRIERS.length)] ?? '';
    const attack = expand(ATTACKS, random() < 0.7 ? 'indirect' : 'override', random);
    add(1, 'embedded', random() < 0.8 ? carrier + attack : `${attack}\n${carrier}`);
  }
  for (const family of BENIGN_FAMILIES) {
    for (let i = 0; i < perFamily * 2; i++) add(0, family, inCase(expand(BENIGN, family, random), random));
  }
  return rows;
}

/** As people write: mostly with a capital, now and then all in one case. */
function inCase(text: string, random: () => number): string {
  const roll = random();
  if (roll < 0.06) return text.toUpperCase();
  if (roll < 0.3) return text.toLowerCase();
  return text.charAt(0).toUpperCase() + text.slice(1);
}
