import { expect } from 'chai';
import type { PolicyConfigDocument, Target } from '../../../src/config/policy-config-document.js';
import { MODEL } from '../gateway-fixture.js';
import { RoutingBench, type Behaviour } from './routing-bench.js';

const HAIKU = 'anthropic.claude-3-5-haiku-20241022-v1:0';

type Providers = Partial<PolicyConfigDocument['providers']>;
type Targets = Readonly<Record<string, Partial<Target>>>;

function benchOf(ids: string, providers: Providers, targets: Targets = {}, random = () => 0.5): RoutingBench {
  const behaviour: Record<string, Behaviour> = Object.fromEntries(ids.split('').map((id) => [id, 'ok']));
  return new RoutingBench(behaviour, { providers, targets, random });
}

async function results(bench: RoutingBench, count: number, options = {}): Promise<string> {
  let all = '';
  for (let i = 0; i < count; i++) all += (await bench.send(options)).result;
  return all;
}

describe('Router', () => {
  describe('draws by strategy:', () => {
    for (const [strategy, expected] of [
      ['single', 'aaaaaa'],
      ['fallback', 'aaaaaa'],
      ['round_robin', 'abcabc'],
      ['weighted_round_robin', 'cacbcc'],
      ['lowest_cost', 'bbbbbb'],
    ] as const) {
      it(strategy, async () => {
        const targets = {
          a: { weight: 1, pricing: { input: 3, output: 15 } },
          b: { weight: 1, pricing: { input: 1, output: 5 } },
          c: { weight: 4, pricing: { input: 2, output: 10 } },
        };
        expect(await results(benchOf('abc', { strategy }, targets), 6)).to.equal(expected);
      });
    }

    it('lowest_cost by the length that the request may have', async () => {
      const targets = {
        a: { pricing: { input: 1, output: 100 } },
        b: { pricing: { input: 10, output: 1 } },
        c: { model: 'unpriced.model', base_model: 'unpriced.model' },
      };
      const providers: Providers = { strategy: 'lowest_cost', model_groups: [{ name: 'g', targets: ['c', 'a', 'b'] }] };
      const bench = benchOf('abc', providers, targets);
      expect(await results(bench, 1, { model: 'g' })).to.equal('b');
      expect(await results(bench, 1, { model: 'g', content: 'word '.repeat(100_000) })).to.equal('a');
    });

    it('lowest_latency once each is known, and looks elsewhere now and then', async () => {
      let random = 0.5;
      const bench = benchOf('ab', { strategy: 'lowest_latency' }, {}, () => random);
      bench.behaviour['a'] = { slowMs: 200 };
      bench.behaviour['b'] = { slowMs: 100 };
      const through = async (count: number): Promise<string> => {
        let all = '';
        for (let i = 0; i < count; i++) all += (await bench.sendThrough()).result;
        return all;
      };
      expect(await through(12)).to.equal('abababababbb');
      random = 0.01;
      expect(await through(1)).to.equal('a');
      random = 0.5;
      bench.behaviour['b'] = { slowMs: 900 };
      expect((await through(30)).slice(-5)).to.equal('aaaaa');
    });

    it('of a model group, each with turns of its own', async () => {
      const providers: Providers = {
        strategy: 'single',
        model_groups: [
          { name: 'one', targets: ['a', 'b'], strategy: 'round_robin' },
          { name: 'two', targets: ['b', 'c'], strategy: 'round_robin' },
        ],
      };
      const bench = benchOf('abc', providers);
      let drawn = '';
      for (const model of ['one', 'two', 'one', 'two', 'one', MODEL]) drawn += (await bench.send({ model })).result;
      expect(drawn).to.equal('abbcaa');
    });

    it('only what is available, in exact shares', async () => {
      const targets = { a: { weight: 1 }, b: { weight: 2 }, c: { weight: 3 } };
      const bench = benchOf('abc', { strategy: 'weighted_round_robin' }, targets);
      const { targets: loaded } = await bench.runtime();
      loaded.find(({ id }) => id === 'b')?.health.breaker.open();
      expect((await results(bench, 400)).split('').filter((id) => id === 'c')).to.have.length(300);
    });
  });

  describe('an A/B test', () => {
    const variants = [{ target: 'a' }, { target: 'b' }];

    it('keeps a user to a variant, and says which', async () => {
      const bench = benchOf('ab', { ab_test: { enabled: true, variants } });
      const seen = new Map<string, Set<string | undefined>>();
      for (let i = 0; i < 200; i++) {
        const { exchange } = await bench.send({ user: `user ${i % 20}` });
        const variants = seen.get(`user ${i % 20}`) ?? new Set();
        seen.set(`user ${i % 20}`, variants.add(exchange.variant));
      }
      expect([...seen.values()].map(({ size }) => size)).to.deep.equal(Array.from({ length: 20 }, () => 1));
      expect(new Set([...seen.values()].flatMap((variants) => [...variants]))).to.deep.equal(new Set(['a', 'b']));
    });

    it('keeps a conversation to a variant', async () => {
      const bench = benchOf('ab', { ab_test: { enabled: true, variants, sticky_by: 'conversation' } });
      const drawn = await results(bench, 20, { conversation: 'c-1' });
      expect(new Set(drawn)).to.have.property('size', 1);
    });

    it('shares by weight when there is nobody to keep', async () => {
      const weighted = [{ target: 'a', weight: 3 }, { target: 'b' }];
      const bench = benchOf('ab', { ab_test: { enabled: true, variants: weighted, sticky_by: 'none' } });
      expect(await results(bench, 8)).to.equal('aabaaaba');
    });

    it('serves a user whose variant is down with the other', async () => {
      const bench = benchOf('ab', { ab_test: { enabled: true, variants }, retry: { max_attempts: 1 } });
      const mine = (await bench.send({ user: 'u' })).result;
      bench.behaviour[mine] = 'service_unavailable';
      const { result, exchange } = await bench.send({ user: 'u' });
      expect(result).to.equal(mine === 'a' ? 'b' : 'a');
      expect(exchange.variant).to.equal(result);
    });

    it('is nothing to models outside', async () => {
      const bench = benchOf(
        'abc',
        { strategy: 'single', ab_test: { enabled: true, variants } },
        { c: { model: HAIKU } },
      );
      const { result, exchange } = await bench.send({ model: HAIKU, user: 'u' });
      expect([result, exchange.variant]).to.deep.equal(['c', undefined]);
    });
  });

  describe('compliance', () => {
    const ZERO = { data_policy: { zero_data_retention: true, training_opt_out: true } };

    it('leaves out targets that do not declare what is required', async () => {
      const bench = benchOf('ab', { zero_data_retention: true, strategy: 'round_robin' }, { b: ZERO });
      expect(await results(bench, 4)).to.equal('bbbb');
    });

    it('is a refusal when nothing is left, and never a fallback', async () => {
      const bench = benchOf('ab', { zero_data_retention: true }, { a: { model: HAIKU }, b: { model: HAIKU } });
      const { error } = await bench.send({ model: HAIKU });
      expect(error).to.include({ reason: 'no_compliant_target', status: 403, policy: 'data-routing-policy' });
      expect(bench.calls).to.deep.equal({});
    });

    it('does not fall back to a target that does not comply', async () => {
      const bench = benchOf('ab', { zero_data_retention: true, retry: { max_attempts: 1 } }, { a: ZERO });
      bench.behaviour['a'] = 'service_unavailable';
      expect((await bench.send()).result).to.equal('service_unavailable');
      expect(bench.calls).to.deep.equal({ a: 1 });
    });

    it('refuses a region outside the residency', async () => {
      // The bench calls every target in eu-west-1.
      const bench = benchOf(
        'ab',
        {},
        { a: { data_residency: { regions: ['us'] } }, b: { data_residency: { regions: ['eu'] } } },
      );
      expect((await bench.send()).result).to.equal('b');
    });
  });

  describe('the context window', () => {
    const long = { content: 'word '.repeat(100) };
    const small = { max_context_tokens: 100 };

    for (const [name, onContextWindow, targets, expected] of [
      ['of the first decides under stop', 'stop', { a: small }, 'context_length_exceeded'],
      ['that is too small is passed over under next', 'next', { a: small }, 'b'],
      ['refuses when all are too small', 'next', { a: small, b: small }, 'context_length_exceeded'],
      ['lets through what fits', 'stop', { a: { max_context_tokens: 200 } }, 'a'],
    ] as const) {
      it(name, async () => {
        const bench = benchOf('ab', { fallback: { on_context_window: onContextWindow } }, targets);
        const { result, error } = await bench.send(long);
        expect(result).to.equal(expected);
        if (error) expect(error).to.include({ status: 400, param: 'messages' });
      });
    }

    it('comes from the table of models when nobody says', async () => {
      const bench = benchOf('a', {});
      expect((await bench.send({ content: 'word '.repeat(170_000) })).result).to.equal('context_length_exceeded');
    });
  });

  it('keeps circuits over a new configuration, as long as the target is the same', async () => {
    const bench = benchOf('ab', {});
    const first = await bench.runtime();
    first.targets[0]?.health.breaker.open();
    const second = await bench.load({ retry: { max_attempts: 2 }, circuit_breaker: { cooldown_seconds: 1 } });
    await first.close();
    expect((await bench.send()).result).to.equal('b');
    expect(second.targets[0]?.health.breaker.state).to.equal('open');

    const other = { id: 'a', provider: 'aws-bedrock' as const, model: MODEL, base_url: 'http://127.0.0.1:1' };
    const third = await bench.load({ targets: [other] });
    await second.close();
    expect(third.targets[0]?.health.breaker.state).to.equal('closed');
  });
});
