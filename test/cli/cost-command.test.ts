import { join } from 'node:path';
import { expect } from 'chai';
import type { AuditEntry } from '../../src/gateway/audit/audit-record.js';
import { FileSink } from '../../src/gateway/audit/file-sink.js';
import { exchange, sinkOptions } from '../gateway/audit/sample-log.js';
import { inTempDirectory } from '../gateway/audit/temp-directory.js';
import { runKt } from './run-kt.js';

const USAGE = {
  input_tokens: 100,
  output_tokens: 10,
  cache_read_tokens: 50,
  cache_write_tokens: 0,
  source: 'reported',
};

async function withLog(use: (log: string) => Promise<void>): Promise<void> {
  const rows = [
    { time: '2026-01-01T10:00:00.000Z', target: 'a', caller: { team: 'blue' }, usage: USAGE, cost_usd: 0.25 },
    { time: '2026-01-01T11:00:00.000Z', target: 'b', caller: { team: '=red' }, usage: USAGE, cost_usd: 1 },
    { time: '2026-01-02T10:00:00.000Z', target: 'a', usage: USAGE, cost_usd: 0.5 },
    { time: '2026-01-02T11:00:00.000Z', target: 'c', usage: USAGE },
    { time: '2026-01-02T12:00:00.000Z', target: 'd' },
  ];
  await inTempDirectory(async (root) => {
    const sink = await FileSink.open(sinkOptions(root));
    for (const [index, row] of rows.entries()) await sink.append({ ...exchange(`r${index}`), ...row } as AuditEntry);
    await sink.close();
    await use(join(root, 'log'));
  });
}

describe('kt cost report', () => {
  for (const [by, expected] of [
    ['target', ['b 1 1', 'a 2 0.75', 'c 1 0']],
    ['day', ['2026-01-01 2 1.25', '2026-01-02 2 0.5']],
    ['team', ['=red 1 1', '(none) 2 0.5', 'blue 1 0.25']],
  ] as const) {
    it(`adds up by ${by}`, async () => {
      await withLog(async (log) => {
        const { stdout } = await runKt(['cost', 'report', log, '--by', by, '--format', 'json']);
        const { rows, usd } = JSON.parse(stdout) as {
          rows: { name: string; calls: number; usd: number }[];
          usd: number;
        };
        expect(rows.map(({ name, calls, usd }) => `${name} ${calls} ${usd}`)).to.deep.equal(expected);
        expect(usd).to.equal(1.75);
      });
    });
  }

  it('draws a table with bars, and says what had no price', async () => {
    await withLog(async (log) => {
      const { stdout } = await runKt(['cost', 'report', log, '--by', 'target']);
      const [, b, a, c, total] = stdout.split('\n');
      expect(b).to.match(/^b +1 +150 +10 +\$ +1\.0000 {2}█{30}$/);
      expect(a).to.match(/^a +2 +300 +20 +\$ +0\.7500 {2}█{23}$/);
      expect(c).to.match(/\(1 without a price\)$/);
      expect(total).to.match(/^total +\$ +1\.7500$/);
    });
  });

  it('keeps to a time, and writes CSV that a spreadsheet cannot run', async () => {
    await withLog(async (log) => {
      const { stdout } = await runKt([
        'cost',
        'report',
        log,
        '--by',
        'team',
        '--until',
        '2026-01-02',
        '--format',
        'csv',
      ]);
      expect(stdout.trim().split('\r\n')).to.deep.equal([
        'name,calls,input_tokens,output_tokens,usd,unpriced',
        `"'=red",1,150,10,1.000000,0`,
        '"blue",1,150,10,0.250000,0',
      ]);
    });
  });

  it('ends with 2 where there is no log', async () => {
    expect((await runKt(['cost', 'report', '/nowhere'])).exitCode).to.equal(2);
  });
});
