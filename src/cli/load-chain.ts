import { readPolicyConfig } from '../config/read-policy-config.js';
import type { Chain } from '../gateway/policies/chain/chain.js';
import { compileChain } from '../gateway/policies/compile-chain.js';
import { CommandError, type CommandContext } from './command-context.js';
import { formatProblem } from './format-problem.js';

/**
 * The chain of a configuration, to be tried off line: without `bedrock-guardrail`, which is told.
 * @throws CommandError when there is none, after saying everything that is wrong.
 */
export async function loadChain(
  paths: readonly string[],
  { env, stderr }: Pick<CommandContext, 'env' | 'stderr'>,
): Promise<Chain> {
  const result = await readPolicyConfig(paths);
  if (result.config === undefined) {
    for (const problem of result.problems) stderr.write(`${formatProblem(problem, undefined)}\n\n`);
    throw new CommandError(`${paths.join(', ')}: the policies cannot be used`);
  }
  const { policies } = result.config;
  const chain = policies.chain.filter((kind) => kind !== 'bedrock-guardrail');
  if (chain.length < policies.chain.length) stderr.write('bedrock-guardrail is left out: it judges in AWS\n');
  try {
    return compileChain({ ...result.config, policies: { ...policies, chain } }, env);
  } catch (error) {
    throw new CommandError(error instanceof Error ? error.message : String(error));
  }
}
