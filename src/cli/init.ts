import { open } from 'node:fs/promises';
import { Command } from 'commander';
import { didYouMean } from '../config/did-you-mean.js';
import { CommandError, type CommandContext } from './command-context.js';

const DEFAULT_TEMPLATE = 'first-gateway';
const DEFAULT_FILE = 'policy-config.yaml';

interface Options {
  readonly template: string;
  readonly out: string;
  readonly force?: boolean;
  readonly list?: boolean;
}

export function initCommand(context: CommandContext): Command {
  return new Command('init')
    .description('Write a policy-config.yaml to begin with.')
    .option('--template <name>', 'what it is about, see --list', DEFAULT_TEMPLATE)
    .option('--out <file>', 'where to write it; - is standard output', DEFAULT_FILE)
    .option('--force', 'replace a file that is there')
    .option('--list', 'print the templates, one a line')
    .addHelpText(
      'after',
      `
Examples:
  kt init
  kt init --list
  kt init --template multi-region-failover --out failover.yaml`,
    )
    .action(async (options: Options) => {
      const { TEMPLATES } = await import('../config/templates.js');
      if (options.list === true) {
        context.stdout.write(listOf(TEMPLATES));
        return;
      }
      const template = TEMPLATES.find(({ name }) => name === options.template);
      if (template === undefined)
        throw unknownTemplate(
          options.template,
          TEMPLATES.map(({ name }) => name),
        );
      if (options.out === '-') {
        context.stdout.write(template.text);
        return;
      }
      await write(options.out, template.text, options.force === true);
      context.stderr.write(`wrote ${options.out}; check it with 'kt policy lint --file ${options.out}'\n`);
    });
}

function listOf(templates: readonly { readonly name: string; readonly title: string }[]): string {
  const width = Math.max(...templates.map(({ name }) => name.length));
  return templates.map(({ name, title }) => `${name.padEnd(width)}  ${title}\n`).join('');
}

function unknownTemplate(name: string, known: readonly string[]): CommandError {
  const meant = didYouMean(name, known);
  return new CommandError(
    `there is no template '${name}'${meant === undefined ? '' : `; did you mean '${meant}'?`} 'kt init --list' prints them`,
  );
}

async function write(path: string, text: string, isForced: boolean): Promise<void> {
  try {
    // `wx` leaves the check to the file system: nothing can come between it and the writing.
    const file = await open(path, isForced ? 'w' : 'wx');
    try {
      await file.writeFile(text);
    } finally {
      await file.close();
    }
  } catch (error) {
    if (!(error instanceof Error) || !('code' in error)) throw error;
    if (error.code === 'EEXIST') throw new CommandError(`${path} is there already; --force replaces it`);
    throw new CommandError(`cannot write ${path}: ${error.message}`);
  }
}
