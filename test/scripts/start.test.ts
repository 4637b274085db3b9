import { dirname, resolve } from 'node:path';
import { expect } from 'chai';
import { builtKt, KtProcess } from '../cli/built-kt.js';
import { until } from '../until.js';

const ROOT = resolve(import.meta.dirname, '../..');
const BARE = { PATH: process.env['PATH'] ?? '', HOME: '/nonexistent', AWS_EC2_METADATA_DISABLED: 'true' };

describe('npm start', function () {
  this.timeout(60_000);

  async function start(words: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<KtProcess> {
    const dist = dirname(await builtKt());
    return new KtProcess(resolve(ROOT, 'scripts/start.mjs'), ['--dist', dist, ...words], { ...BARE, ...env });
  }

  it('serves what it says, and stops at Ctrl-C', async () => {
    // A terminal's AWS settings must not send the example to the real Bedrock.
    const run = await start(['--port', '0'], { AWS_PROFILE: 'mine', AWS_BEARER_TOKEN_BEDROCK: 'x' });
    try {
      await until(() => run.stdout.includes('Ctrl-C stops it.'));
      const [, url = '', body = ''] =
        /curl (\S+) -H 'content-type: application\/json' \\\n\s+-d '([^']+)'/.exec(run.stdout) ?? [];
      const res = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
      expect(await res.text()).to.include('"object":"chat.completion"');
      expect(res.status).to.equal(200);
      for (const snippet of ['base_url="', "baseURL: '"])
        expect(run.stdout).to.include(`${snippet}${new URL(url).origin}/v1`);
    } finally {
      run.kill('SIGINT');
    }
    expect(await run.ended).to.equal(0);
  });

  it('with --aws and no credentials, says so in one line', async () => {
    const run = await start(['--aws']);
    expect(await run.ended).to.equal(1);
    expect(run.stdout).to.equal('');
    expect(run.stderr).to.match(/^npm start -- --aws: AWS credentials .*\n$/);
  });
});
