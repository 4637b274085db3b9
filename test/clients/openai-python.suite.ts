// `npm run test:clients`: the OpenAI client of PyPI. Not part of `npm test`, which needs nothing but npm.
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { expect } from 'chai';
import { CLAUDE, TITAN, withWholeGateway } from './whole-gateway.js';

const run = promisify(execFile);
const HERE = import.meta.dirname;
const VENV = resolve(HERE, '../../.cache/clients-python');
const PYTHON = join(VENV, 'bin/python');

describe('the openai client of PyPI, through the gateway to Bedrock', function () {
  this.timeout(300_000);

  before(async function () {
    try {
      await run('python3', ['-m', 'venv', VENV]);
      await run(PYTHON, ['-m', 'pip', 'install', '--quiet', '--requirement', join(HERE, 'requirements.txt')]);
    } catch (error) {
      if (process.env['CI'] === 'true') throw error;
      process.stdout.write(
        `  skipped: needs python3 with venv and pip (${error instanceof Error ? error.message : ''})\n`,
      );
      this.skip();
    }
  });

  for (const snippet of ['reference_chat.py', 'reference_stream.py']) {
    it(`runs ${snippet} as it stands, but for the port`, () =>
      withWholeGateway(async (url, sim) => {
        const text = await readFile(join(HERE, snippet), 'utf8');
        const { stdout } = await run(PYTHON, ['-c', text.replace('localhost:8080', `localhost:${new URL(url).port}`)]);
        expect(stdout.trim()).to.match(/zero-trust|architecture/i);
        expect(sim.requests()).to.have.length(1);
      }));
  }

  it('chats, streams, calls tools, embeds, lists models and reads refusals', () =>
    withWholeGateway(async (url) => {
      const { stdout } = await run(PYTHON, [join(HERE, 'openai_python.py'), `${url}/v1`]);
      expect(JSON.parse(stdout)).to.deep.equal({
        chat: ['Grüße 👋', true],
        stream: ['one two three', true],
        tools: ['tool_calls', ['get_clock', 'get_weather'], 'stop'],
        embeddings: [256, 256],
        models: ['smart', 'gpt-4o', CLAUDE, TITAN],
        refusals: [
          ['NotFoundError', 404, 'model_not_found', 'model'],
          ['BadRequestError', 400, null, 'messages'],
          ['BadRequestError', 400, null, 'temperature'],
        ],
      });
    }));
});
