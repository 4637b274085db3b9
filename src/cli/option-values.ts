import { InvalidArgumentError } from 'commander';
import { parseAddress, type Address } from '../core/address.js';

export function address(text: string): Address {
  const parsed = parseAddress(text);
  if (!parsed) throw new InvalidArgumentError('expected HOST:PORT, such as 127.0.0.1:8080 or [::1]:0');
  return parsed;
}

export function wholeNumber(text: string): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || !Number.isSafeInteger(value)) {
    throw new InvalidArgumentError('expected a whole number, 0 or more');
  }
  return value;
}

/** Milliseconds since the Unix epoch. */
export function instant(text: string): number {
  const value = Date.parse(text);
  if (Number.isNaN(value)) throw new InvalidArgumentError('expected an ISO 8601 time or day such as 2026-01-31');
  return value;
}

/** Collects the values of an option that may stand several times. */
export function repeatable(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}
