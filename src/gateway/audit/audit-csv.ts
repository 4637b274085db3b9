import { isObject } from '../../core/json.js';

/** Column name and where its value stands in a record. */
const COLUMNS: readonly (readonly [name: string, ...path: string[]])[] = [
  ['time', 'time'],
  ['id', 'id'],
  ['kind', 'kind'],
  ['route', 'route'],
  ['model', 'model'],
  ['target', 'target'],
  ['provider', 'provider'],
  ['region', 'region'],
  ['variant', 'variant'],
  ['user', 'caller', 'user'],
  ['team', 'caller', 'team'],
  ['status', 'status'],
  ['outcome', 'outcome'],
  ['error', 'error'],
  ['verdict', 'verdict'],
  ['input_tokens', 'usage', 'input_tokens'],
  ['output_tokens', 'usage', 'output_tokens'],
  ['cache_read_tokens', 'usage', 'cache_read_tokens'],
  ['cache_write_tokens', 'usage', 'cache_write_tokens'],
  ['cost_usd', 'cost_usd'],
  ['total_ms', 'latency', 'total'],
  ['upstream_ms', 'latency', 'upstream'],
  ['first_token_ms', 'latency', 'first_token'],
  ['revision', 'revision'],
  ['seq', 'seq'],
];

export function csvHeader(): string {
  return `${COLUMNS.map(([name]) => name).join(',')}\r\n`;
}

/** One record as a line of CSV (RFC 4180). */
export function csvRow(entry: Readonly<Record<string, unknown>>): string {
  return `${COLUMNS.map(([, ...path]) => field(valueAt(entry, path))).join(',')}\r\n`;
}

function valueAt(entry: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((value, key) => (isObject(value) ? value[key] : undefined), entry);
}

function field(value: unknown): string {
  if (typeof value !== 'string') return typeof value === 'number' ? String(value) : '';
  // A spreadsheet would run a cell that begins with one of these as a formula, and the model's name is the caller's.
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
