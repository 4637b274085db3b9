// How the shipped safety filter does on labelled rows: what it finds of harmful texts never without what it takes harmless texts for.
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { CATEGORIES, type Category } from '../src/gateway/policies/safety/categories.js';
import { compileSafety, type SafetyDetector } from '../src/gateway/policies/safety/compile-safety.js';
import { averagePrecision } from '../src/cli/ranking.js';
import { categoryNamed } from './safety-categories.js';
import { readLabelled, type SafetyRow } from './safety-rows.js';

/** Harmful and harmless rows of one source. */
export interface SafetySourceLine {
  readonly source: string;
  readonly harmful: number;
  readonly harmless: number;
  /** Shares of the harmful rows with a finding; absent where there are none. */
  readonly recall?: Readonly<Record<Mode, number>>;
  /** Shares of the harmless rows with a finding; absent where there are none. */
  readonly falsePositives?: Readonly<Record<Mode, number>>;
}

export interface SafetyEvaluation {
  readonly sources: readonly SafetySourceLine[];
  /** How well scores part harmful rows from all harmless ones; by category, those of the category alone, by its own score. */
  readonly precision: readonly { readonly category: Category | 'all'; readonly rows: number; readonly auprc: number }[];
  readonly microsecondsPerKb: number;
}

const MODES = ['strict', 'standard'] as const;
type Mode = (typeof MODES)[number];

interface Judged {
  readonly row: SafetyRow;
  readonly score: number;
  readonly categories: Readonly<Partial<Record<Category, number>>>;
  readonly found: Readonly<Record<Mode, boolean>>;
}

/**
 * Judges the rows of `directory/safety`: those of `dev.jsonl`, which training leaves alone, or of all labelled files where there is none.
 * The shipped model has seen other rows of the same sources. How it does on unseen sources: docs/policies/safety-filter.md.
 */
export function evaluateSafety(directory: string): SafetyEvaluation {
  const rows = labelledFiles(join(directory, 'safety')).flatMap(readLabelled);
  const strict = detectorOf('strict');
  const standard = detectorOf('standard');
  const judged = rows.map((row): Judged => {
    const { score, categories, findings } = strict.score(row.text);
    const found = { strict: findings.length > 0, standard: standard.score(row.text).findings.length > 0 };
    return { row, score, categories, found };
  });
  return { sources: bySource(judged), precision: byCategory(judged), microsecondsPerKb: cost(strict, rows) };
}

/** CPU time to judge texts again, after the engine has compiled what judges them. */
function cost(detector: SafetyDetector, rows: readonly SafetyRow[]): number {
  const before = process.cpuUsage();
  for (const { text } of rows) detector.score(text);
  const { user, system } = process.cpuUsage(before);
  const length = rows.reduce((sum, { text }) => sum + text.length, 0);
  return (user + system) / (Math.max(1, length) / 1024);
}

/** The evaluation as a table. */
export function safetyReport({ sources, precision, microsecondsPerKb }: SafetyEvaluation): string {
  const cells = (shares: Readonly<Record<Mode, number>> | undefined): string =>
    MODES.map((mode) => (shares === undefined ? '' : `${(100 * shares[mode]).toFixed(1)} %`).padStart(9)).join('');
  return [
    'Safety: share of texts with a finding, by source',
    `${' '.repeat(60)} ${'harmful'.padStart(8)}${MODES.map((mode) => mode.padStart(9)).join('')}  ${'harmless'.padStart(8)}${MODES.map((mode) => mode.padStart(9)).join('')}`,
    ...sources.map(
      ({ source, harmful, harmless, recall, falsePositives }) =>
        `${source.slice(0, 60).padEnd(60)} ${String(harmful).padStart(8)}${cells(recall)}  ${String(harmless).padStart(8)}${cells(falsePositives)}`,
    ),
    '',
    'Safety: harmful texts against all harmless ones',
    ...precision.map(
      ({ category, rows, auprc }) =>
        `${category.padEnd(12)} ${String(rows).padStart(6)} rows  AUPRC ${auprc.toFixed(3)}`,
    ),
    `cost ${microsecondsPerKb.toFixed(1)} µs/KB of CPU`,
  ].join('\n');
}

function labelledFiles(folder: string): string[] {
  if (!existsSync(folder)) return [];
  const names = readdirSync(folder).filter((name) => name.endsWith('.jsonl') && !name.startsWith('unlabelled'));
  return (names.includes('dev.jsonl') ? ['dev.jsonl'] : names.sort()).map((name) => join(folder, name));
}

function detectorOf(mode: Mode): SafetyDetector {
  return compileSafety({ mode, categories: {}, block_if: [], fuzzy_matching: false, max_distance: 1 });
}

function bySource(judged: readonly Judged[]): SafetySourceLine[] {
  const groups = Map.groupBy(judged, ({ row }) => row.source);
  return [...groups]
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([source, all]) => {
      const harmful = all.filter(({ row }) => row.label === 1);
      const harmless = all.filter(({ row }) => row.label === 0);
      return {
        source,
        harmful: harmful.length,
        harmless: harmless.length,
        ...(harmful.length > 0 && { recall: shares(harmful) }),
        ...(harmless.length > 0 && { falsePositives: shares(harmless) }),
      };
    });
}

function shares(judged: readonly Judged[]): Record<Mode, number> {
  const share = (mode: Mode): number => judged.filter(({ found }) => found[mode]).length / judged.length;
  return { strict: share('strict'), standard: share('standard') };
}

function byCategory(judged: readonly Judged[]): SafetyEvaluation['precision'] {
  const rank = (category: Category | 'all'): SafetyEvaluation['precision'][number] => {
    const counted = judged.filter(
      ({ row }) => row.label === 0 || category === 'all' || categoryNamed(row.categories) === category,
    );
    const examples = counted.map(({ row, score, categories }) => ({
      positive: row.label === 1,
      score: category === 'all' ? score : (categories[category] ?? 0),
    }));
    const rows = examples.filter(({ positive }) => positive).length;
    return { category, rows, auprc: averagePrecision(examples) };
  };
  return (['all', ...CATEGORIES] as const).map(rank).filter(({ rows }) => rows > 0);
}
