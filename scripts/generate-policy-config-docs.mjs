import { PROBLEM_CODES } from '../src/config/problem.ts';
import { code, table, withParts } from './generated-parts.mjs';

const TYPE_WORDS = {
  object: 'map',
  array: 'list',
  string: 'text',
  number: 'number',
  integer: 'whole number',
  boolean: '`true` or `false`',
};

/** docs/policy-config.md with the reference of every field, and what can be wrong with them. */
export function policyConfigDocs(page, schema) {
  return withParts(page, { fields: fieldReference(schema), problems: problemTable() });
}

function problemTable() {
  return table(
    ['code', 'meaning'],
    Object.entries(PROBLEM_CODES).map(([name, meaning]) => [code(name), meaning]),
  );
}

function fieldReference(schema) {
  return objectsOf(schema)
    .map(({ node, paths }) => section(schema, node, paths))
    .join('\n');
}

/** Every object with named fields, in the order of the document, once, with all the places where it can stand. */
function objectsOf(schema) {
  const found = new Map();
  const visit = (reference, path) => {
    const node = dereference(schema, reference);
    if (node.items !== undefined) visit(node.items, `${path}[]`);
    if (node.properties === undefined) return;
    const known = found.get(node.title);
    if (known !== undefined) {
      known.paths.push(path);
      return;
    }
    found.set(node.title, { node, paths: [path] });
    for (const [key, child] of Object.entries(node.properties)) visit(child, path === '' ? key : `${path}.${key}`);
  };
  visit(schema, '');
  return [...found.values()];
}

function section(schema, node, paths) {
  const [path] = paths;
  const at = (key) => (path === '' ? key : `${path}.${key}`);
  const fields = Object.entries(node.properties).map(([key, field]) => ({
    key,
    path: at(key),
    isNeeded: node.required?.includes(key) ?? false,
    ...dereference(schema, field),
  }));
  const maps = fields.filter((field) => mapIn(schema, field) !== undefined);
  const others = fields.filter((field) => !maps.includes(field));
  return [
    `### ${path === '' ? 'The document' : code(path)}`,
    '',
    node.description,
    '',
    ...(paths.length > 1 ? [`The same fields stand in ${paths.slice(1).map(code).join(', ')}.`, ''] : []),
    ...(maps.length > 0 ? [...maps.map((field) => mapEntry(schema, field)), ''] : []),
    ...others.map((field) => fieldEntry(schema, field)),
  ].join('\n');
}

/** The object with named fields that a field holds, by itself or in a list: it has a section of its own. */
function mapIn(schema, field) {
  if (field.properties !== undefined) return field;
  const item = field.items === undefined ? {} : dereference(schema, field.items);
  return item.properties === undefined ? undefined : item;
}

function mapEntry(schema, field) {
  const heading = field.items === undefined ? field.path : `${field.path}[]`;
  const home = objectsOf(schema).find(({ node }) => node.title === mapIn(schema, field).title)?.paths[0] ?? heading;
  const anchor = home.replaceAll(/[^\w-]/g, '').toLowerCase();
  const kind = field.items === undefined ? '' : ` (list of ${bounds(field, 'Items')})`;
  return `- [\`${field.key}\`](#${anchor})${kind}: ${field.description} *${absence(field)}*`;
}

function fieldEntry(schema, field) {
  const facts = [typeOf(schema, field), absence(field), exampleOf(schema, field)].filter((fact) => fact !== undefined);
  return [`#### \`${field.path}\``, '', field.description, '', ...facts.map((fact) => `- ${fact}`), ''].join('\n');
}

function typeOf(schema, field) {
  if (field.type !== 'array') return `Type: ${scalarType(schema, field)}`;
  const item = dereference(schema, field.items);
  const count = bounds(field, 'Items');
  return `Type: list${count === '' ? '' : ` of ${count}`}: ${plural(item)}${field.uniqueItems ? '; each once' : ''}`;
}

function scalarType(schema, field) {
  if (field.enum !== undefined) return field.enum.map(code).join(', ');
  const word = TYPE_WORDS[field.type];
  if (field.type === 'object' && field.properties === undefined) {
    const value = dereference(schema, field.additionalProperties);
    return `map of names of your own to ${plural(value)}`;
  }
  if (field['x-expects'] !== undefined) return `text: ${field['x-expects']}`;
  return `${word}${range(field)}`;
}

function plural(field) {
  if (field.enum !== undefined) return field.enum.map(code).join(', ');
  if (field['x-expects'] !== undefined) return `texts, each ${field['x-expects']}`;
  return field.type === 'boolean' ? 'booleans' : `${TYPE_WORDS[field.type]}s`;
}

function range(field) {
  const limits = [
    field.exclusiveMinimum === undefined ? '' : `> ${field.exclusiveMinimum}`,
    field.minimum === undefined ? '' : `≥ ${field.minimum}`,
    field.maximum === undefined ? '' : `≤ ${field.maximum}`,
  ].filter((limit) => limit !== '');
  const numbers = limits.length === 0 ? '' : `, ${limits.join(' and ')}`;
  const length = field.maxLength === undefined ? '' : `, at most ${field.maxLength} characters`;
  return `${numbers}${length}`;
}

function bounds(field, what) {
  const [min, max] = [field[`min${what}`], field[`max${what}`]];
  if (max === undefined) return min === undefined ? '' : `at least ${min}`;
  return min === undefined ? `at most ${max}` : `${min} to ${max}`;
}

function absence(field) {
  if (field.isNeeded) return 'Needed.';
  const told = field['x-derived-default'] ?? field['x-absent'];
  if (told !== undefined) return `When absent: ${told}`;
  if (field.properties !== undefined) return 'When absent: its fields have their defaults.';
  return `When absent: ${code(flow(field.default))}`;
}

function exampleOf(schema, field) {
  const value = field.examples?.[0] ?? field.default ?? placeholder(schema, field);
  return value === undefined ? undefined : `Example: ${code(`${field.key}: ${flow(value)}`)}`;
}

/** Where the schema has no example: the first word of a list of words, or `true`. */
function placeholder(schema, field) {
  if (field.type === 'boolean') return true;
  if (field.type !== 'array') return field.enum?.[0];
  const item = placeholder(schema, dereference(schema, field.items));
  return item === undefined ? undefined : [item];
}

/** A value as YAML in one line. */
function flow(value) {
  if (Array.isArray(value)) return `[${value.map(flow).join(', ')}]`;
  if (typeof value === 'object')
    return `{${Object.entries(value)
      .map(([key, child]) => `${key}: ${flow(child)}`)
      .join(', ')}}`;
  if (typeof value !== 'string') return String(value);
  const isPlain = /^[A-Za-z/][\w./ -]*$/.test(value) && !/^(true|false|null|yes|no)$/i.test(value);
  return isPlain || /^\d+\.\d+\.\d+$/.test(value) ? value : JSON.stringify(value);
}

function dereference(schema, { $ref, ...beside }) {
  if ($ref === undefined) return beside;
  return { ...dereference(schema, schema.$defs[$ref.replace('#/$defs/', '')]), ...beside };
}
