import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { targetTable } from '../../src/cli/target-table.js';
import { withSimulator } from '../simulator/with-simulator.js';
import { withGatewayProcess } from './built-kt.js';
import { Collected, runKt } from './run-kt.js';

const NOVA = 'amazon.nova-lite-v1:0';
const CONFIG = `pack: {name: two, version: 1.0.0}
policies: {chain: []}
providers:
  targets:
    - {id: first, provider: aws-bedrock, model: '${NOVA}', aws_region: us-east-1}
    - {id: second, provider: aws-bedrock, model: '${NOVA}', aws_region: eu-west-1}
`;

describe('kt breaker and kt top', function () {
  this.timeout(60_000);
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'kt-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('take a target out of a running gateway, show it, and put it back', () =>
    withSimulator({}, async (sim) => {
      const file = join(folder, 'policy-config.yaml');
      const socket = join(folder, 'control.sock');
      await writeFile(file, CONFIG);
      const flags = ['--listen', '127.0.0.1:0', '--admin', '127.0.0.1:0', '--control-socket', socket];
      await withGatewayProcess([...flags, '--policy-config', file], sim.env, async ({ data, admin }) => {
        const asked = async (): Promise<string | null> => {
          const body = JSON.stringify({ model: NOVA, messages: [{ role: 'user', content: 'hello' }] });
          const headers = { 'content-type': 'application/json' };
          const res = await fetch(`${data[0]}/v1/chat/completions`, { method: 'POST', headers, body });
          expect(res.status).to.equal(200);
          return res.headers.get('x-keeptrusts-target');
        };
        expect(await asked()).to.equal('first');

        expect(await runKt(['breaker', 'open', 'first', '--socket', socket])).to.deep.equal({
          exitCode: 0,
          stdout: 'first: open\n',
          stderr: '',
        });
        expect(await asked()).to.equal('second');

        const once = await runKt(['top', '--admin', admin, '--once']);
        expect(once.stdout).to.match(/^first +us-east-1 +open +\d+ s .* manual$/m);
        expect(once.stdout).to.match(/^second +eu-west-1 +available /m);
        const json = await runKt(['top', '--admin', admin, '--once', '--json']);
        expect(JSON.parse(json.stdout)).to.have.nested.property('targets[0].state', 'open');

        const metrics = await (await fetch(`${admin}/metrics`)).text();
        expect(metrics).to.include('keeptrusts_circuit_state{target="first",state="open"} 1');
        expect(metrics).to.include('keeptrusts_circuit_state{target="second",state="half_open"} 0');
        expect(metrics).to.include('keeptrusts_circuit_transitions_total{target="first",to="open",reason="manual"} 1');

        const closed = await runKt(['breaker', 'close', 'first', '--socket', socket, '--json']);
        expect(JSON.parse(closed.stdout)).to.deep.equal({ ok: true, target: 'first', state: 'closed' });
        expect(await asked()).to.equal('first');

        const unknown = await runKt(['breaker', 'open', 'third', '--socket', socket]);
        expect(unknown).to.deep.include({ exitCode: 1, stderr: 'kt: no such target; there are: first, second\n' });
      });
      const gone = await runKt(['breaker', 'open', 'first', '--socket', socket]);
      expect(gone.exitCode).to.equal(2);
    }));

  it('end with 2 when there is no gateway', async () => {
    const top = await runKt(['top', '--admin', 'http://127.0.0.1:9', '--once']);
    expect(top.exitCode).to.equal(2);
    expect(top.stderr).to.include('no answer from http://127.0.0.1:9');
  });

  it('top draws on a terminal from its corner, and stops when it is told to', async () => {
    const server = createServer((_req, res) => res.end('{"targets":[]}')).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const stop = new AbortController();
    const stdout = Object.assign(new Collected(), { isTTY: true });
    const port = (server.address() as { port: number }).port;
    const run = runKt(['top', '--admin', `http://127.0.0.1:${port}`, '--interval', '0.1'], {
      stdout,
      stop: stop.signal,
    });
    server.on('request', () => stop.abort());
    expect((await run).exitCode).to.equal(0);
    expect(stdout.text.startsWith('\u001B[2J\u001B[H')).to.equal(true);
    expect(stdout.text.endsWith('\u001B[J')).to.equal(true);
    expect(stdout.text).to.include('TARGET');
    server.close();
  });
});

describe('targetTable', () => {
  it('lines up what it knows, and lets nothing move the cursor', () => {
    const now = Date.UTC(2026, 0, 1, 12);
    const ago = (ms: number): string => new Date(now - ms).toISOString();
    const targets = [
      {
        id: 'a',
        region: 'eu-west-1',
        state: 'open',
        reason: 'failure_rate',
        since: ago(90_000),
        probe: { up: false },
        latency_ms: 120,
        share: 0.25,
        last_error: { reason: 'upstream_timeout', detail: 'connect', at: ago(1_000) },
      },
      {
        id: 'b\u001B[2J',
        region: null,
        state: 'available',
        reason: null,
        since: ago(7_200_000),
        probe: null,
        latency_ms: null,
        share: null,
        last_error: null,
      },
    ];
    expect(targetTable(targets, now).split('\n')).to.deep.equal([
      'TARGET  REGION     STATE      FOR   PROBE  LATENCY  SHARE  LAST ERROR                        REASON',
      'a       eu-west-1  open       90 s  down   120 ms   25 %   upstream_timeout/connect 1 s ago  failure_rate',
      'b?[2J   -          available  2 h   -      -        -      -                                 -',
      '',
    ]);
  });
});
