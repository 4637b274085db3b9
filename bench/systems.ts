// The systems that are compared. Each gets the same OpenAI request and the same upstream.
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Program } from './process.js';

export interface System {
  readonly name: string;
  readonly program: Program;
  readonly url: string;
  /** Headers of its own, beside the content type. */
  readonly headers: Readonly<Record<string, string>>;
  /** What `model` says. */
  readonly model: string;
}

export interface Place {
  readonly port: number;
  readonly upstreamPort: number;
  /** A folder for the configurations that are made. */
  readonly workDir: string;
}

export const MODEL = 'anthropic.claude-3-haiku-20240307-v1:0';

const root = resolve(import.meta.dirname, '..');
const cache = join(root, '.cache', 'bench');
const node = process.execPath;
// Amazon's documentation example; the upstream does not check signatures.
const AWS = {
  AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE',
  AWS_SECRET_ACCESS_KEY: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
  AWS_REGION: 'us-east-1',
};

/** Name of a system → how to start it; a system that is not installed is left out and named. */
export const SYSTEMS: Readonly<Record<string, (place: Place) => Promise<System | undefined>>> = {
  'node:http': (place) => floor('http', place),
  express: (place) => floor('express', place),
  keeptrusts: (place) => keeptrusts('keeptrusts', [], place),
  'keeptrusts +chain': (place) =>
    keeptrusts('keeptrusts +chain', ['prompt-injection', 'pii-detector', 'safety-filter', 'audit-logger'], place),
  portkey,
  litellm,
};

async function floor(kind: 'http' | 'express', { port, upstreamPort }: Place): Promise<System> {
  return {
    name: kind === 'http' ? 'node:http' : 'express',
    program: {
      command: node,
      args: [join(root, 'bench', 'floor.mjs'), kind, String(port), String(upstreamPort)],
      env: { BENCH_MODEL: encodeURIComponent(MODEL), NODE_ENV: 'production' },
    },
    url: `http://127.0.0.1:${port}/v1/chat/completions`,
    headers: {},
    model: MODEL,
  };
}

async function keeptrusts(
  name: string,
  chain: readonly string[],
  { port, upstreamPort, workDir }: Place,
): Promise<System> {
  const config = join(workDir, `${name.replaceAll(/\W/g, '-')}.json`);
  const directory = join(workDir, 'audit');
  await mkdir(workDir, { recursive: true });
  await writeFile(
    config,
    JSON.stringify({
      pack: { name: 'bench', version: '1.0.0', enabled: true },
      policies: { chain },
      ...(chain.length > 0 && {
        policy: { 'pii-detector': { action: 'redact' }, 'audit-logger': { directory } },
      }),
      providers: {
        targets: [{ id: 'bench', provider: 'aws-bedrock', model: MODEL, base_url: `http://127.0.0.1:${upstreamPort}` }],
      },
    }),
  );
  return {
    name,
    program: {
      command: join(root, 'bin', 'kt'),
      args: `gateway run --listen 127.0.0.1:${port} --policy-config ${config} --admin off --log-level warn --state-dir ${join(workDir, 'state')}`.split(
        ' ',
      ),
      env: { ...AWS, NODE_ENV: 'production' },
    },
    url: `http://127.0.0.1:${port}/v1/chat/completions`,
    headers: {},
    model: MODEL,
  };
}

async function portkey({ port, upstreamPort }: Place): Promise<System | undefined> {
  const server = join(cache, 'portkey', 'node_modules', '@portkey-ai', 'gateway', 'build', 'start-server.js');
  if (!existsSync(server)) return undefined;
  return {
    name: 'portkey',
    program: { command: node, args: [server, `--port=${port}`, '--headless'], env: { NODE_ENV: 'production' } },
    url: `http://127.0.0.1:${port}/v1/chat/completions`,
    headers: {
      'x-portkey-provider': 'bedrock',
      'x-portkey-custom-host': `http://127.0.0.1:${upstreamPort}`,
      'x-portkey-aws-access-key-id': AWS.AWS_ACCESS_KEY_ID,
      'x-portkey-aws-secret-access-key': AWS.AWS_SECRET_ACCESS_KEY,
      'x-portkey-aws-region': AWS.AWS_REGION,
    },
    model: MODEL,
  };
}

async function litellm({ port, upstreamPort, workDir }: Place): Promise<System | undefined> {
  const command = join(cache, 'litellm', 'bin', 'litellm');
  if (!existsSync(command)) return undefined;
  const config = join(workDir, 'litellm.json');
  await mkdir(workDir, { recursive: true });
  await writeFile(
    config,
    JSON.stringify({
      model_list: [
        {
          model_name: MODEL,
          litellm_params: {
            model: `bedrock/converse/${MODEL}`,
            aws_bedrock_runtime_endpoint: `http://127.0.0.1:${upstreamPort}`,
            aws_region_name: AWS.AWS_REGION,
          },
        },
      ],
    }),
  );
  return {
    name: 'litellm',
    program: {
      command,
      args: ['--config', config, '--port', String(port), '--host', '127.0.0.1', '--num_workers', '1'],
      env: {
        ...AWS,
        LITELLM_LOG: 'ERROR',
        LITELLM_MASTER_KEY: 'sk-bench',
        LITELLM_TELEMETRY: 'False',
        NO_PROXY: '127.0.0.1',
      },
    },
    url: `http://127.0.0.1:${port}/v1/chat/completions`,
    headers: { authorization: 'Bearer sk-bench' },
    model: MODEL,
  };
}
