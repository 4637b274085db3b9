import { expect } from 'chai';
import { createDataApp } from '../../src/gateway/http/data-app.js';
import { DOCUMENT, MODEL, testGateway } from './gateway-fixture.js';
import { serving } from './serving.js';

const CHAT = { model: MODEL, messages: [{ role: 'user', content: 'hello' }] };
const PRICED = {
  ...DOCUMENT,
  providers: {
    targets: [{ id: 'sonnet', provider: 'aws-bedrock' as const, model: MODEL, pricing: { input: 1000, output: 2000 } }],
  },
};

describe('the cost of an exchange', () => {
  it('is counted by kind, and told to a caller who asks', async () => {
    const gateway = await testGateway({ document: PRICED });
    await serving(createDataApp(gateway), async (url) => {
      const ask = (body: object, headers: Record<string, string> = {}): Promise<Response> =>
        fetch(`${url}/v1/chat/completions`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', ...headers },
          body: JSON.stringify(body),
        });
      const silent = await ask(CHAT);
      expect(silent.headers.get('x-keeptrusts-cost-usd')).to.equal(null);
      const { usage } = (await silent.json()) as { usage: { prompt_tokens: number; completion_tokens: number } };
      const expected = (usage.prompt_tokens * 1000 + usage.completion_tokens * 2000) / 1e6;

      const told = await ask(CHAT, { 'x-keeptrusts-cost': 'true' });
      expect(told.headers.get('x-keeptrusts-cost-usd')).to.equal(expected.toFixed(9));
      const streamed = await (await ask({ ...CHAT, stream: true }, { 'x-keeptrusts-cost': 'true' })).text();
      const last = streamed.split('\n\n').find((event) => event.includes('"keeptrusts"')) ?? '';
      expect(JSON.parse(last.slice('data: '.length))).to.have.nested.property('keeptrusts.cost_usd');

      const metrics = await gateway.metrics.registry.metrics();
      expect(metrics).to.match(/keeptrusts_cost_usd_total\{target="sonnet",kind="input"\} [\d.]+/);
    });
  });

  it('is unknown, not 0, without a price', async () => {
    const document = {
      ...DOCUMENT,
      providers: { targets: [{ id: 'new', provider: 'aws-bedrock' as const, model: 'someone.new-v1:0' }] },
    };
    const gateway = await testGateway({ document });
    await serving(createDataApp(gateway), async (url) => {
      const res = await fetch(`${url}/v1/chat/completions`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-keeptrusts-cost': 'true' },
        body: JSON.stringify({ ...CHAT, model: 'new' }),
      });
      expect(res.headers.get('x-keeptrusts-cost-usd')).to.equal(null);
      const metrics = await gateway.metrics.registry.metrics();
      expect(metrics).to.include('keeptrusts_price_unknown_total{target="new"} 1');
      expect(metrics).to.not.include('keeptrusts_cost_usd_total{');
    });
  });
});
