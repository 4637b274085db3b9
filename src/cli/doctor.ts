import { Command } from 'commander';
import type { LoadedPolicyConfig, RefusedPolicyConfig } from '../config/load-policy-config.js';
import type { Target } from '../config/policy-config.js';
import type { Problem } from '../config/problem.js';
import { systemClock } from '../core/clock.js';
import { isObject } from '../core/json.js';
import type { BedrockShared } from '../gateway/providers/bedrock/create-bedrock-transport.js';
import { failed, passed, warned, type Check } from '../gateway/providers/diagnosis/check.js';
import { CommandError, EXIT, type CommandContext } from './command-context.js';
import { repeatable } from './option-values.js';

/** A check and the target that it is about; `null` where it is about all. */
interface Finding extends Check {
  readonly target: string | null;
}

export function doctorCommand(context: CommandContext, exit: (code: number) => void): Command {
  return new Command('doctor')
    .description('Explain, target by target, whether a configuration can work here, and what to do where it cannot.')
    .requiredOption('--policy-config <file>', 'policy-config.yaml; repeat to lay files on each other', repeatable)
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      `
Looks at the configuration, the credentials and every link that they stand on, the way to the endpoint, the clock, and
whether the model can be called. Asks AWS as the gateway would, but nothing that is billed.

Exit code: 0 nothing failed (there may be warnings), 1 something failed, 2 the configuration cannot be used.

Examples:
  kt doctor --policy-config policy-config.yaml
  kt doctor --policy-config base.yaml --policy-config production.yaml
  kt doctor --policy-config policy-config.yaml --json | jq '.checks[] | select(.status != "ok")'`,
    )
    .action(async ({ policyConfig, json = false }: { policyConfig: readonly string[]; json?: boolean }) => {
      const [{ readPolicyConfig }, { unsupported }] = await Promise.all([
        import('../config/read-policy-config.js'),
        import('../config/unsupported.js'),
      ]);
      const result = await readPolicyConfig(policyConfig);
      const findings =
        result.config === undefined
          ? ofProblems(result, result.problems)
          : [
              ...ofProblems(result, [...result.problems, ...unsupported(result)]),
              ...(await examine(result.config.providers.targets, context)),
            ];
      context.stdout.write(json ? asJson(findings) : asText(findings));
      if (result.config === undefined) exit(EXIT.usage);
      else if (!isWell(findings)) exit(EXIT.failure);
    });
}

function ofProblems(
  result: LoadedPolicyConfig | RefusedPolicyConfig,
  problems: readonly Problem[],
): readonly Finding[] {
  if (problems.length === 0) return [{ target: null, ...passed('config', 'The configuration is valid.') }];
  const written = result.config ?? result.written;
  return problems.map(({ file, line, column, path, message, severity, suggestion }) => ({
    target: targetAt(path, written),
    check: 'config',
    status: severity === 'error' ? 'fail' : 'warn',
    reason: `${file}:${line}:${column} ${path === '' ? '' : `${path}: `}${message}.`,
    ...(suggestion !== undefined && { fix: `${suggestion}.` }),
  }));
}

/** The id of the target that a path such as `providers.targets[0].weight` leads into. */
function targetAt(path: string, written: unknown): string | null {
  const index = /^providers\.targets\[(\d+)\]/.exec(path)?.[1];
  if (index === undefined || !isObject(written) || !isObject(written['providers'])) return null;
  const { targets } = written['providers'];
  const target: unknown = Array.isArray(targets) ? targets[Number(index)] : undefined;
  return isObject(target) && typeof target['id'] === 'string' ? target['id'] : null;
}

async function examine(targets: readonly Target[], { env, stderr, stop }: CommandContext): Promise<readonly Finding[]> {
  const [{ openBedrockShared }, { diagnoseTarget }] = await Promise.all([
    import('../gateway/providers/bedrock/create-bedrock-transport.js'),
    import('../gateway/providers/diagnosis/diagnose-target.js'),
  ]);
  const observer = { refreshed: () => {}, expiry: () => {} };
  const clock = systemClock;
  let shared: BedrockShared;
  try {
    shared = await openBedrockShared({ env, clock, random: Math.random, observer, allowNodeRole: true });
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return [{ target: null, ...failed('environment', `${error.message}.`, 'Correct or remove the variable.') }];
  }
  let done = 0;
  const examined = await Promise.all(
    targets.map(async (target) => {
      const checks =
        target.provider === 'aws-bedrock' ? await diagnoseTarget(target, shared, stop) : [notExamined(target)];
      if (stop.aborted) throw new CommandError('stopped before everything was looked at', EXIT.failure);
      stderr.write(`kt doctor: ${++done} of ${targets.length}: ${target.id}\n`);
      return checks.map((check) => ({ target: target.id, ...check }));
    }),
  );
  return examined.flat();
}

function notExamined({ provider }: Target): Check {
  return warned(
    'endpoint',
    `targets of ${provider} are not examined.`,
    'Send a request through the gateway to try it.',
  );
}

function isWell(findings: readonly Finding[]): boolean {
  return findings.every(({ status }) => status !== 'fail');
}

function asJson(findings: readonly Finding[]): string {
  const checks = findings.map(({ target, check, status, reason, fix }) => ({
    target,
    check,
    status,
    reason,
    fix: fix ?? null,
  }));
  return `${JSON.stringify({ ok: isWell(findings), checks })}\n`;
}

const WORDS = { ok: 'ok  ', warn: 'warn', fail: 'FAIL' } as const;

function asText(findings: readonly Finding[]): string {
  const targets = [...new Set(findings.map(({ target }) => target))];
  const blocks = targets.map((target) => [
    target ?? 'configuration',
    ...findings.filter((finding) => finding.target === target).flatMap(asLines),
  ]);
  const counts = (['ok', 'warn', 'fail'] as const).map(
    (status) => `${findings.filter((finding) => finding.status === status).length} ${status}`,
  );
  return [...blocks.map((lines) => lines.join('\n')), counts.join(', ')].join('\n\n').concat('\n');
}

function asLines({ check, status, reason, fix }: Finding): readonly string[] {
  return [
    `  ${WORDS[status]} ${check.padEnd(11)} ${reason}`,
    ...(fix === undefined ? [] : [`${' '.repeat(19)}→ ${fix}`]),
  ];
}
