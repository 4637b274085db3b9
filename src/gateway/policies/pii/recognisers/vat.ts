import { isRightClear, leftEdge } from './number-run.js';
import type { Proposals } from './proposals.js';
import { isCued, type Scene } from './scene.js';

/** https://ec.europa.eu/taxation_customs/vies/#/faq, question 11; `XI` is Northern Ireland, `GB` and `CHE` are kept for old papers. */
const FORMS: Readonly<Record<string, RegExp>> = {
  AT: /^U\d{8}$/, BE: /^[01]\d{9}$/, BG: /^\d{9,10}$/, CY: /^\d{8}[A-Z]$/, CZ: /^\d{8,10}$/, DE: /^[1-9]\d{8}$/, DK: /^\d{8}$/,
  EE: /^\d{9}$/, EL: /^\d{9}$/, ES: /^[A-Z0-9]\d{7}[A-Z0-9]$/, FI: /^\d{8}$/, FR: /^[A-HJ-NP-Z0-9]{2}\d{9}$/, GB: /^\d{9}(?:\d{3})?$/,
  HR: /^\d{11}$/, HU: /^\d{8}$/, IE: /^\d[A-Z0-9+*]\d{5}[A-W][A-I]?$/, IT: /^\d{11}$/, LT: /^(?:\d{9}|\d{12})$/, LU: /^\d{8}$/,
  LV: /^\d{11}$/, MT: /^\d{8}$/, NL: /^\d{9}B\d{2}$/, PL: /^\d{10}$/, PT: /^\d{9}$/, RO: /^[1-9]\d{1,9}$/, SE: /^\d{12}$/,
  SI: /^\d{8}$/, SK: /^\d{10}$/, XI: /^\d{9}(?:\d{3})?$/, CH: /^E\d{9}$/,
}; // prettier-ignore

/** European VAT numbers with their country's letters, beside a word that says so: too many part numbers look alike. */
export function recogniseVat(start: number, end: number, scene: Scene, out: Proposals): void {
  const value = scene.text.slice(start, end).toUpperCase();
  if (!FORMS[value.slice(0, 2)]?.test(value.slice(2))) return;
  if (leftEdge(scene.text, start) === 'joined' || !isRightClear(scene.text, end)) return;
  if (isCued(scene, end, ['vat'])) out.add('EU_VAT', start, end, 0.75, 'context');
}
