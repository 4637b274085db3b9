import { once } from 'node:events';
import { Writable } from 'node:stream';
import { ConverseCommand } from '@aws-sdk/client-bedrock-runtime';
import { expect } from 'chai';
import { bedrockClientFor } from '../simulator/bedrock-client.js';
import { runKt, type KtRun } from './run-kt.js';

interface Listening {
  readonly event: string;
  readonly url: string;
  readonly sts_url: string;
}

/** Runs `kt simulator` until `use` is done, then stops it as SIGTERM would. */
async function serving(words: readonly string[], use: (listening: Listening) => Promise<void>): Promise<KtRun> {
  const stop = new AbortController();
  const stdout = new Lines();
  const line = once(stdout, 'line') as Promise<[string]>; // the only event with that name
  const run = runKt(['simulator', '--listen', '127.0.0.1:0', ...words], { stop: stop.signal, stdout });
  const first = await Promise.race([line, run.then(({ stderr }) => Promise.reject(new Error(stderr)))]);
  try {
    await use(JSON.parse(first[0]) as Listening); // what the command documents
  } finally {
    stop.abort();
  }
  return run;
}

class Lines extends Writable {
  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.emit('line', chunk.toString());
    done();
  }
}

describe('kt simulator', () => {
  it('prints one JSON line when it listens, serves, and exits 0 when stopped', async () => {
    const { exitCode, stderr } = await serving([], async ({ event, url, sts_url }) => {
      expect(event).to.equal('listening');
      expect(sts_url).to.equal(url);
      const client = bedrockClientFor(url);
      const answer = await client.send(
        new ConverseCommand({
          modelId: 'amazon.nova-lite-v1:0',
          messages: [{ role: 'user', content: [{ text: 'Hi' }] }],
        }),
      );
      client.destroy();
      expect(answer.stopReason).to.equal('end_turn');
    });
    expect({ exitCode, stderr }).to.deep.equal({ exitCode: 0, stderr: '' });
  });

  it('serves STS at an address of its own', async () => {
    await serving(['--sts', '127.0.0.1:0'], async ({ url, sts_url }) => {
      expect(new URL(sts_url).port).not.to.equal(new URL(url).port);
      const answer = await fetch(sts_url, { method: 'POST', body: 'Action=GetCallerIdentity&Version=2011-06-15' });
      expect(await answer.text()).to.include('<Code>MissingAuthenticationToken</Code>');
    });
  });

  it('warns when it listens beyond loopback', async () => {
    const { stderr } = await serving(['--listen', '0.0.0.0:0'], async () => {});
    expect(stderr).to.include('0.0.0.0 is not loopback');
  });

  it('says in one line that an address is taken', async () => {
    await serving([], async ({ url }) => {
      const { exitCode, stderr } = await runKt(['simulator', '--listen', new URL(url).host]);
      expect(exitCode).to.equal(2);
      expect(stderr).to.match(/^kt: .*EADDRINUSE.*\n$/);
    });
  });

  for (const [words, complaint] of [
    [['--listen', 'nowhere'], 'expected HOST:PORT'],
    [['--seed', '-1'], 'expected a whole number, 0 or more'],
    [['--events', '0'], 'expected a whole number, 1 or more'],
    [['--unknown'], "unknown option '--unknown'"],
  ] as const) {
    it(`refuses ${words.join(' ')}`, async () => {
      const { exitCode, stderr } = await runKt(['simulator', ...words]);
      expect(exitCode).to.equal(2);
      expect(stderr).to.include(complaint);
    });
  }

  it('has examples in its help', async () => {
    const { exitCode, stdout } = await runKt(['simulator', '--help']);
    expect(exitCode).to.equal(0);
    expect(stdout).to.include('Examples:').and.to.include('/_sim/faults');
  });
});
