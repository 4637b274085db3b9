/**
 * Check-digit rules over strings of ASCII digits. Each answers true when the digits obey the rule; lengths are the caller's
 * to check unless the rule itself fixes one.
 */

/** Luhn, ISO/IEC 7812-1 annex B: cards, IMEI, several national ids. */
export function luhn(digits: string): boolean {
  let sum = 0;
  for (let k = digits.length - 1, double = false; k >= 0; k -= 1, double = !double) {
    const digit = digits.charCodeAt(k) - 48;
    sum += double ? (digit > 4 ? digit * 2 - 9 : digit * 2) : digit;
  }
  return sum % 10 === 0;
}

const VERHOEFF_D = [
  '0123456789', '1234067895', '2340178956', '3401289567', '4012395678',
  '5987604321', '6598710432', '7659821043', '8765932104', '9876543210',
]; // prettier-ignore
const VERHOEFF_P = [
  '0123456789', '1576283094', '5803796142', '8916043527',
  '9453126870', '4286573901', '2793806415', '7046913258',
]; // prettier-ignore

/** Verhoeff's dihedral scheme: Aadhaar. */
export function verhoeff(digits: string): boolean {
  let check = 0;
  for (let k = 0; k < digits.length; k += 1) {
    const digit = Number(digits[digits.length - 1 - k]);
    const permuted = Number((VERHOEFF_P[k % 8] as string)[digit]);
    check = Number((VERHOEFF_D[check] as string)[permuted]);
  }
  return check === 0;
}

/** ISO/IEC 7064 mod 11,10: the German tax id. */
export function mod11_10(digits: string): boolean {
  let product = 10;
  for (let k = 0; k < digits.length - 1; k += 1) {
    const sum = (Number(digits[k]) + product) % 10 || 10;
    product = (sum * 2) % 11;
  }
  return (11 - product) % 10 === Number(digits.at(-1));
}

/** ISO/IEC 7064 mod 11-2 with `X` for ten: the Chinese resident id. */
export function mod11_2(characters: string): boolean {
  let check = 0;
  for (let k = 0; k < characters.length - 1; k += 1) check = ((check + Number(characters[k])) * 2) % 11;
  const last = characters.at(-1) === 'X' || characters.at(-1) === 'x' ? 10 : Number(characters.at(-1));
  return (check + last) % 11 === 1;
}

/** Sum of digits times weights, over as many digits as there are weights. */
export function weighted(digits: string, weights: readonly number[]): number {
  return weights.reduce((sum, weight, k) => sum + weight * Number(digits[k]), 0);
}

/** Remainder of a long decimal number, digit by digit; letters count as 10 to 35 as in IBANs. */
export function remainder(characters: string, modulus: number): number {
  let rest = 0;
  for (let k = 0; k < characters.length; k += 1) {
    const unit = characters.charCodeAt(k);
    rest = unit <= 57 ? (rest * 10 + unit - 48) % modulus : (rest * 100 + (unit & 95) - 55) % modulus;
  }
  return rest;
}

/** True when all characters are one and the same. */
export function isRepdigit(digits: string): boolean {
  return /^(.)\1*$/.test(digits);
}

/** A calendar date; `year` may be two digits. February has 29 days, for a two-digit year says nothing of leap years. */
export function isDate(year: number, month: number, day: number): boolean {
  const days = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1];
  if (days === undefined || day < 1 || day > days) return false;
  return !(month === 2 && day === 29 && year > 99 && (year % 4 !== 0 || (year % 100 === 0 && year % 400 !== 0)));
}
