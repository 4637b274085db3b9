import { expect } from 'chai';
import { loadPolicyConfig } from '../../src/config/load-policy-config.js';
import { unsupported } from '../../src/config/unsupported.js';

const BASE = `
pack: {name: base, version: 1.0.0}
policies: {chain: []}
providers:
  targets:
    - {id: one, provider: aws-bedrock, model: m}
`;

const GUARDRAIL = `
policies: {chain: [pii-detector, bedrock-guardrail]}
policy: {bedrock-guardrail: {id: abc123, version: '1'}}
`;

function problemsOf(text: string) {
  const sources = [BASE, text].map((source, i) => ({ name: `${i}.yaml`, text: source }));
  const loaded = loadPolicyConfig(sources);
  if (loaded.config === undefined) throw new Error(JSON.stringify(loaded.problems));
  return unsupported(loaded);
}

describe('unsupported', () => {
  for (const [name, text, expected] of [
    ['lets the smallest configuration start', 'server: {}', []],
    ['lets defaults that are on by themselves be', 'providers: {circuit_breaker: {enabled: false}}', []],
    ['lets every policy be', GUARDRAIL, []],
    ['lets routing by data policy be', 'policies: {chain: [data-routing-policy]}', []],
    [
      'lets every provider be',
      'providers: {targets: [{id: a, provider: anthropic, model: m}, {id: b, provider: openai, model: m}]}',
      [],
    ],
    ['names what is chosen', 'server: {on_client_abort: drain}', ['server.on_client_abort']],
    ['lets be what is as ever', 'server: {on_client_abort: abort}', []],
    [
      'names budgets and limits',
      'budgets: [{name: b, limit_usd: 1, period: day}]\nrate_limits: {global: {requests_per_minute: 1}}',
      ['rate_limits', 'budgets[0]'],
    ],
  ] as const) {
    it(name, () => {
      expect(problemsOf(text).map(({ path }) => path)).to.deep.equal(expected);
    });
  }

  it('says where, and what', () => {
    expect(problemsOf('server: {on_client_abort: drain}')).to.deep.equal([
      {
        code: 'not_built',
        severity: 'error',
        file: '1.yaml',
        line: 1,
        column: 10,
        path: 'server.on_client_abort',
        message: 'this version of the gateway does not obey `drain` yet',
      },
    ]);
  });
});
