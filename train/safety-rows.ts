// The rows that the safety filter learns from, and what each source is good for.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { readRows } from './jsonl.js';

/** `content`: text that does harm by being said. `request`: text that asks for harm. `benign`: neither. */
export type Role = 'content' | 'request' | 'benign';

export interface SafetyRow {
  readonly text: string;
  readonly source: string;
  readonly lang: string;
  readonly label: 0 | 1;
  readonly role: Role;
  /** The source's own names for the harm. */
  readonly categories: readonly string[];
  /** How far the label is believed, 0..1. */
  readonly trust: number;
  /** Left out of the figures that thresholds are chosen by: its negatives are toxic in other ways. */
  readonly contested: boolean;
}

interface RawRow {
  readonly text: string;
  readonly label: 0 | 1;
  readonly source: string;
  readonly lang: string;
  readonly categories?: readonly string[];
  readonly kind?: string;
}

const CONTENT = /SemEval|surge-ai|HateCheck|Davidson|Toxicity-Agreement|Civil Comments/;
/** Requests that a safety filter should answer: advice on money, law and politics. */
const NOT_HARM =
  /Financial Advice|investment advice|Real estate|Tax planning|Retirement|Political|Lobbying|Legal|Health Consult|Gov Decision|Partisan|activism|copyright/i;

export function readSafetyRows(directory: string): SafetyRow[] {
  const rows: SafetyRow[] = [];
  for (const [file, weak] of [
    ['safety/train.jsonl', false],
    ['safety/train-weak.jsonl', true],
  ] as const) {
    if (!existsSync(join(directory, file))) continue;
    for (const raw of readRows<RawRow>(join(directory, file))) {
      if (raw.label === 1 && raw.categories?.some((category) => NOT_HARM.test(category))) continue;
      rows.push(rowOf(raw, weak));
    }
  }
  const prompts = join(directory, 'prompt-injection/train.jsonl');
  if (existsSync(prompts)) {
    const seen = new Set(rows.map(({ text }) => text));
    for (const raw of readRows<RawRow>(prompts)) {
      if (raw.label === 0 && !seen.has(raw.text) && !/own transforms/.test(raw.source)) rows.push(rowOf(raw, false));
    }
  }
  return rows;
}

/** The rows of one file, as they are. */
export function readLabelled(file: string): SafetyRow[] {
  return readRows<RawRow>(file).map((raw) => rowOf(raw, false));
}

function rowOf({ text, label, source, lang, categories }: RawRow, weak: boolean): SafetyRow {
  const content =
    CONTENT.test(source) || (weak && /XSafety/.test(source) && /hate|harassment/.test(categories?.join() ?? ''));
  const role: Role = content ? 'content' : label === 1 ? 'request' : 'benign';
  const contested = role === 'content' && label === 0 && !/Civil/.test(source);
  return { text, source, lang, label, role, categories: categories ?? [], trust: weak ? 0.4 : 1, contested };
}
