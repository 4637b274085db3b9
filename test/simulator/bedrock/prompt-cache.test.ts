import { expect } from 'chai';
import { PromptCache } from '../../../src/simulator/bedrock/prompt-cache.js';
import type { Segment } from '../../../src/simulator/bedrock/input-tokens.js';
import { FakeClock } from '../../core/fake-clock.js';

const text = (content: string, tokens: number): Segment => ({ content, tokens });
const point = (ttl?: '5m' | '1h'): Segment => ({
  content: 'cachePoint',
  tokens: 0,
  cachePoint: { type: 'default', ...(ttl && { ttl }) },
});

describe('PromptCache', () => {
  it('forgets a prefix five minutes after its last use, or an hour', async () => {
    const clock = new FakeClock();
    const cache = new PromptCache(clock, 1);
    for (const [ttl, minutes] of [
      ['5m', 5],
      ['1h', 60],
    ] as const) {
      const prompt = [text(ttl, 10), point(ttl), text('q', 1)];
      expect(cache.use('a', prompt)).to.include({ cacheWriteInputTokens: 10, cacheReadInputTokens: 0, inputTokens: 1 });
      await clock.advance(minutes * 60_000 - 1);
      expect(cache.use('a', prompt)).to.include({ cacheWriteInputTokens: 0, cacheReadInputTokens: 10, inputTokens: 1 });
      await clock.advance(minutes * 60_000);
      expect(cache.use('a', prompt)).to.include({ cacheWriteInputTokens: 10, cacheReadInputTokens: 0 });
    }
  });

  it('reads the longest prefix it knows and writes the rest', () => {
    const cache = new PromptCache(new FakeClock(), 1);
    cache.use('a', [text('tools', 10), point('1h')]);
    const usage = cache.use('a', [text('tools', 10), point('1h'), text('turn', 5), point(), text('q', 2)]);
    expect(usage).to.deep.equal({
      inputTokens: 2,
      cacheReadInputTokens: 10,
      cacheWriteInputTokens: 5,
      cacheDetails: [{ ttl: '5m', inputTokens: 5 }],
    });
  });

  it('keeps scopes and contents apart', () => {
    const cache = new PromptCache(new FakeClock(), 1);
    cache.use('a', [text('x', 10), point()]);
    expect(cache.use('b', [text('x', 10), point()]).cacheReadInputTokens).to.equal(0);
    expect(cache.use('a', [text('y', 10), point()]).cacheReadInputTokens).to.equal(0);
  });
});
