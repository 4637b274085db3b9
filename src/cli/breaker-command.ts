import { Command } from 'commander';
import type { BreakerRequest } from '../gateway/control/breaker-control.js';
import { isObject } from '../core/json.js';
import { CommandError, EXIT, type CommandContext } from './command-context.js';
import { controlPath } from './control-path.js';

/** `kt breaker open|close TARGET` */
export function breakerCommand(context: CommandContext): Command {
  return new Command('breaker')
    .description('Take a target of a running gateway out of use, or put it back.')
    .addCommand(actionCommand('open', 'Send no request to a target until it is closed again.', context))
    .addCommand(actionCommand('close', 'Send requests to a target again, and forget its failures.', context));
}

function actionCommand(action: BreakerRequest['action'], description: string, context: CommandContext): Command {
  return new Command(action)
    .description(description)
    .argument('<target>', 'id of the target')
    .option('--socket <path>', "the gateway's control socket (default: where kt gateway run puts it)")
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      `
Talks to the gateway of the same user on the same host, over its control socket.
Exit code: 0 done, 1 the gateway refused (no such target), 2 there is no gateway at the socket.

Examples:
  kt breaker ${action} bedrock-us-east-1
  kt breaker ${action} bedrock-us-east-1 --socket /run/keeptrusts/control.sock --json`,
    )
    .action(async (target: string, options: { socket?: string; json?: boolean }) => {
      const path = options.socket ?? controlPath(undefined, context.env);
      const answer = await ask(path, { command: 'breaker', action, target });
      if (options.json) context.stdout.write(`${JSON.stringify(answer)}\n`);
      if (answer['ok'] !== true) throw new CommandError(String(answer['error']), EXIT.failure);
      if (!options.json) context.stdout.write(`${target}: ${String(answer['state'])}\n`);
    });
}

async function ask(path: string, request: BreakerRequest): Promise<Record<string, unknown>> {
  const { askControl } = await import('../gateway/control/control-socket.js');
  const answer = await askControl(path, request).catch((error: unknown) => {
    throw new CommandError(`no gateway at ${path}: ${error instanceof Error ? error.message : String(error)}`);
  });
  if (!isObject(answer)) throw new CommandError('the gateway answered something that is no answer', EXIT.failure);
  return answer;
}
