import type { MetadataJson } from 'libphonenumber-js/core';
import { CHAR, isDigit, isLetter, LETTER } from '../characters.js';
import { CueIndex } from '../context/cue-index.js';
import type { EntityType } from '../entity-types.js';
import type { Cue } from '../context/lexicon.js';
import { recogniseAge } from './age.js';
import { recogniseAnnouncedValue } from './announced-values.js';
import { recogniseIban, recogniseSwift } from './bank-codes.js';
import { recogniseCard, recogniseCardDetails } from './card.js';
import { CUE_WORD, CueWords, FOLLOWED } from './cue-words.js';
import { recogniseCryptoAddress } from './crypto-address.js';
import { recogniseBirthDate, recogniseEastAsianDate, recogniseMonthFirst } from './dates.js';
import { recogniseEmail } from './email.js';
import { recogniseLetteredIds, recogniseSpacedNino, recogniseVin } from './lettered-ids.js';
import { recogniseIpv4, recogniseIpv6, recogniseMac } from './network.js';
import { continuesLeft, readNumberRun } from './number-run.js';
import { recognisePerson } from './person.js';
import { PhoneRecogniser } from './phone.js';
import type { Proposals } from './proposals.js';
import type { Scene } from './scene.js';
import {
  recogniseAwsKeyId,
  recogniseAwsSecret,
  recogniseJwt,
  recognisePrivateKey,
  recogniseVendorKey,
} from './secrets.js';
import { recogniseShapedNumbers } from './shaped-numbers.js';
import { mayBeginAddress, recogniseStreetAddress } from './street-address.js';
import { recogniseUrl } from './url.js';
import { recogniseVat } from './vat.js';

const LEADING_CUES: readonly Cue[] = ['password', 'username', 'secret', 'aws_secret', 'plate'];

/** No cue of several words is longer. */
const LONGEST_CUE = 40;

/** Which recognisers look at which kind of place. Compiled once; holds no state of a text. */
export class Recognisers {
  readonly cues = new CueIndex();
  readonly cueWords = new CueWords();
  /** Types found by cues alone are looked for only where they are wanted: a look at every capitalised word is not free. */
  readonly wants: { readonly person: boolean; readonly address: boolean; readonly age: boolean };
  readonly #phone: PhoneRecogniser;

  constructor(phoneMetadata: MetadataJson, wanted: ReadonlySet<EntityType>) {
    this.#phone = new PhoneRecogniser(phoneMetadata);
    this.wants = { person: wanted.has('PERSON'), address: wanted.has('STREET_ADDRESS'), age: wanted.has('AGE') };
  }

  /** A word with digits in it, or a very long one. */
  word(start: number, end: number, bits: number, scene: Scene, out: Proposals): void {
    const { text } = scene;
    const length = end - start;
    const after = text.at(end);
    if (!(bits & LETTER)) {
      this.number(start, scene, out);
      if (this.wants.address && mayBeginAddress(text, start)) recogniseStreetAddress(start, scene, out);
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

  /** A word of letters alone; `kind` are the bits of `CUE_WORD`. */
  letters(start: number, end: number, bits: number, kind: number, scene: Scene, out: Proposals): void {
    const { text } = scene;
    const length = end - start;
    const after = text.at(end);
    if (this.wants.address && mayBeginAddress(text, start)) recogniseStreetAddress(start, scene, out);
    if (this.wants.person) recognisePerson(start, scene, out);
    if (kind & FOLLOWED) this.#followCue(kind & FOLLOWED, start, end, scene, out);
    if (kind & CUE_WORD.month) recogniseMonthFirst(start, end, scene, out);
    if (length === 2 && after === 32 && isDigit(text.at(end + 1))) recogniseSpacedNino(start, scene, out);
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
    if (this.wants.age) recogniseAge(run, scene, out);
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
    } else if (unit > 127) this.#followCue(FOLLOWED, start, start + 1, scene, out);
  }

  /** Shortly behind an AWS access key id. */
  besideKeyId(start: number, scene: Scene, out: Proposals): void {
    recogniseAwsSecret(start, scene, out);
  }

  #followCue(kind: number, start: number, end: number, scene: Scene, out: Proposals): void {
    recogniseAnnouncedValue(kind, end, () => this.#cuesEndingAt(start, end, scene), scene, out);
  }

  /** Leading cues of which the last word is `start` to `end`. */
  #cuesEndingAt(start: number, end: number, { text }: Scene): ReadonlySet<Cue> {
    const found = new Set<Cue>();
    const [first, last] = [Math.max(end - LONGEST_CUE, text.floor, text.base) - text.base, end - text.base];
    this.cues.search(text.units, first, last, (cue, _start, hitEnd) => {
      if (last - hitEnd > 1 || hitEnd <= start - text.base) return;
      for (const leading of LEADING_CUES) if (this.cues.isCue(cue, leading)) found.add(leading);
    });
    return found;
  }
}
