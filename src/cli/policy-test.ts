import { readdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Command } from 'commander';
import { CommandError, EXIT, type CommandContext } from './command-context.js';
import type { GoldenRun } from './golden-report.js';
import { repeatable } from './option-values.js';

interface Options {
  readonly policyConfig?: readonly string[];
  readonly json?: boolean;
  readonly junit?: string;
}

const DEFAULT_FOLDER = 'tests';
const DEFAULT_CONFIG = 'policy-config.yaml';

export function policyTestCommand(context: CommandContext, exit: (code: number) => void): Command {
  return new Command('test')
    .description('Put golden cases to the policies of a configuration.')
    .argument('[path...]', 'files of cases, or folders that hold *.yaml, *.yml and *.json', [DEFAULT_FOLDER])
    .option(
      '--policy-config <file>',
      `whose policies are tested; repeat to lay files on each other (default: "${DEFAULT_CONFIG}")`,
      repeatable,
    )
    .option('--json', 'print one JSON object')
    .option('--junit <file>', 'write the results as JUnit XML too')
    .addHelpText(
      'after',
      `
A file of cases:
  cases:
    - name: mail addresses are masked before they go up
      text: write to ann@example.org         # or messages: [{role: user, content: ...}]
      phase: input                           # or output
      zone: user                             # where the text stands: user, system, assistant, tool, document ...
      expect:
        verdict: redact                      # allow, log, redact, block
        policy: pii-detector                 # the rest may be left out
        labels: [EMAIL_ADDRESS]
        redacted: write to [EMAIL_ADDRESS]

Exit code: 0 every case passed, 1 a case failed, 2 the cases or the configuration cannot be read.

Examples:
  kt policy test
  kt policy test tests/pii.yaml --policy-config policy-config.yaml
  kt policy test --junit results.xml
  kt policy test --json | jq '.results[] | select(.passed | not)'`,
    )
    .action(async (paths: readonly string[], { policyConfig = [DEFAULT_CONFIG], json, junit }: Options) => {
      const { asJunit, asText } = await import('./golden-report.js');
      const runs = await runCases(paths, policyConfig, context);
      const results = runs.flatMap((run) => run.results.map(({ result }) => result));
      const ok = results.every(({ passed }) => passed);
      if (junit !== undefined) await write(junit, asJunit(runs));
      context.stdout.write(json === true ? `${JSON.stringify({ ok, results })}\n` : asText(runs));
      if (!ok) exit(EXIT.failure);
    });
}

/** @throws CommandError before any case runs when one of the files cannot be used. */
async function runCases(
  paths: readonly string[],
  policyConfig: readonly string[],
  context: CommandContext,
): Promise<readonly GoldenRun[]> {
  const [{ loadChain }, { readSources }, { parseGoldenFile }, { judgeTrial }, { compare }] = await Promise.all([
    import('./load-chain.js'),
    import('../config/read-policy-config.js'),
    import('./golden-cases.js'),
    import('./trial.js'),
    import('./golden-result.js'),
  ]);
  const chain = await loadChain(policyConfig, context);
  const { sources, problems } = await readSources((await Promise.all(paths.map(filesIn))).flat());
  const files = sources.map((source) => ({ file: source.name, ...parseGoldenFile(source) }));
  const complaints = [
    ...problems.map(({ file, message }) => `${file}: ${message}`),
    ...files.flatMap((file) => file.complaints),
  ];
  if (complaints.length > 0) throw new CommandError(`the cases cannot be used:\n  ${complaints.join('\n  ')}`);

  const runs: GoldenRun[] = [];
  for (const { file, cases } of files) {
    const results = [];
    for (const golden of cases)
      results.push({ line: golden.place.line, result: compare(golden, await judgeTrial(golden.trial, chain)) });
    runs.push({ file, results });
  }
  return runs;
}

/** The files of cases in a folder, in order of their names; anything else is taken for a file. */
async function filesIn(path: string): Promise<readonly string[]> {
  const isFolder = await stat(path).then(
    (stats) => stats.isDirectory(),
    () => false,
  );
  if (!isFolder) return [path];
  const names = (await readdir(path)).filter((name) => /\.(ya?ml|json)$/.test(name)).sort();
  if (names.length === 0) throw new CommandError(`${path}: expected *.yaml, *.yml or *.json in it, found none`);
  return names.map((name) => join(path, name));
}

async function write(path: string, text: string): Promise<void> {
  await writeFile(path, text).catch((error: unknown) => {
    if (!(error instanceof Error && 'code' in error)) throw error;
    throw new CommandError(`cannot write ${path}: ${String(error.code)}`);
  });
}
