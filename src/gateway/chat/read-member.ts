// Typed reading of a caller's JSON. An explicit `null` is the same as an absent member, everywhere.
// A refusal names the member and what came in its place, never the text that came: it may be a prompt.
import { isObject } from '../../core/json.js';
import { GatewayError } from './gateway-error.js';

/** One JSON object of the body and where it stands; `path` is empty for the body itself. */
export interface Place {
  readonly members: Readonly<Record<string, unknown>>;
  readonly path: string;
}

/** The 400 for one member. @param problem what was expected and what came, without the caller's own text. */
export function refused(param: string, problem: string): GatewayError {
  return new GatewayError('invalid_request', `${param}: ${problem}`, { param });
}

export function pathOf(place: Place, key: string): string {
  return place.path === '' ? key : `${place.path}.${key}`;
}

/** @throws GatewayError unless `value` is an object. */
export function placeOf(value: unknown, path: string): Place {
  if (!isObject(value)) throw refused(path, `expected an object, got ${described(value)}`);
  return { members: value, path };
}

export function member(place: Place, key: string): unknown {
  return place.members[key] ?? undefined;
}

export function readString(place: Place, key: string): string | undefined {
  const value = member(place, key);
  if (value === undefined || typeof value === 'string') return value;
  throw refused(pathOf(place, key), `expected a string, got ${described(value)}`);
}

/** A string that must be there and not be empty. */
export function readName(place: Place, key: string): string {
  const value = member(place, key);
  if (typeof value === 'string' && value !== '') return value;
  throw refused(pathOf(place, key), `expected a non-empty string, got ${described(value)}`);
}

/** One of a closed set of words. */
export function readWord<W extends string>(place: Place, key: string, words: readonly W[]): W | undefined {
  const value = member(place, key);
  if (value === undefined) return undefined;
  const word = words.find((candidate) => candidate === value);
  if (word === undefined) throw refused(pathOf(place, key), `expected ${words.join(', ')}, got ${described(value)}`);
  return word;
}

export function readBoolean(place: Place, key: string): boolean | undefined {
  const value = member(place, key);
  if (value === undefined || typeof value === 'boolean') return value;
  throw refused(pathOf(place, key), `expected true or false, got ${described(value)}`);
}

/** A number from `min` to `max`, both allowed. */
export function readNumber(place: Place, key: string, min: number, max: number): number | undefined {
  const value = member(place, key);
  if (value === undefined) return undefined;
  if (typeof value === 'number' && value >= min && value <= max) return value;
  throw refused(pathOf(place, key), `expected a number from ${min} to ${max}, got ${described(value)}`);
}

/** A whole number, `min` or more. */
export function readInteger(place: Place, key: string, min: number): number | undefined {
  const value = member(place, key);
  if (value === undefined) return undefined;
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= min) return value;
  throw refused(pathOf(place, key), `expected an integer of at least ${min}, got ${described(value)}`);
}

export function readObject(place: Place, key: string): Place | undefined {
  const value = member(place, key);
  return value === undefined ? undefined : placeOf(value, pathOf(place, key));
}

/** An object that must be there. */
export function requireObject(place: Place, key: string): Place {
  return placeOf(member(place, key), pathOf(place, key));
}

export function readArray(place: Place, key: string): readonly unknown[] | undefined {
  const value = member(place, key);
  if (value === undefined || Array.isArray(value)) return value;
  throw refused(pathOf(place, key), `expected an array, got ${described(value)}`);
}

/** A number of more digits may be an account or a card. */
const LONGEST_NUMBER = 6;

/** What came, for a refusal: its type, and the value only where it cannot be a secret (booleans, short numbers). */
export function described(value: unknown): string {
  if (value === undefined || value === null) return 'nothing';
  if (Array.isArray(value)) return value.length === 0 ? 'an empty array' : 'an array';
  if (typeof value === 'object') return 'an object';
  if (typeof value === 'boolean') return String(value);
  if (typeof value === 'number') return String(value).length > LONGEST_NUMBER ? 'a number' : String(value);
  if (typeof value !== 'string') return `a ${typeof value}`;
  return value === '' ? 'an empty string' : 'another string';
}
