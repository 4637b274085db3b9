import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compareSpans, ratiosOf, sumOf, tallyOf, type LabelledSpan, type Tally } from '../src/cli/span-tally.js';
import { compilePiiDetector, structuredTypes } from '../src/gateway/policies/pii/compile.js';
import { ENTITY_TYPES, groupOf } from '../src/gateway/policies/pii/entity-types.js';
import { findSpans, type SpanDetector } from '../src/gateway/policies/stream/span-finder.js';

/** A labelled text; offsets are UTF-16 units, `end` exclusive. */
interface Row {
  readonly kind: string;
  readonly text: string;
  readonly entities: readonly LabelledSpan[];
}

/** Each text is judged so often, and the quickest time counts: the first runs measure the compiler. */
const ROUNDS = 5;

/**
 * Measures the detector on labelled texts and prints a table: precision, recall, F1 and F2 by type and by kind of text (a
 * finding is right when type, start and end are), the share of clean texts touched, and the cost.
 * @param directory holds `pii/*.jsonl`, and perhaps `prompt-injection/*.jsonl`, of which the benign rows are clean texts.
 */
export function evaluatePii(directory: string): string {
  const rows = readRows(join(directory, 'pii'));
  const structured = structuredTypes() as ReadonlySet<string>;
  const everything = compilePiiDetector(new Set(ENTITY_TYPES));
  return [
    'PII: types told by form or cue',
    report(rows, compilePiiDetector(structuredTypes()), (type) => structured.has(type)),
    'PII: names, addresses and ages, where they are asked for',
    report(rows, everything, (type) => !structured.has(type)),
    'PII: clean texts touched',
    cleanReport(directory, rows),
  ].join('\n\n');
}

function report(rows: readonly Row[], detector: SpanDetector, counts: (type: string) => boolean): string {
  const byType = new Map<string, Tally>();
  const byKind = new Map<string, Tally>();
  let [microseconds, length] = [0, 0];
  for (const { kind, text, entities } of rows) {
    const { findings, quickest } = measured(detector, text);
    microseconds += quickest;
    length += text.length;
    const found = findings.map(({ label, start, end }) => ({ type: label, start, end }));
    compareSpans(entities, found, (type, outcome) => {
      if (counts(type)) for (const tally of [tallyOf(byType, type), tallyOf(byKind, kind)]) tally[outcome] += 1;
    });
  }
  return [
    `${'type'.padEnd(22)}   found  missed  false      P      R     F1     F2`,
    ...sorted(byType).map(([type, tally]) => line(type, tally)),
    line('all', sumOf(byType.values())),
    '',
    ...sorted(byKind).map(([kind, tally]) => line(`kind ${kind}`, tally)),
    `cost ${(microseconds / (length / 1024)).toFixed(1)} µs/KB on ${(length / 1024).toFixed(0)} KB`,
  ].join('\n');
}

function cleanReport(directory: string, rows: readonly Row[]): string {
  const clean = rows.filter(({ entities }) => entities.length === 0);
  const defaults = new Set(ENTITY_TYPES.filter((type) => ['core', 'pci'].includes(groupOf(type))));
  const sets: readonly (readonly [string, SpanDetector])[] = [
    ['default set', compilePiiDetector(defaults)],
    ['all but best effort', compilePiiDetector(structuredTypes())],
  ];
  const byKind = new Map<string, Row[]>();
  for (const row of [...clean, ...benignRows(join(directory, 'prompt-injection'))]) {
    byKind.set(row.kind, [...(byKind.get(row.kind) ?? []), row]);
  }
  return sets
    .flatMap(([name, detector]) => [
      name,
      ...sorted(byKind).map(([kind, texts]) => {
        const touched = texts.filter(({ text }) => findSpans(detector, text).length > 0).length;
        return `  ${kind.padEnd(22)} ${String(touched).padStart(5)} of ${String(texts.length).padStart(5)}  ${percent(touched / texts.length)}`;
      }),
    ])
    .join('\n');
}

function measured(
  detector: SpanDetector,
  text: string,
): { readonly findings: ReturnType<typeof findSpans>; readonly quickest: number } {
  let quickest = Infinity;
  let findings: ReturnType<typeof findSpans> = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const start = performance.now();
    findings = findSpans(detector, text);
    quickest = Math.min(quickest, (performance.now() - start) * 1000);
  }
  return { findings, quickest };
}

function line(name: string, tally: Tally): string {
  const { precision, recall, f1, f2 } = ratiosOf(tally);
  const counts = [tally.found, tally.missed, tally.wrong].map((count) => String(count).padStart(7)).join(' ');
  return `${name.padEnd(22)} ${counts}  ${[precision, recall, f1, f2].map((value) => value.toFixed(3)).join('  ')}`;
}

function readRows(directory: string): Row[] {
  return jsonLines(directory).flatMap((row) => {
    if (!Array.isArray(row['entities'])) return [];
    const { text, text_b64: encoded } = row as { readonly text?: string; readonly text_b64?: string };
    return [
      {
        kind: String(row['kind']),
        text: text ?? Buffer.from(encoded ?? '', 'base64').toString(),
        entities: row['entities'] as Row['entities'],
      },
    ];
  });
}

function benignRows(directory: string): Row[] {
  return jsonLines(directory)
    .filter((row) => row['label'] === 0)
    .map((row) => ({ kind: `benign ${String(row['kind'])}`, text: String(row['text']), entities: [] }));
}

function jsonLines(directory: string): Record<string, unknown>[] {
  if (!existsSync(directory)) return [];
  return readdirSync(directory)
    .filter((name) => name.endsWith('.jsonl'))
    .sort()
    .flatMap((name) => readFileSync(join(directory, name), 'utf8').split('\n'))
    .filter((row) => row !== '')
    .map((row) => JSON.parse(row) as Record<string, unknown>);
}

function sorted<T>(map: ReadonlyMap<string, T>): (readonly [string, T])[] {
  return [...map].sort(([a], [b]) => a.localeCompare(b));
}

function percent(share: number): string {
  return `${(share * 100).toFixed(2)} %`;
}
