// A small description language for JSON: a shape both checks a value and is the type of what passes. Members that a shape does
// not name are problems too, so that nothing a client sends is passed over without a word.
import { isObject, type Json, type JsonObject } from '../../core/json.js';

export type Path = readonly (string | number)[];

export type Problem =
  /** The value is of another JSON type altogether. */
  | { readonly kind: 'type'; readonly path: Path; readonly expected: string; readonly found: string }
  | { readonly kind: 'missing'; readonly path: Path }
  | { readonly kind: 'unknown'; readonly path: Path; readonly member: string }
  | { readonly kind: 'union'; readonly path: Path; readonly name: string; readonly members: readonly string[] }
  /** `constraint` ends the sentence "failed to satisfy constraint: Member must …". */
  | { readonly kind: 'constraint'; readonly path: Path; readonly constraint: string };

export interface Shape<T> {
  /** Everything that keeps `value` from being a `T`; empty when it is one. */
  check(value: unknown, path: Path): readonly Problem[];
  /** The members by name, of structures and unions. */
  readonly members?: Readonly<Record<string, Shape<unknown>>>;
  /** Names of the members that must be there. */
  readonly required?: readonly string[];
  /** What a list or map holds. */
  readonly item?: Shape<unknown>;
  /** Never set: carries the type only. */
  readonly type?: T;
}

export type Infer<S> = S extends Shape<infer T> ? T : never;

type Members = Readonly<Record<string, Shape<unknown>>>;
type Required<M> = { readonly [K in keyof M]: Infer<M[K]> };
type Optional<M> = { readonly [K in keyof M]?: Infer<M[K]> | undefined };

interface Range {
  readonly min?: number;
  readonly max?: number;
}

export function string(limits: Range & { readonly pattern?: RegExp } = {}): Shape<string> {
  return {
    check(value, path) {
      if (typeof value !== 'string') return wrongType(path, 'a string', value);
      const wrongLength = outside(value.length, limits, 'length', path);
      if (!limits.pattern || limits.pattern.test(value)) return wrongLength;
      const pattern = limits.pattern.source.replaceAll(/^\^|\$$/g, '');
      return [
        ...wrongLength,
        { kind: 'constraint', path, constraint: `satisfy regular expression pattern: ${pattern}` },
      ];
    },
  };
}

export function oneOf<const W extends string>(...words: readonly W[]): Shape<W> {
  return {
    check(value, path) {
      if (typeof value !== 'string') return wrongType(path, 'a string', value);
      if (words.some((word) => word === value)) return [];
      return [{ kind: 'constraint', path, constraint: `satisfy enum value set: [${words.join(', ')}]` }];
    },
  };
}

export function number(limits: Range = {}): Shape<number> {
  return {
    check: (value, path) =>
      typeof value === 'number' ? outside(value, limits, 'value', path) : wrongType(path, 'a number', value),
  };
}

export function integer(limits: Range = {}): Shape<number> {
  return {
    check: (value, path) =>
      Number.isInteger(value) ? number(limits).check(value, path) : wrongType(path, 'an integer', value),
  };
}

export function boolean(): Shape<boolean> {
  return { check: (value, path) => (typeof value === 'boolean' ? [] : wrongType(path, 'a boolean', value)) };
}

/** Bytes in base64, as Amazon's JSON protocols carry them. The limits count bytes. */
export function blob(limits: Range = {}): Shape<string> {
  return {
    check(value, path) {
      const isBase64 = typeof value === 'string' && value.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(value);
      if (!isBase64) return wrongType(path, 'a base64 string', value);
      return outside(Buffer.byteLength(value, 'base64'), limits, 'length', path);
    },
  };
}

/** Any JSON. */
export function document(): Shape<Json> {
  return { check: () => [] };
}

/** Any JSON object. */
export function objectDocument(): Shape<JsonObject> {
  return { check: (value, path) => (isObject(value) ? [] : wrongType(path, 'an object', value)) };
}

export function list<T>(item: Shape<T>, limits: Range = {}): Shape<readonly T[]> {
  return {
    item,
    check(value, path) {
      if (!Array.isArray(value)) return wrongType(path, 'a list', value);
      return [
        ...outside(value.length, limits, 'length', path),
        ...value.flatMap((element, index) => item.check(element, [...path, index])),
      ];
    },
  };
}

export function map<T>(key: Shape<string>, item: Shape<T>, limits: Range = {}): Shape<Readonly<Record<string, T>>> {
  return {
    item,
    check(value, path) {
      if (!isObject(value)) return wrongType(path, 'an object', value);
      const entries = Object.entries(value);
      return [
        ...outside(entries.length, limits, 'length', path),
        ...entries.flatMap(([name, element]) => [...key.check(name, path), ...item.check(element, [...path, name])]),
      ];
    },
  };
}

/** An object with the members of `required`, perhaps those of `optional`, and no others. A member that is null is absent. */
export function struct<R extends Members, O extends Members>(
  required: R,
  optional: O,
): Shape<Required<R> & Optional<O>> {
  const members: Members = { ...required, ...optional };
  return {
    members,
    required: Object.keys(required),
    check(value, path) {
      if (!isObject(value)) return wrongType(path, 'an object', value);
      const missing = Object.keys(required)
        .filter((name) => isAbsent(value[name]))
        .map((name): Problem => ({ kind: 'missing', path: [...path, name] }));
      const others = Object.entries(value).flatMap(([name, element]): readonly Problem[] => {
        const shape = Object.hasOwn(members, name) ? members[name] : undefined;
        if (!shape) return [{ kind: 'unknown', path, member: name }];
        return isAbsent(element) ? [] : shape.check(element, [...path, name]);
      });
      return [...missing, ...others];
    },
  };
}

/** An object with exactly one of the members. */
export function union<M extends Members>(name: string, members: M): Shape<Optional<M>> {
  return {
    members,
    required: [],
    check(value, path) {
      if (!isObject(value)) return wrongType(path, 'an object', value);
      const set = Object.entries(value).filter(([, element]) => !isAbsent(element));
      const [[key, element] = ['', undefined]] = set;
      const shape = Object.hasOwn(members, key) ? members[key] : undefined;
      if (set.length !== 1 || !shape) return [{ kind: 'union', path, name, members: Object.keys(members) }];
      return shape.check(element, [...path, key]);
    },
  };
}

/** The shape, and whatever else `complaint` finds: it ends the sentence "Member must …". */
export function refined<T>(shape: Shape<T>, complaint: (value: T) => string | undefined): Shape<T> {
  return {
    ...shape,
    check(value, path) {
      const problems = shape.check(value, path);
      if (problems.length > 0) return problems;
      const constraint = complaint(value as T); // it has just passed as a T
      return constraint === undefined ? [] : [{ kind: 'constraint', path, constraint }];
    },
  };
}

function outside(size: number, { min, max }: Range, what: 'length' | 'value', path: Path): readonly Problem[] {
  if (min !== undefined && size < min) {
    return [{ kind: 'constraint', path, constraint: `have ${what} greater than or equal to ${min}` }];
  }
  if (max !== undefined && size > max) {
    return [{ kind: 'constraint', path, constraint: `have ${what} less than or equal to ${max}` }];
  }
  return [];
}

function isAbsent(value: unknown): boolean {
  return value === undefined || value === null;
}

function wrongType(path: Path, expected: string, value: unknown): readonly Problem[] {
  const found = value === null ? 'null' : Array.isArray(value) ? 'a list' : `a value of type ${typeof value}`;
  return [{ kind: 'type', path, expected, found }];
}
