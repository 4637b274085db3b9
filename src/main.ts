import type { CommandContext } from './cli/command-context.js';
import { runProgram } from './cli/program.js';

const stop = new AbortController();
const stopNow = new AbortController();
for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.on(signal, () => (stop.signal.aborted ? stopNow : stop).abort(signal));
}

const context: CommandContext = {
  env: process.env,
  // Asked for by few commands; making it costs every start.
  get stdin() {
    return process.stdin;
  },
  stdout: process.stdout,
  stderr: process.stderr,
  stop: stop.signal,
  stopNow: stopNow.signal,
  onHangup: (run) => void process.on('SIGHUP', run),
  onCrash(run) {
    process.on('uncaughtException', (error) => {
      run(error);
      process.exit(1);
    });
  },
};

// A natural end, not process.exit(): output on a pipe is flushed, and a command that leaks a timer or a socket is noticed.
process.exitCode = await runProgram(process.argv.slice(2), context);
