import type { PolicyConfig } from '../config/policy-config.js';
import { readPolicyConfig } from '../config/read-policy-config.js';
import { unsupported } from '../config/unsupported.js';
import type { Chain } from '../gateway/policies/chain/chain.js';
import { compileChain } from '../gateway/policies/compile-chain.js';
import { CommandError, type CommandContext } from './command-context.js';
import { formatProblem } from './format-problem.js';

export interface LoadedChain {
  readonly config: PolicyConfig;
  readonly chain: Chain;
}

/**
 * The chain of a configuration, to be tried off line. What this version does not obey matters only where policies are concerned.
 * @throws CommandError when there is none, after saying everything that is wrong.
 */
export async function loadChain(
  paths: readonly string[],
  { env, stderr }: Pick<CommandContext, 'env' | 'stderr'>,
): Promise<LoadedChain> {
  const result = await readPolicyConfig(paths);
  const problems =
    result.config === undefined
      ? result.problems.filter(({ severity }) => severity === 'error')
      : unsupported(result).filter(({ path }) => path.startsWith('polic'));
  if (result.config === undefined || problems.length > 0) {
    for (const problem of problems) stderr.write(`${formatProblem(problem, undefined)}\n\n`);
    throw new CommandError(`${paths.join(', ')}: the policies cannot be used`);
  }
  try {
    return { config: result.config, chain: compileChain(result.config, env) };
  } catch (error) {
    throw new CommandError(error instanceof Error ? error.message : String(error));
  }
}
