// How wide a text is on a terminal, and how it can be shown there without doing anything to it.

/** One thing that a reader sees, and how many columns it takes. */
export interface Cell {
  readonly shown: string;
  readonly columns: number;
  /** UTF-16 offsets into the text. */
  readonly start: number;
  readonly end: number;
}

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

// East Asian Wide and Fullwidth by script and block, and emoji. https://www.unicode.org/reports/tr11/
const WIDE =
  /^(?:[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Bopomofo}\u3000-\u303E\uFF01-\uFF60\uFFE0-\uFFE6]|\p{Emoji_Presentation}|\p{Extended_Pictographic}\uFE0F)/u;
/** Halfwidth forms of Hangul and Katakana. */
const HALF = /^[\uFF61-\uFFDC]/;
/** What would be invisible or act on the terminal: controls, format characters, lone surrogates, separators of lines. */
const UNSEEN = /^[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\u034F\u115F\u1160\u3164]/u;
/** Joiners belong to the emoji and letters that they join. */
const UNSEEN_INSIDE = /[\p{Cc}\p{Cf}\p{Cs}]/u;
const JOINERS = /[\u200C\u200D]|[\u{E0020}-\u{E007F}]/gu;

/** The text as cells; what cannot be seen is shown by its number, such as `<U+200B>`. */
export function cellsOf(text: string): readonly Cell[] {
  return Array.from(graphemes.segment(text), ({ segment, index }) => {
    const isUnseen = UNSEEN.test(segment) || UNSEEN_INSIDE.test(segment.replace(JOINERS, ''));
    const shown = isUnseen ? Array.from(segment, numbered).join('') : segment;
    return { shown, columns: isUnseen ? shown.length : widthOf(segment), start: index, end: index + segment.length };
  });
}

function widthOf(grapheme: string): number {
  if (/^\p{Mn}/u.test(grapheme)) return 0;
  return WIDE.test(grapheme) && !HALF.test(grapheme) ? 2 : 1;
}

function numbered(character: string): string {
  if (!UNSEEN.test(character)) return character;
  return `<U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}>`;
}
