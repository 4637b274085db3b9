// Files of texts, one JSON object a line, as `kt policy scan` and `kt policy eval` read them.
import { createReadStream } from 'node:fs';
import { isObject } from '../core/json.js';
import { CommandError, EXIT } from './command-context.js';
import { readLines } from './read-lines.js';

export interface TextRow {
  readonly text: string;
  readonly row: Readonly<Record<string, unknown>>;
  /** `file:line`, for complaints. */
  readonly place: string;
}

/**
 * The rows of a file; empty lines are left out.
 * @throws CommandError that names the place of a bad row, never its text; and once `stop` has aborted.
 */
export async function* readTextRows(file: string, stop: AbortSignal): AsyncGenerator<TextRow> {
  let number = 0;
  for await (const line of readLines(createReadStream(file, 'utf8'))) {
    number += 1;
    if (stop.aborted) throw new CommandError(`stopped at ${file}:${number}`, EXIT.failure);
    if (line.trim() !== '') yield parseRow(line, `${file}:${number}`);
  }
}

function parseRow(line: string, place: string): TextRow {
  let row: unknown;
  try {
    row = JSON.parse(line);
  } catch {
    throw new CommandError(`${place}: not a JSON object`);
  }
  if (!isObject(row)) throw new CommandError(`${place}: not a JSON object`);
  if (typeof row['text'] === 'string') return { text: row['text'], row, place };
  if (typeof row['text_b64'] === 'string') {
    return { text: Buffer.from(row['text_b64'], 'base64').toString('utf8'), row, place };
  }
  throw new CommandError(`${place}: expected a string \`text\` or \`text_b64\``);
}
