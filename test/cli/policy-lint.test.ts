import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { expect } from 'chai';
import { runKt } from './run-kt.js';

const GOOD = `pack: {name: base, version: 1.0.0}
policies: {chain: [audit-logger]}
providers:
  targets:
    - {id: one, provider: aws-bedrock, model: m}
`;

describe('kt policy lint', () => {
  let folder = '';
  before(() => (folder = mkdtempSync(join(tmpdir(), 'kt-lint-'))));
  after(() => rmSync(folder, { recursive: true }));

  function file(name: string, content: string | Uint8Array): string {
    const path = join(folder, name);
    writeFileSync(path, content);
    return path;
  }

  it('says that a good file is valid', async () => {
    const path = file('good.yaml', GOOD);
    expect(await runKt(['policy', 'lint', '--file', path])).to.deep.equal({
      exitCode: 0,
      stdout: `${path}: valid (base 1.0.0: 1 target, audit-logger)\n`,
      stderr: '',
    });
  });

  it('prints the report that scripts read', async () => {
    const path = file('bad.yaml', `${GOOD}server:\n  fail_mod: block\n`);
    const { exitCode, stdout } = await runKt(['policy', 'lint', '--file', path, '--json']);
    expect(exitCode).to.equal(2);
    expect(JSON.parse(stdout)).to.deep.equal({
      valid: false,
      file: path,
      pack: { name: 'base', version: '1.0.0' },
      chain: ['audit-logger'],
      problems: [
        {
          code: 'unknown_field',
          severity: 'error',
          file: path,
          path: 'server.fail_mod',
          line: 7,
          column: 3,
          message: 'there is no such field here',
          suggestion: 'did you mean `fail_mode`?',
        },
      ],
    });
  });

  it('exits with 0 when there are warnings only', async () => {
    const path = file('warn.yaml', `${GOOD}policy: {safety-filter: {mode: strict}}\n`);
    const { exitCode, stdout } = await runKt(['policy', 'lint', '--file', path]);
    expect(exitCode).to.equal(0);
    expect(stdout).to.equal(`${path}:6:10 warning unused_field policy.safety-filter
  the chain does not contain \`safety-filter\`
 6 | …safety-filter:…
   |  ^
  hint: add it to \`policies.chain\`, or leave the block out

${path}: valid (base 1.0.0: 1 target, audit-logger), 1 warning
`);
  });

  it('shows no value that may be a secret', async () => {
    const secret = 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY';
    const target = `{id: one, provider: aws-bedrock, model: m, aws_secret_key: ${secret}, aws_access_key_env: ${secret}}`;
    const path = file('secret.yaml', `providers: {targets: [${target}]}\n`);
    for (const words of [[], ['--json']]) {
      const { exitCode, stdout } = await runKt(['policy', 'lint', '--file', path, ...words]);
      expect(exitCode).to.equal(2);
      expect(stdout).to.include('aws_secret_key').and.to.include('aws_access_key_env');
      expect(stdout).not.to.include(secret);
    }
  });

  it('reads standard input, and lays files on each other', async () => {
    const over = file('over.yaml', 'policies: {chain: []}\nserver: {fail_mode: no}\n');
    const { exitCode, stdout } = await runKt(['policy', 'lint', '--file', '-', '--file', over, '--json'], {
      stdin: Readable.from([Buffer.from(GOOD)]),
    });
    expect(exitCode).to.equal(2);
    const report = JSON.parse(stdout) as { file: string; chain: string[]; problems: { file: string; line: number }[] };
    expect(report).to.deep.include({ file: `<stdin>, ${over}`, chain: [] });
    expect(report.problems.map(({ file: source, line }) => [source, line])).to.deep.equal([[over, 2]]);
  });

  for (const [name, content, code] of [
    ['bytes that are no text', new Uint8Array([0x70, 0xff, 0xfe]), 'bad_encoding'],
    ['a file that is far too long', new Uint8Array(1_000_000).fill(0x20), 'too_large'],
    ['an empty file', '', 'missing_field'],
    ['a list', '- a\n- b\n', 'wrong_type'],
    ['prose', 'hello', 'wrong_type'],
    ['YAML that is none', 'pack: [', 'yaml_syntax'],
  ] as const) {
    it(`answers ${name} with one report`, async () => {
      const { exitCode, stdout } = await runKt(['policy', 'lint', '--json', '--file', file('odd.yaml', content)]);
      expect(exitCode).to.equal(2);
      expect(JSON.parse(stdout)).to.deep.include({ valid: false, pack: { name: null, version: null }, chain: [] });
      expect(stdout).to.include(`"code":"${code}"`);
    });
  }

  for (const [name, path, message] of [
    ['a file that is not there', 'missing.yaml', 'there is no such file'],
    ['a folder', '.', 'expected a file, got a directory'],
  ] as const) {
    it(`answers ${name} in the report too`, async () => {
      const { exitCode, stdout } = await runKt(['policy', 'lint', '--json', '--file', join(folder, path)]);
      expect(exitCode).to.equal(2);
      expect(stdout).to.include('"code":"unreadable"').and.to.include(message);
    });
  }

  it('needs a file', async () => {
    const { exitCode, stderr } = await runKt(['policy', 'lint']);
    expect(exitCode).to.equal(2);
    expect(stderr).to.include("required option '--file <file>' not specified");
  });
});
