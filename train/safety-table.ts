import type { SafetyRow } from './safety-rows.js';

/** One line of a table: how often texts of a source and language are at or above a threshold. */
export interface SourceLine {
  readonly source: string;
  readonly lang: string;
  readonly label: 0 | 1;
  readonly rows: number;
  /** Recall where `label` is 1, false positives where it is 0. */
  readonly share: number;
}

/** Rows by source, language and label; benign sources behind the harmful ones. */
export function tabulate(rows: readonly { readonly row: SafetyRow; readonly hit: boolean }[]): SourceLine[] {
  const lines = new Map<string, { source: string; lang: string; label: 0 | 1; rows: number; hits: number }>();
  for (const { row, hit } of rows) {
    const { source, lang, label } = row;
    const key = `${label} ${source} ${lang}`;
    const line = lines.get(key) ?? { source, lang, label, rows: 0, hits: 0 };
    line.rows++;
    if (hit) line.hits++;
    lines.set(key, line);
  }
  return [...lines.values()]
    .map(({ hits, ...line }) => ({ ...line, share: hits / line.rows }))
    .sort((a, b) => b.label - a.label || a.source.localeCompare(b.source) || a.lang.localeCompare(b.lang));
}

export function formatTable(lines: readonly SourceLine[]): string {
  const head = '| source | language | rows | recall | false positives |\n|---|---|---|---|---|';
  const body = lines.map(({ source, lang, label, rows, share }) => {
    const figure = share.toFixed(3);
    return `| ${source} | ${lang} | ${rows} | ${label === 1 ? figure : ''} | ${label === 0 ? figure : ''} |`;
  });
  return [head, ...body].join('\n');
}
