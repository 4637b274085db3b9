// Results of golden cases, for people and for CI servers.
import { mismatches, type GoldenResult, type Member } from './golden-result.js';

/** What was tried in one file. */
export interface GoldenRun {
  readonly file: string;
  readonly results: readonly { readonly line: number; readonly result: GoldenResult }[];
}

export function asText(runs: readonly GoldenRun[]): string {
  const lines = runs.flatMap(({ file, results }) =>
    results.flatMap(({ line, result }) =>
      result.passed ? [`ok    ${result.name}`] : [`FAIL  ${result.name} (${file}:${line})`, ...differences(result)],
    ),
  );
  const all = runs.flatMap(({ results }) => results);
  return [...lines, '', `${all.filter(({ result }) => result.passed).length} of ${all.length} cases passed`, ''].join(
    '\n',
  );
}

/** The XML that Jenkins, GitLab and others read; `file` and `line` lead to the case. */
export function asJunit(runs: readonly GoldenRun[]): string {
  const suites = runs.map(({ file, results }) => {
    const cases = results.map(({ line, result }) => {
      const head = `    <testcase classname="${xml(file)}" name="${xml(result.name)}" file="${xml(file)}" line="${line}"`;
      if (result.passed) return `${head}/>`;
      const message = mismatches(result.expected, result.actual).join(', ');
      const body = differences(result).join('\n');
      return `${head}>\n      <failure message="not as expected: ${message}">${xml(body)}</failure>\n    </testcase>`;
    });
    return `  <testsuite name="${xml(file)}" ${counts(results)}>\n${cases.join('\n')}\n  </testsuite>`;
  });
  const all = runs.flatMap(({ results }) => results);
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites ${counts(all)}>\n${suites.join('\n')}\n</testsuites>\n`;
}

function counts(results: GoldenRun['results']): string {
  return `tests="${results.length}" failures="${results.filter(({ result }) => !result.passed).length}"`;
}

/** What was expected below what came, member by member. */
function differences(result: GoldenResult): readonly string[] {
  return mismatches(result.expected, result.actual).flatMap((member) => [
    `      ${member}`,
    ...marked('expected', linesOf(result.expected[member])),
    ...marked('got     ', linesOf(actual(result, member))),
  ]);
}

function actual({ actual: found }: GoldenResult, member: Member): unknown {
  return member === 'reason' ? [...found.labels, ...found.reasons] : found[member];
}

function marked(word: string, lines: readonly string[]): readonly string[] {
  return lines.map((line, index) => `        ${index === 0 ? word : ' '.repeat(word.length)} ${line}`);
}

/** Texts of several lines keep them; a list takes a line for each of its texts. */
function linesOf(value: unknown): readonly string[] {
  if (value === null || value === undefined) return ['nothing'];
  if (typeof value === 'string') return value.split('\n').map(visible);
  if (Array.isArray(value) && value.length === 0) return ['none'];
  return (Array.isArray(value) ? value : [value]).map((item) => visible(String(item)));
}

/** Control characters of a case file do not reach the terminal. */
function visible(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}]/gu, (unit) => `<U+${unit.codePointAt(0)?.toString(16).padStart(4, '0')}>`);
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Characters that XML 1.0 cannot say in any way are left out. */
function xml(text: string): string {
  return text
    .replace(/[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu, '')
    .replace(/[&<>"]/g, (character) => ENTITIES[character] ?? character);
}
