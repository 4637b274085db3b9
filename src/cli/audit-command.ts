import { createWriteStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { Writable } from 'node:stream';
import { once } from 'node:events';
import { Command, Option } from 'commander';
import { CommandError, EXIT, type CommandContext } from './command-context.js';
import { instant, wholeNumber } from './option-values.js';

/** `kt audit verify|tail|export`: reads logs, never writes them. */
export function auditCommand(context: CommandContext, exit: (code: number) => void): Command {
  return new Command('audit')
    .description('Check and read the audit log.')
    .addCommand(verifyCommand(context, exit))
    .addCommand(tailCommand(context))
    .addCommand(exportCommand(context));
}

function verifyCommand(context: CommandContext, exit: (code: number) => void): Command {
  return new Command('verify')
    .description('Prove that a log is what the gateway wrote: no record altered, removed, moved or cut off.')
    .argument('<directory>', 'the log: the folder that holds segment-*.jsonl')
    .requiredOption('--key <file>', "the gateway's public key (PEM), kept outside the log's folder")
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      `
Exit code: 0 the log is whole, 1 it is not, 2 the folder or key cannot be read.

Examples:
  kt audit verify /var/lib/keeptrusts/audit --key audit.pem.pub
  kt audit verify ./audit --key audit.pem.pub --json | jq .first_bad`,
    )
    .action(async (directory: string, options: { key: string; json?: boolean }) => {
      const [{ verifyLog }, { loadPublicKey }] = await Promise.all([
        import('../gateway/audit/verify-log.js'),
        import('../gateway/audit/signing-key.js'),
      ]);
      const result = await readable(async () => {
        const { publicKey } = loadPublicKey(await readFile(options.key, 'utf8'), options.key);
        return verifyLog(directory, publicKey);
      });
      if (!result.ok) exit(EXIT.failure);
      if (options.json) {
        context.stdout.write(`${JSON.stringify(result)}\n`);
        return;
      }
      const { records, segments, first_bad: bad, interrupted, torn_bytes: torn, unsigned_records: unsigned } = result;
      const lines = bad
        ? [`NOT OK  ${bad.segment}${bad.line > 0 ? `:${bad.line}` : ''}: ${bad.reason}`]
        : [`OK      ${records} records in ${segments} segments`];
      if (torn > 0) lines.push(`        half a record (${torn} bytes) at the end, as a crash leaves it`);
      if (!bad && unsigned > 0) lines.push(`        the last ${unsigned} records are chained but not yet signed`);
      for (const id of interrupted) lines.push(`        interrupted stream: ${id}`);
      context.stdout.write(`${lines.join('\n')}\n`);
    });
}

function tailCommand(context: CommandContext): Command {
  return new Command('tail')
    .description('Print the last records, and go on with --follow.')
    .argument('<directory>', 'the log')
    .addOption(new Option('-n, --lines <count>', 'how many').default(10).argParser(wholeNumber))
    .option('-f, --follow', 'keep printing what is added, across segments')
    .option('--all', "the log's own records too (checkpoints, segments)")
    .addHelpText(
      'after',
      `
Examples:
  kt audit tail ./audit
  kt audit tail ./audit --follow | jq 'select(.verdict == "block")'`,
    )
    .action(async (directory: string, options: { lines: number; follow?: boolean; all?: boolean }) => {
      const { followLog, readLog } = await import('../gateway/audit/read-log.js');
      await readable(async () => {
        const wanted = (kind: unknown): boolean => options.all === true || !isOwnRecord(kind);
        let last: string[] = [];
        for await (const { text, entry } of readLog(directory)) {
          if (wanted(entry['kind'])) last.push(text);
          if (last.length > options.lines * 2) last = last.slice(-options.lines);
        }
        for (const text of options.lines === 0 ? [] : last.slice(-options.lines)) context.stdout.write(`${text}\n`);
        if (!options.follow) return;
        for await (const { text, entry } of followLog(directory, context.stop))
          if (wanted(entry['kind'])) context.stdout.write(`${text}\n`);
      });
    });
}

function exportCommand(context: CommandContext): Command {
  return new Command('export')
    .description('Write the exchanges as JSON lines or CSV.')
    .argument('<directory>', 'the log')
    .addOption(new Option('--format <format>', 'of the output').choices(['jsonl', 'csv']).default('jsonl'))
    .addOption(
      new Option('--since <time>', 'only exchanges that began at or after this ISO time or day').argParser(instant),
    )
    .addOption(new Option('--until <time>', 'only exchanges that began before this ISO time or day').argParser(instant))
    .option('--out <file>', 'a file instead of standard output')
    .addHelpText(
      'after',
      `
Examples:
  kt audit export ./audit --format csv --since 2026-01-01 --out january.csv
  kt audit export ./audit | jq -s 'group_by(.target) | map({target: .[0].target, calls: length})'`,
    )
    .action(async (directory: string, options: { format: string; since?: number; until?: number; out?: string }) => {
      const [{ readLog }, { csvHeader, csvRow }] = await Promise.all([
        import('../gateway/audit/read-log.js'),
        import('../gateway/audit/audit-csv.js'),
      ]);
      const { since = -Infinity, until = Infinity } = options;
      await readable(async () => {
        const out = options.out === undefined ? context.stdout : createWriteStream(options.out, { mode: 0o600 });
        if (options.format === 'csv') await write(out, csvHeader());
        for await (const { text, entry } of readLog(directory)) {
          const at = Date.parse(String(entry['time']));
          if (isOwnRecord(entry['kind']) || at < since || at >= until) continue;
          await write(out, options.format === 'csv' ? csvRow(entry) : `${text}\n`);
        }
        if (options.out !== undefined)
          await new Promise<void>((resolve, reject) => out.end(resolve).on('error', reject));
      });
    });
}

const OWN_RECORDS: ReadonlySet<unknown> = new Set(['segment', 'checkpoint', 'tombstone', 'recovery', 'gap']);

function isOwnRecord(kind: unknown): boolean {
  return OWN_RECORDS.has(kind);
}

async function write(out: Writable, text: string): Promise<void> {
  if (!out.write(text)) await once(out, 'drain');
}

/** A file that is not there or is not what it should be is the user's to mend: said in one line, exit code 2. */
async function readable<T>(read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    throw error instanceof Error ? new CommandError(error.message) : error;
  }
}
