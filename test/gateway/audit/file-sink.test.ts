import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, readdirSync, readFileSync, statSync, writeFileSync, appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { FileSink } from '../../../src/gateway/audit/file-sink.js';
import { readLog } from '../../../src/gateway/audit/read-log.js';
import { GatewayError } from '../../../src/gateway/chat/gateway-error.js';
import { FakeClock } from '../../core/fake-clock.js';
import { exchange, RecordingObserver, sinkOptions, streamClose, streamOpen, verifySample } from './sample-log.js';
import { inTempDirectory } from './temp-directory.js';

const DAY_MS = 86_400_000;

describe('FileSink', () => {
  it('writes a log that verifies, signed to its end once it is closed', async () => {
    await inTempDirectory(async (root) => {
      const sink = await FileSink.open(sinkOptions(root));
      await Promise.all(Array.from({ length: 50 }, (_, i) => sink.append(exchange(`r${i}`))));
      await sink.close();
      const result = await verifySample(root);
      expect(result).to.deep.include({ ok: true, records: 50, first_bad: null, interrupted: [], unsigned_records: 0 });
    });
  });

  it('has written an entry when append resolves', async () => {
    await inTempDirectory(async (root) => {
      const sink = await FileSink.open(sinkOptions(root));
      await sink.append(exchange('r1'));
      expect(readFileSync(join(root, 'log', 'segment-00000001.jsonl'), 'utf8')).to.include('"id":"r1"');
      await sink.close();
    });
  });

  it('keeps the log and its key from other users', async () => {
    await inTempDirectory(async (root) => {
      const sink = await FileSink.open(sinkOptions(root));
      await sink.close();
      const mode = (path: string): number => statSync(join(root, path)).mode & 0o777;
      expect(mode('log')).to.equal(0o700);
      expect(mode('log/segment-00000001.jsonl')).to.equal(0o600);
      expect(mode('key/audit.pem')).to.equal(0o600);
    });
  });

  it('goes on where it stopped', async () => {
    await inTempDirectory(async (root) => {
      for (const id of ['r1', 'r2', 'r3']) {
        const sink = await FileSink.open(sinkOptions(root));
        await sink.append(exchange(id));
        await sink.close();
      }
      expect(await verifySample(root)).to.deep.include({ ok: true, records: 3, segments: 1 });
    });
  });

  it('refuses a second writer while the first one lives, and takes over from a dead one', async () => {
    await inTempDirectory(async (root) => {
      const sink = await FileSink.open(sinkOptions(root));
      const second = await FileSink.open(sinkOptions(root)).catch((error: unknown) => error);
      expect(String(second)).to.match(/in use by process \d+/);
      await sink.close();
      writeFileSync(join(root, 'log', 'lock'), '999999999 1\n');
      await (await FileSink.open(sinkOptions(root))).close();
    });
  });

  it('lists streams that began and did not end', async () => {
    await inTempDirectory(async (root) => {
      const sink = await FileSink.open(sinkOptions(root));
      await sink.append(streamOpen('s1'));
      await sink.append(streamOpen('s2'));
      await sink.append(streamClose('s1'));
      await sink.close();
      expect(await verifySample(root)).to.deep.include({ ok: true, interrupted: ['s2'] });
    });
  });

  it('signs a checkpoint a second after a record, without waiting for more', async () => {
    await inTempDirectory(async (root) => {
      const clock = new FakeClock();
      const observer = new RecordingObserver();
      const sink = await FileSink.open(sinkOptions(root, { clock, observer }));
      await sink.append(exchange('r1'));
      await sink.append(exchange('r2'));
      expect(observer.checkpoints).to.equal(0);
      await clock.advance(1_000);
      await sink.append(exchange('r3'));
      expect(observer.checkpoints).to.equal(1);
      await sink.close();
      expect(await verifySample(root)).to.deep.include({ ok: true, records: 3 });
    });
  });

  it('begins a new segment by size and by day', async () => {
    await inTempDirectory(async (root) => {
      const clock = new FakeClock();
      const sink = await FileSink.open(sinkOptions(root, { clock, maxSegmentBytes: 3_000 }));
      for (let i = 0; i < 20; i++) await sink.append(exchange(`r${i}`));
      const bySize = readdirSync(join(root, 'log')).filter((name) => name.startsWith('segment')).length;
      await clock.advance(DAY_MS);
      await sink.append(exchange('next day'));
      await sink.append(exchange('next day, next segment'));
      await sink.close();
      const result = await verifySample(root);
      expect(bySize).to.be.greaterThan(2);
      expect(result.segments).to.be.greaterThan(bySize);
      expect(result).to.deep.include({ ok: true, records: 22 });
    });
  });

  it('removes whole segments after retention_days and leaves a signed tombstone', async () => {
    await inTempDirectory(async (root) => {
      const clock = new FakeClock();
      const sink = await FileSink.open(sinkOptions(root, { clock, retentionDays: 3 }));
      for (let day = 0; day < 10; day++) {
        await sink.append(exchange(`day ${day}`, new Date(clock.now()).toISOString()));
        await clock.advance(DAY_MS);
      }
      await sink.close();
      const result = await verifySample(root);
      expect(existsSync(join(root, 'log', 'segment-00000001.jsonl'))).to.equal(false);
      const left: unknown[] = [];
      for await (const { entry } of readLog(join(root, 'log')))
        if (entry['kind'] === 'exchange') left.push(entry['id']);
      expect(left).to.include.members(['day 7', 'day 8', 'day 9']);
      expect(left).to.not.include.members(['day 5']);
      expect(result.ok, JSON.stringify(result)).to.equal(true);
    });
  });

  describe('after a crash', () => {
    it('sets half a record aside and records that it did', async () => {
      await inTempDirectory(async (root) => {
        const sink = await FileSink.open(sinkOptions(root));
        await sink.append(exchange('r1'));
        await sink.close();
        const segment = join(root, 'log', 'segment-00000001.jsonl');
        appendFileSync(segment, '{"seq":99,"prev":"torn');
        expect(await verifySample(root)).to.deep.include({ ok: true, torn_bytes: 22 });

        const again = await FileSink.open(sinkOptions(root));
        await again.append(exchange('r2'));
        await again.close();
        expect(readFileSync(segment, 'utf8')).to.match(/"kind":"recovery".*"torn":\{"bytes":22/);
        const aside = readdirSync(join(root, 'log')).filter((name) => name.startsWith('torn-'));
        expect(readFileSync(join(root, 'log', aside[0] ?? ''), 'utf8')).to.equal('{"seq":99,"prev":"torn');
        expect(await verifySample(root)).to.deep.include({ ok: true, records: 2, torn_bytes: 0 });
      });
    });

    it('goes on when the new segment was not begun', async () => {
      await inTempDirectory(async (root) => {
        const sink = await FileSink.open(sinkOptions(root));
        await sink.append(exchange('r1'));
        await sink.close();
        writeFileSync(join(root, 'log', 'segment-00000002.jsonl'), '{"seq":');
        const again = await FileSink.open(sinkOptions(root));
        await again.append(exchange('r2'));
        await again.close();
        expect(await verifySample(root)).to.deep.include({ ok: true, records: 2, segments: 2 });
      });
    });

    it('does not write on behind damage', async () => {
      await inTempDirectory(async (root) => {
        const sink = await FileSink.open(sinkOptions(root));
        await sink.append(exchange('r1'));
        await sink.close();
        const segment = join(root, 'log', 'segment-00000001.jsonl');
        writeFileSync(segment, readFileSync(segment, 'utf8').replace('"id":"r1"', '"id":"r2"'));
        const error = await FileSink.open(sinkOptions(root)).catch((caught: unknown) => caught);
        expect(String(error)).to.match(/segment-00000001\.jsonl:2: altered/);
      });
    });

    it('records that the end of the log was missing', async () => {
      await inTempDirectory(async (root) => {
        const sink = await FileSink.open(sinkOptions(root));
        await sink.append(exchange('r1'));
        await sink.append(exchange('r2'));
        await sink.close();
        const segment = join(root, 'log', 'segment-00000001.jsonl');
        writeFileSync(segment, `${readFileSync(segment, 'utf8').split('\n').slice(0, 2).join('\n')}\n`);
        await (await FileSink.open(sinkOptions(root))).close();
        const result = await verifySample(root);
        expect(result.ok).to.equal(false);
        expect(result.first_bad?.reason).to.match(/records 3 to 4 were missing/);
      });
    });
  });

  describe('on a disk that is full', () => {
    for (const onFailure of ['refuse', 'continue'] as const) {
      it(`${onFailure}s, and works again when there is room`, async function () {
        await onSmallDisk(this, async (root) => {
          const observer = new RecordingObserver();
          const clock = new FakeClock();
          const sink = await FileSink.open(sinkOptions(root, { observer, clock, onFailure }));
          await sink.append(exchange('before'));
          const filler = join(root, 'filler');
          fill(filler);
          const outcomes: unknown[] = [];
          for (let i = 0; i < 40; i++)
            outcomes.push(await sink.append(exchange(`full ${i}`)).catch((error: unknown) => error));
          const refusal = await sink.admit().catch((error: unknown) => error);
          expect(observer.failures).to.include('disk_full');
          expect(outcomes.some((error) => error instanceof GatewayError)).to.equal(onFailure === 'refuse');
          expect(refusal instanceof GatewayError && refusal.reason).to.equal(
            onFailure === 'refuse' && 'audit_unavailable',
          );

          writeFileSync(filler, '');
          await clock.advance(1_000);
          await sink.admit();
          await sink.append(exchange('after'));
          await sink.close();
          const log = readFileSync(join(root, 'log', 'segment-00000001.jsonl'), 'utf8');
          expect(log).to.match(/"kind":"gap".*"reason":"disk_full"/);
          const lastWhole = onFailure === 'continue' ? '"id":"full 39"' : '"id":"after"';
          expect(log).to.include(lastWhole);
          expect(await verifySample(root)).to.deep.include({ ok: true });
        });
      });
    }
  });

  describe('on a disk that cannot be written', () => {
    it('does not open under refuse, and opens under continue', async function () {
      await onSmallDisk(this, async (root) => {
        const clock = new FakeClock();
        const observer = new RecordingObserver();
        const options = sinkOptions(root, { clock, observer });
        remount(root, 'ro');
        const refused = await FileSink.open(options).catch((error: unknown) => error);
        expect(String(refused)).to.match(/EROFS/);
        const sink = await FileSink.open({ ...options, onFailure: 'continue' });
        await sink.append(exchange('unwritten'));
        expect(observer.failures).to.include('read_only');
        remount(root, 'rw');
        await clock.advance(1_000);
        await sink.append(exchange('written'));
        await sink.close();
        expect(await verifySample(root)).to.deep.include({ ok: true, records: 2 });
      });
    });
  });
});

/** A tmpfs of 256 KB; needs root, as containers in CI have it. Elsewhere the test counts as skipped, in CI as failed. */
async function onSmallDisk(context: Mocha.Context, use: (root: string) => Promise<void>): Promise<void> {
  await inTempDirectory(async (root) => {
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=256k', 'tmpfs', root], { stdio: 'ignore' });
    } catch (error) {
      if (process.env['CI'] === 'true') throw error;
      context.skip();
    }
    try {
      await use(root);
    } finally {
      execFileSync('umount', [root]);
    }
  });
}

function fill(path: string): void {
  for (let size = 200 * 1024; size > 0; size -= 1024) {
    try {
      writeFileSync(path, Buffer.alloc(size));
      break;
    } catch {
      // still too large
    }
  }
  chmodSync(path, 0o600);
  for (;;) {
    try {
      appendFileSync(path, Buffer.alloc(4096));
    } catch {
      return;
    }
  }
}

function remount(root: string, mode: 'ro' | 'rw'): void {
  execFileSync('mount', ['-o', `remount,${mode}`, root]);
}
