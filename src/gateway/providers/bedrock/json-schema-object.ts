import { isObject, type Json, type JsonObject } from '../../../core/json.js';

/** Property under which a schema of another type than object is wrapped. */
export const WRAPPED = 'input';

/** True when the schema describes an object, or leaves its type open, as a tool's input must. */
export function describesObject(schema: JsonObject): boolean {
  const { type } = schema;
  return type === undefined || type === null || type === 'object' || (Array.isArray(type) && type.includes('object'));
}

/** The schema as Converse takes it for a tool's input: of type object at its root, and otherwise as the caller wrote it. */
export function inputSchema(schema: JsonObject | undefined): JsonObject {
  if (schema === undefined || Object.keys(schema).length === 0) return { type: 'object', properties: {} };
  if (!describesObject(schema)) return { type: 'object', properties: { [WRAPPED]: schema } };
  return schema.type === 'object' ? schema : { ...schema, type: 'object' };
}

// https://json-schema.org/understanding-json-schema/keywords: where a schema holds others, by name and directly.
const SCHEMAS_BY_NAME = new Set(['properties', 'patternProperties', '$defs', 'definitions', 'dependentSchemas']);
const SCHEMAS = new Set(
  'items prefixItems additionalItems contains anyOf oneOf allOf not if then else additionalProperties'.split(' '),
);

/** A copy in which every object that does not say so takes no additional properties, as native structured output demands. */
export function closedSchema(schema: JsonObject): JsonObject {
  const members = Object.entries(schema).map(([key, value]) => {
    if (SCHEMAS_BY_NAME.has(key) && isObject(value)) return [key, mapMembers(value, closedValue)] as const;
    return [key, SCHEMAS.has(key) ? closedValue(value) : value] as const;
  });
  const open = schema.additionalProperties === undefined && (schema.type === 'object' || isObject(schema.properties));
  return { ...Object.fromEntries(members), ...(open && { additionalProperties: false }) };
}

function closedValue(value: Json | undefined): Json | undefined {
  if (Array.isArray(value)) return (value as readonly Json[]).map((item) => closedValue(item) ?? null);
  return isObject(value) ? closedSchema(value) : value;
}

function mapMembers(members: JsonObject, change: (value: Json | undefined) => Json | undefined): JsonObject {
  return Object.fromEntries(Object.entries(members).map(([key, value]) => [key, change(value)]));
}
