import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import { Command, Option } from 'commander';
import { CommandError, type CommandContext } from './command-context.js';
import { readPolicySettings, SCAN_KINDS, scannerOf, type ScanKind } from './scan-kinds.js';
import type { ScanText } from './scan-text.js';
import { readTextRows } from './text-rows.js';

interface Options {
  readonly kind: ScanKind;
  readonly data: string;
  readonly out: string;
  readonly policyConfig?: string;
}

export function policyScanCommand(context: CommandContext): Command {
  return new Command('scan')
    .description('Judge texts off line, one JSON object a line.')
    .addOption(new Option('--kind <kind>', 'which policy judges').choices(SCAN_KINDS).makeOptionMandatory())
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
      const settings = await readPolicySettings(options.policyConfig);
      await scanFile(options, await scannerOf(options.kind, settings), context);
    });
}

async function scanFile({ data, out }: Options, scan: ScanText, context: CommandContext): Promise<void> {
  const output = out === '-' ? context.stdout : createWriteStream(out);
  try {
    for await (const { text, row } of readTextRows(data, context.stop)) {
      const verdict = { id: row['id'] ?? null, ...scan(text) };
      if (!output.write(`${JSON.stringify(verdict)}\n`)) await once(output, 'drain');
    }
    if (out !== '-') await finished(output.end());
  } catch (error) {
    if (error instanceof Error && 'code' in error)
      throw new CommandError(`cannot read ${data} or write ${out}: ${String(error.code)}`);
    throw error;
  }
}
