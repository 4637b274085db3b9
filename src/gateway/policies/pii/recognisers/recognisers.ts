import type { MetadataJson } from 'libphonenumber-js/core';
import { CHAR, isDigit, isLetter, isWord, LETTER } from '../characters.js';
import { CueIndex } from '../context/cue-index.js';
import { CUES, type Cue } from '../context/lexicon.js';
import { recogniseAnnouncedValue } from './announced-values.js';
import { recogniseIban, recogniseSwift } from './bank-codes.js';
import { recogniseCard, recogniseCardDetails } from './card.js';
import { recogniseCryptoAddress } from './crypto-address.js';
import { recogniseBirthDate, recogniseEastAsianDate, recogniseMonthFirst, MAX_MONTH, MONTH_WORDS } from './dates.js';
import { recogniseEmail } from './email.js';
import { recogniseLetteredIds, recogniseSpacedNino, recogniseVin } from './lettered-ids.js';
import { recogniseIpv4, recogniseIpv6, recogniseMac } from './network.js';
import { continuesLeft, readNumberRun } from './number-run.js';
import { PhoneRecogniser } from './phone.js';
import type { Proposals } from './proposals.js';
import type { Scene } from './scene.js';
import {
  isKeyBeginning,
  recogniseAwsKeyId,
  recogniseAwsSecret,
  recogniseJwt,
  recognisePrivateKey,
  recogniseVendorKey,
} from './secrets.js';
import { recogniseShapedNumbers } from './shaped-numbers.js';
import { recogniseUrl } from './url.js';
import { recogniseVat } from './vat.js';

/** Cues whose value is recognised by following them, not by its own form. */
const LEADING_CUES: readonly Cue[] = ['password', 'username', 'secret', 'aws_secret', 'plate'];

const SPACE = 32;
/** The classes of a word of small letters, with one beyond `f` among them. */
const PLAIN = CHAR.lower | CHAR.local | CHAR.notHex;

/** Which recognisers look at which kind of place. Compiled once; holds no state of a text. */
export class Recognisers {
  readonly cues = new CueIndex();
  readonly #phone: PhoneRecogniser;
  /** By the last three letters of a word: 1 where a leading cue or a month may end so. */
  readonly #endings = new Uint8Array(0x8000);
  /** By first and last two letters of a word in small letters: a bit for each length that such a cue or month has. */
  readonly #lengths = new Uint16Array(0x8000);
  /** The last words of all entries of leading cues. */
  readonly #lastWords = new Set<string>();

  constructor(phoneMetadata: MetadataJson) {
    this.#phone = new PhoneRecogniser(phoneMetadata);
    for (const cue of LEADING_CUES) {
      for (const entry of CUES[cue].split(',')) {
        const last = entry.trim().replace(/\*$/, '').split(/[ _]/).at(-1) as string;
        for (const form of [last, `${last}s`]) {
          this.#lastWords.add(form);
          this.#mark(form);
        }
      }
    }
    for (const month of MONTH_WORDS) this.#mark(month);
  }

  #mark(word: string): void {
    this.#endings[lastThree(word, word.length)] = 1;
    const key = firstAndLast(word, 0, word.length);
    this.#lengths[key] = (this.#lengths[key] as number) | (1 << word.length);
  }

  /** False for most words of small ASCII letters. `k` and `end` index `buffer`; at most 15 units. */
  mayBeCue(buffer: string, k: number, end: number): boolean {
    return ((this.#lengths[firstAndLast(buffer, k, end)] as number) & (1 << (end - k))) !== 0;
  }

  /** False for the great mass of words, by length, case and last letters alone. `k` and `end` index `buffer`. */
  isInterestingWord(buffer: string, k: number, end: number, bits: number, after: number): boolean {
    const length = end - k;
    if (length > 15) return true;
    if (bits === PLAIN ? this.mayBeCue(buffer, k, end) : length > 1 && this.#endings[lastThree(buffer, end)] !== 0)
      return true;
    if (after === SPACE) return length === 2 ? isDigit(buffer.charCodeAt(end + 1)) : isCapitalCode(length, bits);
    if (isCapitalCode(length, bits)) return true;
    if (after !== 45 && after !== 46 && after !== 58) return false;
    if (!(bits & CHAR.notHex) && length <= 4) return true;
    return length <= 10 && after !== 58 && isWord(buffer.charCodeAt(end + 1)) && isKeyBeginning(buffer.slice(k, k + 2));
  }

  /** A word with digits in it, or a very long one. */
  word(start: number, end: number, bits: number, scene: Scene, out: Proposals): void {
    const { text } = scene;
    const length = end - start;
    const after = text.at(end);
    if (!(bits & LETTER)) {
      this.number(start, scene, out);
      if (length <= 4 && after === 58) recogniseIpv6(start, scene, out);
      if (isLetter(after) || ((after === 45 || after === 43) && !isDigit(text.at(end + 1)))) {
        recogniseLetteredIds(start, scene, out);
      }
      if (length === 6 && (after === 45 || after === 43)) recogniseLetteredIds(start, scene, out);
      if (length === 2 && (after === 58 || after === 45)) recogniseMac(start, scene, out);
      if (length === 4 && after === 46) recogniseMac(start, scene, out);
      if (length >= 17) recogniseVin(start, end, scene, out);
      return;
    }
    if (!(bits & CHAR.notHex)) {
      if (length <= 4 && after === 58) recogniseIpv6(start, scene, out);
      if ((length === 2 && (after === 58 || after === 45)) || (length === 4 && after === 46))
        recogniseMac(start, scene, out);
    }
    if (bits & CHAR.upper || bits & CHAR.lower) {
      if (length <= 34 && isLetter(text.at(start)) && isDigit(text.at(start + 2)) && isDigit(text.at(start + 3))) {
        recogniseIban(start, scene, out);
      }
      if (length <= 20) recogniseLetteredIds(start, scene, out);
      if (length >= 10 && length <= 14) recogniseVat(start, end, scene, out);
      if (length === 8 || length === 11) recogniseSwift(start, end, scene, out);
      if (length === 17) recogniseVin(start, end, scene, out);
      if (length === 20) recogniseAwsKeyId(start, end, scene, out);
      if (length >= 26) recogniseCryptoAddress(start, end, scene, out);
      recogniseVendorKey(start, scene, out);
      if (length >= 12 && text.startsWith('eyJ', start)) recogniseJwt(start, scene, out);
    }
  }

  /** A word of letters alone. */
  letters(start: number, end: number, bits: number, scene: Scene, out: Proposals): void {
    const { text } = scene;
    const length = end - start;
    const after = text.at(end);
    this.#followCue(start, end, scene, out);
    if (length <= MAX_MONTH && (after === 32 || after === 46 || after === 45))
      recogniseMonthFirst(start, end, scene, out);
    if (length === 2 && after === 32 && isDigit(text.at(end + 1))) {
      recogniseSpacedNino(start, scene, out);
      recogniseIban(start, scene, out);
    }
    if (!(bits & CHAR.lower) && (length === 8 || length === 11)) recogniseSwift(start, end, scene, out);
    if (!(bits & CHAR.notHex) && length <= 4) {
      if (after === 58) recogniseIpv6(start, scene, out);
      recogniseMac(start, scene, out);
    }
    if (after === 45 || after === 46) recogniseVendorKey(start, scene, out);
  }

  /** Digits at `start`, perhaps behind `+` or `(`. */
  number(start: number, scene: Scene, out: Proposals): void {
    const run = readNumberRun(scene.text, start);
    const last = run.spans.at(-1);
    if (!last) return;
    if (run.prefix.includes('(') && !/^\d+\)/.test(last.shape) && !last.shape.includes(')')) return;
    recogniseBirthDate(run, scene, out);
    recogniseEastAsianDate(run, scene, out);
    if (last.digits.length < 3) return;
    recogniseCardDetails(run, scene, out);
    if (last.digits.length < 4) return;
    recogniseIpv4(run, scene, out);
    if (last.digits.length < 5 || (run.spans.length > 1 && continuesLeft(scene, run))) return;
    recogniseCard(run, scene, out);
    recogniseShapedNumbers(run, scene, out);
    this.#phone.recognise(run, scene, out);
  }

  /** `@`, `:`, `-`, or the last character of a cue in a script without spaces. */
  sign(start: number, unit: number, scene: Scene, out: Proposals): void {
    const { text } = scene;
    if (unit === 64) recogniseEmail(start, scene, out);
    else if (unit === 45) {
      if (text.at(start + 1) === 45 && text.startsWith('-----BEGIN ', start)) recognisePrivateKey(start, scene, out);
    } else if (unit === 58) {
      if (text.at(start + 1) === 47 && text.at(start + 2) === 47) recogniseUrl(start, scene, out);
      else if (text.at(start + 1) === 58) recogniseIpv6(start, scene, out);
    } else if (unit > 127) this.#followCue(start, start + 1, scene, out);
  }

  /** Shortly behind an AWS access key id. */
  besideKeyId(start: number, scene: Scene, out: Proposals): void {
    recogniseAwsSecret(start, scene, out);
  }

  #followCue(start: number, end: number, scene: Scene, out: Proposals): void {
    if (!this.#lastWords.has(lastWord(scene.text.slice(Math.max(start, end - 24), end)))) return;
    recogniseAnnouncedValue(end, () => this.#cuesEndingAt(start, end, scene), scene, out);
  }

  /** Leading cues of which the last word is `start` to `end`. */
  #cuesEndingAt(start: number, end: number, { text }: Scene): ReadonlySet<Cue> {
    const window = text.slice(end - 40, end);
    const found = new Set<Cue>();
    this.cues.search(window, (cue, _start, hitEnd) => {
      const left = window.length - hitEnd;
      if (left > 1 || hitEnd <= window.length - (end - start)) return;
      for (const leading of LEADING_CUES) if (this.cues.isCue(cue, leading)) found.add(leading);
    });
    return found;
  }
}

/** `word` of `dbPass_word`, `name` of `userName`, in lower case. */
function lastWord(word: string): string {
  const lower = word.toLowerCase();
  return lower === word && !word.includes('_')
    ? word
    : (/(?:[A-Z]?[^A-Z_]+|[A-Z]+)$/.exec(word)?.[0].toLowerCase() ?? lower);
}

/** The last three units of a word folded into 15 bits, without regard to case. */
function lastThree(text: string, end: number): number {
  const a = end > 2 ? text.charCodeAt(end - 3) & 31 : 0;
  const b = end > 1 ? text.charCodeAt(end - 2) & 31 : 0;
  return (a << 10) | (b << 5) | (text.charCodeAt(end - 1) & 31);
}

function firstAndLast(text: string, start: number, end: number): number {
  const before = end - start > 1 ? text.charCodeAt(end - 2) & 31 : 0;
  return ((text.charCodeAt(start) & 31) << 10) | (before << 5) | (text.charCodeAt(end - 1) & 31);
}

/** Eight or eleven capitals: what a BIC looks like. */
function isCapitalCode(length: number, bits: number): boolean {
  return (length === 8 || length === 11) && !(bits & CHAR.lower);
}
