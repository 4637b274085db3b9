// What a UTF-16 unit is to the scanners: part of a word, of an unspaced script, or a gap between words. Known for ASCII at
// once, worked out and remembered for other units when they are first met.

/** Punctuation, symbols, spaces, controls. */
export const GAP = 1;
export const LETTER = 2;
export const DIGIT = 4;
/** A letter of a script that writes no spaces between words: each may begin one. */
export const UNSPACED = 8;

const classes = new Uint8Array(0x10000);

/** `GAP`, `LETTER`, `DIGIT` or `UNSPACED`. Halves of a surrogate pair are gaps. */
export function letterClass(unit: number): number {
  const known = classes[unit] as number;
  return known === 0 ? (classes[unit] = classify(unit)) : known;
}

/** Is the unit one that words are made of? */
export function isWordUnit(unit: number): boolean {
  return letterClass(unit) !== GAP;
}

const UNSPACED_SCRIPTS =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

function classify(unit: number): number {
  if (unit >= 0xd800 && unit <= 0xdfff) return GAP;
  const char = String.fromCharCode(unit);
  if (/\p{Nd}/u.test(char)) return DIGIT;
  if (!/[\p{L}\p{M}]/u.test(char)) return GAP;
  return UNSPACED_SCRIPTS.test(char) ? UNSPACED : LETTER;
}
