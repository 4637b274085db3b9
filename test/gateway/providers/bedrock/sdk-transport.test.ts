import type { IncomingMessage as Request, ServerResponse as Response } from 'node:http';
import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { EventStreamCodec } from '@smithy/core/event-streams';
import { expect } from 'chai';
import { systemClock } from '../../../../src/core/clock.js';
import { GatewayError } from '../../../../src/gateway/chat/gateway-error.js';
import { SdkTransport, type SdkTransportOptions } from '../../../../src/gateway/providers/bedrock/sdk-transport.js';
import type { AwsKeys } from '../../../../src/gateway/providers/credentials/aws-identity.js';
import { fixedCredential } from '../../../../src/gateway/providers/credentials/credential.js';
import { FakeClock } from '../../../core/fake-clock.js';
import { listening, servingWire, type Answering } from '../aws/wire-server.js';
import { thrown } from '../../../thrown.js';

const KEYS: AwsKeys = { kind: 'keys', accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret', sessionToken: 'session' };
const CHAT = {
  modelId: 'anthropic.claude-3-haiku-20240307-v1:0',
  messages: [{ role: 'user' as const, content: [{ text: 'hi' }] }],
};
const calm = { signal: new AbortController().signal, headers: {} };

describe('SdkTransport', () => {
  for (const speaks of ['http/1.1', 'h2c', 'dual'] as const) {
    it(`talks to a ${speaks} server on a plain http endpoint`, async () => {
      const versions: string[] = [];
      await withTransport(
        { speaks },
        greeting((request) => versions.push(request.httpVersion)),
        async (transport) => {
          for (let turn = 0; turn < 3; turn++) {
            const output = await transport.converse(CHAT, calm);
            expect(output.output?.message?.content).to.deep.equal([{ text: 'hello' }]);
          }
        },
      );
      expect(versions).to.deep.equal(Array(3).fill(speaks === 'h2c' ? '2.0' : '1.1'));
    });
  }

  it('sends each request once when many begin before the wire is known', async () => {
    let requests = 0;
    await withTransport(
      { speaks: 'h2c' },
      greeting(() => requests++),
      async (transport) => {
        await Promise.all(Array.from({ length: 20 }, () => transport.converse(CHAT, calm)));
      },
    );
    expect(requests).to.equal(20);
  });

  for (const speaks of ['http/1.1', 'dual'] as const) {
    it(`does not repeat a request that a ${speaks} server hangs up on`, async () => {
      let requests = 0;
      const hangUp: Answering = (request, response) => {
        if (request.method !== 'POST') return void response.end();
        requests++;
        request.socket.destroy();
      };
      await withTransport({ speaks }, hangUp, async (transport) => {
        expect(await thrown(transport.converse(CHAT, calm))).to.have.property('code', 'ECONNRESET');
      });
      expect(requests).to.equal(1);
    });
  }

  for (const speaks of ['http/1.1', 'h2c'] as const) {
    it(`closes the upstream at once when the caller leaves a ${speaks} exchange before its answer`, async () => {
      const reached = Promise.withResolvers<Request>();
      const left = new AbortController();
      await withTransport(
        { speaks },
        (request) => reached.resolve(request),
        async (transport) => {
          const outcome = thrown(transport.converse(CHAT, { ...calm, signal: left.signal }));
          const request = await reached.promise;
          const closed = new Promise((resolve) => request.once('close', resolve));
          left.abort();
          expect(await outcome).to.have.property('name', 'AbortError');
          await closed;
        },
      );
    });

    it(`closes the upstream at once when the caller leaves a ${speaks} stream`, async () => {
      const reached = Promise.withResolvers<Response>();
      const left = new AbortController();
      const drip: Answering = (_request, response) => {
        response.writeHead(200, { 'content-type': 'application/vnd.amazon.eventstream' });
        response.write(eventFrame('messageStart', { role: 'assistant' }));
        reached.resolve(response);
      };
      await withTransport({ speaks }, drip, async (transport) => {
        const { stream } = await transport.converseStream(CHAT, { ...calm, signal: left.signal });
        const events = stream[Symbol.asyncIterator]();
        expect((await events.next()).value).to.deep.equal({ messageStart: { role: 'assistant' } });
        const ended = events.next().catch(() => undefined);
        const response = await reached.promise;
        const closed = new Promise((resolve) => response.once('close', resolve));
        left.abort();
        await Promise.all([closed, ended]);
      });
    });
  }

  it('keeps one connection for many calls, and closes it when it is let go', async () => {
    const sockets = new Set<Socket>();
    const answer = greeting((request) => sockets.add(request.socket));
    await withTransport({ speaks: 'http/1.1' }, answer, async (transport) => {
      for (let turn = 0; turn < 3; turn++) await transport.converse(CHAT, calm);
      expect(sockets.size).to.equal(1);
      const closed = [...sockets].map((socket) => once(socket, 'close'));
      transport.close();
      await Promise.all(closed);
    });
  });

  it('takes a new connection after a time-out, since the old one may be dead', async () => {
    const sockets = new Set<unknown>();
    const late = new AbortController();
    const answer: Answering = (request, response) => {
      sockets.add(request.socket.remotePort);
      if (sockets.size > 1) answerGreeting(response);
      else late.abort(new GatewayError('upstream_timeout', 'No answer in time.', { detail: 'total' }));
    };
    await withTransport({ speaks: 'h2c' }, answer, async (transport) => {
      expect(await thrown(transport.converse(CHAT, { ...calm, signal: late.signal }))).to.be.instanceOf(Error);
      await transport.converse(CHAT, calm);
    });
    expect(sockets.size).to.equal(2);
  });

  it('shares an HTTP/2 connection among calls, but not among too many', async () => {
    const ports = new Set<unknown>();
    let held: Response[] = [];
    let together = 1;
    const answer: Answering = (request, response) => {
      ports.add(request.socket.remotePort);
      held.push(response);
      if (held.length < together) return;
      held.forEach(answerGreeting);
      held = [];
    };
    await withTransport({ speaks: 'h2c' }, answer, async (transport) => {
      for (const [calls, connections] of [
        [1, 1],
        [20, 1],
        [50, 2],
      ] as const) {
        together = calls;
        await Promise.all(Array.from({ length: calls }, () => transport.converse(CHAT, calm)));
        expect(ports.size).to.equal(connections);
      }
    });
  });

  it('does not cut a call under way when it is let go', async () => {
    const reached = Promise.withResolvers<Response>();
    await withTransport(
      { speaks: 'h2c' },
      (_request, response) => reached.resolve(response),
      async (transport) => {
        const outcome = transport.converse(CHAT, calm);
        const response = await reached.promise;
        transport.close();
        await new Promise(setImmediate);
        answerGreeting(response);
        expect((await outcome).stopReason).to.equal('end_turn');
      },
    );
  });

  it('sends extra headers and signs them', async () => {
    let headers: Request['headers'] = {};
    await withTransport(
      {},
      greeting((request) => (headers = request.headers)),
      async (transport) => {
        await transport.converse(CHAT, { ...calm, headers: { 'x-team': 'search', traceparent: '00-1-2-00' } });
      },
    );
    expect(headers).to.include({ 'x-team': 'search', traceparent: '00-1-2-00', 'x-amz-security-token': 'session' });
    expect(headers.authorization).to.match(
      /SignedHeaders=[^,]*host;[^,]*traceparent;[^,]*x-amz-security-token;[^,]*x-team,/,
    );
    expect(headers['user-agent']).to.include('keeptrusts');
    expect(headers['amz-sdk-request']).to.equal('attempt=1; max=1');
  });

  it('hands over the headers of an invocation', async () => {
    const answer: Answering = (_request, response) => {
      response.writeHead(200, { 'x-amzn-requestid': 'r-1', 'x-amzn-bedrock-input-token-count': '7' });
      response.end('{"embedding":[]}');
    };
    await withTransport({}, answer, async (transport) => {
      const input = { modelId: 'amazon.titan-embed-text-v2:0', body: '{}' };
      const { body, headers, requestId } = await transport.invokeModel(input, calm);
      expect(Buffer.from(body).toString()).to.equal('{"embedding":[]}');
      expect(headers['x-amzn-bedrock-input-token-count']).to.equal('7');
      expect(requestId).to.equal('r-1');
    });
  });

  it('uses a Bedrock API key as it is', async () => {
    let authorization: string | undefined;
    const credentials = fixedCredential('bearer', { kind: 'bearer', token: 'bedrock-api-key' });
    await withTransport(
      { credentials },
      greeting((request) => (authorization = request.headers.authorization)),
      (transport) => transport.converse(CHAT, calm),
    );
    expect(authorization).to.equal('Bearer bedrock-api-key');
  });

  it('makes one attempt where the service fails', async () => {
    let requests = 0;
    const throttle: Answering = (_request, response) => {
      requests++;
      refuse(response, 429, 'ThrottlingException', 'Too many requests');
    };
    await withTransport({}, throttle, async (transport) => {
      expect(await thrown(transport.converse(CHAT, calm))).to.have.property('name', 'ThrottlingException');
    });
    expect(requests).to.equal(1);
  });

  it('reports a server that takes too long to greet', async () => {
    const clock = new FakeClock();
    const silent = createServer();
    await listening(silent, async ({ port }) => {
      const transport = new SdkTransport({ ...options(new URL(`https://127.0.0.1:${port}`)), clock });
      const outcome = thrown(transport.converse(CHAT, calm));
      await once(silent, 'connection');
      await clock.advance(5_000);
      expect(await outcome)
        .to.be.instanceOf(GatewayError)
        .and.include({ reason: 'upstream_timeout', detail: 'connect' });
      transport.close();
    });
  });

  it('reports a refused connection as what it is', async () => {
    let gone = new URL('http://127.0.0.1');
    await servingWire('http/1.1', greeting(), async (url) => void (gone = url));
    const transport = new SdkTransport(options(gone));
    expect(await thrown(transport.converse(CHAT, calm))).to.have.property('code', 'ECONNREFUSED');
    transport.close();
  });

  it('signs with the clock of the service after it refused the date, and sends the request again', async () => {
    const dates: string[] = [];
    const answer: Answering = (request, response) => {
      const date = String(request.headers['x-amz-date']);
      dates.push(date);
      if (date.startsWith('2020')) {
        response.setHeader('date', 'Wed, 01 Jan 2020 00:10:00 GMT');
        if (dates.length === 1)
          return refuse(
            response,
            403,
            'InvalidSignatureException',
            'Signature expired: 20200101T000000Z is now earlier than …',
          );
      }
      return answerGreeting(response);
    };
    const clock = { ...systemClock, now: () => Date.UTC(2020, 0, 1) };
    await withTransport({ clock }, answer, async (transport) => {
      await transport.converse(CHAT, calm);
      expect(transport.clockSkewMs).to.equal(600_000);
    });
    expect(dates).to.deep.equal(['20200101T000000Z', '20200101T001000Z']);
  });

  it('asks for fresh credentials when the service says that they have expired, and sends the request again', async () => {
    const used: string[] = [];
    const answer: Answering = (request, response) => {
      const key = /Credential=(\w+)/.exec(request.headers.authorization ?? '')?.[1] ?? '';
      used.push(key);
      if (key === 'OLD')
        refuse(response, 403, 'ExpiredTokenException', 'The security token included in the request is expired');
      else answerGreeting(response);
    };
    const credentials = {
      get: async () => ({ ...KEYS, accessKeyId: 'OLD' }),
      replace: async () => ({ ...KEYS, accessKeyId: 'NEW' }),
    };
    await withTransport({ credentials }, answer, (transport) => transport.converse(CHAT, calm));
    expect(used).to.deep.equal(['OLD', 'NEW']);
  });
});

function options(endpoint: URL): SdkTransportOptions {
  return {
    endpoint,
    region: 'us-east-1',
    credentials: fixedCredential('env', KEYS),
    connectTimeoutMs: 5_000,
    clock: systemClock,
  };
}

async function withTransport(
  {
    speaks = 'http/1.1',
    ...overrides
  }: Partial<SdkTransportOptions> & { readonly speaks?: 'http/1.1' | 'h2c' | 'dual' },
  answer: Answering,
  use: (transport: SdkTransport) => Promise<unknown>,
): Promise<void> {
  await servingWire(speaks, answer, async (url) => {
    const transport = new SdkTransport({ ...options(url), ...overrides });
    try {
      await use(transport);
    } finally {
      transport.close();
    }
  });
}

function greeting(seen: (request: Request) => void = () => {}): Answering {
  return (request, response) => {
    seen(request);
    answerGreeting(response);
  };
}

function answerGreeting(response: Response): void {
  response.setHeader('content-type', 'application/json');
  response.end(
    JSON.stringify({
      output: { message: { role: 'assistant', content: [{ text: 'hello' }] } },
      stopReason: 'end_turn',
      usage: { inputTokens: 1, outputTokens: 1, totalTokens: 2 },
      metrics: { latencyMs: 1 },
    }),
  );
}

function refuse(response: Response, status: number, name: string, message: string): void {
  response.writeHead(status, { 'x-amzn-errortype': name, 'content-type': 'application/json' });
  response.end(JSON.stringify({ message }));
}

function eventFrame(type: string, payload: object): Uint8Array {
  const codec = new EventStreamCodec(
    (bytes) => Buffer.from(bytes).toString(),
    (text) => Buffer.from(text),
  );
  const headers = { ':message-type': 'event', ':event-type': type, ':content-type': 'application/json' };
  return codec.encode({
    headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, { type: 'string', value }])),
    body: Buffer.from(JSON.stringify(payload)),
  });
}
