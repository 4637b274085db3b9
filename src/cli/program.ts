import { Command, CommanderError } from 'commander';
import { auditCommand } from './audit-command.js';
import { costCommand } from './cost-command.js';
import { breakerCommand } from './breaker-command.js';
import { CommandError, EXIT, type CommandContext } from './command-context.js';
import { doctorCommand } from './doctor.js';
import { gatewayCommand } from './gateway-command.js';
import { initCommand } from './init.js';
import { policyCommand } from './policy-command.js';
import { simulatorCommand } from './simulator.js';
import { topCommand } from './top-command.js';

/** Runs `kt` with the words behind its name; resolves with the exit code. */
export async function runProgram(words: readonly string[], context: CommandContext): Promise<number> {
  let exitCode: number = EXIT.ok;
  const program = createProgram(context, (code) => (exitCode = code));
  try {
    await program.parseAsync(words, { from: 'user' });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
    if (error instanceof CommandError) {
      context.stderr.write(`kt: ${error.message}\n`);
      return error.exitCode;
    }
    throw error;
  }
}

/**
 * One file a command: each exports a function `(context, exit) => Command` that is added here. A command that ends with
 * something else than 0 calls `exit(code)` or throws a `CommandError`.
 */
function createProgram(context: CommandContext, exit: (code: number) => void): Command {
  const program = new Command('kt')
    .description('The gateway beside every application that talks to Amazon Bedrock, and the operator that governs it.')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => void context.stdout.write(text),
      writeErr: (text) => void context.stderr.write(text),
    })
    .showHelpAfterError('(add --help for what is expected)')
    .addCommand(auditCommand(context, exit))
    .addCommand(breakerCommand(context))
    .addCommand(costCommand(context))
    .addCommand(doctorCommand(context, exit))
    .addCommand(gatewayCommand(context))
    .addCommand(initCommand(context))
    .addCommand(policyCommand(context, exit))
    .addCommand(simulatorCommand(context))
    .addCommand(topCommand(context));
  inherit(program);
  return program;
}

/** `addCommand` leaves a command with its own settings: without this, one would write past `context` and exit by itself. */
function inherit(parent: Command): void {
  for (const command of parent.commands) {
    command.copyInheritedSettings(parent);
    inherit(command);
  }
}
