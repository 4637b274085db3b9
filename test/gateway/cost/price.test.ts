import { expect } from 'chai';
import { costOf, priceOf } from '../../../src/gateway/cost/price.js';

const MODEL = 'anthropic.claude-sonnet-4-20250514-v1:0';

describe('priceOf', () => {
  for (const id of [
    MODEL,
    `us.${MODEL}`,
    `global.${MODEL}`,
    `arn:aws:bedrock:us-east-1::foundation-model/${MODEL}`,
    `arn:aws:bedrock:us-east-1:123456789012:inference-profile/eu.${MODEL}`,
  ]) {
    it(`knows ${id}`, () => {
      expect(priceOf(id, undefined)).to.deep.include({
        input: 3,
        output: 15,
        cacheRead: 0.3,
        cacheWrite1h: 6,
        source: 'table',
      });
    });
  }

  for (const id of [
    'someone.new-model-v1:0',
    'constructor',
    '__proto__',
    'arn:aws:bedrock:us-east-1:1:application-inference-profile/x',
  ]) {
    it(`does not know ${id}`, () => {
      expect(priceOf(id, undefined)).to.equal(undefined);
    });
  }

  it('prefers the configuration', () => {
    expect(priceOf(MODEL, { input: 1, output: 2 })).to.deep.equal({
      input: 1,
      output: 2,
      cacheRead: 1,
      cacheWrite: 1,
      cacheWrite1h: 1,
      source: 'config',
    });
  });

  it("derives an hour's cache write from five minutes'", () => {
    expect(priceOf('x', { input: 4, output: 8, cache_write: 5 })?.cacheWrite1h).to.equal(8);
  });
});

describe('costOf', () => {
  it('prices each kind of token', () => {
    const price = priceOf(MODEL, undefined);
    expect(price).to.not.equal(undefined);
    if (!price) return;
    const usage = {
      inputTokens: 1_000_000,
      outputTokens: 100_000,
      cacheReadTokens: 1_000_000,
      cacheWriteTokens: 300_000,
      cacheWrite1hTokens: 100_000,
    };
    const cost = costOf(usage, price);
    expect(cost).to.deep.include({ input: 3, cacheWrite5m: 0.75, cacheWrite1h: 0.6 });
    expect(cost.total).to.be.closeTo(3 + 1.5 + 0.3 + 0.75 + 0.6, 1e-9);
  });
});
