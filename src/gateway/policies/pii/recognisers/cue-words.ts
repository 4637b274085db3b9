import { CHAR } from '../characters.js';
import { CUES, type Cue } from '../context/lexicon.js';
import { MONTH_WORDS } from './dates.js';

/** What a word may be the end of, as bits. */
export const CUE_WORD = {
  password: 1,
  username: 2,
  secret: 4,
  plate: 8,
  month: 16,
  cardDetail: 32,
  birth: 64,
} as const;

/** Cues whose value is recognised by following them: its own form does not tell. */
export const FOLLOWED = CUE_WORD.password | CUE_WORD.username | CUE_WORD.secret | CUE_WORD.plate;

const CUES_OF: readonly (readonly [number, readonly Cue[]])[] = [
  [CUE_WORD.password, ['password']],
  [CUE_WORD.username, ['username']],
  [CUE_WORD.secret, ['secret', 'aws_secret']],
  [CUE_WORD.plate, ['plate']],
  [CUE_WORD.cardDetail, ['cvv', 'pin']],
  [CUE_WORD.birth, ['dob']],
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
  /** By first and last two letters: a bit for each length that such a word has. */
  readonly #lengths = new Uint16Array(0x1000);
  /** By the last three letters: 1 where such a word may end so. */
  readonly #endings = new Uint8Array(0x1000);
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

  /** False for most words of small ASCII letters, up to `MAX_LENGTH` of them. */
  mayBeSmall(units: Uint16Array, start: number, end: number): boolean {
    const length = end - start;
    const before = length > 1 ? (units[end - 2] as number) : 0;
    const key = fold(units[start] as number, before, units[end - 1] as number);
    return ((this.#lengths[key] as number) & (1 << length)) !== 0;
  }

  /** False for most words of ASCII letters: the word may be the end of a cue, or end with one as `userName` does. */
  mayEnd(units: Uint16Array, start: number, end: number): boolean {
    const length = end - start;
    const a = length > 2 ? (units[end - 3] as number) : 0;
    const b = length > 1 ? (units[end - 2] as number) : 0;
    return this.#endings[foldLetters(a, b, units[end - 1] as number)] !== 0;
  }

  /** What a word may be the end of. */
  kindOf(word: string): number {
    return this.#kinds.get(lastWord(word)) ?? 0;
  }

  #add(word: string, kind: number): void {
    this.#kinds.set(word, (this.#kinds.get(word) ?? 0) | kind);
    const at = (back: number): number => (word.length >= back ? word.charCodeAt(word.length - back) : 0);
    this.#endings[foldLetters(at(3), at(2), at(1))] = 1;
    if (word.length > MAX_LENGTH) return;
    const key = fold(word.charCodeAt(0), at(2), at(1));
    this.#lengths[key] = (this.#lengths[key] as number) | (1 << word.length);
  }
}

/** `word` of `dbPass_word`, `name` of `userName`, in lower case. */
function lastWord(word: string): string {
  const lower = word.toLowerCase();
  if (lower === word && !word.includes('_')) return word;
  return /(?:[A-Z]?[^A-Z_]+|[A-Z]+)$/.exec(word)?.[0].toLowerCase() ?? lower;
}

function fold(a: number, b: number, c: number): number {
  return ((a << 7) ^ (b << 3) ^ c) & 0xfff;
}

/** The same without regard to case. */
function foldLetters(a: number, b: number, c: number): number {
  return fold(a & 31, b & 31, c & 31);
}
