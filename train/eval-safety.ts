// How the shipped safety filter does on labelled rows, by source: over-refusal next to recall.
//   node --import tsx train/eval-safety.ts --data DIR [--file safety/dev.jsonl]
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { THRESHOLDS, compileSafety } from '../src/gateway/policies/safety/compile-safety.js';
import { readLabelled } from './safety-rows.js';
import { formatTable, tabulate } from './safety-table.js';

/** The table of one file of rows, judged as `strict` judges them. */
export function evalSafety(file: string): string {
  const detector = compileSafety({
    mode: 'strict',
    categories: {},
    block_if: [],
    fuzzy_matching: false,
    max_distance: 1,
  });
  return formatTable(
    tabulate(readLabelled(file).map((row) => ({ row, hit: detector.score(row.text).score >= THRESHOLDS.strict }))),
  );
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { values } = parseArgs({
    options: { data: { type: 'string' }, file: { type: 'string', default: 'safety/dev.jsonl' } },
  });
  if (values.data === undefined) throw new Error('--data DIR is missing');
  console.log(evalSafety(join(values.data, values.file)));
}
