// A program under measurement: started, asked for its CPU time and memory, stopped.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, readdirSync } from 'node:fs';
import { createServer } from 'node:net';

export interface Program {
  readonly command: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

/** Linux counts CPU time in hundredths of a second. */
const TICK_MS = 10;

export class MeasuredProcess {
  readonly #child: ChildProcess;
  #complaints = '';

  private constructor(child: ChildProcess) {
    this.#child = child;
    child.stderr?.on(
      'data',
      (chunk: Buffer) => (this.#complaints = (this.#complaints + chunk.toString()).slice(-4000)),
    );
    child.stdout?.on('data', () => {});
  }

  /** Starts a program and waits until `isReady` says so. @throws Error with what it said last when it does not get there. */
  static async start(program: Program, isReady: () => Promise<boolean>, seconds = 60): Promise<MeasuredProcess> {
    const child = spawn(program.command, program.args, {
      env: { ...process.env, ...program.env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const measured = new MeasuredProcess(child);
    for (const until = Date.now() + seconds * 1000; !(await isReady());) {
      if (child.exitCode !== null || Date.now() > until) {
        child.kill('SIGKILL');
        throw new Error(`${program.command} ${program.args.join(' ')} did not get ready\n${measured.#complaints}`);
      }
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    return measured;
  }

  /** CPU time so far of the process and its children, user and system, in milliseconds. */
  cpuMs(): number {
    return family(this.#child.pid ?? 0)
      .map((pid) => {
        const fields = statOf(pid);
        return (Number(fields[11]) + Number(fields[12])) * TICK_MS;
      })
      .reduce((a, b) => a + b, 0);
  }

  /** Resident memory in MB, children included. */
  rssMb(): number {
    return family(this.#child.pid ?? 0)
      .map((pid) => Number(/VmRSS:\s+(\d+)/.exec(read(`/proc/${pid}/status`))?.[1] ?? 0) / 1024)
      .reduce((a, b) => a + b, 0);
  }

  async stop(): Promise<void> {
    if (this.#child.exitCode !== null) return;
    const gone = once(this.#child, 'exit');
    this.#child.kill('SIGTERM');
    const timer = setTimeout(() => this.#child.kill('SIGKILL'), 3_000);
    await gone;
    clearTimeout(timer);
  }
}

/** A port that nobody listens on right now. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

function family(pid: number): number[] {
  const children = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((other) => Number(statOf(other)[1]) === pid);
  return [pid, ...children.flatMap(family)];
}

/** Fields of /proc/PID/stat behind the name: [0] is the state, [1] the parent. */
function statOf(pid: number): string[] {
  const text = read(`/proc/${pid}/stat`);
  return text.slice(text.lastIndexOf(')') + 2).split(' ');
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
