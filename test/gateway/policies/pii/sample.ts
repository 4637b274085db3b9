import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

/** A row of test/fixtures/policies/pii/sample.jsonl: generated texts, CC0-1.0; rows with key-shaped strings are in base64. */
export interface PiiRow {
  readonly id: string;
  readonly text: string;
  readonly entities: readonly { readonly type: string; readonly start: number; readonly end: number }[];
  readonly chunks?: readonly number[];
}

export function piiSample(): readonly PiiRow[] {
  const file = resolve(import.meta.dirname, '../../../fixtures/policies/pii/sample.jsonl');
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const row = JSON.parse(line) as PiiRow & { text_b64?: string };
      return row.text_b64 === undefined ? row : { ...row, text: Buffer.from(row.text_b64, 'base64').toString() };
    });
}
