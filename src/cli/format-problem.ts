import type { Problem } from '../config/problem.js';

/** Columns left of the place that are looked at; bounds the time that a very long line takes. */
const MAX_COLUMNS = 100;

/**
 * A problem for people: where, what, the keys that stand there, and what to do about it. Values are not shown: a secret may
 * stand where it does not belong, and terminals are logged.
 */
export function formatProblem(problem: Problem, text: string | undefined): string {
  const { file, line, column, severity, code, path, message, suggestion } = problem;
  return [
    `${file}:${line}:${column} ${severity} ${code}${path === '' ? '' : ` ${path}`}`,
    `  ${message}`,
    ...(text === undefined ? [] : frame(text, line, column)),
    ...(suggestion === undefined ? [] : [`  hint: ${suggestion}`]),
  ].join('\n');
}

function frame(text: string, line: number, column: number): readonly string[] {
  const written = text.split(/\r?\n/)[line - 1];
  if (written === undefined || written.trim() === '') return [];
  const before = written.slice(Math.max(0, column - 1 - MAX_COLUMNS), column - 1);
  // The keys around the place; values, before it and at it, stay out of sight.
  const lead = /(?:^[\s-]*)?(?:[\w-]+:\s*)?$/.exec(before)?.[0] ?? '';
  const shown = lead === before ? before : `…${lead}`;
  const key = /^[\w-]+:(?=\s|$)/.exec(written.slice(column - 1))?.[0] ?? '';
  const gutter = ` ${line} | `;
  return [`${gutter}${shown}${key}…`, `${' '.repeat(gutter.length - 2)}| ${shown.replaceAll(/[^\t]/g, ' ')}^`];
}
