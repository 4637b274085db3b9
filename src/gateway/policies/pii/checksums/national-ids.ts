import { isDate, isRepdigit, luhn, mod11_10, mod11_2, remainder, weighted } from './digit-checks.js';

/**
 * The check rules of national numbers, as published by their issuers and as the `stdnum` libraries implement them
 * (https://github.com/arthurdejong/python-stdnum). All take the bare characters: digits, upper-case letters.
 */

/** Area, group and serial that were never issued are refused; https://www.ssa.gov/employer/randomization.html */
export function isSsn(digits: string): boolean {
  if (!/^(?!000|666|9)\d{3}(?!00)\d{2}(?!0000)\d{4}$/.test(digits)) return false;
  return !isRepdigit(digits) && digits !== '078051120' && digits !== '123456789' && !/^98765432\d$/.test(digits);
}

/** https://www.irs.gov/irm/part3/irm_03-021-263r: 9xx with group 50-65, 70-88, 90-92 or 94-99. */
export function isItin(digits: string): boolean {
  return /^9\d\d(?:5\d|6[0-5]|7\d|8[0-8]|9[0-24-9])\d{4}$/.test(digits);
}

/** ABA routing number: Federal Reserve prefix and the weights 3-7-1. */
export function isAbaRouting(digits: string): boolean {
  if (!/^(?:0\d|1[0-2]|2[1-9]|3[0-2]|6[1-9]|7[0-2]|80)\d{7}$/.test(digits) || isRepdigit(digits)) return false;
  return weighted(digits, [3, 7, 1, 3, 7, 1, 3, 7, 1]) % 10 === 0;
}

/** National Provider Identifier: Luhn with the prefix 80840. */
export function isNpi(digits: string): boolean {
  return /^[12]\d{9}$/.test(digits) && !isRepdigit(digits.slice(0, 9)) && luhn(`80840${digits}`);
}

export function isNhsNumber(digits: string): boolean {
  const check = 11 - (weighted(digits, [10, 9, 8, 7, 6, 5, 4, 3, 2]) % 11);
  return !isRepdigit(digits) && check !== 10 && check % 11 === Number(digits[9]);
}

/** Unique Taxpayer Reference: the first digit checks the other nine. */
export function isUtr(digits: string): boolean {
  const rest = weighted(digits.slice(1), [6, 7, 8, 9, 10, 5, 4, 3, 2]) % 11;
  return '21987654321'[rest] === digits[0];
}

/** Canadian SIN: Luhn; numbers beginning with 0 or 8 are not issued to people. */
export function isSin(digits: string): boolean {
  return /^[1-79]/.test(digits) && !isRepdigit(digits) && luhn(digits);
}

/** Exactly one digit repeats in the first ten by the letter of the rule; older test numbers only keep to "at most three". */
export function isGermanTaxId(digits: string): boolean {
  if (digits[0] === '0') return false;
  for (const digit of '0123456789') if (digits.slice(0, 10).split(digit).length > 4) return false;
  return mod11_10(digits);
}

const NIF_LETTERS = 'TRWAGMYFPDXBNJZSQVHLCKE';

export function isNif(value: string): boolean {
  const digits = value.slice(0, -1);
  return NIF_LETTERS[Number(digits) % 23] === value.at(-1);
}

export function isNie(value: string): boolean {
  const first = 'XYZ'.indexOf(value[0] as string);
  return first >= 0 && isNif(`${first}${value.slice(1)}`);
}

/** French NIR: 13 characters (2A and 2B for Corsica) and a key modulo 97. */
export function isNir(value: string): boolean {
  const body = value.slice(0, 13).replace('2A', '19').replace('2B', '18');
  if (!/^[1-478]\d{12}$/.test(body) || !/^\d\d$/.test(value.slice(13))) return false;
  const month = Number(body.slice(3, 5));
  if (month < 1 || (month > 12 && month < 20) || (month > 42 && month < 50)) return false;
  return 97 - remainder(body, 97) === Number(value.slice(13));
}

const FISCAL_ODD = 'BAKPLCQDREVOSFTGUHMINJWZYX';

/** Italian codice fiscale: letters at odd places count by a table of their own. */
export function isFiscalCode(value: string): boolean {
  let sum = 0;
  for (let k = 0; k < 15; k += 1) {
    const unit = value.charCodeAt(k);
    const ordinal = unit <= 57 ? unit - 48 : unit - 65;
    sum += k % 2 === 0 ? FISCAL_ODD.indexOf(String.fromCharCode(65 + ordinal)) : ordinal;
  }
  return String.fromCharCode(65 + (sum % 26)) === value[15];
}

export function isBsn(digits: string): boolean {
  return !isRepdigit(digits) && weighted(digits, [9, 8, 7, 6, 5, 4, 3, 2, -1]) % 11 === 0;
}

export function isPesel(digits: string): boolean {
  const month = Number(digits.slice(2, 4)) % 20;
  if (!isDate(Number(digits.slice(0, 2)), month, Number(digits.slice(4, 6)))) return false;
  return weighted(digits, [1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1]) % 10 === 0;
}

/** Swedish personal number of ten or twelve digits; coordination numbers have 60 added to the day. */
export function isPersonnummer(digits: string): boolean {
  const ten = digits.slice(-10);
  if (digits.length === 12 && !/^(?:18|19|20)/.test(digits)) return false;
  const year = digits.length === 12 ? Number(digits.slice(0, 4)) : Number(ten.slice(0, 2));
  const day = Number(ten.slice(4, 6));
  return isDate(year, Number(ten.slice(2, 4)), day > 60 ? day - 60 : day) && luhn(ten);
}

const HETU_CENTURY: Readonly<Record<string, number>> = {
  '+': 1800, '-': 1900, Y: 1900, X: 1900, W: 1900, V: 1900, U: 1900, A: 2000, B: 2000, C: 2000, D: 2000, E: 2000, F: 2000,
}; // prettier-ignore

/** Finnish personal identity code: date, century sign, individual number from 002, check character modulo 31. */
export function isHetu(value: string): boolean {
  const century = HETU_CENTURY[value[6] as string];
  const number = value.slice(0, 6) + value.slice(7, 10);
  if (century === undefined || Number(value.slice(7, 10)) < 2) return false;
  const year = century + Number(value.slice(4, 6));
  if (!isDate(year, Number(value.slice(2, 4)), Number(value.slice(0, 2)))) return false;
  return '0123456789ABCDEFHJKLMNPRSTUVWXY'[Number(number) % 31] === value[10];
}

export function isCpf(digits: string): boolean {
  if (isRepdigit(digits)) return false;
  const check = (length: number): number => {
    let sum = 0;
    for (let k = 0; k < length; k += 1) sum += (length + 1 - k) * Number(digits[k]);
    return ((sum * 10) % 11) % 10;
  };
  return check(9) === Number(digits[9]) && check(10) === Number(digits[10]);
}

export function isTfn(digits: string): boolean {
  return !isRepdigit(digits) && weighted(digits, [1, 4, 3, 7, 5, 8, 6, 9, 10]) % 11 === 0;
}

export function isAbn(digits: string): boolean {
  if (digits[0] === '0') return false;
  return (weighted(digits, [10, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19]) - 10) % 89 === 0;
}

export function isAustralianMedicare(digits: string): boolean {
  return /^[2-6]/.test(digits) && weighted(digits, [1, 3, 7, 9, 1, 3, 7, 9]) % 10 === Number(digits[8]);
}

/** Singapore NRIC and FIN, series S, T, F, G and M. */
export function isNric(value: string): boolean {
  const series = value[0] as string;
  const table = { S: 'JZIHGFEDCBA', T: 'JZIHGFEDCBA', F: 'XWUTRQPNMLK', G: 'XWUTRQPNMLK', M: 'KLJNPQRTUWX' }[series];
  if (table === undefined) return false;
  const offset = series === 'T' || series === 'G' ? 4 : series === 'M' ? 3 : 0;
  const rest = (weighted(value.slice(1, 8), [2, 7, 6, 5, 4, 3, 2]) + offset) % 11;
  return (series === 'M' ? table[10 - rest] : table[rest]) === value[8];
}

/** Korean resident registration number: date and century digit; the check digit holds for those issued before October 2020. */
export function isRrnShape(digits: string): boolean {
  if (!/^[1-4]$/.test(digits[6] as string)) return false;
  return isDate(Number(digits.slice(0, 2)), Number(digits.slice(2, 4)), Number(digits.slice(4, 6)));
}

export function isRrnChecked(digits: string): boolean {
  const sum = weighted(digits, [2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5]);
  return (11 - (sum % 11)) % 10 === Number(digits[12]);
}

export function isChineseId(value: string): boolean {
  const year = Number(value.slice(6, 10));
  if (!/^[1-9]/.test(value) || year < 1880 || year > 2100) return false;
  return isDate(year, Number(value.slice(10, 12)), Number(value.slice(12, 14))) && mod11_2(value);
}

/** South African id: date, citizenship 0 to 2, the former race digit 8 or 9, Luhn. */
export function isSouthAfricanId(digits: string): boolean {
  if (!isDate(Number(digits.slice(0, 2)), Number(digits.slice(2, 4)), Number(digits.slice(4, 6)))) return false;
  return /^\d{10}[012][89]\d$/.test(digits) && luhn(digits);
}

/** National Insurance number: https://www.gov.uk/hmrc-internal-manuals/national-insurance-manual/nim39110 */
export function isNino(value: string): boolean {
  return /^(?!BG|GB|KN|NK|NT|TN|ZZ)[ABCEGHJ-PRSTW-Z][ABCEGHJ-NPRSTW-Z]\d{6}[A-D]$/.test(value);
}

const VIN_VALUES: Readonly<Record<string, number>> = {
  A: 1, B: 2, C: 3, D: 4, E: 5, F: 6, G: 7, H: 8, J: 1, K: 2, L: 3, M: 4, N: 5, P: 7, R: 9, S: 2, T: 3, U: 4, V: 5, W: 6, X: 7, Y: 8, Z: 9,
}; // prettier-ignore
const VIN_WEIGHTS = [8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2];

/** ISO 3779 with the North American check digit at the ninth place. */
export function isVin(value: string): boolean {
  let sum = 0;
  for (let k = 0; k < 17; k += 1) {
    const char = value[k] as string;
    sum += (VIN_WEIGHTS[k] as number) * (VIN_VALUES[char] ?? Number(char));
  }
  return '0123456789X'[sum % 11] === value[8];
}
