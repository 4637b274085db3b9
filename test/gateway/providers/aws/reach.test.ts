import { expect } from 'chai';
import { systemClock } from '../../../../src/core/clock.js';
import { reach } from '../../../../src/gateway/providers/aws/reach.js';
import { serving } from '../../serving.js';

describe('reach', () => {
  it('asks the endpoint itself for its front page, and is content with any answer', async () => {
    const asked: unknown[] = [];
    const options = { connectTimeoutMs: 5_000, clock: systemClock, signal: new AbortController().signal };
    await serving(
      ({ method, url }, response) => {
        asked.push(`${method} ${url}`);
        response.writeHead(404).end();
      },
      (url) => reach(new URL(url), options),
    );
    expect(asked).to.deep.equal(['HEAD /']);
  });
});
