/**
 * Digits and punctuation that only look different, folded to ASCII so that a number is found in whatever form it was typed:
 * full-width forms, the digits of other scripts, no-break and other spaces, the many dashes. One unit becomes one unit.
 * Invisible characters (zero-width space and joiners, soft hyphen, byte-order mark, directional marks) are left out; the
 * offsets then differ, and `FoldedChunk.removed` says where.
 */
export interface FoldedChunk {
  readonly text: string;
  /** Positions in `text` before which one unit of the original was left out, ascending. */
  readonly removed: readonly number[];
}

/** First of ten consecutive decimal digits in the scripts of the Basic Multilingual Plane. */
const ZEROES = [
  0x0660, 0x06f0, 0x07c0, 0x0966, 0x09e6, 0x0a66, 0x0ae6, 0x0b66, 0x0be6, 0x0c66, 0x0ce6, 0x0d66, 0x0e50, 0x0ed0,
  0x0f20, 0x1040, 0x17e0, 0x1810,
];

const NONE: readonly number[] = [];
const FOLDED = foldTable();
const INVISIBLE = /[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]/;
const FOLDABLE = new RegExp(`[${characterClass()}]`);
const ALL_FOLDABLE = new RegExp(FOLDABLE.source, 'g');

export function foldChunk(chunk: string): FoldedChunk {
  // An ASCII text has as many bytes as units; counting them is ten times quicker than a search for others.
  if (Buffer.byteLength(chunk) === chunk.length) return { text: chunk, removed: NONE };
  const text = FOLDABLE.test(chunk) ? chunk.replace(ALL_FOLDABLE, (char) => FOLDED.get(char) as string) : chunk;
  return INVISIBLE.test(text) ? withoutInvisible(text) : { text, removed: NONE };
}

function withoutInvisible(text: string): FoldedChunk {
  const removed: number[] = [];
  let kept = '';
  for (let k = 0; k < text.length; k += 1) {
    const char = text[k] as string;
    if (INVISIBLE.test(char)) removed.push(kept.length);
    else kept += char;
  }
  return { text: kept, removed };
}

function foldTable(): ReadonlyMap<string, string> {
  const table = new Map<string, string>();
  for (const zero of ZEROES) for (let d = 0; d < 10; d += 1) table.set(String.fromCharCode(zero + d), String(d));
  for (let unit = 0xff01; unit <= 0xff5e; unit += 1) {
    table.set(String.fromCharCode(unit), String.fromCharCode(unit - 0xfee0));
  }
  for (const space of '\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000') {
    table.set(space, ' ');
  }
  for (const dash of '\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u2e3a\ufe58\ufe63') table.set(dash, '-');
  return table;
}

function characterClass(): string {
  return [...FOLDED.keys()].map((char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`).join('');
}
