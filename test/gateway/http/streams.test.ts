import { expect } from 'chai';
import type { ChatEvent } from '../../../src/gateway/chat/chat-answer.js';
import { GatewayError } from '../../../src/gateway/chat/gateway-error.js';
import { FakeClock } from '../../core/fake-clock.js';
import { until } from '../../until.js';
import { DOCUMENT } from '../gateway-fixture.js';
import { FINISH, ScriptedProvider } from '../scripted-provider.js';
import { CHAT, post, withDataPort } from './data-port.js';
import { dial } from './raw-client.js';
import { reading } from './reading.js';

const STREAM = { ...CHAT, stream: true };

/** A stream that says `Hi` and then nothing until told, or aborted. */
class PausingStream {
  readonly #resume = Promise.withResolvers<void>();
  ended = false;

  readonly provider = new ScriptedProvider({ stream: (_request, { signal }) => this.#events(signal) });

  resume(): void {
    this.#resume.resolve();
  }

  async *#events(signal: AbortSignal): AsyncGenerator<ChatEvent> {
    signal.addEventListener('abort', () => this.#resume.reject(signal.reason));
    try {
      yield { type: 'text', text: 'Hi' };
      await this.#resume.promise;
      yield { type: 'finish', finish: FINISH };
    } finally {
      this.ended = true;
    }
  }
}

describe('a stream to the client', () => {
  it('is kept alive by comments while the upstream is silent', async () => {
    const clock = new FakeClock();
    const paused = new PausingStream();
    await withDataPort({ clock, provider: paused.provider }, async (url) => {
      const body = reading(await post(`${url}/v1/chat/completions`, STREAM));
      expect(await body.until(/Hi/)).not.to.include('keep-alive');
      await clock.advance(15_000);
      await body.until(/: keep-alive\n\n$/);
      await clock.advance(15_000);
      await body.until(/: keep-alive\n\n: keep-alive\n\n$/);
      paused.resume();
      await body.until(/data: \[DONE\]\n\n$/);
    });
  });

  it('is not kept alive while events come', async () => {
    const clock = new FakeClock();
    const stream = async function* (): AsyncGenerator<ChatEvent> {
      yield { type: 'text', text: 'a' };
      for (let i = 0; i < 4; i++) {
        await clock.advance(10_000);
        yield { type: 'text', text: 'b' };
      }
      yield { type: 'finish', finish: FINISH };
    };
    await withDataPort({ clock, provider: new ScriptedProvider({ stream }) }, async (url) => {
      const res = await post(`${url}/v1/chat/completions`, STREAM);
      expect(await res.text())
        .to.include('[DONE]')
        .and.not.include('keep-alive');
    });
  });

  it('whose client leaves ends the upstream at once', async () => {
    const paused = new PausingStream();
    await withDataPort({ provider: paused.provider }, async (url, gateway) => {
      const abort = new AbortController();
      const res = await fetch(`${url}/v1/chat/completions`, {
        method: 'POST',
        body: JSON.stringify(STREAM),
        signal: abort.signal,
      });
      await reading(res).until(/Hi/);
      abort.abort();
      await gateway.inFlight.whenIdle();
      expect(paused.ended).to.equal(true);
      expect(gateway.lines.at(-1)).to.include({ outcome: 'client_cancelled', status: 200, stream: true });
    });
  });

  it('whose client leaves before the first event ends the upstream at once', async () => {
    let aborted = false;
    const stream = (_request: unknown, { signal }: { signal: AbortSignal }): AsyncGenerator<ChatEvent> => {
      signal.addEventListener('abort', () => (aborted = true));
      return never();
    };
    const provider = new ScriptedProvider({ stream });
    await withDataPort({ provider }, async (url, gateway) => {
      const abort = new AbortController();
      const body = JSON.stringify(STREAM);
      const res = fetch(`${url}/v1/chat/completions`, { method: 'POST', body, signal: abort.signal });
      await until(() => provider.calls.length === 1);
      abort.abort();
      await res.catch(() => undefined);
      await gateway.inFlight.whenIdle();
      expect(aborted).to.equal(true);
      expect(gateway.lines.at(-1)).to.include({ outcome: 'client_cancelled', status: 499 });
    });
  });

  it('slows the upstream to the pace of a slow client, and loses nothing', async () => {
    const total = 4_000;
    let produced = 0;
    const stream = async function* (): AsyncGenerator<ChatEvent> {
      for (; produced < total; produced++) yield { type: 'text', text: `<${produced}>${'x'.repeat(10_000)}` };
      yield { type: 'finish', finish: FINISH };
    };
    await withDataPort({ provider: new ScriptedProvider({ stream }) }, async (url) => {
      const socket = await dial(url);
      const body = JSON.stringify(STREAM);
      socket.pause();
      socket.write(`POST /v1/chat/completions HTTP/1.1\r\nhost: g\r\ncontent-length: ${body.length}\r\n\r\n${body}`);
      let seen = -1;
      await until(async () => {
        const before = seen;
        seen = produced;
        await new Promise((resolve) => setTimeout(resolve, 50));
        return produced > 0 && before === produced;
      });
      expect(produced).to.be.lessThan(total);
      let text = '';
      socket.on('data', (chunk: Buffer) => (text += chunk.toString('latin1'))).resume();
      await until(() => text.includes('[DONE]'));
      expect(text.match(/<\d+>/g)).to.deep.equal(Array.from({ length: total }, (_, i) => `<${i}>`));
      socket.destroy();
    });
  });

  it('that takes longer than stream_timeout_seconds ends with an error event', async () => {
    const clock = new FakeClock();
    const targets = DOCUMENT.providers.targets.map((target) => ({ ...target, stream_timeout_seconds: 90 }));
    const document = { ...DOCUMENT, providers: { targets } };
    const paused = new PausingStream();
    await withDataPort({ clock, document, provider: paused.provider }, async (url, gateway) => {
      const body = reading(await post(`${url}/v1/chat/completions`, STREAM));
      await body.until(/Hi/);
      await clock.advance(90_000);
      expect(await body.until(/"error".*\n\n$/))
        .to.include('"code":"upstream_timeout"')
        .and.not.include('[DONE]');
      await gateway.inFlight.whenIdle();
      expect(gateway.lines.at(-1)).to.include({ error: 'upstream_timeout', error_detail: 'total', status: 200 });
    });
  });

  it('is not bounded by timeout_seconds', async () => {
    const clock = new FakeClock();
    const paused = new PausingStream();
    await withDataPort({ clock, provider: paused.provider }, async (url) => {
      const body = reading(await post(`${url}/v1/chat/completions`, STREAM));
      await body.until(/Hi/);
      await clock.advance(3_600_000);
      paused.resume();
      await body.until(/\[DONE\]/);
    });
  });

  it('that the gateway must cut ends with an error event that says why', async () => {
    const paused = new PausingStream();
    await withDataPort({ provider: paused.provider }, async (url, gateway) => {
      const body = reading(await post(`${url}/v1/chat/completions`, STREAM));
      await body.until(/Hi/);
      gateway.inFlight.cutAll(new GatewayError('draining', 'The gateway is stopping.'));
      expect(await body.until(/"error".*\n\n$/))
        .to.include('"code":"draining"')
        .and.not.include('[DONE]');
    });
  });
});

describe('a whole answer', () => {
  it('that takes longer than timeout_seconds is a 504, though the provider never notices', async () => {
    const clock = new FakeClock();
    const provider = new ScriptedProvider({ complete: () => new Promise(() => undefined) });
    await withDataPort({ clock, provider }, async (url) => {
      const pending = post(`${url}/v1/chat/completions`, CHAT);
      await until(() => provider.calls.length === 1);
      await clock.advance(60_000);
      const res = await pending;
      expect(res.status).to.equal(504);
      expect(await res.text())
        .to.include('"code":"upstream_timeout"')
        .and.include('timeout_seconds');
      expect(provider.calls[0]?.call.signal.aborted).to.equal(true);
    });
  });
});

async function* never(): AsyncGenerator<ChatEvent> {
  await new Promise(() => undefined);
  yield { type: 'start' };
}
