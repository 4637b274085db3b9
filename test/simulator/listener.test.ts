import { connect as connectHttp2 } from 'node:http2';
import { connect, type Socket } from 'node:net';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { expect } from 'chai';
import { startSimulator, type Simulator } from '../../src/simulator/simulator.js';
import { withSimulator } from './with-simulator.js';

const REQUEST = 'GET /_sim/ledger HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n';

async function dial({ address }: Simulator): Promise<Socket> {
  const socket = connect(address.port, address.host);
  await once(socket, 'connect');
  return socket;
}

/** Lets the event loop turn often enough for a loopback socket to deliver what was written. */
async function delivered(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}

describe("the simulator's listener", () => {
  it('serves HTTP/1.1 and HTTP/2 on one port at the same time', async () => {
    await withSimulator({}, async (sim) => {
      const session = connectHttp2(sim.url);
      const stream = session.request({ ':path': '/_sim/requests' });
      const [http2, http1] = await Promise.all([text(stream), fetch(`${sim.url}/_sim/requests`).then((r) => r.text())]);
      session.close();
      expect(http2).to.equal('{"requests":[]}');
      expect(http1).to.equal(http2);
    });
  });

  it('understands an HTTP/1.1 request that comes byte by byte', async () => {
    await withSimulator({}, async (sim) => {
      const socket = await dial(sim);
      const answer = text(socket);
      for (const char of REQUEST) {
        socket.write(char);
        await delivered();
      }
      expect(await answer).to.match(/^HTTP\/1\.1 200 OK\r\n/);
    });
  });

  it('waits for the whole preface of HTTP/2 before it decides', async () => {
    await withSimulator({}, async (sim) => {
      const socket = await dial(sim);
      const preface = 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n';
      for (const part of [preface.slice(0, 1), preface.slice(1, 14), preface.slice(14)]) {
        socket.write(part);
        await delivered();
      }
      socket.write(Buffer.from([0, 0, 0, 4, 0, 0, 0, 0, 0])); // an empty SETTINGS frame
      const [frame] = (await once(socket, 'data')) as [Buffer];
      socket.destroy();
      expect(frame.readUInt8(3), 'type of the first frame').to.equal(4);
    });
  });

  it('takes a method that begins like the preface for HTTP/1.1', async () => {
    await withSimulator({}, async (sim) => {
      const answer = await fetch(`${sim.url}/_sim/faults`, { method: 'PUT', body: '[]' });
      expect(answer.status).to.equal(200);
    });
  });

  it('answers what is neither with 400 and closes', async () => {
    await withSimulator({}, async (sim) => {
      const socket = await dial(sim);
      socket.write('HELLO\r\n\r\n');
      expect(await text(socket)).to.match(/^HTTP\/1\.1 400 /);
    });
  });

  it('survives clients that come and go at every stage', async () => {
    await withSimulator({}, async (sim) => {
      for (const part of [
        '',
        'P',
        'PRI * HTTP/2.0',
        'POST /model/x/converse HTTP/1.1\r\nContent-Length: 99\r\n\r\nabc',
      ]) {
        const socket = await dial(sim);
        if (part) socket.write(part);
        await delivered();
        socket.resetAndDestroy();
      }
      expect((await fetch(`${sim.url}/_sim/ledger`)).status).to.equal(200);
    });
  });

  it('refuses a body over 25 MB before it is sent', async () => {
    await withSimulator({}, async (sim) => {
      const socket = await dial(sim);
      socket.write('POST /model/a.b/converse HTTP/1.1\r\nHost: x\r\nContent-Length: 25000001\r\n\r\n');
      const [head] = (await once(socket, 'data')) as [Buffer];
      socket.destroy();
      expect(head.toString())
        .to.match(/^HTTP\/1\.1 413 /)
        .and.to.include('x-amzn-errortype: RequestEntityTooLargeException');
    });
  });

  it('cuts every open connection when it closes', async () => {
    const sim = await startSimulator();
    const idle = (await dial(sim)).resume();
    const session = connectHttp2(sim.url);
    await once(session, 'connect');
    const cut = Promise.all([once(idle, 'close'), once(session, 'close')]);
    await sim.close();
    expect(await cut).to.have.length(2);
  });
});
