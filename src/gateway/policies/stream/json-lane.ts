// Arguments of a tool call are JSON text. A policy must see what the program will see behind JSON's escapes ("\u0040" is an
// at sign), and what leaves must still be JSON. So the text is decoded unit by unit, judged, and written again:
//
//   raw      {"to":"a\u0040b.example","n":4111111111111111}
//   judged   {"to":"a@b.example","n":4111111111111111}
//   written  {"to":"[EMAIL_ADDRESS]","n":"[CREDIT_CARD]"}
//
// Keys, values and punctuation stay together in the judged text, since a key is the context of its value. A finding inside
// a string is replaced in it; one inside a number takes the whole number and becomes a string; what lies across strings is
// replaced in each. Untouched text leaves byte for byte as it came. Text that is no JSON is treated as if it were, and
// leaves as broken as it came.
import type { Finding } from '../finding.js';
import type { Act, Lane } from './judged-lane.js';
import type { SpanFinder } from './span-finder.js';

/** Where a decoded unit stands. */
type Place = 'punctuation' | 'string' | 'bare';

interface Unit {
  readonly decoded: string;
  readonly raw: string;
  readonly place: Place;
  /** Counts strings and bare words, so that neighbours can be told apart. */
  readonly token: number;
}

const SHORT_ESCAPES: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };
const BARE = /[A-Za-z0-9.+-]/;

export class JsonLane implements Lane {
  readonly #finder: SpanFinder;
  readonly #act: Act;
  /** Judged but not yet released, one for each decoded unit; the first has lane offset `#base`. */
  #units: Unit[] = [];
  #base = 0;
  #isInString = false;
  /** A started escape sequence: `\`, `\u`, `\u00` … */
  #escape = '';
  #token = 0;
  #wasBare = false;
  #hasEnded = false;
  /** Number of the bare word that was replaced; what is yet to come of it goes with it. */
  #replaced = -1;

  constructor(finder: SpanFinder, act: Act) {
    this.#finder = finder;
    this.#act = act;
  }

  get held(): number {
    return this.#units.length + this.#escape.length;
  }

  push(chunk: string): string {
    return this.#release(this.#finder.push(this.#decode(chunk)), this.#finder.decided);
  }

  flush(): string {
    const cut = this.#escape === '' ? [] : this.#finder.push(this.#add(this.#escape, this.#escape, 'string'));
    this.#escape = '';
    this.#hasEnded = true;
    return this.#release([...cut, ...this.#finder.flush()], this.#base + this.#units.length);
  }

  #decode(chunk: string): string {
    let decoded = '';
    for (const unit of chunk.split('')) decoded += this.#isInString ? this.#inString(unit) : this.#outside(unit);
    return decoded;
  }

  #outside(unit: string): string {
    const isBare = BARE.test(unit);
    if (unit === '"' || (isBare && !this.#wasBare)) this.#token += 1;
    this.#wasBare = isBare;
    this.#isInString = unit === '"';
    return this.#add(unit, unit, isBare ? 'bare' : 'punctuation');
  }

  #inString(unit: string): string {
    if (this.#escape === '') {
      if (unit === '\\') {
        this.#escape = unit;
        return '';
      }
      if (unit !== '"') return this.#add(unit, unit, 'string');
      this.#isInString = false;
      return this.#add(unit, unit, 'punctuation');
    }
    this.#escape += unit;
    const escape = this.#escape;
    const isHex = escape[1] === 'u' && /^[0-9a-f]*$/i.test(escape.slice(2));
    if (isHex && escape.length < 6) return '';
    this.#escape = '';
    if (isHex) return this.#add(String.fromCharCode(Number.parseInt(escape.slice(2), 16)), escape, 'string');
    return this.#add(SHORT_ESCAPES[unit] ?? unit, escape, 'string');
  }

  /** @returns the decoded text, which is one unit but for a broken escape sequence. */
  #add(decoded: string, raw: string, place: Place): string {
    if (decoded.length === 1) this.#units.push({ decoded, raw, place, token: this.#token });
    else
      for (const unit of decoded.split('')) this.#units.push({ decoded: unit, raw: unit, place, token: this.#token });
    return decoded;
  }

  #release(findings: readonly Finding[], decided: number): string {
    let released = '';
    for (const finding of findings) {
      this.#act.found(finding);
      const found = this.#units.slice(finding.start - this.#base, finding.end - this.#base);
      const replacement = this.#act.replace?.(decodedText(found), finding);
      if (replacement === undefined) continue;
      released += this.#take(this.#startOfWord(finding.start));
      released += this.#rewrite(finding.end, JSON.stringify(replacement).slice(1, -1));
    }
    return released + this.#take(this.#hasEnded ? decided : this.#startOfWord(decided));
  }

  /** A bare word (a number) that has begun to leave could no longer become a string: it waits until all of it is decided. */
  #startOfWord(offset: number): number {
    let index = offset - this.#base;
    const word = this.#units[index]?.place === 'bare' ? this.#units[index] : this.#units[index - 1];
    if (word?.place !== 'bare') return offset;
    const next = this.#units[index];
    const isWhole = next ? next.token !== word.token || next.place !== 'bare' : this.#hasEnded;
    if (isWhole) return offset;
    while (index > 0 && this.#units[index - 1]?.place === 'bare' && this.#units[index - 1]?.token === word.token)
      index -= 1;
    return this.#base + index;
  }

  /** Removes the units before `end` and returns them with each string and word among them replaced. */
  #rewrite(end: number, replacement: string): string {
    let written = '';
    let last: Unit | undefined;
    for (const unit of this.#units.slice(0, Math.max(0, end - this.#base))) {
      const goesOn = last?.place === unit.place && last.token === unit.token;
      last = unit;
      if (unit.place === 'punctuation') written += unit.raw;
      else if (goesOn) continue;
      else if (unit.place === 'string') written += replacement;
      else {
        written += `"${replacement}"`;
        this.#replaced = unit.token;
      }
    }
    this.#drop(end);
    return written;
  }

  /** Removes the units before `end` and returns them as they came. */
  #take(end: number): string {
    let text = '';
    for (const { raw, place, token } of this.#units.slice(0, Math.max(0, end - this.#base)))
      if (place !== 'bare' || token !== this.#replaced) text += raw;
    this.#drop(end);
    return text;
  }

  #drop(end: number): void {
    if (end <= this.#base) return;
    this.#units = this.#units.slice(end - this.#base);
    this.#base = end;
  }
}

/** What the units stand for. Escapes decode to one unit each, so the judged text can be had back from them. */
function decodedText(units: readonly Unit[]): string {
  return units.map(({ decoded }) => decoded).join('');
}
