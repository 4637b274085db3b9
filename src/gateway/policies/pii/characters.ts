/**
 * What the scanner needs to know of each UTF-16 unit, as bits. Scripts written without spaces (Han, kana, Hangul, Thai) have
 * no bit: a number that follows them directly still stands on its own.
 */
export const CHAR = {
  digit: 1,
  upper: 2,
  lower: 4,
  /** A letter outside ASCII, a combining mark, or `_`. */
  otherWord: 8,
  /** A word character that is no hexadecimal digit. */
  notHex: 16,
  /** May stand in the local part of an e-mail address. */
  local: 32,
  /** The scanner stops here: something may start. */
  trigger: 64,
} as const;

/** Any of these makes a word character. */
export const WORD = CHAR.digit | CHAR.upper | CHAR.lower | CHAR.otherWord;
export const LETTER = CHAR.upper | CHAR.lower | CHAR.otherWord;

/** Letters of scripts that put spaces between words: Latin, Greek, Cyrillic, Armenian, Hebrew, Arabic, the Indic ones, Georgian. */
const SPACED_SCRIPTS: readonly (readonly [from: number, to: number])[] = [
  [0xaa, 0xaa],
  [0xb5, 0xb5],
  [0xba, 0xba],
  [0xc0, 0xd6],
  [0xd8, 0xf6],
  [0xf8, 0x2c1],
  [0x300, 0x373],
  [0x376, 0x37d],
  [0x386, 0x587],
  [0x591, 0x5f4],
  [0x610, 0x65f],
  [0x66e, 0x6d3],
  [0x6d5, 0x6ef],
  [0x6fa, 0x74f],
  [0x900, 0x963],
  [0x971, 0x9e5],
  [0x9f0, 0xdf4],
  [0x10a0, 0x10ff],
  [0x1e00, 0x1fff],
];

const TABLE = characterTable();

/** The bits of a UTF-16 unit; 0 for -1, which is what reading outside a text gives. */
export function classOf(unit: number): number {
  return unit < 0 ? 0 : (TABLE[unit] as number);
}

export function isDigit(unit: number): boolean {
  return unit >= 48 && unit <= 57;
}

export function isHexDigit(unit: number): boolean {
  return isDigit(unit) || (unit >= 65 && unit <= 70) || (unit >= 97 && unit <= 102);
}

export function isWord(unit: number): boolean {
  return (classOf(unit) & WORD) !== 0;
}

export function isLetter(unit: number): boolean {
  return (classOf(unit) & LETTER) !== 0;
}

/** The table itself, for the loop that reads every unit of every text. */
export const CHARACTER_TABLE: Uint8Array = TABLE;

function characterTable(): Uint8Array {
  const table = new Uint8Array(0x10000);
  const add = (chars: string, bits: number): void => {
    for (const char of chars) table[char.charCodeAt(0)] = (table[char.charCodeAt(0)] as number) | bits;
  };
  add('0123456789', CHAR.digit | CHAR.local);
  add('ABCDEF', CHAR.upper | CHAR.local);
  add('abcdef', CHAR.lower | CHAR.local);
  add('GHIJKLMNOPQRSTUVWXYZ', CHAR.upper | CHAR.local | CHAR.notHex);
  add('ghijklmnopqrstuvwxyz', CHAR.lower | CHAR.local | CHAR.notHex);
  add('_', CHAR.otherWord | CHAR.local | CHAR.notHex);
  add('.%+-', CHAR.local);
  add('@:+(-\n', CHAR.trigger);
  // The last character of "password" and "user name" in Chinese, Japanese and Korean: 码 碼 ド 호 名 号 디.
  add('\u7801\u78bc\u30c9\ud638', CHAR.trigger);
  for (const [from, to] of SPACED_SCRIPTS) {
    for (let unit = from; unit <= to; unit += 1) table[unit] = CHAR.otherWord | CHAR.notHex;
  }
  return table;
}
