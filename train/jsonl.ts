import { readFileSync } from 'node:fs';

/** The rows of a JSON-lines file; trusted data of ours, so its shape is taken on faith. */
export function readRows<T>(file: string): T[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as T);
}
