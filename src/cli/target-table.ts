import { isObject } from '../core/json.js';

type Row = Readonly<Record<string, unknown>>;

interface Column {
  readonly title: string;
  readonly of: (target: Row, nowMs: number) => string;
}

const COLUMNS: readonly Column[] = [
  { title: 'TARGET', of: ({ id }) => text(id) },
  { title: 'REGION', of: ({ region }) => text(region) },
  { title: 'STATE', of: ({ state }) => text(state) },
  { title: 'FOR', of: ({ since }, nowMs) => age(since, nowMs) },
  { title: 'PROBE', of: ({ probe }) => (isObject(probe) ? upOrDown(probe['up']) : '-') },
  { title: 'LATENCY', of: ({ latency_ms }) => (typeof latency_ms === 'number' ? `${latency_ms} ms` : '-') },
  { title: 'SHARE', of: ({ share }) => (typeof share === 'number' ? `${Math.round(share * 100)} %` : '-') },
  { title: 'LAST ERROR', of: ({ last_error }, nowMs) => lastError(last_error, nowMs) },
  { title: 'REASON', of: ({ reason }) => text(reason) },
];

/** The targets of `/keeptrusts/targets` as lines of equal columns. */
export function targetTable(targets: readonly Row[], nowMs: number): string {
  const rows = [
    COLUMNS.map(({ title }) => title),
    ...targets.map((target) => COLUMNS.map(({ of }) => of(target, nowMs))),
  ];
  const widths = COLUMNS.map((_, i) => Math.max(...rows.map((row) => row[i]?.length ?? 0)));
  return rows
    .map(
      (row) =>
        `${row
          .map((cell, i) => cell.padEnd(widths[i] ?? 0))
          .join('  ')
          .trimEnd()}\n`,
    )
    .join('');
}

/** What comes from the gateway must not move the terminal's cursor. */
function text(value: unknown): string {
  return typeof value === 'string' && value !== '' ? value.replace(/[^\P{C}]/gu, '?') : '-';
}

function upOrDown(up: unknown): string {
  return typeof up === 'boolean' ? (up ? 'up' : 'down') : '?';
}

function lastError(error: unknown, nowMs: number): string {
  if (!isObject(error)) return '-';
  const { reason, detail, at } = error;
  return `${text(reason)}${typeof detail === 'string' ? `/${text(detail)}` : ''} ${age(at, nowMs)} ago`;
}

function age(since: unknown, nowMs: number): string {
  const fromMs = typeof since === 'string' ? Date.parse(since) : Number.NaN;
  if (Number.isNaN(fromMs)) return '-';
  const seconds = Math.max(0, Math.round((nowMs - fromMs) / 1000));
  if (seconds < 120) return `${seconds} s`;
  return seconds < 7_200 ? `${Math.round(seconds / 60)} min` : `${Math.round(seconds / 3_600)} h`;
}
