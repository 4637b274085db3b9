import { Command, InvalidArgumentError, Option } from 'commander';
import { systemClock } from '../core/clock.js';
import { isObject } from '../core/json.js';
import { sleep } from '../core/sleep.js';
import { CommandError, EXIT, type CommandContext } from './command-context.js';
import { targetTable } from './target-table.js';

interface TopFlags {
  readonly admin: string;
  readonly interval: number;
  readonly once?: boolean;
  readonly json?: boolean;
}

/** Cursor to the corner, the rest of the screen cleared behind the text. */
const [HOME, CLEAR_BELOW, CLEAR] = ['\u001B[H', '\u001B[J', '\u001B[2J'];

/** `kt top`: the targets of a running gateway, live. */
export function topCommand(context: CommandContext): Command {
  return new Command('top')
    .description('Watch the targets of a running gateway: which is in trouble, why, and since when.')
    .option('--admin <url>', "the gateway's admin port", 'http://127.0.0.1:9090')
    .addOption(new Option('--interval <seconds>', 'time between two looks').default(2).argParser(seconds))
    .option('--once', 'look once')
    .option('--json', 'print the JSON of each look on a line of its own')
    .addHelpText(
      'after',
      `
Runs until it is interrupted. Without a terminal, it prints one table after the other.
Exit code: 0 after a look or an interrupt, 2 when the gateway cannot be reached at first.

Examples:
  kt top
  kt top --once
  kt top --admin http://127.0.0.1:41003 --json --once | jq '.targets[] | select(.state != "available")'`,
    )
    .action((flags: TopFlags) => watch(flags, context));
}

async function watch(flags: TopFlags, { stdout, stop }: CommandContext): Promise<void> {
  const isTerminal = 'isTTY' in stdout && stdout.isTTY === true && !flags.json && !flags.once;
  const show = (text: string): void => void stdout.write(isTerminal ? `${HOME}${text}${CLEAR_BELOW}` : text);
  if (isTerminal) stdout.write(CLEAR);
  for (let isFirst = true; !stop.aborted; isFirst = false) {
    try {
      show(await look(flags));
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      if (isFirst || flags.once) throw new CommandError(`no answer from ${flags.admin}: ${why}`, EXIT.usage);
      // A gateway that restarts is waited for.
      show(flags.json ? `${JSON.stringify({ error: why })}\n` : `no answer from ${flags.admin}: ${why}\n`);
    }
    if (flags.once) return;
    await sleep(flags.interval * 1000, stop, systemClock).catch(() => {});
  }
}

async function look({ admin, json }: TopFlags): Promise<string> {
  const res = await fetch(new URL('/keeptrusts/targets', admin), { signal: AbortSignal.timeout(5_000) });
  if (!res.ok) throw new Error(`status ${res.status}`);
  const body: unknown = await res.json();
  const targets = isObject(body) && Array.isArray(body['targets']) ? body['targets'].filter(isObject) : undefined;
  if (!targets) throw new Error('that is no list of targets');
  if (json) return `${JSON.stringify(body)}\n`;
  const now = systemClock.now();
  return `${admin}  ${new Date(now).toISOString()}\n\n${targetTable(targets, now)}`;
}

function seconds(text: string): number {
  const value = Number(text);
  if (!(value >= 0.1 && value <= 3_600)) throw new InvalidArgumentError('expected seconds from 0.1 to 3600');
  return value;
}
