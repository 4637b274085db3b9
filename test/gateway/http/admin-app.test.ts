import { expect } from 'chai';
import { GatewayError } from '../../../src/gateway/chat/gateway-error.js';
import { createAdminApp } from '../../../src/gateway/http/admin-app.js';
import { createDataApp } from '../../../src/gateway/http/data-app.js';
import { DOCUMENT, MODEL, runtimeOf, testGateway, type GatewayParts, type TestGateway } from '../gateway-fixture.js';
import { ScriptedProvider } from '../scripted-provider.js';
import { serving } from '../serving.js';
import { CHAT, checkedError, errorOf, post } from './data-port.js';
import { sendRaw } from './raw-client.js';

/** Serves the admin port of a gateway, and its data port on another. */
async function withAdmin<T>(
  parts: GatewayParts,
  run: (admin: string, data: string, gateway: TestGateway) => Promise<T>,
): Promise<T> {
  const gateway = await testGateway(parts);
  return serving(createAdminApp(gateway), (admin) =>
    serving(createDataApp(gateway), (data) => run(admin, data, gateway)),
  );
}

async function json(url: string): Promise<{ status: number; body: Record<string, unknown> }> {
  const res = await fetch(url);
  return { status: res.status, body: (await res.json()) as Record<string, unknown> };
}

describe('the admin port', () => {
  for (const [name, change, expected] of [
    ['is ready with a configuration', () => undefined, { status: 200, body: { ready: true, reasons: [] } }],
    [
      'is not ready without',
      (gateway) => gateway.active.swap(undefined),
      { status: 503, body: { ready: false, reasons: ['config_not_loaded'] } },
    ],
    [
      'is not ready while stopping',
      (gateway) => gateway.inFlight.drain(),
      { status: 503, body: { ready: false, reasons: ['draining'] } },
    ],
  ] as [string, (gateway: TestGateway) => void, object][]) {
    it(name, () =>
      withAdmin({}, async (admin, _data, gateway) => {
        change(gateway);
        expect(await json(`${admin}/readyz`)).to.deep.equal(expected);
      }),
    );
  }

  it('is live always, and started once a configuration is in force', () =>
    withAdmin({ loaded: false }, async (admin, _data, gateway) => {
      expect(await json(`${admin}/livez`)).to.deep.equal({ status: 200, body: { live: true } });
      expect((await json(`${admin}/startupz`)).status).to.equal(503);
      gateway.active.swap(await runtimeOf(DOCUMENT));
      expect((await json(`${admin}/startupz`)).status).to.equal(200);
    }));

  it('shows the configuration in force, without the values of headers', () => {
    const targets = DOCUMENT.providers.targets.map((target) => ({ ...target, headers: { 'x-key': 'secret' } }));
    return withAdmin({ document: { ...DOCUMENT, providers: { targets } } }, async (admin) => {
      const { body } = await json(`${admin}/keeptrusts/config`);
      expect(body).to.deep.include({
        pack: { name: 'test', version: '1.0.0', enabled: true },
        revision: '0123456789ab',
        source: 'test',
      });
      expect(body).to.have.nested.property('config.server.max_body_bytes', 33_554_432);
      expect(JSON.stringify(body)).to.include('x-key').and.not.include('secret');
    });
  });

  it('shows what became of the calls to each target', () => {
    let failure: GatewayError | undefined;
    const complete = async (): Promise<never> => {
      throw failure ?? new Error('no failure set');
    };
    return withAdmin({ provider: new ScriptedProvider({ complete }) }, async (admin, data) => {
      const target = async (): Promise<unknown> =>
        ((await json(`${admin}/keeptrusts/targets`)).body['targets'] as unknown[])[0];
      expect(await target()).to.include({
        id: 'sonnet',
        provider: 'aws-bedrock',
        model: MODEL,
        region: 'eu-west-1',
        state: 'available',
      });
      expect(await target()).to.include({ last_error: null, latency_ms: null, share: null, reason: null });

      failure = new GatewayError('throttled', 'secret');
      await post(`${data}/v1/chat/completions`, CHAT);
      expect(await target()).to.include({ state: 'available', share: 1 });
      expect(await target()).to.have.nested.property('last_error.reason', 'throttled');

      failure = new GatewayError('upstream_authentication', 'secret', { detail: 'token_file_missing' });
      await post(`${data}/v1/chat/completions`, CHAT);
      expect(await target()).to.include({ state: 'unavailable', reason: 'token_file_missing' });
      expect(JSON.stringify(await target())).to.not.include('secret');

      await post(`${data}/v1/chat/completions`, { ...CHAT, stream: true }).then((res) => res.text());
      expect(await target()).to.include({ state: 'available', reason: null });
    });
  });

  for (const page of ['config', 'targets']) {
    it(`does not show ${page} under a foreign name`, () =>
      withAdmin({}, async (admin) => {
        const answer = await sendRaw(admin, `GET /keeptrusts/${page} HTTP/1.1\r\nhost: evil.example\r\n\r\n`);
        expect(answer.status).to.equal(403);
        expect(checkedError(answer.body)).to.include({ code: 'permission_denied' });
      }));
  }

  for (const method of ['POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS']) {
    it(`changes nothing: ${method} is not allowed`, () =>
      withAdmin({}, async (admin) => {
        const res = await fetch(`${admin}/keeptrusts/config`, { method });
        expect(res.status).to.equal(405);
        expect(await errorOf(res)).to.include({ code: 'method_not_allowed' });
      }));
  }

  it('says 404 to anything else, in the shape of every error', () =>
    withAdmin({}, async (admin) => {
      const res = await fetch(`${admin}/v1/models`);
      expect(res.status).to.equal(404);
      expect(await errorOf(res)).to.include({ code: 'unknown_url' });
    }));
});
