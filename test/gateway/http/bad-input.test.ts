import { expect } from 'chai';
import { DOCUMENT } from '../gateway-fixture.js';
import { CHAT, checkedError, errorOf, post, withDataPort } from './data-port.js';
import { dial, readAnswer, sendRaw } from './raw-client.js';

const VALID = JSON.stringify(CHAT);
const SMALL = { ...DOCUMENT, server: { max_body_bytes: 2_000 } };

function request(body: string | Uint8Array, headers: readonly string[] = []): Buffer {
  const bytes = Buffer.from(body);
  const lines = ['host: localhost', 'content-type: application/json', `content-length: ${bytes.length}`, ...headers];
  return Buffer.concat([Buffer.from(`POST /v1/chat/completions HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`), bytes]);
}

describe('the data port, given bad input', () => {
  describe('refuses a body', () => {
    const deep = (levels: number): string => `{"model":${'['.repeat(levels)}${']'.repeat(levels)}}`;
    for (const [name, body, message] of [
      ['that is empty', '', /empty/],
      ['that is no JSON, without quoting it', '{"secret": hello}', /^The body is not valid JSON\.$/],
      [
        'that is long and no JSON, saying where',
        `{"a":"${'secret '.repeat(30)}"]`,
        /^The body is not valid JSON; see character 217\.$/,
      ],
      ['that ends early', '{"model": "x"', /not valid JSON/],
      ['that is an array', '[]', /JSON object/],
      ['that is null', 'null', /JSON object/],
      ['that is a string', '"a secret text"', /JSON object/],
      ['that is invalid UTF-8', Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x7d]), /UTF-8/],
      [
        'with a lone byte of a character',
        Buffer.concat([Buffer.from('{"a":"'), Buffer.from([0xc3]), Buffer.from('"}')]),
        /UTF-8/,
      ],
      ['in UTF-16', Buffer.from(VALID, 'utf16le'), /not valid JSON|UTF-8/],
      ['nested 100,000 levels deep', deep(100_000), /nest|deep/],
      ['with __proto__ instead of its members', '{"__proto__":{"model":"x","messages":[]}}', /model/],
      ['with constructor.prototype', '{"constructor":{"prototype":{"model":"x"}}}', /model/],
    ] as const) {
      it(name, () =>
        withDataPort({}, async (url) => {
          const answer = await sendRaw(url, request(body));
          expect(answer.status).to.equal(400);
          expect(answer.headers['x-should-retry']).to.equal('false');
          const error = checkedError(answer.body);
          expect(error).to.include({ type: 'invalid_request_error' });
          expect(error['message']).to.match(message).and.not.include('secret');
          expect((await post(`${url}/v1/chat/completions`, CHAT)).status).to.equal(200);
        }),
      );
    }

    for (const [name, headers, message] of [
      ['that is compressed', ['content-encoding: gzip'], /content-encoding/],
      ['in another charset', ['content-type: application/json; charset=iso-8859-1'], /charset/],
      ['of a web page that sends text', ['content-type: text/plain', 'origin: https://localhost'], /web page/],
    ] as const) {
      it(name, () =>
        withDataPort({}, async (url) => {
          const kept = request(VALID)
            .toString()
            .replace(/content-type: application\/json\r\n/, headers[0].startsWith('content-type') ? '' : '$&');
          const answer = await sendRaw(url, kept.replace('\r\n\r\n', `\r\n${headers.join('\r\n')}\r\n\r\n`));
          expect(answer.status).to.equal(400);
          expect(checkedError(answer.body)['message']).to.match(message);
        }),
      );
    }
  });

  describe('from a web page', () => {
    for (const [name, host, status] of [
      ['under a name of the page', 'evil.example:8080', 403],
      ['under a loopback name', 'localhost:8080', 200],
    ] as const) {
      it(`says ${status} ${name}`, () =>
        withDataPort({}, async (url) => {
          const answer = await sendRaw(
            url,
            request(VALID, [`origin: http://${host}`])
              .toString()
              .replace('host: localhost', `host: ${host}`),
          );
          expect(answer.status).to.equal(status);
          if (status !== 200) expect(checkedError(answer.body)).to.include({ code: 'permission_denied' });
          expect(answer.headers).not.to.have.property('access-control-allow-origin');
        }));
    }
  });

  describe('accepts a body', () => {
    for (const [name, type] of [
      ['that curl calls a form', 'application/x-www-form-urlencoded'],
      ['of a JSON dialect', 'application/vnd.api+json'],
      ['in UTF-8 said aloud', 'application/json; charset="UTF-8"'],
    ] as const) {
      it(name, () =>
        withDataPort({}, async (url) => {
          expect((await post(`${url}/v1/chat/completions`, CHAT, { 'content-type': type })).status).to.equal(200);
        }),
      );
    }

    it('with a byte order mark', () =>
      withDataPort({}, async (url) => {
        expect((await post(`${url}/v1/chat/completions`, `\uFEFF${VALID}`)).status).to.equal(200);
      }));
  });

  describe('with a body over the limit', () => {
    it('says 413 by its announced length, before it is sent', () =>
      withDataPort({ document: SMALL }, async (url) => {
        const head =
          'POST /v1/chat/completions HTTP/1.1\r\nhost: g\r\ncontent-length: 2001\r\nexpect: 100-continue\r\n\r\n';
        const answer = await sendRaw(url, head);
        expect(answer.status).to.equal(413);
        expect(checkedError(answer.body)).to.include({ code: 'request_too_large' });
      }));

    it('says 413 when it comes in chunks', () =>
      withDataPort({ document: SMALL }, async (url) => {
        const chunk = `3e8\r\n${'a'.repeat(1000)}\r\n`;
        const head = 'POST /v1/chat/completions HTTP/1.1\r\nhost: g\r\ntransfer-encoding: chunked\r\n\r\n';
        expect((await sendRaw(url, head + chunk.repeat(3))).status).to.equal(413);
      }));

    it('lets a client that sends it all read the answer, and goes on with the connection', () =>
      withDataPort({ document: SMALL }, async (url) => {
        const socket = await dial(url);
        socket.write(request('a'.repeat(5_000_000)));
        expect((await readAnswer(socket)).status).to.equal(413);
        socket.removeAllListeners('data').removeAllListeners('end').removeAllListeners('close');
        socket.write(request(VALID));
        expect((await readAnswer(socket)).status).to.equal(200);
        socket.destroy();
      }));

    it('takes one that is just at it', () =>
      withDataPort({ document: SMALL }, async (url) => {
        expect((await sendRaw(url, request(VALID.padEnd(2_000)))).status).to.equal(200);
      }));
  });

  it('says 100 Continue to a body that fits', () =>
    withDataPort({}, async (url) => {
      const socket = await dial(url);
      const first = new Promise((resolve) => socket.once('data', resolve));
      const [head = '', body = ''] = request(VALID, ['expect: 100-continue']).toString().split('\r\n\r\n');
      socket.write(`${head}\r\n\r\n`);
      expect(String(await first)).to.equal('HTTP/1.1 100 Continue\r\n\r\n');
      socket.write(body);
      expect((await readAnswer(socket)).status).to.equal(200);
      socket.destroy();
    }));

  describe('that is no HTTP, refuses', () => {
    for (const [name, bytes, status] of [
      ['garbage', 'hello there\r\n\r\n', 400],
      ['TLS', Buffer.from([0x16, 0x03, 0x01, 0x02, 0x00, 0x01, 0x00, 0x01, 0xfc, 0x03, 0x03]), 400],
      ['HTTP/2', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 400],
      ['a header line without a colon', 'GET / HTTP/1.1\r\nhost\r\n\r\n', 400],
      ['no host', 'GET /v1/models HTTP/1.1\r\n\r\n', 400],
      ['a null byte in a header', 'GET / HTTP/1.1\r\nhost: a\0b\r\n\r\n', 400],
      ['two lengths', 'POST / HTTP/1.1\r\nhost: g\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\n{}', 400],
      [
        'a length and chunks',
        'POST / HTTP/1.1\r\nhost: g\r\ncontent-length: 5\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n',
        400,
      ],
      ['a negative length', 'POST / HTTP/1.1\r\nhost: g\r\ncontent-length: -1\r\n\r\n', 400],
      ['a bad chunk size', 'POST /v1/embeddings HTTP/1.1\r\nhost: g\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n', 400],
      ['headers without end', `GET / HTTP/1.1\r\nhost: g\r\nx: ${'a'.repeat(20_000)}`, 431],
      ['ten thousand headers', `GET / HTTP/1.1\r\nhost: g\r\n${'a: b\r\n'.repeat(10_000)}\r\n`, 431],
    ] as const) {
      it(name, () =>
        withDataPort({}, async (url) => {
          const answer = await sendRaw(url, bytes);
          expect(answer.status).to.equal(status);
          checkedError(answer.body);
          expect((await post(`${url}/v1/chat/completions`, CHAT)).status).to.equal(200);
        }),
      );
    }
  });

  describe('that comes too slowly', () => {
    const limits = { headersTimeoutMs: 50, requestTimeoutMs: 100, checkIntervalMs: 10 };
    for (const [name, bytes] of [
      ['in its headers', 'POST /v1/chat/completions HTTP/1.1\r\nhost: g\r\n'],
      ['in its body', `POST /v1/chat/completions HTTP/1.1\r\nhost: g\r\ncontent-length: 100\r\n\r\n{"mod`],
      [
        'in its chunks',
        `POST /v1/chat/completions HTTP/1.1\r\nhost: g\r\ntransfer-encoding: chunked\r\n\r\n5\r\n{"mod`,
      ],
    ] as const) {
      it(`says 408: ${name}`, () =>
        withDataPort({ limits }, async (url, gateway) => {
          const answer = await sendRaw(url, bytes);
          expect(answer.status).to.equal(408);
          expect(checkedError(answer.body)).to.include({ code: 'request_timeout' });
          await gateway.inFlight.whenIdle();
        }));
    }
  });

  describe('from a socket that is half closed', () => {
    it('says 400 in the middle of a body', () =>
      withDataPort({}, async (url, gateway) => {
        const answer = await sendRaw(url, request(VALID).subarray(0, -5), { halfClose: true });
        expect(answer.status).to.equal(400);
        checkedError(answer.body);
        await gateway.inFlight.whenIdle();
      }));

    it('says 400 in the middle of the headers', () =>
      withDataPort({}, async (url) => {
        expect((await sendRaw(url, 'POST / HTTP/1.1\r\nhost', { halfClose: true })).status).to.equal(400);
      }));
  });

  for (const [name, id] of [
    ['too long', 'a'.repeat(129)],
    ['with blanks', 'a b'],
    ['with markup', '<b>'],
    ['empty', ''],
  ] as const) {
    it(`makes an id of its own for a request id that is ${name}`, () =>
      withDataPort({}, async (url) => {
        const res = await post(`${url}/v1/chat/completions`, CHAT, { 'x-request-id': id });
        expect(res.headers.get('x-request-id')).to.match(/^[\da-f-]{36}$/);
      }));
  }

  it('shows nothing of a member that is wrong but its path', () =>
    withDataPort({}, async (url, gateway) => {
      const res = await post(`${url}/v1/chat/completions`, { ...CHAT, messages: [{ role: 'user', content: 7 }] });
      expect(res.status).to.equal(400);
      expect(await errorOf(res)).to.include({ param: 'messages[0].content' });
      expect(gateway.lines[0]).to.include({ outcome: 'refused', error: 'invalid_request', status: 400 });
    }));
});
