import { once } from 'node:events';
import { createReadStream, createWriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import { Command, Option } from 'commander';
import type { PolicySettings } from '../config/policy-config.js';
import { isObject } from '../core/json.js';
import { CommandError, type CommandContext } from './command-context.js';
import { readLines } from './read-lines.js';
import type { ScanText } from './scan-text.js';

/**
 * The kinds of policy that can judge texts off line. Each makes its scanner from the `policy` part of a configuration, or
 * from nothing, where it reports all that it can.
 */
const KINDS: Readonly<Record<string, (settings: PolicySettings | undefined) => Promise<ScanText>>> = {
  'prompt-injection': async (settings) =>
    (await import('./scan-injection.js')).scanInjection(settings?.['prompt-injection']),
  pii: async (settings) => (await import('./scan-pii.js')).scanPii(settings?.['pii-detector']),
  safety: async (settings) => (await import('./scan-safety.js')).scanSafety(settings?.['safety-filter']),
};

interface Options {
  readonly kind: string;
  readonly data: string;
  readonly out: string;
  readonly policyConfig?: string;
}

export function policyScanCommand(context: CommandContext): Command {
  return new Command('scan')
    .description('Judge texts off line, one JSON object a line.')
    .addOption(new Option('--kind <kind>', 'which policy judges').choices(Object.keys(KINDS)).makeOptionMandatory())
    .requiredOption('--data <file>', 'rows of {"id", "text"} or {"id", "text_b64"} (base64 of UTF-8)')
    .requiredOption('--out <file>', 'where the verdicts go; - is standard output')
    .option('--policy-config <file>', 'judge as this configuration says; without it, report all that can be told')
    .addHelpText(
      'after',
      `
One line a row: {"id", "score", "findings": [{"type", "start", "end", "score"}]}, \`entities\` instead of \`findings\` for pii.
Offsets count UTF-16 units; \`end\` is exclusive. The score of a row is that of its surest finding.

Examples:
  kt policy scan --kind prompt-injection --data texts.jsonl --out verdicts.jsonl
  kt policy scan --kind pii --data texts.jsonl --out verdicts.jsonl
  kt policy scan --kind safety --data texts.jsonl --out verdicts.jsonl
  kt policy scan --kind pii --data texts.jsonl --out - --policy-config policy-config.yaml`,
    )
    .action(async (options: Options) => {
      const make = KINDS[options.kind] as (typeof KINDS)[string];
      await scanFile(options, await make(await readSettings(options.policyConfig)), context);
    });
}

async function readSettings(path: string | undefined): Promise<PolicySettings | undefined> {
  if (path === undefined) return undefined;
  const { readPolicyConfig } = await import('../config/read-policy-config.js');
  const { config, problems } = await readPolicyConfig([path]);
  if (config === undefined) {
    throw new CommandError(
      `${path}: not a valid configuration; 'kt policy lint --file ${path}' says why (${problems.length} problems)`,
    );
  }
  return config.policy;
}

async function scanFile({ data, out }: Options, scan: ScanText, context: CommandContext): Promise<void> {
  const output = out === '-' ? context.stdout : createWriteStream(out);
  try {
    let number = 0;
    for await (const line of readLines(createReadStream(data, 'utf8'))) {
      number += 1;
      if (line.trim() === '') continue;
      const { id, text } = parseRow(line, `${data}:${number}`);
      if (!output.write(`${JSON.stringify({ id, ...scan(text) })}\n`)) await once(output, 'drain');
    }
    if (out !== '-') await finished(output.end());
  } catch (error) {
    if (error instanceof Error && 'code' in error)
      throw new CommandError(`cannot read ${data} or write ${out}: ${String(error.code)}`);
    throw error;
  }
}

/** @throws CommandError that names the place, never the text. */
function parseRow(line: string, place: string): { readonly id: unknown; readonly text: string } {
  let row: unknown;
  try {
    row = JSON.parse(line);
  } catch {
    throw new CommandError(`${place}: not a JSON object`);
  }
  if (!isObject(row)) throw new CommandError(`${place}: not a JSON object`);
  if (typeof row['text'] === 'string') return { id: row['id'] ?? null, text: row['text'] };
  if (typeof row['text_b64'] === 'string') {
    return { id: row['id'] ?? null, text: Buffer.from(row['text_b64'], 'base64').toString('utf8') };
  }
  throw new CommandError(`${place}: expected a string \`text\` or \`text_b64\``);
}
