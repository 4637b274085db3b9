import schema from './policy-config.schema.json' with { type: 'json' };
import type { Path } from './problem.js';

/** The part of JSON Schema that policy-config.schema.json uses. */
export interface SchemaNode {
  readonly $ref?: string;
  readonly title?: string;
  readonly description?: string;
  readonly type?: 'object' | 'array' | 'string' | 'number' | 'integer' | 'boolean';
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  readonly required?: readonly string[];
  /** A schema makes the object a map of names that its author chooses. */
  readonly additionalProperties?: false | SchemaNode;
  readonly propertyNames?: SchemaNode;
  readonly minProperties?: number;
  readonly maxProperties?: number;
  readonly items?: SchemaNode;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly uniqueItems?: boolean;
  readonly enum?: readonly string[];
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly default?: unknown;
  readonly examples?: readonly unknown[];
  /** What a pattern asks for, in words. */
  readonly 'x-expects'?: string;
  /** What happens without the field, where it has no default. */
  readonly 'x-absent'?: string;
  /** The default, where it follows from other fields. */
  readonly 'x-derived-default'?: string;
}

// The compiler infers a type of literals from the JSON, which fits no interface with optional members.
const root = schema as unknown as SchemaNode & { readonly $defs: Readonly<Record<string, SchemaNode>> };

/** The schema of the whole document. */
export const documentSchema: SchemaNode = root;

/** Follows a reference; what stands beside it wins. */
export function dereference(node: SchemaNode): SchemaNode {
  const { $ref, ...beside } = node;
  if ($ref === undefined) return node;
  const definition = root.$defs[$ref.replace('#/$defs/', '')];
  if (definition === undefined) throw new Error(`the schema has no ${$ref}`);
  return { ...dereference(definition), ...beside };
}

/** The schema of the value at `path`; `undefined` where the schema knows of none. */
export function schemaAt(path: Path): SchemaNode | undefined {
  let node = dereference(documentSchema);
  for (const step of path) {
    const child = typeof step === 'number' ? node.items : childOf(node, step);
    if (child === undefined) return undefined;
    node = dereference(child);
  }
  return node;
}

function childOf(node: SchemaNode, key: string): SchemaNode | undefined {
  if (node.properties !== undefined && Object.hasOwn(node.properties, key)) return node.properties[key];
  return node.additionalProperties === false ? undefined : node.additionalProperties;
}
