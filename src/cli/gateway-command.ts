import { Command, Option } from 'commander';
import type { Address } from '../core/address.js';
import { LOG_LEVELS, type LogLevel } from '../core/log-level.js';
import type { CommandContext } from './command-context.js';
import { address, repeatable, wholeNumber } from './option-values.js';

export interface GatewayRunFlags {
  readonly listen?: readonly Address[];
  readonly policyConfig: readonly string[];
  /** Absent: the default, or another port where that is taken. */
  readonly admin?: Address | 'off';
  /** Absent: the default of `stateDirectory`. */
  readonly stateDir?: string;
  /** Absent: the default of `controlPath`. */
  readonly controlSocket?: string;
  readonly drainSeconds: number;
  readonly logLevel: LogLevel;
}

/** `kt gateway …` */
export function gatewayCommand(context: CommandContext): Command {
  return new Command('gateway').description('Run the gateway.').addCommand(runCommand(context));
}

function runCommand(context: CommandContext): Command {
  return new Command('run')
    .description('Serve the OpenAI API over the targets of a policy-config.')
    .addOption(
      new Option(
        '--listen <host:port>',
        'where applications connect; port 0 takes a free one; repeatable (default: 127.0.0.1:8080)',
      ).argParser(addAddress),
    )
    .addOption(
      new Option('--policy-config <file>', 'the configuration; repeat to lay files on each other')
        .makeOptionMandatory()
        .argParser(repeatable),
    )
    .addOption(
      new Option(
        '--admin <host:port|off>',
        'metrics and health (default: 127.0.0.1:9090, or a free port where that is taken)',
      ).argParser((text) => (text === 'off' ? text : address(text))),
    )
    .addOption(
      new Option(
        '--state-dir <directory>',
        'keys and state that outlive the process (default: $KEEPTRUSTS_STATE_DIR, else $XDG_STATE_HOME/keeptrusts, else ~/.local/state/keeptrusts)',
      ),
    )
    .addOption(
      new Option(
        '--control-socket <path|off>',
        'where kt breaker reaches the gateway (default: $XDG_RUNTIME_DIR/keeptrusts/control.sock, else in the state directory)',
      ),
    )
    .addOption(
      new Option('--drain-seconds <seconds>', 'how long requests may go on after SIGTERM')
        .default(25)
        .argParser(wholeNumber),
    )
    .addOption(new Option('--log-level <level>', 'what the log on stderr holds').choices(LOG_LEVELS).default('info'))
    .addHelpText(
      'after',
      `
Prints one JSON line when it serves: {"event":"listening","data":["127.0.0.1:8080"],"admin":"127.0.0.1:9090"}.
SIGTERM or SIGINT lets requests under way finish; a second one does not. SIGHUP, or a change of a file, loads the
configuration again; one that is wrong leaves the one before it in force, and the log says why.
Exit code: 0 after a signal, 2 when flags or the configuration are wrong, 1 for anything else.

Examples:
  kt gateway run --policy-config policy-config.yaml
  kt gateway run --listen 0.0.0.0:41002 --listen 127.0.0.1:8080 --policy-config policy-config.yaml
  kt gateway run --listen [::1]:0 --admin off --policy-config base.yaml --policy-config production.yaml`,
    )
    .action(async (flags: GatewayRunFlags) => {
      const { runGateway } = await import('./gateway-run.js');
      await runGateway(flags, context);
    });
}

function addAddress(text: string, before: readonly Address[] | undefined): readonly Address[] {
  return [...(before ?? []), address(text)];
}
