import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect } from 'chai';
import { FileSink } from '../../../src/gateway/audit/file-sink.js';
import { readLog } from '../../../src/gateway/audit/read-log.js';
import { FakeClock } from '../../core/fake-clock.js';
import { exchange, sinkOptions, streamClose, streamOpen } from './sample-log.js';
import { inTempDirectory } from './temp-directory.js';

const schema = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../../docs/audit-record.schema.json'), 'utf8'),
) as object;

describe('docs/audit-record.schema.json', () => {
  it('describes every record of a log', async () => {
    const validate = new Ajv2020({ strict: false, validateFormats: false }).compile(schema);
    await inTempDirectory(async (root) => {
      const clock = new FakeClock();
      const sink = await FileSink.open(sinkOptions(root, { clock, retentionDays: 1 }));
      for (let day = 0; day < 4; day++) {
        await sink.append({
          ...exchange(`r${day}`, new Date(clock.now()).toISOString()),
          caller: { user: 'u', team: 't' },
          policies: [
            {
              policy: 'pii-detector',
              phase: 'input',
              verdict: 'redact',
              findings: [{ label: 'EMAIL_ADDRESS', at: 'messages[0].content[0]', start: 3, end: 9, score: 0.95 }],
            },
          ],
        } as ReturnType<typeof exchange>);
        await sink.append(streamOpen(`s${day}`));
        await sink.append(streamClose(`s${day}`));
        await sink.append({
          kind: 'access',
          id: `a${day}`,
          time: new Date(clock.now()).toISOString(),
          route: 'models',
          status: 200,
        });
        await clock.advance(86_400_000);
      }
      await sink.close();
      const kinds = new Set<unknown>();
      for await (const { text, entry } of readLog(join(root, 'log'))) {
        kinds.add(entry['kind']);
        expect(validate(JSON.parse(text)), `${text} ${JSON.stringify(validate.errors)}`).to.equal(true);
      }
      expect(kinds).to.include.keys('exchange', 'open', 'close', 'access', 'segment', 'checkpoint', 'tombstone');
    });
  });
});
