// `npm start`: the gateway with examples/policy-config.yaml, before the Bedrock simulator, or with `--aws` before Amazon
// Bedrock itself, and what to paste to talk to it. Serves until Ctrl-C.
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const CONFIG = join(ROOT, 'examples/policy-config.yaml');
const MODEL = 'anthropic.claude-sonnet-4-20250514-v1:0';
const PREFERRED_PORT = 8080;

const { aws, dist, port } = parseArgs({
  options: {
    aws: { type: 'boolean', default: false },
    /** Where the bundle is. */
    dist: { type: 'string', default: join(ROOT, 'dist') },
    /** Instead of 8080, or a free one where that is taken. */
    port: { type: 'string' },
  },
}).values;

const children = [];
let isStopping = false;
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => stop(signal));

process.exitCode = await main();

async function main() {
  const env = aws ? process.env : await simulatedAws();
  const problem = aws ? await credentialsProblem() : undefined;
  if (problem !== undefined) {
    console.error(`npm start -- --aws: ${problem} Without --aws, the simulator answers.`);
    return 1;
  }
  const listen = `127.0.0.1:${port ?? ((await isFree(PREFERRED_PORT)) ? PREFERRED_PORT : 0)}`;
  const words = ['gateway', 'run', '--listen', listen, '--policy-config', CONFIG];
  const { data, admin } = await announcement(kt(words, env));
  console.log(welcome(`http://${data[0]}`, admin === null ? undefined : `http://${admin}`));

  const codes = await Promise.all(children.map(ended));
  return codes.every((code) => code === 0) ? 0 : 1;
}

/** Starts the simulator. @returns an environment where AWS is the simulator, and nothing leads to the real one. */
async function simulatedAws() {
  const own = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('AWS_')));
  const words = ['simulator', '--listen', '127.0.0.1:0', '--first-event-ms', '200', '--event-ms', '25'];
  const { url, sts_url } = await announcement(kt(words, own));
  return {
    ...own,
    AWS_REGION: 'us-east-1',
    // The pair of AWS's documentation, which the simulator knows.
    AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE',
    AWS_SECRET_ACCESS_KEY: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
    AWS_ENDPOINT_URL_BEDROCK_RUNTIME: url,
    AWS_ENDPOINT_URL_STS: sts_url,
  };
}

/** Why there are no credentials that AWS takes, as `kt doctor` says it. */
async function credentialsProblem() {
  const words = [join(dist, 'gateway.js'), 'doctor', '--policy-config', CONFIG, '--json'];
  const report = await new Promise((resolve) => execFile(process.execPath, words, (_error, stdout) => resolve(stdout)));
  const failed = JSON.parse(report).checks.find(({ check, status }) => check === 'credentials' && status === 'fail');
  return failed && `${failed.reason} ${failed.fix}`;
}

function kt(words, env) {
  const child = spawn(process.execPath, [join(dist, 'gateway.js'), ...words], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  child.once('exit', () => stop('SIGTERM'));
  return child;
}

/** The line of JSON that says where a child listens. */
async function announcement(child) {
  const lines = createInterface({ input: child.stdout });
  const [line] = await Promise.race([once(lines, 'line'), once(child, 'exit').then(() => [])]);
  if (line !== undefined) return JSON.parse(line);
  console.error(`npm start: kt ${child.spawnargs[2]} ended before it served`);
  process.exit(1);
}

/** Ends everything; the gateway first finishes what is under way. */
function stop(signal) {
  if (isStopping && signal !== 'SIGINT') return;
  isStopping = true;
  for (const child of children) child.kill(signal);
}

async function ended(child) {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  return child.exitCode;
}

async function isFree(candidate) {
  const server = createServer();
  try {
    server.listen(candidate, '127.0.0.1');
    await once(server, 'listening');
    return true;
  } catch {
    return false;
  } finally {
    server.close();
  }
}

function welcome(base, admin) {
  const body = JSON.stringify({ model: MODEL, messages: [{ role: 'user', content: 'Say hello.' }] });
  return `
The gateway serves ${base}/v1 and sends to ${aws ? 'Amazon Bedrock' : 'the simulator, which makes its answers up'}.${admin ? `\nMetrics and health: ${admin}/metrics, ${admin}/readyz` : ''}

curl
  curl ${base}/v1/chat/completions -H 'content-type: application/json' \\
    -d '${body}'

Python (pip install openai)
  from openai import OpenAI
  client = OpenAI(base_url="${base}/v1", api_key="unused")
  for chunk in client.chat.completions.create(
      model="${MODEL}",
      messages=[{"role": "user", "content": "Say hello."}],
      stream=True,
  ):
      print(chunk.choices[0].delta.content or "", end="", flush=True)

TypeScript (npm install openai)
  import OpenAI from 'openai';
  const client = new OpenAI({ baseURL: '${base}/v1', apiKey: 'unused' });
  const answer = await client.chat.completions.create({
    model: '${MODEL}',
    messages: [{ role: 'user', content: 'Say hello.' }],
  });
  console.log(answer.choices[0]?.message.content);

Ctrl-C stops it.
`;
}
