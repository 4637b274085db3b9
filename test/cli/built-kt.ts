import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { until } from '../until.js';

const ROOT = resolve(import.meta.dirname, '../..');
const NODE = process.execPath;

let built: Promise<string> | undefined;

/** The path of a bundle of the sources as they are, made once a run. */
export function builtKt(): Promise<string> {
  built ??= bundle();
  return built;
}

async function bundle(): Promise<string> {
  const outdir = resolve(ROOT, '.cache/test-dist');
  await promisify(execFile)(NODE, ['scripts/build.mjs', '--outdir', outdir], { cwd: ROOT });
  return resolve(outdir, 'gateway.js');
}

/** A `kt` of its own process. */
export class KtProcess {
  readonly child: ChildProcess;
  stdout = '';
  stderr = '';
  /** Its exit code; or the signal that ended it. */
  readonly ended: Promise<number | NodeJS.Signals>;

  constructor(script: string, words: readonly string[], env: Readonly<Record<string, string>>) {
    this.child = spawn(NODE, [script, ...words], { env: { ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
    this.child.stdout?.on('data', (chunk: Buffer) => (this.stdout += chunk.toString()));
    this.child.stderr?.on('data', (chunk: Buffer) => (this.stderr += chunk.toString()));
    this.ended = once(this.child, 'close').then(([code, signal]: unknown[]) => (code ?? signal) as number);
  }

  /** Log lines so far, parsed. */
  get log(): readonly Record<string, unknown>[] {
    const lines = this.stderr.split('\n').filter((line) => line.startsWith('{') && line.endsWith('}'));
    return lines.map((line) => JSON.parse(line) as Record<string, unknown>);
  }

  kill(signal: NodeJS.Signals): void {
    this.child.kill(signal);
  }
}

export interface Serving {
  readonly kt: KtProcess;
  /** Base URLs of the data ports. */
  readonly data: readonly string[];
  /** Base URL of the admin port; empty when it is off. */
  readonly admin: string;
}

/** Runs `kt gateway run` until `use` has ended; it must then stop by itself after SIGTERM, if it has not already. */
export async function withGatewayProcess(
  words: readonly string[],
  env: Readonly<Record<string, string>>,
  use: (serving: Serving) => Promise<void>,
): Promise<void> {
  const kt = new KtProcess(await builtKt(), ['gateway', 'run', ...words], env);
  try {
    let dead = false;
    void kt.ended.then(() => (dead = true));
    await until(() => dead || kt.stdout.includes('\n'));
    if (dead) throw new Error(`kt ended with ${await kt.ended}: ${kt.stderr}`);
    const line = JSON.parse(kt.stdout) as { event: string; data: string[]; admin: string | null };
    const urls = line.data.map((address) => `http://${address.replace('0.0.0.0', '127.0.0.1')}`);
    await use({ kt, data: urls, admin: line.admin === null ? '' : `http://${line.admin}` });
    kt.kill('SIGTERM');
    const code = await kt.ended;
    if (code !== 0) throw new Error(`kt ended with ${code}: ${kt.stderr}`);
  } finally {
    kt.kill('SIGKILL');
    await kt.ended;
  }
}
