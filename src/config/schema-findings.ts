import { isObject, type Json } from '../core/json.js';
import { didYouMean } from './did-you-mean.js';
import type { SchemaError } from './policy-config-validator.js';
import type { Finding, Path } from './problem.js';
import { dereference, documentSchema, schemaAt, type SchemaNode } from './schema-node.js';
import { DESCRIBE, didYouMeanThis, quote, suggest, typeName } from './schema-words.js';

/** What the validator said of `document`, in words for its author; at most one finding a value. */
export function schemaFindings(errors: readonly SchemaError[], document: Json): Finding[] {
  const findings = new Map<string, Finding>();
  for (const error of errors) {
    const finding = toFinding(error, document);
    if (finding === undefined) continue;
    const key = JSON.stringify(finding.path);
    // A value of a wrong type also fails whatever else is asked of it.
    if (!findings.has(key) || finding.code === 'wrong_type') findings.set(key, finding);
  }
  return [...findings.values()];
}

function toFinding(error: SchemaError, document: Json): Finding | undefined {
  const parent = pathOf(error.instancePath, document);
  if (error.keyword === 'propertyNames') return undefined; // repeats what its inner keyword said
  if (error.keyword === 'additionalProperties') return unknownField(parent, String(error.params.additionalProperty));
  if (error.keyword === 'required') return missingField(parent, String(error.params.missingProperty), document);

  const path = error.propertyName === undefined ? parent : [...parent, error.propertyName];
  const value = error.propertyName ?? valueAt(document, path);
  const node = error.propertyName === undefined ? schemaAt(path) : schemaAt(parent)?.propertyNames;
  const describe = DESCRIBE[error.keyword];
  if (node === undefined || describe === undefined) {
    throw new Error(`the schema's ${error.keyword} at ${error.schemaPath} has no words`);
  }
  const atKey = error.propertyName === undefined ? {} : { atKey: true };
  return { severity: 'error', path, ...atKey, ...describe(node, value, error.params) };
}

function unknownField(parent: Path, key: string): Finding {
  const known = Object.keys(schemaAt(parent)?.properties ?? {});
  const suggestion =
    didYouMeanThis(key, known) ??
    belongsElsewhere(key) ??
    (known.length > 12 ? undefined : `known here: ${known.map(quote).join(', ')}`);
  return {
    code: 'unknown_field',
    severity: 'error',
    path: [...parent, key],
    atKey: true,
    message: 'there is no such field here',
    ...suggest(suggestion),
  };
}

function missingField(parent: Path, key: string, document: Json): Finding {
  const node = schemaAt([...parent, key]);
  const written = valueAt(document, parent);
  // A key that is spelled wrongly is refused as unknown, with the suggestion there.
  const misspelt = Object.keys(isObject(written) ? written : {}).find((other) => didYouMean(other, [key]) === key);
  const meaning = node?.description?.split(/(?<=\.)\s/)[0] ?? '';
  return {
    code: 'missing_field',
    severity: 'error',
    path: [...parent, key],
    message: `expected ${node === undefined ? 'a value' : typeName(node)}: ${meaning}`,
    ...suggest(misspelt === undefined ? undefined : `rename ${quote(misspelt)}`),
  };
}

/** The place nearest to the top that has a field of this name. */
function belongsElsewhere(key: string): string | undefined {
  const places = [...objectsWith(key, documentSchema, [])].sort((a, b) => a.length - b.length);
  const [place, next] = places;
  return place === undefined || place.length === next?.length
    ? undefined
    : `${quote(key)} belongs to ${quote(place.join('.'))}`;
}

function* objectsWith(key: string, reference: SchemaNode, path: readonly string[]): Generator<readonly string[]> {
  const node = dereference(reference);
  const properties = node.properties ?? {};
  if (Object.hasOwn(properties, key) && path.length > 0) yield path;
  for (const [name, child] of Object.entries(properties)) yield* objectsWith(key, child, [...path, name]);
  if (node.items !== undefined) yield* objectsWith(key, node.items, [...path.slice(0, -1), `${path.at(-1) ?? ''}[]`]);
}

/** The steps of a JSON pointer into `document`, which tells indexes from keys. */
function pathOf(pointer: string, document: Json): Path {
  const path: (string | number)[] = [];
  let value: unknown = document;
  for (const token of pointer.split('/').slice(1)) {
    const key = token.replaceAll('~1', '/').replaceAll('~0', '~');
    path.push(Array.isArray(value) ? Number(key) : key);
    value = memberOf(value, key);
  }
  return path;
}

function valueAt(document: Json, path: Path): unknown {
  return path.reduce<unknown>((value, step) => memberOf(value, step), document);
}

function memberOf(value: unknown, step: string | number): unknown {
  if (Array.isArray(value)) return value[Number(step)];
  return isObject(value) && Object.hasOwn(value, step) ? value[step] : undefined;
}
