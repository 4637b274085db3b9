import { expect } from 'chai';
import type { ChatEvent } from '../../../src/gateway/chat/chat-answer.js';
import { GatewayError } from '../../../src/gateway/chat/gateway-error.js';
import { DOCUMENT, MODEL } from '../gateway-fixture.js';
import { ScriptedProvider } from '../scripted-provider.js';
import { CHAT, errorOf, post, withDataPort } from './data-port.js';

describe('the data port', () => {
  describe('answers a chat', () => {
    for (const path of ['/v1/chat/completions', '/chat/completions']) {
      it(`on ${path}`, () =>
        withDataPort({}, async (url) => {
          const res = await post(url + path, CHAT);
          expect(res.status).to.equal(200);
          expect(res.headers.get('content-type')).to.equal('application/json; charset=utf-8');
          expect(await res.json()).to.deep.include({
            object: 'chat.completion',
            model: MODEL,
            usage: {
              prompt_tokens: 10,
              completion_tokens: 3,
              total_tokens: 13,
              prompt_tokens_details: { cached_tokens: 0, cache_write_tokens: 0 },
            },
          });
        }));
    }

    it('and says in headers what was done', () =>
      withDataPort({ provider: new ScriptedProvider({ dropped: ['seed', 'top_k'] }) }, async (url) => {
        const { headers } = await post(`${url}/v1/chat/completions`, CHAT, { 'x-request-id': 'my-id.1' });
        expect(headers.get('x-request-id')).to.equal('my-id.1');
        expect(headers.get('x-keeptrusts-target')).to.equal('sonnet');
        expect(headers.get('x-keeptrusts-revision')).to.equal('0123456789ab');
        expect(headers.get('x-keeptrusts-verdict')).to.equal('allow');
        expect(headers.get('x-keeptrusts-dropped-params')).to.equal('seed, top_k');
        expect(headers.get('x-amzn-requestid')).to.equal('upstream-1');
      }));

    it('under the id of the configured header, named in both', () => {
      const document = { ...DOCUMENT, server: { request_id_header: 'X-Correlation-Id' } };
      return withDataPort({ document }, async (url) => {
        const { headers } = await post(`${url}/v1/chat/completions`, CHAT, { 'x-correlation-id': 'c1' });
        expect(headers.get('x-correlation-id')).to.equal('c1');
        expect(headers.get('x-request-id')).to.equal('c1');
      });
    });

    it('with the id and the trace context passed on', () => {
      const provider = new ScriptedProvider();
      const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
      return withDataPort({ provider }, async (url) => {
        await post(`${url}/v1/chat/completions`, CHAT, { 'x-request-id': 'r1', traceparent });
        expect(provider.calls[0]?.call).to.include({ requestId: 'r1', traceparent });
      });
    });

    it('and logs names and numbers, never text', () =>
      withDataPort({}, async (url, gateway) => {
        await post(`${url}/v1/chat/completions`, CHAT, { authorization: 'Bearer secret-key', 'x-request-id': 'r1' });
        expect(gateway.lines).to.have.length(1);
        expect(gateway.lines[0]).to.include({
          msg: 'exchange',
          request_id: 'r1',
          route: '/v1/chat/completions',
          model: MODEL,
          target: 'sonnet',
          status: 200,
          outcome: 'ok',
          input_tokens: 10,
          output_tokens: 3,
          upstream_request_id: 'upstream-1',
        });
        expect(JSON.stringify(gateway.lines)).to.not.match(/secret|Hello/);
      }));
  });

  describe('answers a stream', () => {
    const STREAM = { ...CHAT, stream: true };

    it('event by event, ending with [DONE]', () =>
      withDataPort({}, async (url, gateway) => {
        const res = await post(`${url}/v1/chat/completions`, STREAM);
        expect(res.status).to.equal(200);
        expect(res.headers.get('content-type')).to.equal('text/event-stream; charset=utf-8');
        expect(res.headers.get('cache-control')).to.equal('no-cache');
        const events = (await res.text()).split('\n\n');
        expect(events.slice(-2)).to.deep.equal(['data: [DONE]', '']);
        expect(events).to.have.length(6);
        expect(gateway.lines[0]).to.include({ stream: true, outcome: 'ok', finish_reason: 'stop' });
      }));

    it('with an ordinary error when it fails before its first event', () => {
      const stream = (): never => {
        throw new GatewayError('throttled', 'Too many requests.', {
          retryAfterSeconds: 2.4,
          upstreamRequestId: 'up-2',
        });
      };
      return withDataPort({ provider: new ScriptedProvider({ stream }) }, async (url) => {
        const res = await post(`${url}/v1/chat/completions`, STREAM);
        expect(res.status).to.equal(429);
        expect(res.headers.get('retry-after')).to.equal('3');
        expect(res.headers.get('x-amzn-requestid')).to.equal('up-2');
        expect(await errorOf(res)).to.include({ type: 'rate_limit_error', code: 'rate_limit_exceeded' });
      });
    });

    for (const [name, thrown, expected] of [
      ['a failure of the model', new GatewayError('model_stream_error', 'It broke.'), 'It broke.'],
      ['a bug', new Error('secret'), 'The gateway failed; its log says more under the request id.'],
    ] as const) {
      it(`with one error event, and never [DONE], when ${name} breaks it`, () => {
        const stream = async function* (): AsyncGenerator<ChatEvent> {
          yield { type: 'text', text: 'Hel' };
          throw thrown;
        };
        return withDataPort({ provider: new ScriptedProvider({ stream }) }, async (url) => {
          const res = await post(`${url}/v1/chat/completions`, STREAM);
          const events = (await res.text()).split('\n\n');
          expect(events).to.have.length(4);
          expect(JSON.parse(events[2]?.slice('data: '.length) ?? '')).to.have.nested.property(
            'error.message',
            expected,
          );
          expect(events[3]).to.equal('');
        });
      });
    }
  });

  it('answers embeddings', () =>
    withDataPort({}, async (url) => {
      const res = await post(`${url}/v1/embeddings`, { model: MODEL, input: ['a', 'b'], encoding_format: 'float' });
      const body = (await res.json()) as { data: { embedding: number[] }[] };
      expect(body.data.map(({ embedding }) => embedding)).to.deep.equal([
        [0.5, -0.25],
        [0.5, -0.25],
      ]);
    }));

  describe('lists models', () => {
    const arn = 'arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/abc';
    const document = {
      ...DOCUMENT,
      providers: {
        targets: [...DOCUMENT.providers.targets, { id: 'by-arn', provider: 'aws-bedrock' as const, model: arn }],
        model_groups: [{ name: 'smart', aliases: ['gpt-4o', '*'], targets: ['sonnet'] }],
      },
    };

    it('groups, aliases and models, each once', () =>
      withDataPort({ document }, async (url) => {
        const res = await fetch(`${url}/v1/models`);
        const { object, data } = (await res.json()) as { object: string; data: { id: string; owned_by: string }[] };
        expect(object).to.equal('list');
        expect(data.map(({ id }) => id)).to.deep.equal(['smart', 'gpt-4o', MODEL, arn]);
        expect(data.map(({ owned_by }) => owned_by).slice(0, 3)).to.deep.equal([
          'keeptrusts',
          'keeptrusts',
          'anthropic',
        ]);
      }));

    for (const [id, path] of [
      [MODEL, MODEL],
      [MODEL, encodeURIComponent(MODEL)],
      [arn, arn],
      [arn, encodeURIComponent(arn)],
      ['sonnet', 'sonnet'],
      ['gpt-4o', 'gpt-4o'],
    ] as const) {
      it(`one by one: ${path}`, () =>
        withDataPort({ document }, async (url) => {
          const res = await fetch(`${url}/v1/models/${path}`);
          expect(res.status).to.equal(200);
          expect(await res.json()).to.include({ id, object: 'model' });
        }));
    }

    it('and says 404 to another id, listing what there is', () =>
      withDataPort({ document }, async (url) => {
        const res = await fetch(`${url}/v1/models/secret`);
        expect(res.status).to.equal(404);
        const { code, message } = await errorOf(res);
        expect(code).to.equal('model_not_found');
        expect(message).to.include('gpt-4o').and.include(MODEL).and.not.include('secret');
      }));
  });

  describe('refuses', () => {
    it('a model that it does not offer', () =>
      withDataPort({}, async (url) => {
        const res = await post(`${url}/v1/chat/completions`, { ...CHAT, model: 'secret' });
        expect(res.status).to.equal(404);
        expect(res.headers.get('x-should-retry')).to.equal('false');
        expect(await errorOf(res)).to.include({ code: 'model_not_found', param: 'model' });
      }));

    for (const path of ['/v1/responses', '/v1/completions', '/', '/v1/v1/chat/completions']) {
      it(`${path}, naming what is offered`, () =>
        withDataPort({}, async (url) => {
          const res = await post(url + path, {});
          expect(res.status).to.equal(404);
          const { code, message } = await errorOf(res);
          expect(code).to.equal('unknown_url');
          expect(message).to.include('POST /v1/chat/completions');
        }));
    }

    for (const [method, path, allow] of [
      ['GET', '/v1/chat/completions', 'POST, OPTIONS'],
      ['DELETE', '/v1/models', 'GET, HEAD, OPTIONS'],
      ['PUT', `/v1/models/${MODEL}`, 'GET, HEAD, OPTIONS'],
    ] as const) {
      it(`${method} ${path}`, () =>
        withDataPort({}, async (url) => {
          const res = await fetch(url + path, { method });
          expect(res.status).to.equal(405);
          expect(res.headers.get('allow')).to.equal(allow);
          expect(await errorOf(res)).to.include({ code: 'method_not_allowed' });
        }));
    }

    it('a path that is wrongly encoded', () =>
      withDataPort({}, async (url) => {
        const res = await fetch(`${url}/v1/models/%E0%A4%A`);
        expect(res.status).to.equal(400);
        expect(await errorOf(res)).to.include({ type: 'invalid_request_error' });
      }));

    it('everything while there is no configuration', () =>
      withDataPort({ loaded: false }, async (url) => {
        const res = await post(`${url}/v1/chat/completions`, CHAT);
        expect(res.status).to.equal(503);
        expect(res.headers.get('retry-after')).to.equal('1');
        expect(await errorOf(res)).to.include({ code: 'config_not_loaded' });
      }));

    it('everything while the pack is switched off', () => {
      const document = { ...DOCUMENT, pack: { ...DOCUMENT.pack, enabled: false } };
      return withDataPort({ document }, async (url) => {
        const res = await post(`${url}/v1/chat/completions`, CHAT);
        expect(res.status).to.equal(503);
        expect(res.headers.get('x-should-retry')).to.equal('false');
        expect(await errorOf(res)).to.include({ code: 'pack_disabled' });
      });
    });

    it('new requests while it is stopping, and closes their connections', () =>
      withDataPort({}, async (url, gateway) => {
        gateway.inFlight.drain();
        const res = await post(`${url}/v1/chat/completions`, CHAT);
        expect(res.status).to.equal(503);
        expect(res.headers.get('connection')).to.equal('close');
        expect(res.headers.get('retry-after')).to.equal('1');
        expect(await errorOf(res)).to.include({ code: 'draining' });
      }));
  });

  it('answers HEAD without a body and OPTIONS with what is allowed', () =>
    withDataPort({}, async (url) => {
      const head = await fetch(`${url}/v1/models`, { method: 'HEAD' });
      expect([head.status, await head.text()]).to.deep.equal([200, '']);
      const options = await fetch(`${url}/v1/chat/completions`, { method: 'OPTIONS' });
      expect([options.status, options.headers.get('allow')]).to.deep.equal([204, 'POST, OPTIONS']);
      expect(options.headers.has('access-control-allow-origin')).to.equal(false);
    }));

  it('answers a bug with a bare 500 and logs where it is, under the request id', () => {
    const complete = (): Promise<never> => Promise.reject(new TypeError('secret detail'));
    return withDataPort({ provider: new ScriptedProvider({ complete }) }, async (url, gateway) => {
      const res = await post(`${url}/v1/chat/completions`, CHAT, { 'x-request-id': 'r1' });
      expect(res.status).to.equal(500);
      expect(await res.text())
        .to.include('"code":"internal_error"')
        .and.not.include('secret');
      expect(gateway.lines[0]).to.deep.include({ level: 'error', request_id: 'r1', msg: 'bug' });
      expect(gateway.lines[0]?.['bug']).to.include({ name: 'TypeError' });
      expect(JSON.stringify(gateway.lines)).to.include('data-app.test.ts').and.not.include('secret');
    });
  });
});
