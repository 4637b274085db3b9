import type { EntityType } from '../entity-types.js';
import type { Cue } from '../context/lexicon.js';
import * as ids from '../checksums/national-ids.js';
import { verhoeff } from '../checksums/digit-checks.js';
import { isContinued, isRightClear, leftEdge, type NumberRun, type NumberSpan } from './number-run.js';
import type { Proposals } from './proposals.js';
import { isAlone, isCued, weigh, type Scene } from './scene.js';

/** A kind of number that consists of digits alone, told by how they are grouped, by a check rule and by the words around. */
interface ShapedNumber {
  readonly type: EntityType;
  /** Score of a number grouped like this that obeys the rule, before context counts; `d-d` as in `NumberSpan.shape`. */
  readonly shapes: Readonly<Record<string, number>>;
  readonly obeys?: (digits: string) => boolean;
  readonly cues: readonly Cue[];
  /** Without a cue the number means nothing: neither its shape nor being alone says what it is. */
  readonly needsCue?: true;
}

const NUMBERS: readonly ShapedNumber[] = [
  {
    type: 'US_SSN',
    shapes: { '3-2-4': 0.65, '3 2 4': 0.5, '3.2.4': 0.5, '3-6': 0.3, '5-4': 0.2, '9': 0.2 },
    obeys: ids.isSsn,
    cues: ['ssn'],
  },
  { type: 'US_ITIN', shapes: { '3-2-4': 0.65, '3 2 4': 0.5, '9': 0.25 }, obeys: ids.isItin, cues: ['itin', 'ssn'] },
  {
    type: 'US_ROUTING_NUMBER',
    shapes: { '9': 0.3, '4-4-1': 0.55 },
    obeys: ids.isAbaRouting,
    cues: ['routing'],
  },
  { type: 'US_NPI', shapes: { '10': 0.25, '4-3-3': 0.5, '4 3 3': 0.4 }, obeys: ids.isNpi, cues: ['npi'] },
  {
    type: 'UK_NHS',
    shapes: { '3 3 4': 0.42, '3-3-4': 0.42, '10': 0.2 },
    obeys: ids.isNhsNumber,
    cues: ['nhs'],
  },
  { type: 'UK_UTR', shapes: { '10': 0.2, '5 5': 0.3 }, obeys: ids.isUtr, cues: ['utr'], needsCue: true },
  { type: 'CA_SIN', shapes: { '3-3-3': 0.5, '3 3 3': 0.46, '9': 0.22 }, obeys: ids.isSin, cues: ['sin'] },
  {
    type: 'IN_AADHAAR',
    shapes: { '4 4 4': 0.6, '4-4-4': 0.6, '4:4:4': 0.5, '12': 0.36 },
    obeys: (digits) => /^[2-9]/.test(digits) && verhoeff(digits),
    cues: ['aadhaar'],
  },
  {
    type: 'DE_TAX_ID',
    shapes: { '2 3 3 3': 0.55, '11': 0.3 },
    obeys: ids.isGermanTaxId,
    cues: ['de_tax'],
  },
  {
    type: 'FR_NIR',
    shapes: { '15': 0.7, '1 2 2 2 3 3 2': 0.9, '13 2': 0.8, '1 2 2 2 3 3 / 2': 0.9 },
    obeys: ids.isNir,
    cues: ['fr_nir'],
  },
  {
    type: 'NL_BSN',
    shapes: { '9': 0.2, '4.2.3': 0.5, '3.3.3': 0.3, '3 3 3': 0.3, '4 2 3': 0.4 },
    obeys: ids.isBsn,
    cues: ['nl_bsn'],
  },
  { type: 'PL_PESEL', shapes: { '11': 0.45 }, obeys: ids.isPesel, cues: ['pl_pesel'] },
  {
    type: 'SE_PERSONNUMMER',
    shapes: { '6-4': 0.6, '8-4': 0.7, '12': 0.52, '10': 0.35 },
    obeys: ids.isPersonnummer,
    cues: ['se_pnr'],
  },
  {
    type: 'BR_CPF',
    shapes: { '3.3.3-2': 0.9, '11': 0.46, '9-2': 0.6, '3 3 3 2': 0.5 },
    obeys: ids.isCpf,
    cues: ['br_cpf'],
  },
  { type: 'AU_TFN', shapes: { '3 3 3': 0.38, '3-3-3': 0.3, '9': 0.24 }, obeys: ids.isTfn, cues: ['tfn'] },
  { type: 'AU_ABN', shapes: { '2 3 3 3': 0.6, '11': 0.4 }, obeys: ids.isAbn, cues: ['abn'] },
  {
    type: 'AU_MEDICARE',
    shapes: { '4 5 1': 0.65, '4-5-1': 0.6, '4 5-1': 0.6, '10': 0.26 },
    obeys: ids.isAustralianMedicare,
    cues: ['au_medicare'],
  },
  { type: 'KR_RRN', shapes: { '6-7': 0.55, '6 - 7': 0.5, '13': 0.2 }, obeys: ids.isRrnShape, cues: ['kr_rrn'] },
  {
    type: 'KR_RRN',
    shapes: { '6-7': 0.85, '13': 0.45 },
    obeys: (digits) => ids.isRrnShape(digits) && ids.isRrnChecked(digits),
    cues: ['kr_rrn'],
  },
  { type: 'CN_ID', shapes: { '18': 0.9, '6 8 4': 0.9 }, obeys: ids.isChineseId, cues: ['cn_id'] },
  {
    type: 'ZA_ID',
    shapes: { '13': 0.65, '6 4 3': 0.6, '6 4 2 1': 0.6 },
    obeys: ids.isSouthAfricanId,
    cues: ['za_id', 'national_id'],
  },
  {
    type: 'US_BANK_NUMBER',
    shapes: anyLength(6, 17, 0.2),
    obeys: (digits) => !/^(\d)\1+$/.test(digits),
    cues: ['bank'],
    needsCue: true,
  },
  { type: 'US_PASSPORT', shapes: { '9': 0.22 }, cues: ['passport'], needsCue: true },
  { type: 'US_DRIVER_LICENSE', shapes: anyLength(7, 14, 0.16), cues: ['license'], needsCue: true },
  {
    type: 'MEDICAL_RECORD_NUMBER',
    shapes: anyLength(5, 12, 0.2),
    cues: ['mrn'],
    needsCue: true,
  },
  { type: 'HEALTH_INSURANCE_ID', shapes: anyLength(6, 14, 0.18), cues: ['insurance'], needsCue: true },
];

const BY_SHAPE = byShape();

/** How much being all there is in the lane adds, for numbers that obey a rule. */
const ALONE = 0.36;

export function recogniseShapedNumbers(run: NumberRun, scene: Scene, out: Proposals): void {
  if (run.prefix !== '') return;
  const edge = leftEdge(scene.text, run.start);
  if (edge === 'joined' || edge === 'money' || edge === 'decimal') return;
  run.spans.forEach((span, k) => {
    const kinds = BY_SHAPE.get(span.shape);
    if (!kinds || !isRightClear(scene.text, span.end) || isContinued(span, run.spans[k + 1])) return;
    for (const kind of kinds) propose(kind, run, span, scene, out);
  });
}

function propose(kind: ShapedNumber, run: NumberRun, span: NumberSpan, scene: Scene, out: Proposals): void {
  if (kind.obeys && !kind.obeys(span.digits)) return;
  const base = kind.shapes[span.shape] as number;
  if (kind.needsCue) {
    if (isCued(scene, span.end, kind.cues)) out.add(kind.type, run.start, span.end, base + 0.4, 'context');
    return;
  }
  const score = weigh(base, scene, span.end, kind.cues);
  if (score >= 0.5) out.add(kind.type, run.start, span.end, score, kind.obeys ? 'checksum' : 'format');
  else if (score >= base && isAlone(scene, run.start, span.end)) {
    out.add(kind.type, run.start, span.end, base + ALONE, 'alone');
  }
}

function anyLength(from: number, to: number, score: number): Readonly<Record<string, number>> {
  return Object.fromEntries(Array.from({ length: to - from + 1 }, (_, k) => [String(from + k), score]));
}

function byShape(): ReadonlyMap<string, readonly ShapedNumber[]> {
  const map = new Map<string, ShapedNumber[]>();
  for (const kind of NUMBERS) {
    for (const shape of Object.keys(kind.shapes)) map.set(shape, [...(map.get(shape) ?? []), kind]);
  }
  return map;
}
