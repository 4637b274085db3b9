import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import fc from 'fast-check';
import { FileSink } from '../../../src/gateway/audit/file-sink.js';
import { loadOrCreateSigningKey } from '../../../src/gateway/audit/signing-key.js';
import { verifyLog } from '../../../src/gateway/audit/verify-log.js';
import { exchange, sinkOptions, verifySample } from './sample-log.js';
import { inTempDirectory } from './temp-directory.js';

/** A log of three segments, closed. */
async function withLog(use: (root: string, segments: string[]) => Promise<void>): Promise<void> {
  await inTempDirectory(async (root) => {
    const sink = await FileSink.open(sinkOptions(root, { maxSegmentBytes: 4_000 }));
    for (let i = 0; i < 20; i++) await sink.append(exchange(`r${i}`));
    await sink.close();
    const segments = readdirSync(join(root, 'log'))
      .filter((name) => name.startsWith('segment'))
      .toSorted()
      .map((name) => join(root, 'log', name));
    expect(segments.length).to.be.greaterThan(2);
    await use(root, segments);
  });
}

describe('verifyLog', () => {
  it('finds any changed byte, and says where', async () => {
    await withLog(async (root, segments) => {
      const originals = segments.map((path) => readFileSync(path));
      await fc.assert(
        fc.asyncProperty(fc.nat(), fc.nat(), fc.integer({ min: 1, max: 255 }), async (which, where, change) => {
          const index = which % segments.length;
          const [path = '', original = Buffer.alloc(0)] = [segments[index], originals[index]];
          const at = where % original.length;
          const altered = Buffer.from(original);
          altered[at] = (altered[at] ?? 0) ^ change;
          writeFileSync(path, altered);
          const result = await verifySample(root);
          writeFileSync(path, original);
          expect(result.ok).to.equal(false);
          const line = original.subarray(0, at).toString('latin1').split('\n').length;
          const isLastByte = index === segments.length - 1 && at === original.length - 1;
          // A line feed that is gone shows at the line it ended; at the end of the log it leaves half a record.
          if (!isLastByte)
            expect(result.first_bad).to.include({ line, segment: path.slice(path.lastIndexOf('/') + 1) });
        }),
        { numRuns: 150 },
      );
    });
  });

  it('finds any removed, repeated or swapped line', async () => {
    await withLog(async (root, segments) => {
      for (const path of segments) {
        const original = readFileSync(path, 'utf8');
        const lines = original.split('\n').slice(0, -1);
        for (let i = 0; i < lines.length; i++) {
          const edits = [lines.toSpliced(i, 1), lines.toSpliced(i, 0, lines[i] ?? '')];
          if (i > 0) edits.push(lines.toSpliced(i - 1, 2, lines[i] ?? '', lines[i - 1] ?? ''));
          for (const edit of edits) {
            writeFileSync(path, edit.map((line) => `${line}\n`).join(''));
            expect((await verifySample(root)).ok, `${path}:${i + 1}`).to.equal(false);
          }
        }
        writeFileSync(path, original);
      }
    });
  });

  it('finds a log that was cut anywhere', async () => {
    await withLog(async (root, segments) => {
      const path = segments.at(-1) ?? '';
      const original = readFileSync(path);
      for (let length = original.length - 1; length > 0; length -= 37) {
        writeFileSync(path, original.subarray(0, length));
        const result = await verifySample(root);
        expect(result.ok, `cut to ${length}`).to.equal(false);
        expect(result.first_bad?.reason).to.match(/truncated/);
      }
    });
  });

  for (const [name, index] of [
    ['first', 0],
    ['middle', 1],
    ['last', -1],
  ] as const) {
    it(`finds that the ${name} segment is gone`, async () => {
      await withLog(async (root, segments) => {
        rmSync(segments.at(index) ?? '');
        const result = await verifySample(root);
        expect(result.ok).to.equal(false);
        expect(result.first_bad?.reason).to.match(/^(removed|truncated)/);
      });
    });
  }

  it('finds that the head is gone', async () => {
    await withLog(async (root) => {
      rmSync(join(root, 'log', 'head'));
      expect((await verifySample(root)).first_bad?.reason).to.match(/head .* is missing/);
    });
  });

  it('finds a log that was cut and given a head without a signature', async () => {
    await withLog(async (root, segments) => {
      const path = segments.at(-1) ?? '';
      const lines = readFileSync(path, 'utf8').split('\n').slice(0, 2);
      writeFileSync(path, `${lines.join('\n')}\n`);
      const head = readFileSync(join(root, 'log', 'head'), 'utf8');
      const forged = head.replaceAll(/\{"seq":\d+/g, '{"seq":1');
      writeFileSync(join(root, 'log', 'head'), forged);
      expect((await verifySample(root)).ok).to.equal(false);
    });
  });

  it('does not take another key', async () => {
    await withLog(async (root) => {
      const other = loadOrCreateSigningKey(join(root, 'other.pem'));
      const result = await verifyLog(join(root, 'log'), other.publicKey);
      expect(result.first_bad?.reason).to.match(/signature does not match the key/);
    });
  });
});
