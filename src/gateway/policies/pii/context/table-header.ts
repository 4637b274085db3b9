import { unitsOf, type LaneText } from '../../stream/lane-text.js';
import { isWord } from '../characters.js';
import type { CueIndex } from './cue-index.js';

/** A header or a row longer than this is not looked at. */
export const MAX_ROW = 512;

const MAX_NAME = 42;

const DELIMITERS = [',', '\t', ';', '|'] as const;
type Delimiter = (typeof DELIMITERS)[number];

/**
 * Follows tables in a text (CSV, TSV, Markdown) line by line, so that a value's column name can count as a word before it.
 * The first line of names only, with a delimiter, is a header; it holds for the lines after it with as many delimiters.
 */
export class TableHeader {
  readonly #cues: CueIndex;
  #delimiter: Delimiter | undefined;
  #columns: readonly string[] = [];
  #lineStart = 0;

  constructor(cues: CueIndex) {
    this.#cues = cues;
  }

  /** To be called at each line end, in order. */
  lineEnds(text: LaneText, newline: number): void {
    const start = this.#lineStart;
    this.#lineStart = newline + 1;
    if (newline - start > MAX_ROW || newline - start < 3) return this.#forget();
    if (this.#delimiter === undefined && !mayEndHeader(text.at(newline - 1))) return;
    const line = text.slice(start, newline);
    if (this.#delimiter !== undefined && splitRow(line, this.#delimiter).length === this.#columns.length) return;
    // The rule of dashes below a Markdown header.
    if (this.#delimiter === '|' && /^[|:\s-]+$/.test(line)) return;
    this.#forget();
    const delimiter = DELIMITERS.find((candidate) => line.includes(candidate));
    if (delimiter === undefined) return;
    const columns = splitRow(line, delimiter);
    if (columns.length < 2 || columns.some((name) => name.length > MAX_NAME) || !columns.every(isName)) return;
    if (!columns.some((name) => this.#saysSomething(name))) return;
    this.#delimiter = delimiter;
    this.#columns = columns;
  }

  get isActive(): boolean {
    return this.#delimiter !== undefined;
  }

  /** Name of the column in which `position` stands, or the empty string. */
  columnAt(text: LaneText, position: number): string {
    if (this.#delimiter === undefined || position - this.#lineStart > MAX_ROW) return '';
    const before = splitRow(text.slice(this.#lineStart, position), this.#delimiter);
    return this.#columns[before.length - 1] ?? '';
  }

  #saysSomething(name: string): boolean {
    let found = false;
    this.#cues.search(unitsOf(name), 0, name.length, () => (found = true));
    return found;
  }

  #forget(): void {
    this.#delimiter = undefined;
    this.#columns = [];
  }
}

/** The fields of a row; a delimiter inside double quotes does not count. */
function splitRow(line: string, delimiter: Delimiter): string[] {
  const fields: string[] = [];
  let quoted = false;
  let start = 0;
  for (let k = 0; k < line.length; k += 1) {
    if (line[k] === '"') quoted = !quoted;
    else if (line[k] === delimiter && !quoted) {
      fields.push(line.slice(start, k));
      start = k + 1;
    }
  }
  fields.push(line.slice(start));
  return fields;
}

/** A header ends with a word, a quote, a bracket or a bar; sentences and lines of code mostly do not. */
function mayEndHeader(unit: number): boolean {
  return isWord(unit) || unit === 34 || unit === 41 || unit === 124 || unit === 13;
}

/** A column's name: some words, no number, no sentence. Markdown rows begin and end with an empty field. */
function isName(field: string): boolean {
  return /^["\s]*(?:[\p{L}_][\p{L}\d_ #().'/-]{0,38})?["\s]*$/u.test(field);
}
