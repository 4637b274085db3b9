import { Command, Option } from 'commander';
import { GROUPINGS, type CostRow, type Grouping } from '../gateway/cost/cost-report.js';
import { CommandError, type CommandContext } from './command-context.js';
import { instant } from './option-values.js';

interface Flags {
  readonly by: Grouping;
  readonly since?: number;
  readonly until?: number;
  readonly format: 'table' | 'csv' | 'json';
}

/** `kt cost report` */
export function costCommand(context: CommandContext): Command {
  return new Command('cost').description('What was spent.').addCommand(reportCommand(context));
}

function reportCommand(context: CommandContext): Command {
  return new Command('report')
    .description('Add up what the exchanges of an audit log cost.')
    .argument('<directory>', 'the log: the folder that holds segment-*.jsonl')
    .addOption(new Option('--by <what>', 'one row for each').choices(GROUPINGS).default('model'))
    .addOption(
      new Option('--since <time>', 'only exchanges that began at or after this ISO time or day').argParser(instant),
    )
    .addOption(new Option('--until <time>', 'only exchanges that began before this ISO time or day').argParser(instant))
    .addOption(new Option('--format <format>', 'of the output').choices(['table', 'csv', 'json']).default('table'))
    .addHelpText(
      'after',
      `
Costs are as they were recorded, by the prices of that time. Exchanges whose price was unknown are counted apart.

Examples:
  kt cost report /var/lib/keeptrusts/audit
  kt cost report ./audit --by day --since 2026-01-01
  kt cost report ./audit --by team --format csv > teams.csv`,
    )
    .action(async (directory: string, flags: Flags) => {
      const rows = await collect(directory, flags);
      context.stdout.write(FORMATS[flags.format](rows));
    });
}

async function collect(
  directory: string,
  { by, since = -Infinity, until = Infinity }: Flags,
): Promise<readonly CostRow[]> {
  const [{ CostReport }, { readLog }] = await Promise.all([
    import('../gateway/cost/cost-report.js'),
    import('../gateway/audit/read-log.js'),
  ]);
  const report = new CostReport(by);
  try {
    for await (const { entry } of readLog(directory)) {
      const at = Date.parse(String(entry['time']));
      if (at >= since && at < until) report.add(entry);
    }
  } catch (error) {
    throw error instanceof Error ? new CommandError(error.message) : error;
  }
  return report.rows();
}

const FORMATS: Readonly<Record<Flags['format'], (rows: readonly CostRow[]) => string>> = {
  json: (rows) => `${JSON.stringify({ rows, usd: total(rows) })}\n`,
  csv: (rows) =>
    ['name,calls,input_tokens,output_tokens,usd,unpriced', ...rows.map((row) => csvLine(row))]
      .map((line) => `${line}\r\n`)
      .join(''),
  table,
};

function csvLine({ name, calls, inputTokens, outputTokens, usd, unpriced }: CostRow): string {
  // A spreadsheet would run a cell that begins with one of these as a formula.
  const safe = /^[=+\-@\t\r]/.test(name) ? `'${name}` : name;
  return [`"${safe.replaceAll('"', '""')}"`, calls, inputTokens, outputTokens, usd.toFixed(6), unpriced].join(',');
}

const BAR_WIDTH = 30;

function table(rows: readonly CostRow[]): string {
  if (rows.length === 0) return 'No exchanges used tokens in this time.\n';
  const most = Math.max(...rows.map(({ usd }) => usd));
  const width = Math.min(60, Math.max(5, ...rows.map(({ name }) => name.length)));
  const lines = rows.map(({ name, calls, inputTokens, outputTokens, usd, unpriced }) => {
    const bar = '█'.repeat(most > 0 ? Math.round((usd / most) * BAR_WIDTH) : 0);
    const note = unpriced > 0 ? ` (${unpriced} without a price)` : '';
    return `${printable(name).slice(0, 60).padEnd(width)}${cells(calls, inputTokens, outputTokens)}  $${usd.toFixed(4).padStart(12)}  ${bar}${note}`;
  });
  const head = `${''.padEnd(width)}${['calls', 'input', 'output'].map((word) => word.padStart(13)).join('')}  ${'USD'.padStart(13)}`;
  return `${[head, ...lines, `${'total'.padEnd(width)}${''.padEnd(39)}  $${total(rows).toFixed(4).padStart(12)}`].join('\n')}\n`;
}

function cells(...counts: readonly number[]): string {
  return counts.map((count) => String(count).padStart(13)).join('');
}

/** Names come from callers: a terminal must not obey them. */
function printable(name: string): string {
  return name.replaceAll(/\p{C}/gu, '�');
}

function total(rows: readonly CostRow[]): number {
  return rows.reduce((sum, { usd }) => sum + usd, 0);
}
