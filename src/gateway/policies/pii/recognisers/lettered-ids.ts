import type { EntityType } from '../entity-types.js';
import type { Cue } from '../context/lexicon.js';
import * as ids from '../checksums/national-ids.js';
import { isRightClear, leftEdge } from './number-run.js';
import type { Proposals } from './proposals.js';
import { isAlone, isCued, weigh, type Scene } from './scene.js';
import { joinedEnd, signatureOf } from './token.js';

/** A kind of number with letters in it, told by its signature, a check rule and the words around. */
interface LetteredId {
  readonly type: EntityType;
  /** As `signatureOf` gives them. */
  readonly signatures: readonly string[];
  /** Takes the value in upper case, without separators. */
  readonly obeys?: (value: string) => boolean;
  /** Score of a value that obeys, before context counts. */
  readonly base: number;
  readonly cues: readonly Cue[];
  readonly needsCue?: true;
}

/** 11 characters: digit 1-9, letter, either, digit, letter, either, digit, two letters, two digits; no S, L, O, I, B, Z. */
const MBI = /^[1-9][AC-HJKMNP-RT-Y][0-9AC-HJKMNP-RT-Y]\d[AC-HJKMNP-RT-Y][0-9AC-HJKMNP-RT-Y]\d[AC-HJKMNP-RT-Y]{2}\d\d$/;

const IDS: readonly LetteredId[] = [
  {
    type: 'US_MBI',
    signatures: ['9A99A99AA99', '9AA9A99AA99', '9A99AA9AA99', '9AA9AA9AA99'].flatMap((plain) => [
      plain,
      `${plain.slice(0, 4)}-${plain.slice(4, 7)}-${plain.slice(7)}`,
    ]),
    obeys: (value) => MBI.test(value),
    base: 0.7,
    cues: ['mbi'],
  },
  { type: 'UK_NINO', signatures: ['AA999999A'], obeys: ids.isNino, base: 0.6, cues: ['nino'] },
  {
    type: 'ES_NIF',
    signatures: ['99999999A', '99999999-A', '9999999A', '9999999-A'],
    obeys: ids.isNif,
    base: 0.6,
    cues: ['es_nif'],
  },
  {
    type: 'ES_NIE',
    signatures: ['A9999999A', 'A9999999-A', 'A-9999999-A'],
    obeys: ids.isNie,
    base: 0.75,
    cues: ['es_nie'],
  },
  { type: 'SG_NRIC', signatures: ['A9999999A'], obeys: ids.isNric, base: 0.74, cues: ['sg_nric'] },
  {
    type: 'SG_NRIC',
    signatures: ['A9999999A'],
    obeys: (value) => /^[STFGM]/.test(value),
    base: 0.3,
    cues: ['sg_nric'],
  },
  {
    type: 'IN_PAN',
    signatures: ['AAAAA9999A'],
    obeys: (value) => /^.{3}[ABCFGHJLPT]/.test(value),
    base: 0.62,
    cues: ['pan'],
  },
  { type: 'IN_PAN', signatures: ['AAAAA9999A'], base: 0.3, cues: ['pan'] },
  {
    type: 'IT_FISCAL_CODE',
    signatures: ['AAAAAA99A99A999A'],
    obeys: (value) => /^.{8}[A-EHLMPR-T]/.test(value) && ids.isFiscalCode(value),
    base: 0.9,
    cues: ['it_cf'],
  },
  {
    type: 'IT_FISCAL_CODE',
    signatures: ['AAAAAA99A99A999A'],
    obeys: (value) => /^.{8}[A-EHLMPR-T]/.test(value),
    base: 0.4,
    cues: ['it_cf'],
  },
  {
    type: 'FI_HETU',
    signatures: ['999999-999A', '999999-9999', '999999+999A', '999999+9999', '999999A999A', '999999A9999'],
    obeys: (value) => ids.isHetu(value),
    base: 0.7,
    cues: ['fi_hetu'],
  },
  { type: 'CN_ID', signatures: ['99999999999999999A'], obeys: ids.isChineseId, base: 0.9, cues: ['cn_id'] },
  {
    type: 'FR_NIR',
    signatures: ['999999A99999999'],
    obeys: ids.isNir,
    base: 0.85,
    cues: ['fr_nir'],
  },
  { type: 'US_PASSPORT', signatures: ['A99999999'], base: 0.25, cues: ['passport'] },
  {
    type: 'US_DRIVER_LICENSE',
    signatures: (
      'A9999999 A99999999 A999999999999 A99999999999999 A999999 A9999999999999 A9999999999 A99999 AA999999 AA9999999 ' +
      'AA999999A AAA999999 99AAA99999 AA99999 9999999A 999999999A A999-9999-9999 A999-9999-9999-99 A99-99-9999 ' +
      'A999-999-999-999 A9999-99999-99999 AA-99-9999'
    ).split(' '),
    base: 0.2,
    cues: ['license'],
    needsCue: true,
  },
  {
    type: 'US_BANK_NUMBER',
    signatures: ['999-999999-9', '9999-9999-9999', '999-999-999'],
    base: 0.2,
    cues: ['bank'],
    needsCue: true,
  },
];

const BY_SIGNATURE = bySignature();
const MAX_LENGTH = 20;

/** The value at `start`: a word, with the words that hyphens join to it. */
export function recogniseLetteredIds(start: number, scene: Scene, out: Proposals): void {
  const { text } = scene;
  if (leftEdge(text, start) === 'joined') return;
  const end = joinedEnd(text, start, '-+', MAX_LENGTH + 1);
  if (end - start > MAX_LENGTH || end - start < 6) return;
  const written = text.slice(start, end);
  proposeAll(written, start, end, scene, out);
  const wordEnd = written.search(/[-+]/);
  if (wordEnd >= 7) proposeAll(written.slice(0, wordEnd), start, start + wordEnd, scene, out);
}

function proposeAll(written: string, start: number, end: number, scene: Scene, out: Proposals): void {
  const kinds = BY_SIGNATURE.get(signatureOf(written));
  if (!kinds || !isRightClear(scene.text, end)) return;
  const upper = written.toUpperCase();
  for (const kind of kinds) {
    // The sign between date and number of a HETU carries meaning; elsewhere a hyphen is decoration.
    const value = kind.type === 'FI_HETU' ? upper : upper.replaceAll('-', '');
    if (kind.obeys && !kind.obeys(value)) continue;
    propose(kind, start, end, scene, out);
  }
}

function propose(
  { type, base, cues, needsCue, obeys }: LetteredId,
  start: number,
  end: number,
  scene: Scene,
  out: Proposals,
): void {
  if (needsCue) {
    if (isCued(scene, end, cues)) out.add(type, start, end, base + 0.4, 'context');
    return;
  }
  const score = weigh(base, scene, end, cues);
  if (score >= 0.5) out.add(type, start, end, score, obeys ? 'checksum' : 'format');
  else if (score >= base && isAlone(scene, start, end)) out.add(type, start, end, 0.55, 'alone');
}

/** `AB 12 34 56 C`: a National Insurance number in groups. `start` is at its first letter. */
export function recogniseSpacedNino(start: number, scene: Scene, out: Proposals): void {
  const { text } = scene;
  let value = '';
  let at = start;
  // Two letters, three pairs of digits, a letter, one space between each.
  for (const [length, kind] of [
    [2, 'A'],
    [2, '9'],
    [2, '9'],
    [2, '9'],
    [1, 'A'],
  ] as const) {
    if (value !== '' && text.at(at) === 32) at += 1;
    for (let k = 0; k < length; k += 1, at += 1) {
      const unit = text.at(at);
      const char = unit === -1 ? '' : String.fromCharCode(unit);
      if (signatureOf(char) !== kind) return;
      value += char.toUpperCase();
    }
  }
  if (!ids.isNino(value) || leftEdge(text, start) !== 'clear' || !isRightClear(text, at)) return;
  out.add('UK_NINO', start, at, weigh(0.75, scene, at, ['nino']), 'format');
}

/** Seventeen letters and digits without I, O, Q: a vehicle, when its check digit fits or a word says so. */
export function recogniseVin(start: number, end: number, scene: Scene, out: Proposals): void {
  const value = scene.text.slice(start, end).toUpperCase();
  if (!/^[A-HJ-NPR-Z0-9]{17}$/.test(value) || !/[A-Z].*[A-Z]/.test(value) || !/\d/.test(value)) return;
  if (leftEdge(scene.text, start) === 'joined' || !isRightClear(scene.text, end)) return;
  const base = ids.isVin(value) ? 0.7 : 0.2;
  out.add('VIN', start, end, weigh(base, scene, end, ['vin']), base > 0.5 ? 'checksum' : 'context');
}

function bySignature(): ReadonlyMap<string, readonly LetteredId[]> {
  const map = new Map<string, LetteredId[]>();
  for (const kind of IDS) for (const key of kind.signatures) map.set(key, [...(map.get(key) ?? []), kind]);
  return map;
}
