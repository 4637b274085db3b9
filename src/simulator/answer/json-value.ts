// Makes up a value that a JSON Schema allows: types, const, enum, properties, items, ranges, lengths, formats, patterns, $ref within
// the schema, anyOf, oneOf, allOf. Of `not`, `if` and `dependent…` it takes no notice.
import { isObject, type Json } from '../../core/json.js';
import type { Random } from '../random.js';
import { matching } from './pattern.js';

type Schema = Readonly<Record<string, unknown>>;

/** Below this depth optional members and list elements are left out, so that a schema that refers to itself comes to an end. */
const MAX_DEPTH = 4;
/** A schema that requires itself has no finite value; here it is given up. */
const HARD_DEPTH = 40;

const FORMATS: Readonly<Record<string, (random: Random) => string>> = {
  date: (random) => day(random),
  'date-time': (random) => `${day(random)}T${two(random, 23)}:${two(random, 59)}:00Z`,
  time: (random) => `${two(random, 23)}:${two(random, 59)}:00Z`,
  duration: (random) => `PT${random.integer(1, 59)}M`,
  email: (random) => `${random.pick(['ada', 'grace', 'alan'])}@example.com`,
  hostname: () => 'host.example.com',
  ipv4: (random) => `192.0.2.${random.integer(1, 254)}`,
  ipv6: () => '2001:db8::1',
  uri: (random) => `https://example.com/${random.string(6, 'abcdefghijklmnopqrstuvwxyz')}`,
  uuid: (random) =>
    [8, '-', 4, '-4', 3, '-8', 3, '-', 12]
      .map((part) => (typeof part === 'number' ? random.string(part, '0123456789abcdef') : part))
      .join(''),
};

/** @param words what texts are made of where the schema leaves them free. */
export function jsonValue(schema: unknown, random: Random, words: readonly string[]): Json {
  return new ValueMaker(isObject(schema) ? schema : {}, random, words).make(schema, 0);
}

class ValueMaker {
  readonly #root: Schema;
  readonly #random: Random;
  readonly #words: readonly string[];

  constructor(root: Schema, random: Random, words: readonly string[]) {
    this.#root = root;
    this.#random = random;
    this.#words = words.length > 0 ? words : ['example'];
  }

  make(given: unknown, depth: number): Json {
    if (depth > HARD_DEPTH) return null;
    const schema = this.#resolved(given, depth);
    if (schema['const'] !== undefined) return schema['const'] as Json; // it came as JSON
    if (Array.isArray(schema['enum']) && schema['enum'].length > 0) return this.#random.pick(schema['enum'] as Json[]);
    switch (this.#typeOf(schema, depth)) {
      case 'object':
        return this.#object(schema, depth);
      case 'array':
        return this.#list(schema, depth);
      case 'string':
        return this.#text(schema);
      case 'integer':
        return this.#number(schema, 1);
      case 'number':
        return this.#number(schema, 0.01);
      case 'boolean':
        return this.#random.next() < 0.5;
      default:
        return null;
    }
  }

  /** Follows references and melts alternatives into one schema. */
  #resolved(given: unknown, depth: number): Schema {
    let schema: Schema = isObject(given) ? given : {};
    for (let hops = 0; typeof schema['$ref'] === 'string' && hops < 20; hops += 1) {
      const { $ref: ref, ...beside } = schema;
      schema = { ...this.#lookUp(ref), ...beside };
    }
    const alternatives = schema['anyOf'] ?? schema['oneOf'];
    const { anyOf: _anyOf, oneOf: _oneOf, allOf, ...own } = schema;
    const parts = [own, ...(Array.isArray(allOf) ? allOf.map((part) => this.#resolved(part, depth)) : [])];
    if (Array.isArray(alternatives) && alternatives.length > 0)
      parts.push(this.#resolved(this.#choose(alternatives, depth), depth));
    return parts.reduce(merged);
  }

  /** Deep inside, an alternative that does not go deeper is preferred. */
  #choose(alternatives: readonly unknown[], depth: number): unknown {
    const flat = alternatives.filter(
      (it) => isObject(it) && !('$ref' in it) && !['object', 'array'].includes(String(it['type'])),
    );
    return this.#random.pick(depth >= MAX_DEPTH && flat.length > 0 ? flat : alternatives);
  }

  #lookUp(ref: string): Schema {
    let found: unknown = this.#root;
    for (const part of ref.replace(/^#\/?/, '').split('/').filter(Boolean)) {
      const name = decodeURIComponent(part).replaceAll('~1', '/').replaceAll('~0', '~');
      found = isObject(found) ? found[name] : undefined;
    }
    return isObject(found) ? found : {};
  }

  #typeOf(schema: Schema, depth: number): string {
    const { type } = schema;
    if (typeof type === 'string') return type;
    if (Array.isArray(type) && type.length > 0) {
      return depth >= MAX_DEPTH && type.includes('null') ? 'null' : String(this.#random.pick(type));
    }
    if (schema['properties'] !== undefined || schema['required'] !== undefined) return 'object';
    if (schema['items'] !== undefined || schema['prefixItems'] !== undefined) return 'array';
    if (schema['minimum'] !== undefined || schema['maximum'] !== undefined) return 'number';
    return 'string';
  }

  #object(schema: Schema, depth: number): Json {
    const properties = isObject(schema['properties']) ? schema['properties'] : {};
    const required = Array.isArray(schema['required']) ? schema['required'].map(String) : [];
    const optional = Object.keys(properties).filter((name) => !required.includes(name));
    const chosen = optional.filter(() => depth < MAX_DEPTH && this.#random.next() < 0.7);
    const names = [...required, ...chosen];
    const extra = Math.max(0, bound(schema['minProperties'], 0) - names.length);
    const more = optional.filter((name) => !chosen.includes(name)).slice(0, extra);
    const value: Record<string, Json> = {};
    for (const name of [...names, ...more]) value[name] = this.make(properties[name] ?? additional(schema), depth + 1);
    for (let i = 0; Object.keys(value).length < bound(schema['minProperties'], 0) && i < 20; i += 1) {
      value[`${this.#random.pick(this.#words)}${i}`] = this.make(additional(schema), depth + 1);
    }
    return value;
  }

  #list(schema: Schema, depth: number): Json {
    const prefix = Array.isArray(schema['prefixItems']) ? schema['prefixItems'] : [];
    const isDeep = depth >= MAX_DEPTH;
    const min = bound(schema['minItems'], isDeep ? 0 : Math.max(1, prefix.length));
    const max = Math.max(
      bound(schema['minItems'], 0),
      Math.min(bound(schema['maxItems'], Infinity), min + (isDeep ? 0 : 2)),
    );
    const length = schema['items'] === false ? prefix.length : this.#random.integer(Math.min(min, max), max);
    const elements: Json[] = [];
    for (let tries = 0; elements.length < length && tries < length * 10; tries += 1) {
      const element = this.make(prefix[elements.length] ?? schema['items'], depth + 1);
      const isNew = !elements.some((other) => JSON.stringify(other) === JSON.stringify(element));
      if (isNew || schema['uniqueItems'] !== true) elements.push(element);
    }
    return elements;
  }

  #text(schema: Schema): string {
    const { pattern, format } = schema;
    if (typeof pattern === 'string') {
      const text = matching(pattern, this.#random);
      if (text !== undefined) return text;
    }
    const formatted = typeof format === 'string' && Object.hasOwn(FORMATS, format) ? FORMATS[format] : undefined;
    if (formatted) return formatted(this.#random);
    const [min, max] = [bound(schema['minLength'], 0), bound(schema['maxLength'], Infinity)];
    let text = this.#random.pick(this.#words);
    while (text.length < min) text += ` ${this.#random.pick(this.#words)}`;
    return text.slice(0, max);
  }

  #number(schema: Schema, grain: number): number {
    const step = typeof schema['multipleOf'] === 'number' && schema['multipleOf'] > 0 ? schema['multipleOf'] : grain;
    const above = typeof schema['exclusiveMinimum'] === 'number' ? schema['exclusiveMinimum'] + step : -Infinity;
    const below = typeof schema['exclusiveMaximum'] === 'number' ? schema['exclusiveMaximum'] - step : Infinity;
    const least = Math.max(bound(schema['minimum'], -Infinity), above);
    const most = Math.min(bound(schema['maximum'], Infinity), below);
    const min = least === -Infinity ? Math.min(1, most) : least;
    const max = most === Infinity ? Math.max(100, min + 100 * step) : most;
    const steps = Math.floor(max / step + 1e-9) - Math.ceil(min / step - 1e-9);
    if (steps < 0) return min;
    return rounded((Math.ceil(min / step - 1e-9) + this.#random.integer(0, steps)) * step);
  }
}

/** Both at once: the properties of both, the required names of both, and of the rest what came later. */
function merged(a: Schema, b: Schema): Schema {
  const properties = {
    ...(isObject(a['properties']) && a['properties']),
    ...(isObject(b['properties']) && b['properties']),
  };
  const required = [...new Set([a['required'], b['required']].flatMap((names) => (Array.isArray(names) ? names : [])))];
  return {
    ...a,
    ...b,
    ...(Object.keys(properties).length > 0 && { properties }),
    ...(required.length > 0 && { required }),
  };
}

function additional(schema: Schema): unknown {
  return isObject(schema['additionalProperties']) ? schema['additionalProperties'] : {};
}

function bound(value: unknown, otherwise: number): number {
  return typeof value === 'number' ? value : otherwise;
}

/** Without the dust of binary fractions: 0.1 × 3 is 0.3. */
function rounded(value: number): number {
  return Number(value.toPrecision(12));
}

function day(random: Random): string {
  return `20${two(random, 29, 20)}-${two(random, 12, 1)}-${two(random, 28, 1)}`;
}

function two(random: Random, max: number, min = 0): string {
  return String(random.integer(min, max)).padStart(2, '0');
}
