// Many phrases looked for at once: one walk along the letters of a text from each word, however many phrases there are.
import { GAP, UNSPACED, letterClass } from './letters.js';

/** A phrase and what it means. */
export interface Phrase {
  /** Folded text; a space stands for any gap of up to three units. */
  readonly text: string;
  /** True: also matches words that go on after the phrase, as stems do. */
  readonly stem: boolean;
  /** 0..65534, the same for phrases that mean the same. */
  readonly value: number;
}

const NONE = 0;
const SPACE = 0x20;
/** Gaps within a phrase are at most so long: `system - prompt`, not two sentences. */
const LONGEST_GAP = 3;

/** What a node is asked for: does a phrase end here, may a space follow? */
const ENDS = 1;
const SPACED = 2;

/** The states of a trie as flat tables, as they are stored: level by level, so edge `e` leads to node `e + 1`. */
export interface TrieTables {
  /** Edges of node `n`: from `edgeStarts[n]` up to `edgeStarts[n + 1]`, exclusive, ascending by unit. */
  readonly edgeStarts: Uint32Array;
  readonly edgeUnits: Uint16Array;
  /** Value + 1 of the phrase that ends at a node, as whole words or as a stem; 0 where none does. */
  readonly whole: Uint16Array;
  readonly stems: Uint16Array;
  /** Sums of `ENDS` and `SPACED`. */
  readonly marks: Uint8Array;
}

/** Lays phrases out for `PhraseTrie`. Where two have the same text the first wins. */
export function buildTrie(phrases: Iterable<Phrase>): TrieTables {
  const root = newNode();
  for (const { text, stem, value } of phrases) {
    let node = root;
    for (let i = 0; i < text.length; i++) {
      const unit = text.charCodeAt(i);
      let next = node.edges.get(unit);
      if (next === undefined) node.edges.set(unit, (next = newNode()));
      node = next;
    }
    if (stem && node.stem === NONE) node.stem = value + 1;
    if (node.whole === NONE) node.whole = value + 1;
  }
  const nodes = [root];
  const edgeStarts: number[] = [];
  const edgeUnits: number[] = [];
  for (let i = 0; i < nodes.length; i++) {
    edgeStarts.push(edgeUnits.length);
    for (const [unit, next] of [...(nodes[i] as DraftNode).edges].sort(([a], [b]) => a - b)) {
      edgeUnits.push(unit);
      nodes.push(next);
    }
  }
  edgeStarts.push(edgeUnits.length);
  return {
    edgeStarts: Uint32Array.from(edgeStarts),
    edgeUnits: Uint16Array.from(edgeUnits),
    whole: Uint16Array.from(nodes, ({ whole }) => whole),
    stems: Uint16Array.from(nodes, ({ stem }) => stem),
    marks: Uint8Array.from(nodes, marksOf),
  };
}

function marksOf({ whole, stem, edges }: DraftNode): number {
  return (whole !== NONE || stem !== NONE ? ENDS : 0) | (edges.has(SPACE) ? SPACED : 0);
}

const LETTERS = 26;
const LOWER_A = 0x61;
/** Of three letters that a phrase may begin with, but where one ends, or a space follows, before the third. */
const STEPWISE = -1;

/** An immutable set of phrases. */
export class PhraseTrie {
  readonly #tables: TrieTables;
  /** Node by first unit of a phrase. */
  readonly #roots = new Uint32Array(0x10000);
  /** Node behind the first three letters, a to z, of a phrase: most words of a text end here. */
  readonly #triples = new Int32Array(LETTERS ** 3);
  /** Where the last successful `match` ended, exclusive. */
  matchEnd = 0;

  constructor(tables: TrieTables) {
    this.#tables = tables;
    for (const [unit, node] of this.#children(0)) {
      this.#roots[unit] = node;
      if (isLetter(unit)) this.#addTriples(unit, node);
    }
  }

  /** The value of the longest phrase that begins at unit `from`, or -1; sets `matchEnd`. Steps are bounded by the longest phrase. */
  match(codes: Uint16Array, from: number, length: number): number {
    const { whole, stems, marks } = this.#tables;
    let at = from + 1;
    let node = NONE;
    if (from + 2 < length) {
      const a = (codes[from] as number) - LOWER_A;
      const b = (codes[from + 1] as number) - LOWER_A;
      const c = (codes[from + 2] as number) - LOWER_A;
      if (a >= 0 && a < LETTERS && b >= 0 && b < LETTERS && c >= 0 && c < LETTERS) {
        node = this.#triples[(a * LETTERS + b) * LETTERS + c] as number;
        if (node === NONE) return -1;
        if (node !== STEPWISE) at = from + 3;
      }
    }
    if (at === from + 1) {
      node = this.#roots[codes[from] as number] as number;
      if (node === NONE) return -1;
    }
    let found = NONE;
    for (; ; at++) {
      const unit = at < length ? (codes[at] as number) : SPACE;
      const mark = marks[node] as number;
      if ((mark & ENDS) !== 0) {
        const kind = letterClass(unit);
        if ((kind === GAP || kind === UNSPACED) && (whole[node] as number) !== NONE) {
          found = whole[node] as number;
          this.matchEnd = at;
        } else if ((stems[node] as number) !== NONE) {
          found = stems[node] as number;
          this.matchEnd = at;
        }
      }
      if (at >= length) break;
      let next = this.#next(node, unit);
      if ((mark & SPACED) !== 0 && letterClass(unit) === GAP && (next === NONE || unit === SPACE)) {
        next = this.#next(node, SPACE);
        const stop = Math.min(length, at + LONGEST_GAP);
        while (at + 1 < stop && this.#isPassedOver(next, codes[at + 1] as number)) at++;
      }
      if (next === NONE) break;
      node = next;
    }
    return found - 1;
  }

  /** Within a gap: no phrase goes on with this unit. */
  #isPassedOver(node: number, unit: number): boolean {
    return letterClass(unit) === GAP && this.#next(node, unit) === NONE;
  }

  #next(node: number, unit: number): number {
    const { edgeStarts, edgeUnits } = this.#tables;
    const stop = edgeStarts[node + 1] as number;
    for (let edge = edgeStarts[node] as number; edge < stop; edge++) {
      const candidate = edgeUnits[edge] as number;
      if (candidate >= unit) return candidate === unit ? edge + 1 : NONE;
    }
    return NONE;
  }

  *#children(node: number): Generator<readonly [unit: number, child: number]> {
    const { edgeStarts, edgeUnits } = this.#tables;
    const stop = edgeStarts[node + 1] as number;
    for (let edge = edgeStarts[node] as number; edge < stop; edge++) yield [edgeUnits[edge] as number, edge + 1];
  }

  /** @param first letter, and the node behind it. */
  #addTriples(first: number, node: number): void {
    const { marks } = this.#tables;
    const row = (first - LOWER_A) * LETTERS;
    if (marks[node] !== 0) this.#triples.fill(STEPWISE, row * LETTERS, (row + LETTERS) * LETTERS);
    for (const [second, child] of this.#children(node)) {
      if (marks[node] !== 0 || !isLetter(second)) continue;
      const start = (row + second - LOWER_A) * LETTERS;
      if (marks[child] !== 0) this.#triples.fill(STEPWISE, start, start + LETTERS);
      else {
        for (const [third, grandchild] of this.#children(child)) {
          if (isLetter(third)) this.#triples[start + third - LOWER_A] = grandchild;
        }
      }
    }
  }
}

function isLetter(unit: number): boolean {
  return unit >= LOWER_A && unit < LOWER_A + LETTERS;
}

interface DraftNode {
  readonly edges: Map<number, DraftNode>;
  whole: number;
  stem: number;
}

function newNode(): DraftNode {
  return { edges: new Map(), whole: NONE, stem: NONE };
}
