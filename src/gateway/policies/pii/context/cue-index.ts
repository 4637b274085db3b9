import { CHAR, CHARACTER_TABLE, isLetter, LETTER } from '../characters.js';
import { CUES, type Cue } from './lexicon.js';

/** Distance of a cue that does not occur. */
export const ABSENT = 0x7fff;

export const CUE_NAMES = Object.keys(CUES) as readonly Cue[];

const CUE_ID = new Map(CUE_NAMES.map((cue, id) => [cue, id]));

export function cueId(cue: Cue): number {
  return CUE_ID.get(cue) as number;
}

interface Node {
  /** By UTF-16 unit. */
  readonly next: Map<number, Node>;
  /** Cues announced by the entry that ends here. */
  cues: number[];
  /** The entry may be followed by more letters. */
  open: boolean;
}

type Hit = (cue: number, start: number, end: number) => void;

/** A prefix tree over all entries of the lexicon, and the search for them in a stretch of text. */
export class CueIndex {
  readonly #root = newNode();
  /** The root's children for ASCII, where nearly all words begin. */
  readonly #ascii: (Node | undefined)[] = Array.from({ length: 128 }, () => undefined);

  constructor() {
    for (const [cue, entries] of Object.entries(CUES)) {
      for (const entry of entries.split(',')) this.#add(entry.trim(), cueId(cue as Cue));
    }
    for (const [unit, node] of this.#root.next) if (unit < 128) this.#ascii[unit] = node;
  }

  /** Calls `hit(cue id, start, end)` for every cue in `text`, in order of their starts. */
  search(text: string, hit: Hit): void {
    const lower = foldCase(text);
    let before = 0;
    for (let start = 0; start < text.length; start += 1) {
      const unit = text.charCodeAt(start);
      const bits = CHARACTER_TABLE[unit] as number;
      const inWord = (bits & LETTER) !== 0 && (before & LETTER) !== 0 && !(bits & CHAR.upper && !(before & CHAR.upper));
      if (!inWord || text.charCodeAt(start - 1) === UNDERSCORE) {
        const first = lower.charCodeAt(start);
        const node = first < 128 ? this.#ascii[first] : this.#root.next.get(first);
        if (node) matchFrom(node, text, lower, start, hit);
      }
      before = bits;
    }
  }

  /** True when the number that `search` gave stands for this cue. */
  isCue(id: number, cue: Cue): boolean {
    return CUE_ID.get(cue) === id;
  }

  #add(entry: string, cue: number): void {
    const open = entry.endsWith('*');
    let node = this.#root;
    for (const char of open ? entry.slice(0, -1) : entry) {
      const unit = char.charCodeAt(0);
      let next = node.next.get(unit);
      if (!next) node.next.set(unit, (next = newNode()));
      node = next;
    }
    if (!node.cues.includes(cue)) node.cues.push(cue);
    if (open) node.open = true;
  }
}

function newNode(): Node {
  return { next: new Map(), cues: [], open: false };
}

const UNDERSCORE = 95;
const SPACE = 32;
const GAPS = new Set(Array.from(" _-.'\u2019", (char) => char.charCodeAt(0)));

function matchFrom(first: Node, text: string, lower: string, start: number, hit: Hit): void {
  let node: Node | undefined = first;
  let at = start + 1;
  while (node) {
    if (node.cues.length > 0 && (node.open || endsWord(text, lower, at))) {
      for (const cue of node.cues) hit(cue, start, at);
    }
    if (at >= lower.length) return;
    const unit = lower.charCodeAt(at);
    const direct: Node | undefined = node.next.get(unit);
    const gap: Node | undefined = direct ? undefined : node.next.get(SPACE);
    if (direct) node = direct;
    else if (gap && GAPS.has(unit)) node = gap;
    // The gap may be nothing at all: `accountNumber`, `passportno`.
    else if (gap) node = gap.next.get(unit);
    else return;
    at += 1;
  }
}

function endsWord(text: string, lower: string, at: number): boolean {
  const next = text.charCodeAt(at);
  if (at >= text.length || next === UNDERSCORE || !isLetter(next) || !isLetter(text.charCodeAt(at - 1))) return true;
  if (isUpper(next) && !isUpper(text.charCodeAt(at - 1))) return true;
  const afterPlural = text.charCodeAt(at + 1);
  return lower[at] === 's' && (at + 1 >= text.length || !isLetter(afterPlural) || afterPlural === UNDERSCORE);
}

function isUpper(unit: number): boolean {
  return unit >= 65 && unit <= 90;
}

/** Lower case, unit by unit: `İ`.toLowerCase() is two units long and would shift what follows. */
function foldCase(text: string): string {
  const lower = text.toLowerCase();
  return lower.length === text.length ? lower : text.replace(/[A-Z]/g, (char) => char.toLowerCase());
}
