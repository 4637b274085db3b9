import { expect } from 'chai';
import { GatewayError } from '../../../src/gateway/chat/gateway-error.js';
import { createAdminApp } from '../../../src/gateway/http/admin-app.js';
import { MODEL } from '../gateway-fixture.js';
import { CHAT, post, withDataPort } from '../http/data-port.js';
import { ScriptedProvider } from '../scripted-provider.js';
import { serving } from '../serving.js';
import type { TestGateway } from '../gateway-fixture.js';

/** The samples of a scrape by `name{labels}`. */
async function scrape(gateway: TestGateway): Promise<Map<string, number>> {
  const text = await serving(createAdminApp(gateway), async (url) => (await fetch(`${url}/metrics`)).text());
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return new Map(
    lines.map((line) => [line.slice(0, line.lastIndexOf(' ')), Number(line.slice(line.lastIndexOf(' ') + 1))]),
  );
}

describe('the metrics of an exchange', () => {
  it('count a chat by route, model, target and end, and its tokens', () =>
    withDataPort({}, async (url, gateway) => {
      await post(`${url}/v1/chat/completions`, CHAT);
      const samples = await scrape(gateway);
      const labels = `route="/v1/chat/completions",model="${MODEL}",target="sonnet",variant="",status="200",outcome="ok",stream="false"`;
      expect(samples.get(`keeptrusts_requests_total{${labels}}`)).to.equal(1);
      expect(samples.get('keeptrusts_tokens_total{target="sonnet",kind="input",source="reported"}')).to.equal(10);
      expect(samples.get('keeptrusts_tokens_total{target="sonnet",kind="output",source="reported"}')).to.equal(3);
      expect(samples.get('keeptrusts_upstream_seconds_count{target="sonnet"}')).to.equal(1);
      for (const phase of ['parse', 'route', 'serialise']) {
        expect(samples.get(`keeptrusts_overhead_seconds_count{phase="${phase}"}`)).to.equal(1);
      }
      const operation = `gen_ai_operation_name="chat",gen_ai_provider_name="aws.bedrock",gen_ai_request_model="${MODEL}"`;
      expect(samples.get(`gen_ai_client_operation_duration_seconds_count{${operation}}`)).to.equal(1);
      expect(samples.get('keeptrusts_in_flight')).to.equal(0);
    }));

  it('measure a stream to its first event and between events', () =>
    withDataPort({}, async (url, gateway) => {
      const res = await post(`${url}/v1/chat/completions`, { ...CHAT, stream: true });
      await res.text();
      const samples = await scrape(gateway);
      expect(samples.get('keeptrusts_time_to_first_token_seconds_count{target="sonnet"}')).to.equal(1);
      expect(samples.get('keeptrusts_between_events_seconds_count{target="sonnet"}')).to.equal(3);
      expect([...samples.keys()].filter((name) => /time_per_output_token_seconds_count/.test(name))).to.have.length(1);
    }));

  it('count failures by type, prefixed by whose fault they are', () => {
    const complete = (): Promise<never> => Promise.reject(new GatewayError('throttled', 'x'));
    return withDataPort({ provider: new ScriptedProvider({ complete }) }, async (url, gateway) => {
      await post(`${url}/v1/chat/completions`, CHAT);
      await post(`${url}/v1/chat/completions`, 'no json');
      const samples = await scrape(gateway);
      expect(samples.get('keeptrusts_errors_total{type="bedrock_throttled"}')).to.equal(1);
      expect(samples.get('keeptrusts_errors_total{type="caller_invalid_request"}')).to.equal(1);
    });
  });

  it('have no series for what callers make up', () =>
    withDataPort({}, async (url, gateway) => {
      const odd = (i: number): Promise<unknown> =>
        Promise.all([
          post(`${url}/v1/chat/completions`, { ...CHAT, model: `made-up-${i}` }, { 'x-user-id': `user-${i}` }),
          fetch(`${url}/v1/models/made-up-${i}`),
          fetch(`${url}/made/up/${i}`),
        ]);
      await odd(0);
      const before = [...(await scrape(gateway)).keys()];
      for (let i = 1; i <= 50; i++) await odd(i);
      expect([...(await scrape(gateway)).keys()]).to.deep.equal(before);
      expect(before.join('\n')).to.include('model="other"').and.not.include('made-up');
    }));
});
