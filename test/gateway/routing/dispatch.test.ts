import { expect } from 'chai';
import fc from 'fast-check';
import type { Fallback } from '../../../src/config/policy-config-document.js';
import { RoutingBench, type Behaviour } from './routing-bench.js';

/** One attempt on each target, so that a table shows fallback alone. */
const ONCE = { retry: { max_attempts: 1 } };

describe('dispatch', () => {
  describe('falls back to the next target:', () => {
    const rows: readonly (readonly [Behaviour & string, string])[] = [
      ['throttled', 'b'],
      ['quota_exceeded', 'b'],
      ['upstream_internal_error', 'b'],
      ['upstream_error', 'b'],
      ['model_error', 'b'],
      ['model_stream_error', 'b'],
      ['invalid_upstream_response', 'b'],
      ['service_unavailable', 'b'],
      ['upstream_unavailable', 'b'],
      ['model_not_ready', 'b'],
      ['upstream_connection', 'b'],
      ['upstream_timeout', 'b'],
      ['model_timeout', 'b'],
      ['upstream_gateway_timeout', 'b'],
      ['upstream_authentication', 'b'],
      ['access_denied', 'b'],
      ['upstream_model_not_found', 'b'],
      ['upstream_invalid_request', 'upstream_invalid_request'],
      ['context_length_exceeded', 'context_length_exceeded'],
      ['internal', 'internal'],
      ['filtered', 'a'],
    ];
    for (const stream of [false, true]) {
      for (const [behaviour, expected] of rows) {
        it(`${behaviour}, ${stream ? 'streamed' : 'whole'} → ${expected}`, async () => {
          const bench = new RoutingBench({ a: behaviour, b: 'ok' }, { providers: ONCE });
          const { result, exchange } = await bench.send({ stream });
          expect(result).to.equal(expected);
          const failed = expected === 'a' ? [] : [{ target: 'a', error: behaviour }];
          expect(exchange.failedAttempts).to.deep.equal(failed);
        });
      }
    }
  });

  describe('obeys providers.fallback:', () => {
    const rows: readonly (readonly [string, Behaviour, Fallback, string])[] = [
      ['a trigger that is left out', 'throttled', { triggers: ['timeout'] }, 'throttled'],
      ['a trigger that is named', 'throttled', { triggers: ['throttled'] }, 'b'],
      ['max_attempts', 'service_unavailable', { max_attempts: 1 }, 'service_unavailable'],
      ['on_context_window: next', 'context_length_exceeded', { on_context_window: 'next' }, 'b'],
      ['on_content_filtered: next', 'filtered', { on_content_filtered: 'next' }, 'b'],
    ];
    for (const [name, behaviour, fallback, expected] of rows) {
      it(name, async () => {
        const bench = new RoutingBench({ a: behaviour, b: 'ok' }, { providers: { ...ONCE, fallback } });
        expect((await bench.send()).result).to.equal(expected);
      });
    }

    it('gives the filtered answer when there is no other', async () => {
      const providers = { ...ONCE, fallback: { on_content_filtered: 'next' as const } };
      const bench = new RoutingBench({ a: 'filtered', b: 'service_unavailable' }, { providers });
      const { result, exchange } = await bench.send();
      expect([result, exchange.finishReason]).to.deep.equal(['a', 'content_filter']);
      expect(exchange.failedAttempts).to.deep.equal([
        { target: 'a', error: 'content_filtered' },
        { target: 'b', error: 'service_unavailable' },
      ]);
    });

    it('stays with the first target under single', async () => {
      const bench = new RoutingBench(
        { a: 'service_unavailable', b: 'ok' },
        { providers: { ...ONCE, strategy: 'single' } },
      );
      expect((await bench.send()).result).to.equal('service_unavailable');
      expect(bench.calls).to.deep.equal({ a: 1 });
    });
  });

  describe('retries on the same target:', () => {
    for (const [name, behaviour, calls] of [
      ['what may pass, three times in all', 'service_unavailable', 3],
      ['what may be repeated once, once', 'model_error', 2],
      ['not what is sure to fail again', 'access_denied', 1],
      ['not an invalid request', 'upstream_invalid_request', 1],
      ['not what took too long already', 'model_timeout', 1],
    ] as const) {
      it(name, async () => {
        const bench = new RoutingBench({ a: behaviour });
        const { result, exchange } = await bench.sendThrough();
        expect(result).to.equal(behaviour);
        expect(bench.calls).to.deep.equal({ a: calls });
        expect(exchange.failedAttempts).to.have.length(calls);
      });
    }

    it('after waits with full jitter that double', async () => {
      const bench = new RoutingBench({ a: 'service_unavailable' }, { random: () => 0.999 });
      const sent = bench.send();
      const at: number[] = [];
      for (let ms = 0; ms < 400; ms++) {
        const before = bench.calls['a'] ?? 0;
        await bench.clock.advance(1);
        if ((bench.calls['a'] ?? 0) > before) at.push(ms);
      }
      await sent;
      expect(at).to.deep.equal([0, 99, 299]);
    });

    it('no sooner than the upstream asks', async () => {
      const bench = new RoutingBench({ a: (call) => (call === 1 ? { throttledFor: 2 } : 'ok') });
      const sent = bench.send();
      await bench.clock.advance(1_999);
      expect(bench.calls).to.deep.equal({ a: 1 });
      await bench.clock.advance(1);
      expect((await sent).result).to.equal('a');
    });

    it('not when the upstream asks for more time than there is', async () => {
      const bench = new RoutingBench({ a: { throttledFor: 2 } }, { targets: { a: { timeout_seconds: 2 } } });
      const { error } = await bench.send();
      expect(error).to.include({ reason: 'throttled', retryAfterSeconds: 2 });
      expect(bench.calls).to.deep.equal({ a: 1 });
    });

    it('not when the upstream asks for more than max_delay_ms', async () => {
      const bench = new RoutingBench({ a: { throttledFor: 7 } });
      const { error } = await bench.send();
      expect(error).to.include({ reason: 'throttled', retryAfterSeconds: 7 });
      expect(bench.calls).to.deep.equal({ a: 1 });
    });

    it('not when another target is ready sooner', async () => {
      const bench = new RoutingBench({ a: { throttledFor: 7 }, b: 'ok' });
      expect((await bench.send()).result).to.equal('b');
      expect(bench.calls).to.deep.equal({ a: 1, b: 1 });
    });

    it('before it falls back', async () => {
      const bench = new RoutingBench({ a: 'service_unavailable', b: 'ok' });
      expect((await bench.sendThrough()).result).to.equal('b');
      expect(bench.events.filter((event) => !event.startsWith('call'))).to.deep.equal([
        'retry a service_unavailable',
        'retry a service_unavailable',
        'fallback a service_unavailable b',
      ]);
    });
  });

  describe('keeps time:', () => {
    it('timeout_seconds bounds the whole, with its retries', async () => {
      const bench = new RoutingBench({ a: (call) => (call === 1 ? { throttledFor: 2 } : 'hang') });
      const { error, exchange } = await bench.sendThrough();
      expect(error).to.include({ reason: 'upstream_timeout', detail: 'total' });
      expect(exchange.durationMs).to.equal(60_000);
    });

    it('a target with less time than the others leaves them the rest', async () => {
      const bench = new RoutingBench({ a: 'hang', b: { slowMs: 4_000 } }, { targets: { a: { timeout_seconds: 3 } } });
      const { result, exchange } = await bench.sendThrough();
      expect(result).to.equal('b');
      expect(exchange.failedAttempts).to.deep.equal([{ target: 'a', error: 'upstream_timeout' }]);
      expect(exchange.durationMs).to.be.within(7_000, 7_050);
    });

    it('a caller who leaves stops a wait and all that would follow', async () => {
      const bench = new RoutingBench({ a: { throttledFor: 2 }, b: 'ok' }, { providers: { strategy: 'single' } });
      const sent = bench.send({ leaveAt: 1_000 });
      await bench.clock.advance(1_000);
      expect((await sent).result).to.equal('left');
      await bench.clock.advance(100_000);
      expect(bench.calls).to.deep.equal({ a: 1 });
    });

    it('a caller who leaves counts nothing against the target', async () => {
      const bench = new RoutingBench({ a: 'hang' }, { providers: { circuit_breaker: { failure_threshold: 1 } } });
      const sent = bench.send({ leaveAt: 1_000 });
      await bench.clock.advance(1_000);
      await sent;
      expect(bench.events).to.deep.equal(['call a']);
    });
  });

  describe('streams', () => {
    it('never fall back behind the first event, and count against the target', async () => {
      const providers = { circuit_breaker: { failure_threshold: 2 } };
      const bench = new RoutingBench({ a: 'breaks', b: 'ok' }, { providers });
      const { result, text, error } = await bench.send({ stream: true });
      expect([result, error?.reason]).to.deep.equal(['upstream_connection', 'upstream_connection']);
      expect(text).to.include('Hel').and.include('"error"').and.not.include('[DONE]');
      await bench.send({ stream: true });
      expect(bench.events).to.deep.equal(['call a', 'call a', 'circuit a open consecutive_failures']);
      expect((await bench.send({ stream: true })).result).to.equal('b');
    });
  });

  it('answers 429 with the shortest pause when every target is throttled, and asks none before', async () => {
    const bench = new RoutingBench({ a: { throttledFor: 30 }, b: { throttledFor: 20 } }, { providers: ONCE });
    expect((await bench.send()).error).to.include({ reason: 'throttled', retryAfterSeconds: 20 });
    await bench.clock.advance(5_000);
    expect((await bench.send()).error).to.include({ reason: 'throttled', retryAfterSeconds: 15 });
    expect(bench.calls).to.deep.equal({ a: 1, b: 1 });
  });

  it('answers 503 with the rest of the cool-down when every circuit is open', async () => {
    const providers = { ...ONCE, circuit_breaker: { failure_threshold: 1 } };
    const bench = new RoutingBench({ a: 'service_unavailable', b: 'upstream_connection' }, { providers });
    expect((await bench.send()).result).to.equal('upstream_connection');
    await bench.clock.advance(10_000);
    const { error } = await bench.send();
    expect(error).to.include({ reason: 'no_available_target', status: 503, retryAfterSeconds: 20 });
    expect(error?.message).to.include('a: consecutive_failures');
    expect(bench.calls).to.deep.equal({ a: 1, b: 1 });
  });

  it('keeps attempts within the budget, however targets fail', async () => {
    const failing = fc.constantFrom<Behaviour>(
      'service_unavailable',
      'throttled',
      'model_error',
      'upstream_connection',
      'ok',
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(failing, { minLength: 1, maxLength: 5 }), { minLength: 1, maxLength: 3 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.integer({ min: 1, max: 60 }),
        fc.boolean(),
        async (scripts, ratio, requests, stream) => {
          const behaviour = scripts.map((script, i) => [
            `t${i}`,
            (call: number) => script[call % script.length] ?? 'ok',
          ]);
          const providers = { retry: { budget_ratio: ratio, max_attempts: 10 }, circuit_breaker: { enabled: false } };
          const bench = new RoutingBench(Object.fromEntries(behaviour), { providers });
          for (let i = 0; i < requests; i++) await bench.sendThrough({ stream });
          const attempts = Object.values(bench.calls).reduce((sum, calls) => sum + calls, 0);
          const seconds = bench.clock.monotonic() / 1000;
          expect(attempts).to.be.at.most(requests * (scripts.length + ratio) + 10 + seconds);
        },
      ),
      { numRuns: 40 },
    );
  });
});
