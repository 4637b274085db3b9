import { readFile } from 'node:fs/promises';
import { text as textOf } from 'node:stream/consumers';
import { Command, Option } from 'commander';
import { CommandError, type CommandContext } from './command-context.js';
import { repeatable } from './option-values.js';

interface Options {
  readonly policyConfig: readonly string[];
  readonly text?: string;
  readonly file?: string;
  readonly phase: 'input' | 'output';
  readonly zone?: string;
  readonly json?: boolean;
}

export function policyExplainCommand(context: CommandContext): Command {
  return new Command('explain')
    .description('Show what each policy of a configuration sees in a text.')
    .requiredOption('--policy-config <file>', 'whose policies judge; repeat to lay files on each other', repeatable)
    .addOption(new Option('--text <text>', 'the text').conflicts('file'))
    .option('--file <file>', 'a file that holds the text; without --text and --file it comes from standard input')
    .addOption(new Option('--phase <phase>', 'question or answer').choices(['input', 'output']).default('input'))
    .option(
      '--zone <zone>',
      'where the text stands: user, system, assistant, tool, document, tool_arguments, reasoning',
    )
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      `
Policies judge in the order of the chain, and each sees what the one before it left. Findings are marked under the text;
characters that cannot be seen are shown by their number, such as <U+200B>. The text is printed: mind who looks on.

The zone is user for a question and assistant for an answer, where nothing else is said.

Examples:
  kt policy explain --policy-config policy-config.yaml --text 'write to ann@example.org'
  kt policy explain --policy-config policy-config.yaml --file page.html --zone tool
  pbpaste | kt policy explain --policy-config policy-config.yaml --json`,
    )
    .action(async (options: Options) => {
      const [{ loadChain }, { explain }, { asText }, { zoneOf, zonesOf }] = await Promise.all([
        import('./load-chain.js'),
        import('./explain-text.js'),
        import('./explain-report.js'),
        import('./golden-cases.js'),
      ]);
      const { phase } = options;
      const zone = zoneOf(options.zone, phase);
      if (!zone) throw new CommandError(`--zone: in phase ${phase} expected one of ${zonesOf(phase).join(', ')}`);
      const chain = await loadChain(options.policyConfig, context);
      const explanation = explain(await readText(options, context), phase, zone, chain);
      context.stdout.write(options.json === true ? `${JSON.stringify(explanation)}\n` : asText(explanation));
    });
}

async function readText({ text, file }: Options, { stdin }: CommandContext): Promise<string> {
  if (text !== undefined) return text;
  if (file === undefined) return textOf(stdin);
  return readFile(file, 'utf8').catch((error: unknown) => {
    if (!(error instanceof Error && 'code' in error)) throw error;
    throw new CommandError(`cannot read ${file}: ${String(error.code)}`);
  });
}
