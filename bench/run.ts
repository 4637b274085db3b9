// npm run bench [-- --rounds N --seconds S --rate R --systems a,b --json FILE]
// Compares systems in one run on one machine: rounds are interleaved, so that a slow minute hits all alike; figures are
// medians over the rounds, ratios are against the floor (a bare node:http proxy).
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { cpus, tmpdir, totalmem } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { closedLoop, openLoop, type Job, type Load } from './load.js';
import { freePort, MeasuredProcess } from './process.js';
import { median, percentile } from './statistics.js';
import { MODEL, SYSTEMS, type System } from './systems.js';

const { values: options } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '4' },
    rate: { type: 'string', default: '100' },
    systems: { type: 'string', default: Object.keys(SYSTEMS).join(',') },
    json: { type: 'string', default: 'bench/results.json' },
    help: { type: 'boolean', default: false },
  },
});
if (options.help) {
  console.log(`npm run bench -- [options]
  --rounds N      rounds over all systems (5)
  --seconds S     length of each measurement (4)
  --rate R        requests a second for the latencies (100)
  --systems a,b   some of: ${Object.keys(SYSTEMS).join(', ')}
  --json FILE     where the figures go (bench/results.json)

Portkey and LiteLLM take part when 'npm run bench:peers' has installed them.`);
  process.exit(0);
}

/** What one system showed in one round. */
interface Figures {
  /** Chats a second with 16 callers. */
  readonly perSecond: number;
  readonly cpuUs: number;
  readonly upstreamCpuUs: number;
  readonly streamsPerSecond: number;
  readonly streamCpuUs: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** To the first text of a stream. */
  readonly firstTextMs: number;
  readonly rssMb: number;
  readonly failed: number;
}

const CALLERS = 16;
const PROMPT = 'Summarise this report for the board, in plain words and short sentences. '.repeat(14);
const seconds = Number(options.seconds);
const rate = Number(options.rate);

const workDir = await mkdtemp(join(tmpdir(), 'keeptrusts-bench-'));
const upstreamPort = await freePort();
const upstream = await MeasuredProcess.start(
  {
    command: process.execPath,
    args: [resolve('dist/gateway.js'), 'simulator', '--listen', `127.0.0.1:${upstreamPort}`, '--unchecked'],
    env: { NODE_ENV: 'production' },
  },
  () =>
    answers({
      url: `http://127.0.0.1:${upstreamPort}/model/${encodeURIComponent(MODEL)}/converse`,
      headers: json(),
      body: '{}',
    }),
);

const results = new Map<string, Figures[]>();
try {
  for (let round = 1; round <= Number(options.rounds); round++) {
    for (const name of options.systems.split(',')) {
      const make = SYSTEMS[name];
      if (!make) throw new Error(`--systems: no system is called "${name}"`);
      const system = await make({
        port: await freePort(),
        upstreamPort,
        workDir: join(workDir, name.replaceAll(/\W/g, '-')),
      });
      if (!system) {
        if (round === 1) console.error(`${name}: not installed, left out (npm run bench:peers)`);
        continue;
      }
      const figures = await measure(system);
      results.set(name, [...(results.get(name) ?? []), figures]);
      console.error(
        `round ${round} ${name}: ${figures.cpuUs.toFixed(0)} µs/chat, ${figures.streamCpuUs.toFixed(0)} µs/stream`,
      );
    }
  }
} finally {
  await upstream.stop();
  await rm(workDir, { recursive: true, force: true });
}

const medians = new Map([...results].map(([name, rounds]) => [name, mediansOf(rounds)]));
const machine = { cores: cpus().length, memory_gb: Math.round(totalmem() / 2 ** 30), node: process.version };
await writeFile(
  options.json,
  `${JSON.stringify({ machine, options, medians: Object.fromEntries(medians) }, null, 2)}\n`,
);
console.log(table(medians));

async function measure(system: System): Promise<Figures> {
  const chat: Job = { url: system.url, headers: { ...json(), ...system.headers }, body: body(system, false) };
  const stream: Job = {
    url: system.url,
    headers: { ...chat.headers, 'x-bench-stream': '1' },
    body: body(system, true),
    // The floors hand Bedrock's own events through.
    stream: isFloor(system)
      ? { first: 'contentBlockDelta', last: 'messageStop' }
      : { first: '"content":"', last: '[DONE]' },
  };
  const running = await MeasuredProcess.start(system.program, () => answers(chat), 120);
  try {
    await closedLoop(chat, CALLERS, Math.max(1, seconds / 2));
    const chats = await withCpu(running, () => closedLoop(chat, CALLERS, seconds));
    await closedLoop(stream, 4, 0.5);
    const streams = await withCpu(running, () => closedLoop(stream, 4, seconds));
    const fixed = await openLoop(chat, rate, seconds);
    const fixedStreams = await openLoop(stream, Math.min(20, rate), seconds);
    const totals = fixed.samples.map(({ totalMs }) => totalMs);
    return {
      perSecond: chats.load.samples.length / chats.load.seconds,
      cpuUs: chats.cpuUs,
      upstreamCpuUs: chats.upstreamCpuUs,
      streamsPerSecond: streams.load.samples.length / streams.load.seconds,
      streamCpuUs: streams.cpuUs,
      p50Ms: median(totals),
      p99Ms: percentile(totals, 99),
      firstTextMs: median(fixedStreams.samples.map(({ firstMs }) => firstMs)),
      rssMb: running.rssMb(),
      failed: [chats.load, streams.load, fixed, fixedStreams].flatMap(({ samples }) => samples).filter(({ ok }) => !ok)
        .length,
    };
  } finally {
    await running.stop();
  }
}

async function withCpu(
  running: MeasuredProcess,
  drive: () => Promise<Load>,
): Promise<{ readonly load: Load; readonly cpuUs: number; readonly upstreamCpuUs: number }> {
  const [own, theirs] = [running.cpuMs(), upstream.cpuMs()];
  const load = await drive();
  const each = (ms: number): number => (ms * 1000) / load.samples.length;
  return { load, cpuUs: each(running.cpuMs() - own), upstreamCpuUs: each(upstream.cpuMs() - theirs) };
}

async function answers(job: Job): Promise<boolean> {
  const { samples } = await closedLoop(job, 1, 0.001);
  return samples.length > 0 && samples.every(({ ok }) => ok);
}

function body({ model }: System, stream: boolean): string {
  return JSON.stringify({ model, messages: [{ role: 'user', content: PROMPT }], ...(stream && { stream }) });
}

function isFloor({ name }: System): boolean {
  return name === 'node:http' || name === 'express';
}

function json(): Record<string, string> {
  return { 'content-type': 'application/json' };
}

function mediansOf(rounds: readonly Figures[]): Figures {
  const names = Object.keys(rounds[0] ?? {}) as (keyof Figures)[];
  return Object.fromEntries(
    names.map((name) => [name, median(rounds.map((round) => round[name]))]),
  ) as unknown as Figures;
}

function table(figures: ReadonlyMap<string, Figures>): string {
  const floor = figures.get('node:http');
  const ratio = (value: number, base: number | undefined): string => (base ? `${(value / base).toFixed(1)}×` : '');
  const added = (value: number, base: number | undefined): string =>
    base === undefined ? '' : (value - base).toFixed(2);
  const rows = [...figures].map(([name, f]) => [
    name,
    f.perSecond.toFixed(0),
    f.cpuUs.toFixed(0),
    ratio(f.cpuUs, floor?.cpuUs),
    f.streamCpuUs.toFixed(0),
    ratio(f.streamCpuUs, floor?.streamCpuUs),
    added(f.p50Ms, floor?.p50Ms),
    added(f.p99Ms, floor?.p99Ms),
    added(f.firstTextMs, floor?.firstTextMs),
    f.rssMb.toFixed(0),
    String(f.failed),
  ]);
  const header =
    'system,chats/s,CPU µs/chat,ratio,CPU µs/stream,ratio,added p50 ms,added p99 ms,added first text ms,RSS MB,failed'.split(
      ',',
    );
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const upstreamCpu = floor ? `\nupstream: ${floor.upstreamCpuUs.toFixed(0)} µs of CPU a chat` : '';
  return [line(header), line(header.map(() => '---')), ...rows.map(line)].join('\n') + upstreamCpu;
}
