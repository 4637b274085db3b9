// How the shipped detector does on labelled texts: what it finds of attacks never without what it takes harmless texts for.
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { compileInjection } from '../src/gateway/policies/injection/compile.js';
import type { InjectionDetector, InjectionZone } from '../src/gateway/policies/injection/detector.js';
import { averagePrecision } from '../src/cli/ranking.js';
import { readRows } from './read-rows.js';
import type { TrainingRow } from './training-row.js';

/** Rows of one source and kind; all of them are attacks, or none is. */
export interface InjectionSourceLine {
  readonly source: string;
  /** Family of attack, or kind of harmless text. */
  readonly kind: string;
  readonly label: 0 | 1;
  readonly rows: number;
  /** Share with a score at or above each threshold: recall of attacks, false positives of harmless texts. */
  readonly at: Readonly<Record<Threshold, number>>;
}

export interface InjectionEvaluation {
  readonly sources: readonly InjectionSourceLine[];
  readonly attacks: number;
  readonly harmless: number;
  /** Average precision of all attacks against all harmless texts. */
  readonly auprc: number;
  /** Mean over the kinds of attack of the share found where 1 % of the harmless texts are. */
  readonly macroRecallAt1PercentFalse: number;
  /** Share of harmless texts that use the words of attacks, and score below the default threshold; absent without such rows. */
  readonly overDefenceAccuracy?: number;
  /** Share of harmless texts at or above the default threshold. */
  readonly falsePositives: number;
  /** Of encoded attacks and of the same attacks in plain text: the shares found at the default threshold. */
  readonly obfuscated?: { readonly rows: number; readonly encoded: number; readonly plain: number };
  readonly microsecondsPerKb: number;
}

const THRESHOLDS = ['0.5', '0.8', '0.95'] as const;
type Threshold = (typeof THRESHOLDS)[number];
const DEFAULT_THRESHOLD = 0.8;
/** Kinds of harmless texts that over-eager detectors trip over. */
const OVER_DEFENCE: ReadonlySet<string> = new Set(['hard_negative']);

interface Judged {
  readonly row: TrainingRow;
  readonly score: number;
}

/**
 * Judges the rows of `directory/prompt-injection`: those of `dev.jsonl`, which training leaves alone, or of all labelled files where
 * there is none. The shipped model has seen other rows of the same sources, so this flatters it: how it does on sources that it had not
 * seen is in `src/gateway/policies/injection/model/metrics.json` and docs/policies/prompt-injection.md.
 * @returns a line for each source and kind with its count and its shares at 0.5, 0.8 and 0.95, and figures over all of them.
 */
export function evaluateInjection(directory: string): InjectionEvaluation {
  const folder = join(directory, 'prompt-injection');
  const rows = readRows(folder, labelledFiles(folder));
  const detector = detectorOf();
  const before = process.cpuUsage();
  const judged = rows.map((row): Judged => ({ row, score: detector.judge(row.text, zoneOf(row)).score }));
  const { user, system } = process.cpuUsage(before);
  const length = rows.reduce((sum, { text }) => sum + text.length, 0);
  const attacks = judged.filter(({ row }) => row.label === 1);
  const harmless = judged.filter(({ row }) => row.label === 0);
  const hard = harmless.filter(({ row }) => OVER_DEFENCE.has(row.kind));
  const encoded = attacks.filter(({ row }) => row.plain !== undefined);
  return {
    sources: bySource(judged),
    attacks: attacks.length,
    harmless: harmless.length,
    auprc: averagePrecision(judged.map(({ row, score }) => ({ score, positive: row.label === 1 }))),
    macroRecallAt1PercentFalse: macroRecall(attacks, harmless, 0.01),
    ...(hard.length > 0 && { overDefenceAccuracy: 1 - share(hard, DEFAULT_THRESHOLD) }),
    falsePositives: share(harmless, DEFAULT_THRESHOLD),
    ...(encoded.length > 0 && {
      obfuscated: {
        rows: encoded.length,
        encoded: share(encoded, DEFAULT_THRESHOLD),
        plain: share(
          encoded.map(({ row }) => ({ row, score: detector.judge(row.plain ?? '').score })),
          DEFAULT_THRESHOLD,
        ),
      },
    }),
    microsecondsPerKb: (user + system) / (Math.max(1, length) / 1024),
  };
}

/** The evaluation as a table. */
export function injectionReport(evaluation: InjectionEvaluation): string {
  const { sources, attacks, harmless, auprc, macroRecallAt1PercentFalse, overDefenceAccuracy, obfuscated } = evaluation;
  const lines = (label: 0 | 1): string[] =>
    sources
      .filter((line) => line.label === label)
      .map(
        ({ source, kind, rows, at }) =>
          `${source.slice(0, 56).padEnd(56)} ${kind.padEnd(24)} ${String(rows).padStart(6)}${THRESHOLDS.map((threshold) => percent(at[threshold])).join('')}`,
      );
  const head = (what: string): string =>
    `${what.padEnd(81)} ${'rows'.padStart(6)}${THRESHOLDS.map((threshold) => threshold.padStart(9)).join('')}`;
  return [
    head('Prompt injection: share of attacks found, by source and threshold'),
    ...lines(1),
    '',
    head('Prompt injection: share of harmless texts taken for attacks'),
    ...lines(0),
    '',
    `all ${attacks} attacks against all ${harmless} harmless texts: AUPRC ${auprc.toFixed(3)}`,
    `recall where 1 % of harmless texts are found, mean of the kinds of attack: ${percent(macroRecallAt1PercentFalse).trim()}`,
    `harmless texts at or above ${DEFAULT_THRESHOLD}: ${percent(evaluation.falsePositives).trim()}`,
    ...(overDefenceAccuracy === undefined
      ? []
      : [`harmless texts with the words of attacks, let pass: ${percent(overDefenceAccuracy).trim()}`]),
    ...(obfuscated === undefined
      ? []
      : [
          `encoded attacks found: ${percent(obfuscated.encoded).trim()} of ${obfuscated.rows}, the same in plain text: ${percent(obfuscated.plain).trim()}`,
        ]),
    `cost ${evaluation.microsecondsPerKb.toFixed(1)} µs/KB of CPU`,
  ].join('\n');
}

function detectorOf(): InjectionDetector {
  return compileInjection({
    threshold: DEFAULT_THRESHOLD,
    action: 'block',
    attack_patterns: [],
    encoding: { decode_base64: true, normalize_unicode: true, detect_homoglyphs: true },
    boundaries: { enforce_delimiters: false, reject_fake_boundaries: true },
    response: { message: '' },
    scan: ['user', 'tool', 'document'],
  });
}

/** Data is judged as data, where a row says that it is. */
function zoneOf({ kind }: TrainingRow): InjectionZone {
  return kind === 'tool_output' ? 'tool' : kind === 'indirect' || kind === 'document' ? 'document' : 'user';
}

function labelledFiles(folder: string): string[] {
  if (!existsSync(folder)) return [];
  const names = readdirSync(folder).filter((name) => name.endsWith('.jsonl'));
  return names.includes('dev.jsonl') ? ['dev.jsonl'] : names.sort();
}

function bySource(judged: readonly Judged[]): InjectionSourceLine[] {
  const groups = Map.groupBy(judged, ({ row }) => JSON.stringify([row.source, row.kind, row.label]));
  return [...groups]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, rows]) => {
      const { source, kind, label } = (rows[0] as Judged).row;
      const at = Object.fromEntries(THRESHOLDS.map((threshold) => [threshold, share(rows, Number(threshold))]));
      return { source, kind, label, rows: rows.length, at: at as Record<Threshold, number> };
    });
}

/** Mean over kinds of attack, so that the kind with the most rows does not speak for all. */
function macroRecall(attacks: readonly Judged[], harmless: readonly Judged[], allowed: number): number {
  const ranked = harmless.map(({ score }) => score).sort((a, b) => b - a);
  const limit = ranked[Math.floor(ranked.length * allowed)] ?? 0;
  const kinds = [...Map.groupBy(attacks, ({ row }) => row.kind).values()];
  const recalls = kinds.map((rows) => rows.filter(({ score }) => score > limit).length / rows.length);
  return recalls.reduce((sum, recall) => sum + recall, 0) / Math.max(1, recalls.length);
}

function share(judged: readonly Judged[], threshold: number): number {
  return judged.filter(({ score }) => score >= threshold).length / Math.max(1, judged.length);
}

function percent(value: number): string {
  return `${(100 * value).toFixed(1)} %`.padStart(9);
}
