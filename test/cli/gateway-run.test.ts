import { cp, mkdtemp, rename, rm, symlink, writeFile, mkdir } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect } from 'chai';
import { reading } from '../gateway/http/reading.js';
import type { Simulator } from '../../src/simulator/simulator.js';
import { withSimulator } from '../simulator/with-simulator.js';
import { until } from '../until.js';
import { builtKt, KtProcess, withGatewayProcess, type Serving } from './built-kt.js';

const NOVA = 'amazon.nova-lite-v1:0';
const CHAT = { model: NOVA, messages: [{ role: 'user', content: 'hello' }] };
const ADMIN = ['--admin', '127.0.0.1:0'];
const LISTEN = ['--listen', '127.0.0.1:0'];

function configOf(name: string, extra = ''): string {
  return `pack: {name: ${name}, version: 1.0.0}
policies: {chain: []}
providers:
  targets:
    - {id: nova, provider: aws-bedrock, model: '${NOVA}'}
${extra}`;
}

describe('kt gateway run', function () {
  this.timeout(60_000);
  let folder: string;
  let file: string;

  before(() => builtKt());

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'kt-'));
    file = join(folder, 'policy-config.yaml');
    await writeFile(file, configOf('first'));
  });

  afterEach(() => rm(folder, { recursive: true }));

  /** Runs it against a simulator, on free ports. */
  function running(
    use: (serving: Serving & { readonly url: string; readonly sim: Simulator }) => Promise<void>,
    { words = [], pace = {} }: { words?: readonly string[]; pace?: { eventMs?: number } } = {},
  ): Promise<void> {
    return withSimulator({ pace }, (sim) =>
      withGatewayProcess([...LISTEN, ...ADMIN, '--policy-config', file, ...words], sim.env, (serving) =>
        use({ ...serving, url: serving.data[0] ?? '', sim }),
      ),
    );
  }

  async function ended(words: readonly string[]): Promise<KtProcess & { readonly code: number | string }> {
    const kt = new KtProcess(await builtKt(), ['gateway', 'run', ...words], {});
    return Object.assign(kt, { code: await kt.ended });
  }

  it('says where it listens in one line, answers there, and ends with 0 after SIGTERM', () =>
    running(async ({ kt, url, admin }) => {
      expect(kt.stdout).to.match(
        /^\{"event":"listening","data":\["127\.0\.0\.1:\d+"\],"admin":"127\.0\.0\.1:\d+"\}\n$/,
      );
      const res = await chat(url);
      expect(res.status).to.equal(200);
      expect(res.headers.get('x-keeptrusts-revision')).to.match(/^[\da-f]{12}$/);
      expect(await (await fetch(`${admin}/readyz`)).json()).to.deep.equal({ ready: true, reasons: [] });
      expect(await (await fetch(`${admin}/metrics`)).text())
        .to.include('keeptrusts_config_info{pack="first",revision="')
        .and.include('process_cpu_seconds_total')
        .and.include('keeptrusts_event_loop_lag_seconds');
      expect(kt.stderr).to.not.include('hello');
    }));

  it('asks the guardrail that its chain names', async () => {
    const policy = `policy: {bedrock-guardrail: {id: gr1, version: '1'}}\n`;
    await writeFile(file, configOf('guarded', policy).replace('chain: []', 'chain: [bedrock-guardrail]'));
    await running(async ({ url, sim }) => {
      const res = await fetch(`${url}/v1/chat/completions`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ model: NOVA, messages: [{ role: 'user', content: 'a guardrail-block' }] }),
      });
      expect(await res.text()).to.include('"policy":"bedrock-guardrail"');
      expect(sim.requests().map(({ operation }) => operation)).to.deep.equal(['ApplyGuardrail']);
    });
  });

  it('runs from a copy of its bundle, without node_modules', async () => {
    await cp(dirname(await builtKt()), join(folder, 'dist'), { recursive: true });
    const kt = new KtProcess(
      join(folder, 'dist/gateway.js'),
      ['gateway', 'run', ...LISTEN, ...ADMIN, '--policy-config', file],
      {},
    );
    await until(() => kt.stdout.includes('listening'));
    kt.kill('SIGTERM');
    expect(await kt.ended).to.equal(0);
  });

  it('serves several addresses, IPv6 too, without an admin port', () =>
    withGatewayProcess(
      ['--listen', '127.0.0.1:0', '--listen', '[::1]:0', '--admin', 'off', '--policy-config', file],
      {},
      async ({ kt, data }) => {
        expect(JSON.parse(kt.stdout)).to.have.property('admin', null);
        expect(data).to.have.length(2);
        expect(data[1]).to.match(/^http:\/\/\[::1\]:\d+$/);
        for (const url of data) expect((await fetch(`${url}/v1/models`)).status).to.equal(200);
      },
    ));

  it('lays a second file on the first', async () => {
    const over = join(folder, 'over.yaml');
    await writeFile(over, 'pack: {name: second}\n');
    await running(
      async ({ admin }) => {
        const { pack, source } = (await (await fetch(`${admin}/keeptrusts/config`)).json()) as Record<string, unknown>;
        expect(pack).to.include({ name: 'second', version: '1.0.0' });
        expect(source).to.equal(`file ${file}, ${over}`);
      },
      { words: ['--policy-config', over] },
    );
  });

  describe('warns of ports that are open to the network without authentication', () => {
    for (const [listen, warns] of [
      ['0.0.0.0:0', true],
      ['127.0.0.1:0', false],
    ] as const) {
      it(`${listen}: ${warns ? 'loudly' : 'not'}`, () =>
        withGatewayProcess(
          ['--listen', listen, '--admin', 'off', '--policy-config', file],
          {},
          async ({ kt, data }) => {
            // Answered after what it has to say at start was said.
            await fetch(`${data[0]}/v1/models`);
            const warnings = kt.log.filter(({ level }) => level === 'warn').map(({ msg }) => String(msg));
            expect(warnings.some((text) => text.includes('WITHOUT AUTHENTICATION'))).to.equal(warns);
          },
        ));
    }
  });

  describe('ends with 2 and says why when', () => {
    for (const [name, words, complaint] of [
      ['there is no configuration', [], /--policy-config/],
      ['a flag is unknown', ['--policy-config', 'x', '--nope'], /unknown option '--nope'/],
      ['an address is none', ['--policy-config', 'x', '--listen', '8080'], /expected HOST:PORT/],
      ['the file does not exist', ['--policy-config', '/nonexistent/x.yaml'], /no such file/],
    ] as const) {
      it(name, async () => {
        const { code, stderr, stdout } = await ended(words);
        expect(code).to.equal(2);
        expect(stderr).to.match(complaint);
        expect(stdout).to.equal('');
      });
    }

    it('the configuration is wrong, with every problem', async () => {
      await writeFile(file, configOf('first', 'budget: []\nservers: {}\n'));
      const { code, stderr } = await ended(['--policy-config', file]);
      expect(code).to.equal(2);
      expect(stderr).to.include('budget').and.include('servers').and.include('2 problems');
    });

    it('it asks for what is not built, by name', async () => {
      await writeFile(file, configOf('first', 'server: {on_client_abort: drain}\n'));
      const { code, stderr } = await ended(['--policy-config', file]);
      expect(code).to.equal(2);
      expect(stderr).to.include('not_built').and.include('server.on_client_abort');
    });
  });

  it('ends with 1 at an error that nobody caught, and says where, not what', async () => {
    const kt = new KtProcess(await builtKt(), ['gateway', 'run', ...LISTEN, ...ADMIN, '--policy-config', file], {});
    // Its one line goes to a pipe that nobody reads.
    kt.child.stdout?.destroy();
    expect(await kt.ended).to.equal(1);
    expect(kt.log.at(-1)).to.include({ level: 'error', msg: 'crash' });
    expect(kt.log.at(-1)?.['bug']).to.include({ code: 'EPIPE' });
  });

  describe('where a port is taken', () => {
    let taken: string;
    const holder = createServer();

    before(async () => {
      await new Promise<void>((resolve) => holder.listen(0, '127.0.0.1', resolve));
      const address = holder.address();
      taken = `127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
    });

    after(() => new Promise((resolve) => holder.close(resolve)));

    for (const flag of ['--listen', '--admin']) {
      it(`ends with 1 when it was asked for by ${flag}`, async () => {
        const { code, stderr } = await ended(['--admin', 'off', '--policy-config', file, flag, taken]);
        expect(code).to.equal(1);
        expect(stderr).to.include(`cannot listen on ${taken}: EADDRINUSE`);
      });
    }

    it('takes another when it is the default admin port', async () => {
      // Whoever holds it on this machine, it is taken then.
      const other = createServer();
      await new Promise<void>((resolve) => other.once('error', () => resolve()).listen(9090, '127.0.0.1', resolve));
      try {
        await withGatewayProcess([...LISTEN, '--policy-config', file], {}, async ({ admin }) => {
          expect(admin)
            .to.match(/^http:\/\/127\.0\.0\.1:\d+$/)
            .and.not.equal('http://127.0.0.1:9090');
          expect((await fetch(`${admin}/livez`)).status).to.equal(200);
        });
      } finally {
        if (other.listening) await new Promise((resolve) => other.close(resolve));
      }
    });
  });

  describe('loads the configuration again', () => {
    const packOf = async (admin: string): Promise<string> => {
      const body = (await (await fetch(`${admin}/keeptrusts/config`)).json()) as { pack: { name: string } };
      return body.pack.name;
    };

    for (const [name, change] of [
      ['is written in place', () => writeFile(file, configOf('second'))],
      [
        'is replaced by another',
        async () => {
          await writeFile(`${file}.new`, configOf('second'));
          await rename(`${file}.new`, file);
        },
      ],
    ] as const) {
      it(`when the file ${name}`, () =>
        running(async ({ admin, url }) => {
          const before = (await chat(url)).headers.get('x-keeptrusts-revision');
          await change();
          await until(async () => (await packOf(admin)) === 'second');
          expect((await chat(url)).headers.get('x-keeptrusts-revision')).to.not.equal(before);
        }));
    }

    it('when Kubernetes swaps the ConfigMap under it', async () => {
      const mount = join(folder, 'mount');
      for (const [version, name] of [
        ['..v1', 'first'],
        ['..v2', 'second'],
      ] as const) {
        await mkdir(join(mount, version), { recursive: true });
        await writeFile(join(mount, version, 'policy-config.yaml'), configOf(name));
      }
      await symlink('..v1', join(mount, '..data'));
      file = join(mount, 'policy-config.yaml');
      await symlink('..data/policy-config.yaml', file);
      await running(async ({ admin }) => {
        await symlink('..v2', join(mount, '..data_tmp'));
        await rename(join(mount, '..data_tmp'), join(mount, '..data'));
        await until(async () => (await packOf(admin)) === 'second');
      });
    });

    it('at SIGHUP', () =>
      running(async ({ kt }) => {
        kt.kill('SIGHUP');
        await until(() => kt.log.filter(({ msg }) => msg === 'configuration applied').length === 2);
      }));

    it('but keeps the one before when the new one is wrong, and says what is wrong with it', () =>
      running(async ({ kt, admin, url }) => {
        await writeFile(file, configOf('second', 'nope: 1\n'));
        await until(() => kt.log.some(({ msg }) => msg === 'configuration refused'));
        expect(kt.log.find(({ msg }) => msg === 'configuration problem')).to.include({
          code: 'unknown_field',
          path: 'nope',
        });
        expect(await packOf(admin)).to.equal('first');
        expect((await chat(url)).status).to.equal(200);
        const metrics = await (await fetch(`${admin}/metrics`)).text();
        expect(metrics).to.match(/^keeptrusts_config_rejected_total 1$/m);
        expect(metrics).to.match(/^keeptrusts_config_last_reload_success 0$/m);

        await writeFile(file, configOf('third'));
        await until(async () => (await packOf(admin)) === 'third');
        expect(await (await fetch(`${admin}/metrics`)).text()).to.match(/^keeptrusts_config_last_reload_success 1$/m);
      }));
  });

  describe('told to stop', () => {
    it('finishes a stream that is under way, refuses new work, and ends with 0', () =>
      running(
        async ({ kt, url, admin }) => {
          const text = reading(await chat(url, { stream: true }));
          await text.until(/content/);
          kt.kill('SIGTERM');
          await until(async () => (await fetch(`${admin}/readyz`)).status === 503);
          expect(await (await fetch(`${admin}/readyz`)).json()).to.deep.equal({ ready: false, reasons: ['draining'] });
          expect(await chat(url).catch(() => 'refused')).to.equal('refused');
          await text.until(/data: \[DONE\]\n\n$/);
          expect(await kt.ended).to.equal(0);
        },
        { pace: { eventMs: 20 } },
      ));

    it('ends a stream with an error event at the deadline', () =>
      running(
        async ({ kt, url, sim }) => {
          sim.setFaults([{ fault: { kind: 'stall', after_events: 3 } }]);
          const text = reading(await chat(url, { stream: true }));
          await text.until(/content/);
          kt.kill('SIGTERM');
          expect(await text.until(/"error".*\n\n$/))
            .to.include('"code":"draining"')
            .and.not.include('[DONE]');
          expect(await kt.ended).to.equal(0);
          expect(kt.log.at(-1)).to.include({ msg: 'stopped', cut: 1 });
        },
        { words: ['--drain-seconds', '1'] },
      ));

    it('twice, does not wait', () =>
      running(
        async ({ kt, url, sim }) => {
          sim.setFaults([{ fault: { kind: 'stall', after_events: 3 } }]);
          const text = reading(await chat(url, { stream: true }));
          await text.until(/content/);
          kt.kill('SIGINT');
          await until(() => kt.log.some(({ msg }) => msg === 'stopping'));
          kt.kill('SIGTERM');
          expect(await text.until(/"error".*\n\n$/)).to.include('"code":"draining"');
          expect(await kt.ended).to.equal(0);
        },
        { words: ['--drain-seconds', '3600'] },
      ));

    it('closes idle connections at once', () =>
      running(
        async ({ kt, url }) => {
          // Node's fetch keeps its connection open for later.
          await (await chat(url)).text();
          kt.kill('SIGTERM');
          expect(await kt.ended).to.equal(0);
        },
        { words: ['--drain-seconds', '3600'] },
      ));
  });
});

function chat(url: string, more: object = {}): Promise<Response> {
  return fetch(`${url}/v1/chat/completions`, { method: 'POST', body: JSON.stringify({ ...CHAT, ...more }) });
}
