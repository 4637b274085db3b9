import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { FileSink } from '../../src/gateway/audit/file-sink.js';
import { exchange, sinkOptions, streamOpen } from '../gateway/audit/sample-log.js';
import { inTempDirectory } from '../gateway/audit/temp-directory.js';
import { Collected, runKt } from './run-kt.js';

async function withLog(use: (log: string, key: string) => Promise<void>): Promise<void> {
  await inTempDirectory(async (root) => {
    const sink = await FileSink.open(sinkOptions(root));
    await sink.append(exchange('r1', '2026-01-01T10:00:00.000Z'));
    await sink.append({ ...exchange('r2', '2026-02-01T10:00:00.000Z'), model: '=cmd("x")' });
    await sink.append(streamOpen('s1'));
    await sink.close();
    await use(join(root, 'log'), join(root, 'key', 'audit.pem.pub'));
  });
}

describe('kt audit verify', () => {
  it('exits 0 for a whole log and says what is in it', async () => {
    await withLog(async (log, key) => {
      const { exitCode, stdout } = await runKt(['audit', 'verify', log, '--key', key]);
      expect(exitCode).to.equal(0);
      expect(stdout).to.match(/^OK +3 records in 1 segments\n +interrupted stream: s1\n$/);
    });
  });

  it('exits 1 for an altered log and says where', async () => {
    await withLog(async (log, key) => {
      const segment = join(log, 'segment-00000001.jsonl');
      writeFileSync(segment, readFileSync(segment, 'utf8').replace('"status":200', '"status":201'));
      const { exitCode, stdout } = await runKt(['audit', 'verify', log, '--key', key, '--json']);
      expect(exitCode).to.equal(1);
      expect(JSON.parse(stdout)).to.deep.include({
        ok: false,
        first_bad: {
          segment: 'segment-00000001.jsonl',
          line: 2,
          reason: 'altered: the record does not match its own hash',
        },
      });
    });
  });

  for (const [name, words] of [
    ['a folder that is not there', (_log: string, key: string) => ['/nowhere/log', '--key', key]],
    ['a key that is not there', (log: string) => [log, '--key', '/nowhere/key']],
    ['a key that is none', (log: string) => [log, '--key', join(log, 'head')]],
    ['no key', (log: string) => [log]],
  ] as const) {
    it(`exits 2 for ${name}`, async () => {
      await withLog(async (log, key) => {
        const { exitCode, stdout, stderr } = await runKt(['audit', 'verify', ...words(log, key)]);
        expect(exitCode).to.equal(2);
        expect(stdout).to.equal('');
        expect(stderr).to.not.equal('');
      });
    });
  }
});

describe('kt audit tail', () => {
  it('prints the last records without those of the log itself', async () => {
    await withLog(async (log) => {
      const { stdout } = await runKt(['audit', 'tail', log, '-n', '2']);
      expect(
        stdout
          .trim()
          .split('\n')
          .map((line) => (JSON.parse(line) as { id: string }).id),
      ).to.deep.equal(['r2', 's1']);
    });
  });

  it('follows the log into new segments until it is stopped', async () => {
    await inTempDirectory(async (root) => {
      const sink = await FileSink.open(sinkOptions(root, { maxSegmentBytes: 1_000 }));
      await sink.append(exchange('before'));
      const stop = new AbortController();
      const stdout = new Collected();
      const running = runKt(['audit', 'tail', join(root, 'log'), '--follow', '-n', '0'], { stop: stop.signal, stdout });
      // Following starts at the end it finds: records are written until the first of them shows.
      let written = 0;
      while (stdout.text === '') await sink.append(exchange(`new ${written++}`));
      for (let i = 0; i < 5; i++) await sink.append(exchange(`last ${i}`));
      while (!stdout.text.includes('"last 4"')) await new Promise((resolve) => setImmediate(resolve));
      stop.abort();
      expect((await running).exitCode).to.equal(0);
      await sink.close();
      const ids = stdout.text
        .trim()
        .split('\n')
        .map((line) => (JSON.parse(line) as { id: string }).id);
      expect(ids.slice(-5)).to.deep.equal(['last 0', 'last 1', 'last 2', 'last 3', 'last 4']);
      expect(new Set(ids).size).to.equal(ids.length);
    });
  });
});

describe('kt audit export', () => {
  it('writes CSV that a spreadsheet cannot run, within the times asked for', async () => {
    await withLog(async (log) => {
      const { stdout } = await runKt([
        'audit',
        'export',
        log,
        '--format',
        'csv',
        '--since',
        '2026-01-15',
        '--until',
        '2026-03-01',
      ]);
      const [header = '', row = '', rest] = stdout.split('\r\n');
      expect(header).to.match(/^time,id,kind,route,model,/);
      expect(row).to.match(/^2026-02-01T10:00:00.000Z,r2,exchange,chat,"'=cmd\(""x""\)",bedrock-claude-sonnet,/);
      expect(rest).to.equal('');
    });
  });

  it('writes the records themselves as JSON lines', async () => {
    await withLog(async (log) => {
      const { stdout } = await runKt(['audit', 'export', log]);
      expect(stdout.trim().split('\n')).to.have.length(3);
    });
  });

  it('refuses a time it cannot read', async () => {
    await withLog(async (log) => {
      const { exitCode, stderr } = await runKt(['audit', 'export', log, '--since', 'yesterday']);
      expect(exitCode).to.equal(2);
      expect(stderr).to.match(/--since.*expected an ISO 8601 time/);
    });
  });
});
