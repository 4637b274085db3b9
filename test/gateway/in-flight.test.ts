import { expect } from 'chai';
import { until } from '../until.js';
import { DOCUMENT } from './gateway-fixture.js';
import { CHAT, errorOf, post, withDataPort } from './http/data-port.js';
import { answerOf, FINISH, ScriptedProvider } from './scripted-provider.js';

/** Answers when told. */
function heldProvider(): { provider: ScriptedProvider; release: () => void } {
  const { promise, resolve } = Promise.withResolvers<void>();
  const provider = new ScriptedProvider({ complete: () => promise.then(() => answerOf('late')) });
  return { provider, release: resolve };
}

describe('InFlight', () => {
  it('refuses more requests than max_concurrency with 503 and retry-after, and lets the next in', async () => {
    const { provider, release } = heldProvider();
    const document = { ...DOCUMENT, server: { max_concurrency: 1 } };
    await withDataPort({ document, provider }, async (url, gateway) => {
      const first = post(`${url}/v1/chat/completions`, CHAT);
      await until(() => provider.calls.length === 1);
      const second = await post(`${url}/v1/chat/completions`, CHAT);
      expect([second.status, second.headers.get('retry-after')]).to.deep.equal([503, '1']);
      expect(await errorOf(second)).to.include({ code: 'overloaded' });
      release();
      expect((await first).status).to.equal(200);
      await gateway.inFlight.whenIdle();
      expect((await post(`${url}/v1/chat/completions`, CHAT)).status).to.equal(200);
    });
  });

  for (const [name, framed] of [
    ['announced', (body: string): RequestInit['body'] => body],
    ['in chunks', (body: string): RequestInit['body'] => new Blob([body]).stream()],
  ] as const) {
    it(`refuses more bytes of bodies than max_inflight_bytes, ${name}`, async () => {
      const { provider, release } = heldProvider();
      const document = { ...DOCUMENT, server: { max_inflight_bytes: 300 } };
      await withDataPort({ document, provider }, async (url, gateway) => {
        const send = (): Promise<Response> => {
          const body = framed(JSON.stringify(CHAT).padEnd(200));
          return fetch(`${url}/v1/chat/completions`, { method: 'POST', body, duplex: 'half' } as RequestInit);
        };
        const first = send();
        await until(() => provider.calls.length === 1);
        expect(await errorOf(await send())).to.include({ code: 'overloaded' });
        release();
        expect((await first).status).to.equal(200);
        await gateway.inFlight.whenIdle();
        expect((await send()).status).to.equal(200);
      });
    });
  }

  it('counts what is under way, streams apart', async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    const provider = new ScriptedProvider({
      complete: () => promise.then(() => answerOf('late')),
      async *stream() {
        yield { type: 'text', text: 'Hi' };
        await promise;
        yield { type: 'finish', finish: FINISH };
      },
    });
    await withDataPort({ provider }, async (url, gateway) => {
      const answers = [{}, {}, { stream: true }].map((more) =>
        post(`${url}/v1/chat/completions`, { ...CHAT, ...more }),
      );
      await until(() => provider.calls.length === 3);
      expect([gateway.inFlight.count, gateway.inFlight.streams]).to.deep.equal([3, 1]);
      resolve();
      for (const answer of answers) await (await answer).text();
      await gateway.inFlight.whenIdle();
      expect([gateway.inFlight.count, gateway.inFlight.streams]).to.deep.equal([0, 0]);
    });
  });
});
