import { ibanLength, isIbanChecked } from '../checksums/iban.js';
import { isRightClear, leftEdge } from './number-run.js';
import type { Proposals } from './proposals.js';
import { weigh, type Scene } from './scene.js';
import { isAlphanumeric } from './token.js';

/** IBAN at `start`, where two letters and two digits stand: in one piece, or in groups with one space or hyphen between. */
export function recogniseIban(start: number, scene: Scene, out: Proposals): void {
  const { text } = scene;
  const length = ibanLength(text.slice(start, start + 2).toUpperCase());
  if (length === undefined || leftEdge(text, start) === 'joined') return;
  let iban = '';
  let at = start;
  while (iban.length < length) {
    const unit = text.at(at);
    if (isAlphanumeric(unit)) iban += String.fromCharCode(unit);
    else if (!((unit === 32 || unit === 45) && iban.length >= 4 && isAlphanumeric(text.at(at + 1)))) return;
    at += 1;
  }
  iban = iban.toUpperCase();
  if (!/^[A-Z]{2}\d\d/.test(iban) || !isIbanChecked(iban) || isAlphanumeric(text.at(at))) return;
  out.add('IBAN_CODE', start, at, weigh(0.95, scene, at, ['iban', 'bank']), 'checksum');
}

/** Officially assigned ISO 3166-1 alpha-2 codes, and XK, which SWIFT uses for Kosovo. */
const COUNTRIES = new Set(
  (
    'AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ CA CC CD CF CG ' +
    'CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL ' +
    'GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA ' +
    'LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP ' +
    'NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV ' +
    'SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS XK YE YT ZA ZM ZW'
  ).split(' '),
);

/** SWIFT/BIC: 8 or 11 capitals and digits with a country in the middle, beside a word that says so: words look like it too. */
export function recogniseSwift(start: number, end: number, scene: Scene, out: Proposals): void {
  const code = scene.text.slice(start, end);
  if (!/^[A-Z]{6}[A-Z0-9]{2}(?:[A-Z0-9]{3})?$/.test(code) || !COUNTRIES.has(code.slice(4, 6))) return;
  if (leftEdge(scene.text, start) === 'joined' || !isRightClear(scene.text, end)) return;
  out.add('SWIFT_CODE', start, end, weigh(0.2, scene, end, ['swift', 'iban']), 'context');
}
