import { Command } from 'commander';
import type { LoadedPolicyConfig, RefusedPolicyConfig, Source } from '../config/load-policy-config.js';
import type { Problem } from '../config/problem.js';
import { isObject } from '../core/json.js';
import { EXIT, type CommandContext } from './command-context.js';
import { formatProblem } from './format-problem.js';
import { repeatable } from './option-values.js';

export function policyLintCommand(context: CommandContext, exit: (code: number) => void): Command {
  return new Command('lint')
    .description('Say everything that is wrong with a configuration, and where.')
    .requiredOption(
      '--file <file>',
      'policy-config.yaml; - reads standard input; repeat to lay files on each other',
      repeatable,
    )
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      `
Exit code: 0 without errors (there may be warnings), 2 with an error.

Examples:
  kt policy lint --file policy-config.yaml
  kt policy lint --file base.yaml --file production.yaml
  kt policy lint --file policy-config.yaml --json | jq '.problems[] | select(.severity == "error")'`,
    )
    .action(async (options: { file: readonly string[]; json?: boolean }) => {
      const [{ readSources }, { loadPolicyConfig }] = await Promise.all([
        import('../config/read-policy-config.js'),
        import('../config/load-policy-config.js'),
      ]);
      const { sources, problems } = await readSources(options.file, context.stdin);
      const result = problems.length > 0 ? { problems } : loadPolicyConfig(sources);
      const file = options.file.map((path) => (path === '-' ? '<stdin>' : path)).join(', ');
      context.stdout.write(options.json === true ? asJson(file, result) : asText(file, result, sources));
      if (result.config === undefined) exit(EXIT.usage);
    });
}

type Result = LoadedPolicyConfig | RefusedPolicyConfig;

function asJson(file: string, result: Result): string {
  const report = {
    valid: result.config !== undefined,
    file,
    ...(result.config === undefined
      ? asFarAsReadable(result.written)
      : { pack: nameOf(result.config.pack), chain: result.config.policies.chain }),
    problems: result.problems.map(({ code, severity, file: source, path, line, column, message, suggestion }) => ({
      code,
      severity,
      file: source,
      path,
      line,
      column,
      message,
      suggestion: suggestion ?? null,
    })),
  };
  return `${JSON.stringify(report)}\n`;
}

/** What a configuration with errors says of itself, for reports that list many files. */
function asFarAsReadable(written: unknown): { pack: object; chain: readonly string[] } {
  const { pack, policies } = isObject(written) ? written : {};
  const chain: unknown = isObject(policies) ? policies.chain : undefined;
  return {
    pack: nameOf(isObject(pack) ? pack : {}),
    chain: Array.isArray(chain) ? chain.filter((kind) => typeof kind === 'string') : [],
  };
}

function nameOf({ name, version }: { readonly name?: unknown; readonly version?: unknown }): object {
  return {
    name: typeof name === 'string' ? name : null,
    version: typeof version === 'string' ? version : null,
  };
}

function asText(file: string, result: Result, sources: readonly Source[]): string {
  const texts = new Map(sources.map(({ name, text }) => [name, text]));
  const problems = result.problems.map((problem) => formatProblem(problem, texts.get(problem.file)));
  return [...problems, `${file}: ${verdict(result)}`].join('\n\n').concat('\n');
}

function verdict({ config, problems }: Result): string {
  const counts = (['error', 'warning'] as const)
    .map((severity) => count(problems, severity))
    .filter((text) => text !== undefined);
  if (config === undefined) return counts.join(', ');
  const { pack, policies, providers } = config;
  const targets = `${providers.targets.length} target${providers.targets.length === 1 ? '' : 's'}`;
  const chain = policies.chain.length === 0 ? 'no policies' : policies.chain.join(' → ');
  return [`valid (${pack.name} ${pack.version}: ${targets}, ${chain})`, ...counts].join(', ');
}

function count(problems: readonly Problem[], severity: Problem['severity']): string | undefined {
  const found = problems.filter((problem) => problem.severity === severity).length;
  return found === 0 ? undefined : `${found} ${severity}${found === 1 ? '' : 's'}`;
}
