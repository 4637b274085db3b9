import { expect } from 'chai';
import { GatewayError } from '../../src/gateway/chat/gateway-error.js';
import { createDataApp } from '../../src/gateway/http/data-app.js';
import { MODEL, testGateway } from './gateway-fixture.js';
import { ScriptedProvider } from './scripted-provider.js';
import { serving } from './serving.js';

class FailingProvider extends ScriptedProvider {
  attempts = 0;
  readonly #error: GatewayError;

  constructor(error: GatewayError) {
    super();
    this.#error = error;
  }

  override complete(): Promise<never> {
    this.attempts += 1;
    return Promise.reject(this.#error);
  }
}

const THROTTLED = new GatewayError('throttled', 'Too many requests.', { retryAfterSeconds: 60 });
const TIMED_OUT = new GatewayError('model_timeout', 'The model took too long.');

async function statuses(
  error: GatewayError,
  hasDefaultBreaker: boolean,
): Promise<{ codes: number[]; attempts: number }> {
  const provider = new FailingProvider(error);
  const gateway = await testGateway({ provider, runtime: { hasDefaultBreaker } });
  const codes: number[] = [];
  await serving(createDataApp(gateway), async (url) => {
    for (let i = 0; i < 8; i++) {
      const res = await fetch(`${url}/v1/chat/completions`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ model: MODEL, messages: [{ role: 'user', content: 'hello' }] }),
      });
      codes.push(res.status);
      await res.text();
    }
  });
  return { codes, attempts: provider.attempts };
}

describe('the only target', () => {
  for (const error of [THROTTLED, TIMED_OUT]) {
    it(`is asked again and again in spite of ${error.reason}, when nobody wrote about circuits`, async () => {
      const { codes, attempts } = await statuses(error, true);
      expect(codes).to.deep.equal(Array.from({ length: 8 }, () => error.status));
      expect(attempts).to.equal(8);
    });
  }

  it('is spared once its circuit has opened, when the configuration says so', async () => {
    const { codes, attempts } = await statuses(TIMED_OUT, false);
    expect(attempts).to.equal(5);
    expect(codes.slice(5)).to.deep.equal([503, 503, 503]);
  });
});
