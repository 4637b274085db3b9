import { once } from 'node:events';
import { Command, InvalidArgumentError, Option } from 'commander';
import { isLoopback, type Address } from '../core/address.js';
import { CommandError, type CommandContext } from './command-context.js';
import { address, wholeNumber } from './option-values.js';

interface SimulatorFlags {
  readonly listen: Address;
  readonly sts?: Address;
  readonly seed: number;
  readonly firstEventMs: number;
  readonly eventMs: number;
  readonly bearerToken: readonly string[];
  readonly unchecked?: boolean;
  readonly events: number;
  readonly framesPerWrite?: number;
}

/** `kt simulator`: serves until it is told to stop. */
export function simulatorCommand(context: CommandContext): Command {
  return new Command('simulator')
    .description('Run a local Amazon Bedrock Runtime and STS that check what they get and fail when asked to.')
    .addOption(
      new Option('--listen <host:port>', 'where to serve; port 0 takes a free one')
        .default({ host: '127.0.0.1', port: 8089 }, '127.0.0.1:8089')
        .argParser(address),
    )
    .addOption(
      new Option('--sts <host:port>', 'a further address for STS; without it STS shares the first').argParser(address),
    )
    .addOption(new Option('--seed <number>', 'another seed gives other answers').default(1).argParser(wholeNumber))
    .addOption(new Option('--first-event-ms <ms>', 'time to the first event').default(0).argParser(wholeNumber))
    .addOption(new Option('--event-ms <ms>', 'time between events').default(0).argParser(wholeNumber))
    .addOption(
      new Option('--bearer-token <token>', 'accept this Amazon Bedrock API key (repeatable)')
        .default([], 'none')
        .argParser((token: string, before: readonly string[]) => [...before, token]),
    )
    .option('--unchecked', 'for benches: check nothing, record nothing, always answer the same')
    .addOption(
      new Option('--events <count>', 'with --unchecked: text events of a stream').default(100).argParser(positive),
    )
    .addOption(
      new Option('--frames-per-write <count>', 'with --unchecked: frames that leave together (default: all)').argParser(
        positive,
      ),
    )
    .addHelpText(
      'after',
      `
It prints one JSON line when it listens: {"event":"listening","url":"http://…","sts_url":"http://…"}.
Its control API is open to whoever reaches it: keep it on loopback. Exit code 0 after SIGTERM or SIGINT.

Examples:
  kt simulator --listen 127.0.0.1:8089
  AWS_ACCESS_KEY_ID=AKIAIOSFODNN7EXAMPLE AWS_SECRET_ACCESS_KEY=wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY \\
    AWS_ENDPOINT_URL_BEDROCK_RUNTIME=http://127.0.0.1:8089 aws bedrock-runtime converse --region us-east-1 \\
    --model-id amazon.nova-lite-v1:0 --messages '[{"role":"user","content":[{"text":"Hello"}]}]'
  curl -X PUT http://127.0.0.1:8089/_sim/faults \\
    -d '[{"match":{"model":"*nova*","times":3},"fault":{"kind":"exception","name":"ThrottlingException","retry_after":2}}]'
  curl http://127.0.0.1:8089/_sim/requests | jq '.requests[].model'
  kt simulator --listen 127.0.0.1:0 --unchecked --events 100`,
    )
    .action((flags: SimulatorFlags) => serve(flags, context));
}

async function serve(flags: SimulatorFlags, { stdout, stderr, stop }: CommandContext): Promise<void> {
  const { startSimulator } = await import('../simulator/simulator.js');
  const { listen, sts, seed, firstEventMs, eventMs, bearerToken, unchecked, events, framesPerWrite } = flags;
  const simulator = await startSimulator({
    ...listen,
    ...(sts && { sts }),
    seed,
    pace: { firstEventMs, eventMs },
    bearerTokens: bearerToken,
    checks: unchecked !== true,
    constant: { events, ...(framesPerWrite !== undefined && { framesPerWrite }) },
    onBug: (error) => void stderr.write(`kt simulator: a defect of the simulator: ${stackOf(error)}\n`),
  }).catch((error: unknown) => {
    throw new CommandError(error instanceof Error ? error.message : String(error));
  });
  if (!isLoopback(listen.host)) {
    stderr.write(
      `kt simulator: ${listen.host} is not loopback; whoever reaches it can change its faults and read its requests\n`,
    );
  }
  stdout.write(`${JSON.stringify({ event: 'listening', url: simulator.url, sts_url: simulator.stsUrl })}\n`);
  if (!stop.aborted) await once(stop, 'abort');
  await simulator.close();
}

function stackOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

function positive(text: string): number {
  const value = wholeNumber(text);
  if (value === 0) throw new InvalidArgumentError('expected a whole number, 1 or more');
  return value;
}
