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
const ASCII = 128;
const ENDS = 1;
const SPACED = 2;
/** Gaps within a phrase are at most so long: `system - prompt`, not two sentences. */
const LONGEST_GAP = 3;

/** The states of a trie as flat tables, as they are stored. */
export interface TrieTables {
  /** Edges of node `n`: from `edgeStarts[n]` up to `edgeStarts[n + 1]`, exclusive. */
  readonly edgeStarts: Uint32Array;
  readonly edgeUnits: Uint16Array;
  readonly edgeNodes: Uint32Array;
  /** Value + 1 of the phrase that ends at a node, as whole words or as a stem; 0 where none does. */
  readonly whole: Uint16Array;
  readonly stems: Uint16Array;
}

/** Lays phrases out for `PhraseTrie`. Where two have the same text the first wins. */
export function buildTrie(phrases: Iterable<Phrase>): TrieTables {
  const nodes: DraftNode[] = [newNode()];
  for (const { text, stem, value } of phrases) {
    let node = nodes[0] as DraftNode;
    for (let i = 0; i < text.length; i++) {
      const unit = text.charCodeAt(i);
      let next = node.edges.get(unit);
      if (next === undefined) {
        next = nodes.length;
        nodes.push(newNode());
        node.edges.set(unit, next);
      }
      node = nodes[next] as DraftNode;
    }
    if (stem && node.stem === NONE) node.stem = value + 1;
    if (node.whole === NONE) node.whole = value + 1;
  }
  const edges = nodes.map((node) => [...node.edges]);
  return {
    edgeStarts: Uint32Array.from([0, ...edges.map(cumulative())]),
    edgeUnits: Uint16Array.from(edges.flat().map(([unit]) => unit)),
    edgeNodes: Uint32Array.from(edges.flat().map(([, next]) => next)),
    whole: Uint16Array.from(nodes, ({ whole }) => whole),
    stems: Uint16Array.from(nodes, ({ stem }) => stem),
  };
}

function cumulative(): (list: readonly unknown[]) => number {
  let sum = 0;
  return ({ length }) => (sum += length);
}

/** An immutable set of phrases. */
export class PhraseTrie {
  /** First node by first unit of a phrase. */
  readonly #roots = new Uint32Array(0x10000);
  readonly #edgeStarts: Uint32Array;
  readonly #edgeUnits: Uint16Array;
  readonly #edgeNodes: Uint32Array;
  readonly #whole: Uint16Array;
  readonly #stems: Uint16Array;
  /** What a node is asked for: 1 a phrase ends here, 2 a space may follow. */
  readonly #marks: Uint8Array;
  /** Node behind the first two units of a phrase, where both are ASCII: most words of a text end here. */
  readonly #pairs = new Uint32Array(ASCII * ASCII);
  /** Where the last successful `match` ended, exclusive. */
  matchEnd = 0;

  constructor({ edgeStarts, edgeUnits, edgeNodes, whole, stems }: TrieTables) {
    this.#edgeStarts = edgeStarts;
    this.#edgeUnits = edgeUnits;
    this.#edgeNodes = edgeNodes;
    this.#whole = whole;
    this.#stems = stems;
    for (let edge = 0; edge < (edgeStarts[1] as number); edge++) {
      this.#roots[edgeUnits[edge] as number] = edgeNodes[edge] as number;
    }
    for (let first = 0; first < ASCII; first++) {
      const node = this.#roots[first] as number;
      if (node === NONE) continue;
      for (let second = 0; second < ASCII; second++) {
        this.#pairs[first * ASCII + second] = this.#next(node, second);
      }
    }
    this.#marks = new Uint8Array(whole.length);
    for (let node = 0; node < whole.length; node++) {
      const ends = whole[node] !== NONE || stems[node] !== NONE;
      this.#marks[node] = (ends ? ENDS : 0) | (this.#next(node, SPACE) === NONE ? 0 : SPACED);
    }
  }

  /** The value of the longest phrase that begins at unit `from`, or -1; sets `matchEnd`. Steps are bounded by the longest phrase. */
  match(codes: Uint16Array, from: number, length: number): number {
    const first = codes[from] as number;
    let at = from + 1;
    let node = this.#roots[first] as number;
    if (node === NONE) return -1;
    if (first < ASCII && at < length && (this.#marks[node] as number) === 0) {
      const second = codes[at] as number;
      if (second < ASCII) {
        node = this.#pairs[first * ASCII + second] as number;
        if (node === NONE) return -1;
        at++;
      }
    }
    let found = NONE;
    for (; ; at++) {
      const unit = at < length ? (codes[at] as number) : SPACE;
      const marks = this.#marks[node] as number;
      if ((marks & ENDS) !== 0) {
        const kind = letterClass(unit);
        if ((kind === GAP || kind === UNSPACED) && (this.#whole[node] as number) !== NONE) {
          found = this.#whole[node] as number;
          this.matchEnd = at;
        } else if ((this.#stems[node] as number) !== NONE) {
          found = this.#stems[node] as number;
          this.matchEnd = at;
        }
      }
      if (at >= length) break;
      let next = this.#next(node, unit);
      if (next === NONE && (marks & SPACED) !== 0 && letterClass(unit) === GAP) {
        next = this.#next(node, SPACE);
        const stop = Math.min(length, at + LONGEST_GAP);
        while (at + 1 < stop && letterClass(codes[at + 1] as number) === GAP) at++;
      }
      if (next === NONE) break;
      node = next;
    }
    return found - 1;
  }

  #next(node: number, unit: number): number {
    const stop = this.#edgeStarts[node + 1] as number;
    for (let edge = this.#edgeStarts[node] as number; edge < stop; edge++) {
      if ((this.#edgeUnits[edge] as number) === unit) return this.#edgeNodes[edge] as number;
    }
    return NONE;
  }
}

interface DraftNode {
  readonly edges: Map<number, number>;
  whole: number;
  stem: number;
}

function newNode(): DraftNode {
  return { edges: new Map(), whole: NONE, stem: NONE };
}
