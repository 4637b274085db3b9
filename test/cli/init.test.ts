import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { loadPolicyConfig } from '../../src/config/load-policy-config.js';
import { runKt } from './run-kt.js';

describe('kt init', () => {
  let folder = '';
  before(() => (folder = mkdtempSync(join(tmpdir(), 'kt-init-'))));
  after(() => rmSync(folder, { recursive: true }));

  it('writes a configuration that is valid, and says how to check it', async () => {
    const out = join(folder, 'first.yaml');
    const { exitCode, stdout, stderr } = await runKt(['init', '--out', out]);
    expect({ exitCode, stdout }).to.deep.equal({ exitCode: 0, stdout: '' });
    expect(stderr).to.include(`kt policy lint --file ${out}`);
    const { config } = loadPolicyConfig([{ name: out, text: readFileSync(out, 'utf8') }]);
    expect(config?.pack.name).to.equal('aws-bedrock-first-gateway');
  });

  it('lists its templates, of which each can be written', async () => {
    const { stdout } = await runKt(['init', '--list']);
    const names = stdout
      .trim()
      .split('\n')
      .map((line) => line.split(' ')[0] ?? '');
    expect(names).to.have.length(15);
    for (const name of names) {
      const { exitCode, stdout: text } = await runKt(['init', '--template', name, '--out', '-']);
      expect(exitCode).to.equal(0);
      expect(loadPolicyConfig([{ name, text }]).problems).to.deep.equal([]);
    }
  });

  it('leaves a file that is there alone, but for --force', async () => {
    const out = join(folder, 'mine.yaml');
    writeFileSync(out, 'mine');
    const refused = await runKt(['init', '--out', out]);
    expect(refused).to.deep.equal({
      exitCode: 2,
      stdout: '',
      stderr: `kt: ${out} is there already; --force replaces it\n`,
    });
    expect(readFileSync(out, 'utf8')).to.equal('mine');
    expect((await runKt(['init', '--out', out, '--force'])).exitCode).to.equal(0);
    expect(readFileSync(out, 'utf8')).to.include('aws-bedrock-first-gateway');
  });

  it('suggests the template that was meant', async () => {
    const { exitCode, stderr } = await runKt(['init', '--template', 'ab_tests', '--out', '-']);
    expect(exitCode).to.equal(2);
    expect(stderr).to.include("there is no template 'ab_tests'; did you mean 'ab-test'?");
  });

  it('says why it cannot write', async () => {
    const { exitCode, stderr } = await runKt(['init', '--out', join(folder, 'no/such/folder.yaml')]);
    expect(exitCode).to.equal(2);
    expect(stderr).to.match(/^kt: cannot write .*ENOENT/);
  });
});
