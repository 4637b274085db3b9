import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { runKt } from './run-kt.js';

const CONFIG = `
pack: {name: scan, version: 1.0.0, enabled: true}
policies: {chain: [pii-detector]}
policy:
  pii-detector:
    entities: [EMAIL_ADDRESS]
    allow_list: [support@example.com]
    detect_patterns: [{name: EMPLOYEE_ID, pattern: 'EMP-\\d{4}'}]
    redaction: {marker_format: hash, hash_key_env: PII_KEY}
providers:
  targets: [{id: a, provider: aws-bedrock, model: m, aws_region: us-east-1}]
`;

describe('kt policy scan', () => {
  let dir: string;

  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'kt-scan-'));
  });
  afterEach(() => rmSync(dir, { recursive: true }));

  async function scan(rows: string, ...more: string[]): Promise<{ code: number; stderr: string; rows: unknown[] }> {
    const [data, out] = [join(dir, 'in.jsonl'), join(dir, 'out.jsonl')];
    writeFileSync(data, rows);
    const { exitCode: code, stderr } = await runKt([
      'policy',
      'scan',
      '--kind',
      'pii',
      '--data',
      data,
      '--out',
      out,
      ...more,
    ]);
    const written = code === 0 ? readFileSync(out, 'utf8').trimEnd().split('\n') : [];
    return { code, stderr, rows: written.map((line) => JSON.parse(line) as unknown) };
  }

  it('writes a row of entities for each text, in order, whatever line ends the texts hold', async () => {
    const rows = [
      { id: 'a', text: 'SSN 536-90-4399\u2028next' },
      { id: 7, text_b64: Buffer.from('naïve 🙂 ann@example.org').toString('base64') },
      { id: 'c', text: 'nothing' },
    ];
    const result = await scan(`${rows.map((row) => JSON.stringify(row)).join('\r\n')}\n\n`);
    expect(result.rows).to.deep.equal([
      { id: 'a', score: 1, entities: [{ type: 'US_SSN', start: 4, end: 15, score: 1 }] },
      { id: 7, score: 0.95, entities: [{ type: 'EMAIL_ADDRESS', start: 9, end: 24, score: 0.95 }] },
      { id: 'c', score: 0, entities: [] },
    ]);
  });

  it('judges as a configuration says', async () => {
    const config = join(dir, 'policy-config.yaml');
    writeFileSync(config, CONFIG);
    const text = 'SSN 536-90-4399, EMP-1234, Support@Example.com, ann@example.org';
    const { rows } = await scan(JSON.stringify({ id: 1, text }), '--policy-config', config);
    expect(rows).to.have.lengthOf(1);
    expect((rows[0] as { entities: { type: string }[] }).entities.map(({ type }) => type)).to.deep.equal([
      'EMPLOYEE_ID',
      'EMAIL_ADDRESS',
    ]);
  });

  for (const [name, rows, complaint] of [
    ['a line that is no JSON', '{"id": 1, "text": "x"}\nhello secret', 'in.jsonl:2: not a JSON object'],
    ['a row without a text', '{"id": 1}', 'in.jsonl:1: expected a string `text` or `text_b64`'],
  ] as const) {
    it(`refuses ${name} and says where, not what`, async () => {
      const { code, stderr } = await scan(rows);
      expect(code).to.equal(2);
      expect(stderr).to.include(complaint).and.not.include('secret');
    });
  }

  it('refuses a file that is not there', async () => {
    const [missing, out] = [join(dir, 'none'), join(dir, 'out')];
    const { exitCode: code, stderr } = await runKt([
      'policy',
      'scan',
      '--kind',
      'pii',
      '--data',
      missing,
      '--out',
      out,
    ]);
    expect(code).to.equal(2);
    expect(stderr).to.include('ENOENT');
  });

  it('ends when it is told to', async () => {
    const [data, out] = [join(dir, 'in.jsonl'), join(dir, 'out.jsonl')];
    writeFileSync(data, '{"id": 1, "text": "x"}\n');
    const words = ['policy', 'scan', '--kind', 'pii', '--data', data, '--out', out];
    const { exitCode, stderr } = await runKt(words, { stop: AbortSignal.abort() });
    expect(exitCode).to.equal(1);
    expect(stderr).to.match(/^kt: stopped at .*in\.jsonl:1\n$/);
  });

  it('refuses a configuration that is not valid', async () => {
    const config = join(dir, 'policy-config.yaml');
    writeFileSync(config, 'pack: 1');
    const { code, stderr } = await scan('', '--policy-config', config);
    expect(code).to.equal(2);
    expect(stderr).to.include('kt policy lint');
  });
});
