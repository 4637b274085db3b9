import type { MetadataJson } from 'libphonenumber-js/core';
import { CHAR, isDigit, isLetter, LETTER } from '../characters.js';
import { CueIndex } from '../context/cue-index.js';
import { CUES, type Cue } from '../context/lexicon.js';
import { recogniseAnnouncedValue } from './announced-values.js';
import { recogniseIban, recogniseSwift } from './bank-codes.js';
import { recogniseCard, recogniseCardDetails } from './card.js';
import { recogniseCryptoAddress } from './crypto-address.js';
import { recogniseBirthDate, recogniseEastAsianDate, recogniseMonthFirst } from './dates.js';
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

/** Cues whose value is recognised by following them, not by its own form. */
const LEADING_CUES: readonly Cue[] = ['password', 'username', 'secret', 'aws_secret', 'plate'];

/** Which recognisers look at which kind of place. Compiled once; holds no state of a text. */
export class Recognisers {
  readonly cues = new CueIndex();
  readonly #phone: PhoneRecogniser;
  /** One bit per last three letters of a word: 1 a leading cue may end so, 2 a month does. */
  readonly endings = new Uint8Array(0x8000);

  /** The last words of all entries of leading cues. */
  readonly #lastWords = new Set<string>();

  constructor(phoneMetadata: MetadataJson) {
    this.#phone = new PhoneRecogniser(phoneMetadata);
    for (const cue of LEADING_CUES) {
      for (const entry of CUES[cue].split(',')) {
        const word = entry.trim().replace(/\*$/, '');
        this.#markEnding(word, 1);
        const last = word.split(/[ _]/).at(-1) as string;
        this.#lastWords.add(last).add(`${last}s`);
      }
    }
    for (const month of 'jan feb mar apr may jun jul aug sep oct nov dec uary arch pril june july gust mber ober ero'.split(
      ' ',
    )) {
      this.#markEnding(month, 2);
    }
  }

  #markEnding(word: string, bit: number): void {
    for (const form of [word, `${word}s`]) {
      const key = endingOf(form, form.length);
      this.endings[key] = (this.endings[key] as number) | bit;
    }
  }

  /** False for the great mass of words, by length, case and last letters alone. `k` and `end` index `buffer`. */
  isInterestingWord(buffer: string, k: number, end: number, bits: number, after: number): boolean {
    const length = end - k;
    if (length > 15) return true;
    if ((this.endings[endingOf(buffer, end)] as number) !== 0 && length > 1) return true;
    if (after === 32) {
      return (
        (length === 2 && isDigit(buffer.charCodeAt(end + 1))) ||
        (!(bits & CHAR.lower) && (length === 8 || length === 11))
      );
    }
    if (!(bits & CHAR.notHex) && length <= 4 && (after === 58 || after === 45 || after === 46)) return true;
    if (length === 8 || length === 11) if (!(bits & CHAR.lower)) return true;
    if ((after === 45 || after === 46) && length <= 10) return isKeyBeginning(buffer.slice(k, k + 2));
    return false;
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
    const ending = this.endings[endingOf(text.slice(end - 3, end), 3)] as number;
    if (ending & 1) this.#followCue(start, end, scene, out);
    if (ending & 2 && (after === 32 || after === 46 || after === 45)) recogniseMonthFirst(start, end, scene, out);
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
    const cues = this.#cuesEndingAt(start, end, scene);
    if (cues.size > 0) recogniseAnnouncedValue(cues, end, scene, out);
  }

  /** Leading cues of which the last word is `start` to `end`. */
  #cuesEndingAt(start: number, end: number, { text }: Scene): ReadonlySet<Cue> {
    const word = text.slice(Math.max(start, end - 24), end);
    const found = new Set<Cue>();
    if (!this.#lastWords.has(lastWord(word))) return found;
    const window = text.slice(end - 40, end);
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
  return (/(?:[A-Z]?[^A-Z_]+|[A-Z]+)$/.exec(word)?.[0] ?? word).toLowerCase();
}

/** The last three units of a word folded into 15 bits, without regard to case. */
export function endingOf(text: string, end: number): number {
  const a = end > 2 ? text.charCodeAt(end - 3) & 31 : 0;
  const b = end > 1 ? text.charCodeAt(end - 2) & 31 : 0;
  return (a << 10) | (b << 5) | (text.charCodeAt(end - 1) & 31);
}
