import { Command } from 'commander';
import type { CommandContext } from './command-context.js';
import { policyEvalCommand } from './policy-eval.js';
import { policyExplainCommand } from './policy-explain.js';
import { policyLintCommand } from './policy-lint.js';
import { policyScanCommand } from './policy-scan.js';
import { policyTestCommand } from './policy-test.js';

/** `kt policy …`: works on configurations and policies off line. */
export function policyCommand(context: CommandContext, exit: (code: number) => void): Command {
  return new Command('policy')
    .description('Check configurations, and try policies on texts.')
    .addCommand(policyEvalCommand(context))
    .addCommand(policyExplainCommand(context))
    .addCommand(policyLintCommand(context, exit))
    .addCommand(policyScanCommand(context))
    .addCommand(policyTestCommand(context, exit));
}
