import { isObject } from '../core/json.js';
import { didYouMean } from './did-you-mean.js';
import type { SchemaError } from './policy-config-validator.js';
import type { Finding } from './problem.js';
import type { SchemaNode } from './schema-node.js';

export type Described = Pick<Finding, 'code' | 'message' | 'suggestion'>;

/** For each keyword that a value can fail: what to say. Texts are echoed only where they are one of a few words. */
export const DESCRIBE: Record<string, (node: SchemaNode, value: unknown, params: SchemaError['params']) => Described> =
  {
    type: (node, value) => ({
      code: 'wrong_type',
      message: `expected ${typeName(node)}, got ${whatCame(value)}`,
      ...suggest(typeSuggestion(node, value)),
    }),
    enum: (node, value) => ({
      code: 'not_one_of',
      message: `expected ${oneOf(node.enum ?? [])}, got ${whatCame(value, true)}`,
      ...suggest(typeof value === 'string' ? didYouMeanThis(value, node.enum ?? []) : undefined),
    }),
    pattern: (node) => ({
      code: 'bad_format',
      message: `expected ${node['x-expects'] ?? `a text like ${node.pattern}`}`,
    }),
    minimum: outOfRange,
    maximum: outOfRange,
    exclusiveMinimum: outOfRange,
    minLength: wrongLength,
    maxLength: wrongLength,
    minItems: wrongCount,
    maxItems: wrongCount,
    minProperties: wrongMembers,
    maxProperties: wrongMembers,
    uniqueItems: (_node, _value, params) => ({
      code: 'duplicate',
      message: `expected each entry once, but entries ${String(params.j)} and ${String(params.i)} are the same (counted from 0)`,
    }),
  };

function outOfRange(node: SchemaNode, value: unknown): Described {
  const bounds = [
    ...(node.exclusiveMinimum === undefined ? [] : [`> ${node.exclusiveMinimum}`]),
    ...(node.minimum === undefined ? [] : [`≥ ${node.minimum}`]),
    ...(node.maximum === undefined ? [] : [`≤ ${node.maximum}`]),
  ];
  return { code: 'out_of_range', message: `must be ${bounds.join(' and ')}, got ${whatCame(value)}` };
}

function wrongLength(node: SchemaNode, value: unknown): Described {
  const length = typeof value === 'string' ? Array.from(value).length : 0;
  const { minLength = 0, maxLength = Infinity } = node;
  return { code: 'out_of_range', message: `expected ${between(minLength, maxLength, 'character')}, got ${length}` };
}

function wrongCount(node: SchemaNode, value: unknown): Described {
  const length = Array.isArray(value) ? value.length : 0;
  const { minItems = 0, maxItems = Infinity } = node;
  return {
    code: 'out_of_range',
    message: `expected ${between(minItems, maxItems, 'entry', 'entries')}, got ${length}`,
  };
}

function wrongMembers(node: SchemaNode, value: unknown): Described {
  const count = isObject(value) ? Object.keys(value).length : 0;
  const { minProperties = 0, maxProperties = Infinity } = node;
  const names = Object.keys(node.properties ?? {});
  const wanted =
    names.length === 0
      ? between(minProperties, maxProperties, 'entry', 'entries')
      : `${minProperties === maxProperties ? 'exactly' : 'at least'} ${oneOf(names)}`;
  return { code: 'out_of_range', message: `expected ${wanted}, got ${count}` };
}

const TYPE_NAMES = {
  object: 'a map',
  array: 'a list',
  string: 'a text',
  number: 'a number',
  integer: 'a whole number',
  boolean: 'true or false',
} as const;

export function typeName(node: SchemaNode): string {
  return node.type === undefined ? 'a value' : TYPE_NAMES[node.type];
}

/** Names what came without giving it away: a text may be a secret that stands in the wrong place. */
function whatCame(value: unknown, isShown = false): string {
  if (value === null) return 'nothing';
  if (Array.isArray(value)) return 'a list';
  if (isObject(value)) return 'a map';
  if (typeof value !== 'string') return JSON.stringify(value) ?? 'nothing';
  return isShown && value.length <= 24 ? JSON.stringify(value) : `a text of ${value.length} characters`;
}

const TRUTHS: Record<string, boolean> = {
  yes: true,
  on: true,
  true: true,
  y: true,
  no: false,
  off: false,
  false: false,
  n: false,
};

function typeSuggestion(node: SchemaNode, value: unknown): string | undefined {
  if (value === null) return 'give it a value, or leave the line out';
  if (node.type === 'string' && (typeof value === 'number' || typeof value === 'boolean')) return 'put it in quotes';
  if (node.type === 'array' && !isObject(value)) return 'write it as a list: `[…]`, or one `- …` a line';
  if (typeof value !== 'string') return undefined;
  const truth = TRUTHS[value.toLowerCase()];
  if (node.type === 'boolean' && truth !== undefined) return `write \`${truth}\`, without quotes`;
  const isNumeric = value.trim() !== '' && Number.isFinite(Number(value));
  if ((node.type === 'number' || node.type === 'integer') && isNumeric) return 'write it without quotes';
  return undefined;
}

export function didYouMeanThis(name: string, known: readonly string[]): string | undefined {
  const meant = didYouMean(name, known);
  return meant === undefined ? undefined : `did you mean ${quote(meant)}?`;
}

export function suggest(suggestion: string | undefined): { suggestion?: string } {
  return suggestion === undefined ? {} : { suggestion };
}

export function quote(name: string): string {
  return `\`${name}\``;
}

function oneOf(names: readonly string[]): string {
  if (names.length === 1) return quote(names[0] ?? '');
  const shown = names.slice(0, 12).map(quote).join(', ');
  return `one of ${shown}${names.length > 12 ? ` and ${names.length - 12} more` : ''}`;
}

function between(min: number, max: number, one: string, many = `${one}s`): string {
  if (min === max) return `${min} ${min === 1 ? one : many}`;
  if (max === Infinity) return `at least ${min} ${min === 1 ? one : many}`;
  return `${min === 0 ? 'at most' : `${min} to`} ${max} ${many}`;
}
