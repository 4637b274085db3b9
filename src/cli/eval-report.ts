// Evaluations of policies, for people.
import type { Confusion, ScoreEvaluation } from './eval-scores.js';
import type { SpanEvaluation } from './eval-spans.js';
import type { Latency } from './latency.js';

type Cells = readonly string[];

export function scoresAsText({ confusion, roc_auc, auprc, roc, groups, texts }: ScoreEvaluation): string {
  const { true_positives, false_negatives, false_positives, true_negatives } = confusion;
  return [
    `${texts} texts`,
    '',
    ...table([
      ['', 'found', 'not found', ''],
      ['label 1', count(true_positives), count(false_negatives), `recall ${percent(confusion.recall)}`],
      [
        'label 0',
        count(false_positives),
        count(true_negatives),
        `false positives ${percent(confusion.false_positive_rate)}`,
      ],
    ]),
    `precision ${percent(confusion.precision)}`,
    '',
    ...(roc.length === 0
      ? ['no ROC figures: they need texts of both labels']
      : [
          `area under the ROC curve ${figure(roc_auc)}, average precision ${figure(auprc)}`,
          ...table([
            ['false positives allowed', 'threshold', 'recall', 'false positives'],
            ...roc.map((point) => [
              percent(point.allowed),
              figure(point.threshold),
              percent(point.recall),
              percent(point.false_positive_rate),
            ]),
          ]),
        ]),
    ...groupTable(['label 1', 'recall', 'label 0', 'false positives'], groups, (group: Confusion) => [
      count(group.true_positives + group.false_negatives),
      percent(group.recall),
      count(group.false_positives + group.true_negatives),
      percent(group.false_positive_rate),
    ]),
  ].join('\n');
}

export function spansAsText({ texts, all, types, groups, clean, not_looked_for: ignored }: SpanEvaluation): string {
  const head = ['found', 'missed', 'false', 'precision', 'recall', 'F1', 'F2'];
  const cells = ({ found, missed, wrong, precision, recall, f1, f2 }: SpanEvaluation['all']): Cells => [
    ...[found, missed, wrong].map(count),
    ...[precision, recall, f1, f2].map(figure),
  ];
  const unsought = Object.entries(ignored).map(([type, entities]) => `${type} (${entities})`);
  return [
    `${texts} texts; a finding is right when type, start and end are`,
    '',
    ...table([
      ['type', ...head],
      ...Object.entries(types).map(([type, figures]) => [type, ...cells(figures)]),
      ['all', ...cells(all)],
    ]),
    ...groupTable(head, groups, cells),
    '',
    `texts without entities that were touched: ${clean.touched} of ${clean.texts}` +
      (clean.texts === 0 ? '' : ` (${percent(clean.touched / clean.texts)})`),
    ...(unsought.length === 0 ? [] : [`not looked for, and not counted: ${unsought.join(', ')}`]),
  ].join('\n');
}

export function latencyAsText({ p50_us, p95_us, p99_us, max_us, us_per_kb, kb }: Latency): string {
  const [p50, p95, p99, max] = [p50_us, p95_us, p99_us, max_us].map((us) => us.toFixed(0));
  return `a text took ${p50} µs (p50), ${p95} (p95), ${p99} (p99), ${max} (most); ${us_per_kb.toFixed(1)} µs/KB over ${kb.toFixed(0)} KB`;
}

/** Nothing where all texts are of one group. */
function groupTable<T>(head: Cells, groups: Readonly<Record<string, T>>, cells: (group: T) => Cells): string[] {
  const names = Object.entries(groups);
  if (names.length < 2) return [];
  return ['', ...table([['group', ...head], ...names.map(([name, group]) => [visible(name), ...cells(group)])])];
}

/** The first column stands left, numbers stand right. */
function table(rows: readonly Cells[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join('  ')
      .trimEnd(),
  );
}

function count(value: number): string {
  return String(value);
}

function percent(share: number | null): string {
  return share === null ? '-' : `${(100 * share).toFixed(share > 0 && share < 0.01 ? 2 : 1)} %`;
}

function figure(value: number | null): string {
  return value === null ? '-' : value.toFixed(3);
}

/** What a file says must not move the terminal's cursor. */
function visible(name: string): string {
  return name.replace(/[\p{Cc}\p{Cf}]/gu, '?');
}
