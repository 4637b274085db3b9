import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isObject } from '../src/core/json.js';
import type { TrainingRow } from './training-row.js';

/** Rows of the files of `dir` that exist, in the order of the names. @throws Error that names the place of a bad row. */
export function readRows(dir: string, names: readonly string[]): TrainingRow[] {
  return names.flatMap((name) => {
    const path = join(dir, name);
    return existsSync(path) ? parseRows(readFileSync(path, 'utf8'), path) : [];
  });
}

function parseRows(content: string, path: string): TrainingRow[] {
  return content.split('\n').flatMap((line, i): TrainingRow[] => {
    if (line.trim() === '') return [];
    const row: unknown = JSON.parse(line);
    if (!isObject(row) || typeof row['text'] !== 'string' || (row['label'] !== 0 && row['label'] !== 1)) {
      throw new Error(`${path}:${i + 1}: expected {"text": string, "label": 0 | 1, …}`);
    }
    const word = (member: string): string => (typeof row[member] === 'string' ? row[member] : 'unknown');
    return [
      {
        text: row['text'],
        label: row['label'],
        kind: word('kind'),
        lang: word('lang'),
        source: word('source'),
        license: word('license'),
        ...(typeof row['plain'] === 'string' && { plain: row['plain'] }),
        ...(typeof row['transform'] === 'string' && { transform: row['transform'] }),
      },
    ];
  });
}
