import { once } from 'node:events';
import { statSync, writeFileSync } from 'node:fs';
import { chmod, mkdtemp, readdir, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { obey } from '../../../src/gateway/control/breaker-control.js';
import { askControl, openControlSocket, SocketInUse } from '../../../src/gateway/control/control-socket.js';
import { testGateway } from '../gateway-fixture.js';

async function inFolder(use: (folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'kt-control-'));
  try {
    await use(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}

const echo = (request: unknown): object => ({ ok: true, request });

describe('the control socket', () => {
  it('answers one request, and is its user’s alone, whatever the folder allows', () =>
    inFolder(async (folder) => {
      await chmod(folder, 0o777);
      const path = join(folder, 'c.sock');
      const socket = await openControlSocket(path, echo);
      expect(statSync(path).mode & 0o777).to.equal(0o600);
      expect(await readdir(folder)).to.deep.equal(['c.sock']);
      expect(await askControl(path, { a: 1 })).to.deep.equal({ ok: true, request: { a: 1 } });
      await socket.close();
      expect(await readdir(folder)).to.deep.equal([]);
    }));

  it('is not taken from a gateway that answers, and replaces one that does not', () =>
    inFolder(async (folder) => {
      const path = join(folder, 'c.sock');
      const first = await openControlSocket(path, echo);
      const refusal = await openControlSocket(path, echo).catch((error: unknown) => error);
      expect(refusal).to.be.instanceOf(SocketInUse);
      await first.close();
      await deadSocket(path);
      const second = await openControlSocket(path, echo);
      expect(await askControl(path, {})).to.deep.equal({ ok: true, request: {} });
      await second.close();
    }));

  it('never replaces a file', () =>
    inFolder(async (folder) => {
      const path = join(folder, 'precious');
      writeFileSync(path, 'text');
      const refusal = await openControlSocket(path, echo).catch((error: unknown) => String(error));
      expect(refusal).to.equal(`Error: ${path} is not a socket`);
    }));

  for (const [name, sent, expected] of [
    ['what is not JSON', 'nonsense\n', '{"ok":false,"error":"the request is not JSON"}\n'],
    ['a line without end', 'x'.repeat(10_000), ''],
  ] as const) {
    it(`outlives ${name}`, () =>
      inFolder(async (folder) => {
        const path = join(folder, 'c.sock');
        const server = await openControlSocket(path, echo);
        const socket = connect(path);
        let received = '';
        socket.setEncoding('utf8').on('data', (chunk: string) => (received += chunk));
        socket.on('error', () => {});
        socket.write(sent);
        await once(socket, 'close');
        expect(received).to.equal(expected);
        expect(await askControl(path, {})).to.deep.equal({ ok: true, request: {} });
        await server.close();
      }));
  }
});

/** A socket file whose process has died. */
async function deadSocket(path: string): Promise<void> {
  const { spawnSync } = await import('node:child_process');
  const script = `require('net').createServer().listen(${JSON.stringify(path)}, () => process.kill(process.pid, 'SIGKILL'))`;
  spawnSync(process.execPath, ['-e', script]);
  expect(statSync(path).isSocket()).to.equal(true);
}

describe('obey', () => {
  it('opens and closes a circuit by hand', async () => {
    const gateway = await testGateway();
    const { breaker } = gateway.active.current?.targets[0]?.health ?? expect.fail('no target');
    const order = (action: string): object => obey(gateway, { command: 'breaker', action, target: 'sonnet' });
    expect(order('open')).to.deep.equal({ ok: true, target: 'sonnet', state: 'open' });
    expect([breaker.state, breaker.reason]).to.deep.equal(['open', 'manual']);
    expect(order('close')).to.deep.equal({ ok: true, target: 'sonnet', state: 'closed' });
  });

  for (const [name, request, error] of [
    ['another target', { command: 'breaker', action: 'open', target: 'x' }, 'no such target; there are: sonnet'],
    ['another action', { command: 'breaker', action: 'explode', target: 'sonnet' }, 'expected {"command"'],
    ['something else', null, 'expected {"command"'],
  ] as const) {
    it(`refuses ${name}`, async () => {
      const answer = obey(await testGateway(), request);
      expect(answer).to.have.property('ok', false);
      expect(answer).to.have.property('error').which.includes(error);
    });
  }
});
