// What one code point becomes when a text is folded: NFKC, lower case, no invisible characters, no accents over Latin, Greek,
// Arabic or Hebrew letters. Worked out per code point and remembered, so that the offsets of a text stay known.

/** The code point leaves nothing behind. */
const DROPPED = '';

// Letters that no Unicode normalisation takes apart, and typographic punctuation, as pairs.
const SPECIAL = new Map<string, string>([
  ...pairs('ßss łl øo đd ðd þth æae œoe ıi ħh ŧt ſs ёе ىي ةه ؤو ئي کك یي ۀه'),
  ...pairs('ᴀa ʙb ᴄc ᴅd ᴇe ꜰf ɢg ʜh ɪi ᴊj ᴋk ʟl ᴍm ɴn ᴏo ᴘp ꞯq ʀr ꜱs ᴛt ᴜu ᴠv ᴡw ʏy ᴢz ǫq ɑa ɡg ɩi ʋv'),
  ...pairs('‘\' ’\' ‚\' ‛\' “" ”" „" ‟" «" »" ‐- ‑- ‒- –- —- ―- −- ﹘- ﹣- ⁄/ ∕/ ｡.'),
]);

const INVISIBLE =
  /\p{Cf}|\u034f|\u115f|\u1160|\u3164|\uffa0|[\ufe00-\ufe0f]|[\u{e0100}-\u{e01ef}]|[\u180b-\u180d]|\u180f/u;
/** Marks that decorate a letter and are never one: over Latin letters, harakat, niqqud, nukta, enclosing keycaps. */
const DECORATION =
  /[\u0300-\u036f]|[\u0483-\u0489]|[\u1ab0-\u1aff]|[\u1dc0-\u1dff]|[\u20d0-\u20ff]|[\ufe20-\ufe2f]|[\u064b-\u065f]|\u0670|\u0640|[\u0591-\u05bd]|\u05bf|[\u05c1-\u05c7]|\u093c|\u09bc|\u0a3c/gu;
const PLAIN_BASE = /^[\p{Script=Latin}\p{Script=Greek}\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Devanagari}]/u;

/** What a code point folds to; empty when it is dropped. */
export function foldCodePoint(codePoint: number): string {
  const char = String.fromCodePoint(codePoint);
  if (INVISIBLE.test(char)) return DROPPED;
  const letter = enclosedLetter(codePoint);
  if (letter !== undefined) return letter;
  let folded = '';
  for (const part of char.normalize('NFKC').toLowerCase()) folded += SPECIAL.get(part) ?? plain(part);
  return folded;
}

function plain(char: string): string {
  const parts = char.normalize('NFD').replace(DECORATION, '');
  if (parts === '') return DROPPED;
  if (!PLAIN_BASE.test(parts)) return char;
  return SPECIAL.get(parts) ?? parts;
}

/** White letters in black circles and squares, and the flags' letters, which NFKC leaves as they are. */
function enclosedLetter(codePoint: number): string | undefined {
  for (const first of [0x1f150, 0x1f170, 0x1f1e6]) {
    if (codePoint >= first && codePoint < first + 26) return String.fromCharCode(97 + codePoint - first);
  }
  return undefined;
}

function pairs(list: string): [string, string][] {
  return list.split(' ').map((pair) => [pair.charAt(0), pair.slice(1)]);
}
