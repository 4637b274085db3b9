// Finds the stretches of a text that are text in another coding, and reads them. What does not read as text is refused, so
// that hashes, keys and pictures cost a look at their first bytes and no more.
import { codedStretches } from './coded-stretches.js';
import {
  fromBase32,
  fromBase64,
  fromBinary,
  fromDecimal,
  fromEntities,
  fromEscapes,
  fromHex,
  fromMorse,
  fromPercent,
  fromSelectors,
  fromTags,
  fromUpsideDown,
} from './decoders.js';
import { isTextLike } from './text-likeness.js';

export type Coding =
  | 'base64'
  | 'base32'
  | 'hex'
  | 'binary'
  | 'decimal'
  | 'percent'
  | 'html_entities'
  | 'escapes'
  | 'morse'
  | 'tag_characters'
  | 'variation_selectors'
  | 'upside_down';

/** A stretch of a source, `end` exclusive, and what it says. */
export interface DecodedPiece {
  readonly coding: Coding;
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

type Decode = (code: string) => string | undefined;

/** What a run of the base64 alphabet may be, in this order: the narrower alphabet is the likelier coding. */
const RUN_CODINGS: readonly (readonly [Coding, RegExp, Decode])[] = [
  ['binary', /^(?:[01]{8}){4,}$/, fromBinary],
  ['hex', /^(?:0x)?(?:[0-9a-fA-F]{2}){8,}$/, fromHex],
  ['base32', /^[A-Z2-7]{24,}={0,6}$/, fromBase32],
  ['base64', /^[A-Za-z0-9+/_\s-]{14,}={0,2}$/, fromBase64],
];

const DUMP_CODINGS: readonly (readonly [Coding, RegExp, Decode])[] = [
  ['binary', /^[01]{7,8}(?:[ ,\n]{1,2}[01]{7,8})+$/, fromBinary],
  ['decimal', /^\d{2,3}(?:[ ,\n]{1,2}\d{2,3})+$/, fromDecimal],
  ['hex', /^(?:0x)?[0-9a-fA-F]{2}(?:[ ,:\n]{1,2}(?:0x)?[0-9a-fA-F]{2})+$/, fromHex],
];

/** Texts in other codings within `source`. Stretches of different codings may overlap. Linear. */
export function decodedPieces(source: string): DecodedPiece[] {
  const signs = codedStretches(source);
  const pieces: DecodedPiece[] = [];
  readStretches(pieces, source, signs.runs, RUN_CODINGS);
  readStretches(pieces, source, signs.dumps, DUMP_CODINGS);
  if (signs.percents >= 3) readAround(pieces, 'percent', source, /%[0-9a-fA-F]{2}/g, 3, /\s/, fromPercent);
  if (signs.ampersands >= 2) {
    readAround(pieces, 'html_entities', source, /&(?:#\d{2,7}|#x[0-9a-f]{2,6}|[a-z]{2,6});/gi, 2, /\n/, fromEntities);
  }
  if (signs.backslashes >= 3) {
    readAround(pieces, 'escapes', source, /\\(?:u\{?[0-9a-fA-F]{2,6}|x[0-9a-fA-F]{2})/g, 3, /\n/, fromEscapes);
  }
  if (signs.dots >= 20) {
    readMatches(
      pieces,
      'morse',
      source,
      /[.\-·−–_](?:[.\-·−–_]|[ ]{1,7}(?=[.\-·−–_/|])|[/|](?=[ .\-·−–_])){20,}/g,
      fromMorse,
    );
  }
  if (signs.exotic) {
    readMatches(pieces, 'tag_characters', source, /[\u{e0020}-\u{e007e}]{4,}(?![\u{e0020}-\u{e007f}])/gu, fromTags);
    readMatches(pieces, 'variation_selectors', source, /[\ufe00-\ufe0f\u{e0100}-\u{e01ef}]{3,}/gu, fromSelectors);
    readAround(pieces, 'upside_down', source, /[ǝɹʇɥʍʌɯɐɔ]/g, 4, /\n/, fromUpsideDown);
  }
  return pieces;
}

function readStretches(
  pieces: DecodedPiece[],
  source: string,
  stretches: readonly number[],
  codings: readonly (readonly [Coding, RegExp, Decode])[],
): void {
  for (let i = 0; i < stretches.length; i += 2) {
    const start = stretches[i] as number;
    const end = stretches[i + 1] as number;
    const code = source.slice(start, end);
    if (codings === RUN_CODINGS && isName(code)) continue;
    for (const [coding, shape, decode] of codings) {
      if (shape.test(code) && add(pieces, coding, start, code, decode(code))) break;
    }
  }
}

/** A run of one case without digits is a long word or a name: text in any coding of runs would hold more kinds of letters. */
function isName(code: string): boolean {
  return code.length < 64 && !(/\d/.test(code) || (/[A-Z]/.test(code) && /[a-z]/.test(code.slice(1))));
}

function readMatches(pieces: DecodedPiece[], coding: Coding, source: string, pattern: RegExp, decode: Decode): void {
  for (const { 0: code, index } of source.matchAll(pattern)) add(pieces, coding, index, code, decode(code));
}

/** Reads whole lines, or words, that hold at least `atLeast` signs of a coding: what lies between two of them belongs to the text. */
function readAround(
  pieces: DecodedPiece[],
  coding: Coding,
  source: string,
  sign: RegExp,
  atLeast: number,
  border: RegExp,
  decode: Decode,
): void {
  let start = 0;
  let end = 0;
  let signs = 0;
  const read = (): void => {
    if (signs >= atLeast) add(pieces, coding, start, source.slice(start, end), decode(source.slice(start, end)));
  };
  for (const { index } of source.matchAll(sign)) {
    if (index >= end || signs === 0) {
      read();
      start = index;
      while (start > end && !border.test(source.charAt(start - 1))) start--;
      end = index;
      while (end < source.length && !border.test(source.charAt(end))) end++;
      signs = 0;
    }
    signs++;
  }
  read();
}

function add(pieces: DecodedPiece[], coding: Coding, start: number, code: string, text: string | undefined): boolean {
  if (text === undefined || text === code || !isTextLike(text)) return false;
  pieces.push({ coding, start, end: start + code.length, text });
  return true;
}
