// One function a coding: the text that a stretch stands for, or `undefined` when it stands for none. Each is linear.
import { beginsLikeText, utf8Text } from './text-likeness.js';

export function fromBase64(code: string): string | undefined {
  // The first letters tell; a whole picture need not be decoded to see that it is none.
  if (!beginsLikeText(Buffer.from(code.slice(0, 24), 'base64').subarray(0, 17))) return undefined;
  return utf8Text(Buffer.from(code, 'base64'));
}

export function fromBase32(code: string): string | undefined {
  const bytes: number[] = [];
  let bits = 0;
  let value = 0;
  for (let i = 0; i < code.length && code.charAt(i) !== '='; i++) {
    const unit = code.charCodeAt(i);
    value = ((value << 5) | (unit >= 65 ? unit - 65 : unit - 24)) & 0xffff;
    bits += 5;
    if (bits >= 8) bytes.push((value >>> (bits -= 8)) & 0xff);
  }
  return utf8Text(Uint8Array.from(bytes));
}

/** Pairs of hex digits, with or without `0x` and separators. */
export function fromHex(code: string): string | undefined {
  return utf8Text(Buffer.from(code.replace(/0x|[^0-9a-fA-F]/g, ''), 'hex'));
}

/** Groups of seven or eight bits, or bits by eights without a gap. */
export function fromBinary(code: string): string | undefined {
  const groups = code.match(/[01]{7,8}/g) ?? [];
  return utf8Text(Uint8Array.from(groups, (group) => parseInt(group, 2)));
}

/** ASCII codes in decimal. */
export function fromDecimal(code: string): string | undefined {
  const bytes = Uint8Array.from(code.match(/\d+/g) ?? [], Number);
  return bytes.every((byte) => (byte >= 32 && byte < 127) || byte === 10) ? utf8Text(bytes) : undefined;
}

/** Escapes that are no UTF-8 stay as they are, so that one bad byte does not hide the rest. */
export function fromPercent(code: string): string {
  return code
    .replaceAll('+', ' ')
    .replace(/(?:%[0-9a-fA-F]{2})+/g, (run) => utf8Text(Buffer.from(run.replaceAll('%', ''), 'hex')) ?? run);
}

const NAMED_ENTITIES = new Map([
  ['lt', '<'],
  ['gt', '>'],
  ['amp', '&'],
  ['quot', '"'],
  ['apos', "'"],
  ['nbsp', ' '],
]);

export function fromEntities(code: string): string {
  return code.replace(
    /&(?:#(\d{2,7})|#x([0-9a-f]{2,6})|([a-z]{2,6}));/gi,
    (entity: string, decimal?: string, hex?: string, name?: string) => {
      if (name !== undefined) return NAMED_ENTITIES.get(name.toLowerCase()) ?? entity;
      return character(decimal === undefined ? parseInt(hex ?? '', 16) : Number(decimal)) ?? entity;
    },
  );
}

/** `\uXXXX`, `\u{X}` and `\xXX`, as JSON and program texts hold them. */
export function fromEscapes(code: string): string {
  return code
    .replace(
      /\\(?:u\{([0-9a-f]{2,6})\}|u([0-9a-f]{4})|x([0-9a-f]{2}))/gi,
      (escape: string, braced?: string, four?: string, two?: string) => {
        const codePoint = parseInt(braced ?? four ?? two ?? '', 16);
        const isSurrogate = codePoint >= 0xd800 && codePoint < 0xe000;
        return isSurrogate ? String.fromCharCode(codePoint) : (character(codePoint) ?? escape);
      },
    )
    .replaceAll('\\n', '\n');
}

function character(codePoint: number): string | undefined {
  const isCharacter = codePoint <= 0x10ffff && (codePoint < 0xd800 || codePoint > 0xdfff);
  return isCharacter ? String.fromCodePoint(codePoint) : undefined;
}

// ITU-R M.1677-1, https://www.itu.int/rec/R-REC-M.1677-1-200910-I/: the sign behind each character.
const MORSE = new Map(
  (
    'a.- b-... c-.-. d-.. e. f..-. g--. h.... i.. j.--- k-.- l.-.. m-- n-. o--- p.--. q--.- r.-. s... t- u..- v...- w.-- ' +
    'x-..- y-.-- z--.. 0----- 1.---- 2..--- 3...-- 4....- 5..... 6-.... 7--... 8---.. 9----. ..-.-.- ,--..-- ?..--.. ' +
    '\'.----. !-.-.-- :---... --....- ".-..-. /-..-. (-.--. )-.--.-'
  )
    .split(' ')
    .map((entry): [string, string] => [entry.slice(1), entry.charAt(0)]),
);

/** Signs parted by one space, words by `/`, `|` or three spaces. */
export function fromMorse(code: string): string | undefined {
  let unknown = 0;
  const read = (sign: string): string => {
    const letter = MORSE.get(sign);
    if (letter === undefined && sign !== '') unknown++;
    return letter ?? '';
  };
  const words = code
    .replaceAll('·', '.')
    .replace(/[−–_]/g, '-')
    .split(/[/|]|\s{3,}/);
  const text = words.map((word) => word.trim().split(/\s/).map(read).join('')).join(' ');
  return unknown <= text.length / 8 ? text : undefined;
}

/** Tag characters, which mirror ASCII invisibly. https://www.unicode.org/charts/PDF/UE0000.pdf */
export function fromTags(code: string): string {
  return Array.from(code, (char) => String.fromCharCode((char.codePointAt(0) as number) - 0xe0000)).join('');
}

/** Bytes hidden as variation selectors: 1–16 are 0–15, 17–256 the rest. */
export function fromSelectors(code: string): string | undefined {
  const bytes = Array.from(code, (char) => {
    const codePoint = char.codePointAt(0) as number;
    return codePoint <= 0xfe0f ? codePoint - 0xfe00 : codePoint - 0xe0100 + 16;
  });
  return utf8Text(Uint8Array.from(bytes));
}

const UPSIDE_DOWN = new Map(
  'ɐa qb ɔc pd ǝe ɟf ƃg ɓg ɥh ᴉi ıi ɾj ɹr ʞk ןl ʅl ɯm un dp bq ʇt nu ʌv ʍw ʎy ¡! ¿? ˙.'
    .split(' ')
    .map((pair): [string, string] => [pair.charAt(0), pair.slice(1)]),
);

/** Letters turned on their head, read from the end. */
export function fromUpsideDown(code: string): string {
  return Array.from(code, (char) => UPSIDE_DOWN.get(char) ?? char)
    .reverse()
    .join('');
}
