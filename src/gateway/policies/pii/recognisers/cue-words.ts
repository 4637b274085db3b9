import { CHAR } from '../characters.js';
import { CUES, type Cue } from '../context/lexicon.js';
import { MONTH_WORDS } from './dates.js';

/** What a word may be the end of, as bits. */
export const CUE_WORD = { password: 1, username: 2, secret: 4, plate: 8, month: 16, cardDetail: 32 } as const;

/** Cues whose value is recognised by following them: its own form does not tell. */
export const FOLLOWED = CUE_WORD.password | CUE_WORD.username | CUE_WORD.secret | CUE_WORD.plate;

const CUES_OF: readonly (readonly [number, readonly Cue[]])[] = [
  [CUE_WORD.password, ['password']],
  [CUE_WORD.username, ['username']],
  [CUE_WORD.secret, ['secret', 'aws_secret']],
  [CUE_WORD.plate, ['plate']],
  [CUE_WORD.cardDetail, ['cvv', 'pin']],
];

/** The classes of a word of small ASCII letters, with one beyond `f` among them. */
export const PLAIN = CHAR.lower | CHAR.local | CHAR.notHex;
/** Longest word that `lengths` speaks of. */
export const MAX_LENGTH = 15;

/**
 * The last words of the cues that must be noticed in passing. Two small tables pass over nearly all words at the cost of
 * three characters; a look at the whole word decides.
 */
export class CueWords {
  /** By first and last two letters, as `firstAndLast` folds them: a bit for each length that such a word has. */
  readonly lengths = new Uint16Array(0x1000);
  /** By the last three letters: 1 where such a word may end so. */
  readonly #endings = new Uint8Array(0x8000);
  readonly #kinds = new Map<string, number>();

  constructor() {
    for (const [kind, cues] of CUES_OF) {
      for (const entry of cues.flatMap((cue) => CUES[cue].split(','))) {
        const last = entry.trim().replace(/\*$/, '').split(/[ _]/).at(-1) as string;
        this.#add(last, kind);
        this.#add(`${last}s`, kind);
      }
    }
    for (const month of MONTH_WORDS) this.#add(month, CUE_WORD.month);
  }

  /** What the word from `start` to `end` may be the end of; `bits` are its classes. */
  kindOf(text: string, start: number, end: number, bits: number): number {
    const length = end - start;
    const isNoticed =
      bits === PLAIN && length <= MAX_LENGTH
        ? ((this.lengths[firstAndLast(text, start, end)] as number) & (1 << length)) !== 0
        : this.#endings[lastThree(text, end)] !== 0;
    return isNoticed ? (this.#kinds.get(lastWord(text.slice(Math.max(start, end - 24), end))) ?? 0) : 0;
  }

  #add(word: string, kind: number): void {
    this.#kinds.set(word, (this.#kinds.get(word) ?? 0) | kind);
    this.#endings[lastThree(word, word.length)] = 1;
    if (word.length > MAX_LENGTH) return;
    const key = firstAndLast(word, 0, word.length);
    this.lengths[key] = (this.lengths[key] as number) | (1 << word.length);
  }
}

/** `word` of `dbPass_word`, `name` of `userName`, in lower case. */
function lastWord(word: string): string {
  const lower = word.toLowerCase();
  if (lower === word && !word.includes('_')) return word;
  return /(?:[A-Z]?[^A-Z_]+|[A-Z]+)$/.exec(word)?.[0].toLowerCase() ?? lower;
}

/** The last three units of a word folded into 15 bits, without regard to case. */
function lastThree(text: string, end: number): number {
  const a = end > 2 ? text.charCodeAt(end - 3) & 31 : 0;
  const b = end > 1 ? text.charCodeAt(end - 2) & 31 : 0;
  return (a << 10) | (b << 5) | (text.charCodeAt(end - 1) & 31);
}

/** First and last two units of a word folded into 12 bits, without regard to case. */
export function firstAndLast(text: string, start: number, end: number): number {
  const before = end - start > 1 ? text.charCodeAt(end - 2) : 0;
  return ((text.charCodeAt(start) << 7) ^ (before << 3) ^ text.charCodeAt(end - 1)) & 0xfff;
}
