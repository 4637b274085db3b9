import { expect } from 'chai';
import fc from 'fast-check';
import { LatencyWindow } from '../../../src/gateway/routing/latency-window.js';
import { RetryBudget } from '../../../src/gateway/routing/retry-budget.js';
import { stickyVariant } from '../../../src/gateway/routing/sticky-variant.js';
import { WeightedRoundRobin } from '../../../src/gateway/routing/weighted-round-robin.js';
import { FakeClock } from '../../core/fake-clock.js';

const weights = fc.array(fc.double({ min: 0.1, max: 100, noNaN: true }), { minLength: 1, maxLength: 8 });

describe('WeightedRoundRobin', () => {
  it('gives each of any set its share, within 1 % of 10,000 draws', () => {
    fc.assert(
      fc.property(weights, fc.array(weights, { maxLength: 2 }), (set, earlier) => {
        const robin = new WeightedRoundRobin();
        for (const other of earlier) for (let i = 0; i < 7; i++) robin.next(targets(other));
        const drawn = new Map<string, number>();
        const candidates = targets(set);
        for (let i = 0; i < 10_000; i++) {
          const id = robin.next(candidates)?.id ?? '';
          drawn.set(id, (drawn.get(id) ?? 0) + 1);
        }
        const sum = set.reduce((a, b) => a + b, 0);
        for (const { id, weight } of candidates)
          expect((drawn.get(id) ?? 0) / 10_000).to.be.closeTo(weight / sum, 0.01);
      }),
      { numRuns: 50 },
    );
  });

  it('spreads the turns', () => {
    const robin = new WeightedRoundRobin();
    const order = Array.from({ length: 7 }, () => robin.next(targets([5, 1, 1]))?.id).join('');
    expect(order).to.equal('0010200');
  });

  it('never draws what weighs nothing', () => {
    const robin = new WeightedRoundRobin();
    expect(robin.next(targets([0]))).to.equal(undefined);
    expect(robin.next([])).to.equal(undefined);
    for (let i = 0; i < 20; i++) expect(robin.next(targets([0, 1]))?.id).to.equal('1');
  });
});

describe('RetryBudget', () => {
  it('keeps attempts within requests × (1 + ratio) + 10 + seconds, however they come', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.array(fc.record({ requests: fc.nat(30), waitMs: fc.nat(3_000) }), { maxLength: 40 }),
        async (ratio, steps) => {
          const clock = new FakeClock();
          const budget = new RetryBudget(ratio, clock);
          let [requests, attempts] = [0, 0];
          for (const step of steps) {
            for (let i = 0; i < step.requests; i++) {
              requests += 1;
              attempts += 1;
              budget.deposit();
              for (let retry = 0; retry < 5 && budget.withdraw(); retry++) attempts += 1;
            }
            await clock.advance(step.waitMs);
            expect(attempts).to.be.at.most(requests * (1 + ratio) + 10 + clock.monotonic() / 1000 + 1e-6);
          }
        },
      ),
      { numRuns: 50 },
    );
  });

  it('lets a quiet service retry', () => {
    const budget = new RetryBudget(0.2, new FakeClock());
    budget.deposit();
    expect([budget.withdraw(), budget.withdraw()]).to.deep.equal([true, true]);
  });

  it('retries nothing at ratio 0', () => {
    expect(new RetryBudget(0, new FakeClock()).withdraw()).to.equal(false);
  });
});

describe('stickyVariant', () => {
  const variants = [
    { target: 'a', weight: 90 },
    { target: 'b', weight: 10 },
  ];

  it('gives a key the same variant always, and keys their shares', () => {
    const keys = Array.from({ length: 20_000 }, (_, i) => `user-${i}`);
    const drawn = keys.map((key) => stickyVariant(key, variants, 'pack')?.target);
    expect(keys.map((key) => stickyVariant(key, variants, 'pack')?.target)).to.deep.equal(drawn);
    expect(drawn.filter((target) => target === 'b').length / keys.length).to.be.closeTo(0.1, 0.01);
  });

  it('moves only the keys that a new variant gains', () => {
    const grown = [...variants, { target: 'c', weight: 10 }];
    for (let i = 0; i < 2_000; i++) {
      const [before, after] = [variants, grown].map((set) => stickyVariant(`user-${i}`, set, 'pack')?.target);
      if (after !== 'c') expect(after).to.equal(before);
    }
  });

  it('draws apart in different experiments', () => {
    const differs = Array.from({ length: 1_000 }, (_, i) => {
      const even = [
        { target: 'a', weight: 1 },
        { target: 'b', weight: 1 },
      ];
      return stickyVariant(`u${i}`, even, 'x')?.target !== stickyVariant(`u${i}`, even, 'y')?.target;
    });
    expect(differs.filter(Boolean).length).to.be.within(400, 600);
  });
});

describe('LatencyWindow', () => {
  it('knows the median of the last ones, and forgets old ones', async () => {
    const clock = new FakeClock();
    const window = new LatencyWindow({ size: 5, maxAgeMs: 60_000, clock });
    expect(window.medianMs).to.equal(undefined);
    for (const ms of [1_000, 1_000, 1_000, 10, 20, 30, 40, 9_000]) window.add(ms);
    expect(window.medianMs).to.equal(30);
    expect(window.samples).to.equal(5);
    await clock.advance(30_000);
    window.add(70);
    await clock.advance(30_001);
    expect([window.samples, window.medianMs]).to.deep.equal([1, 70]);
  });
});

function targets(set: readonly number[]): { id: string; weight: number }[] {
  return set.map((weight, index) => ({ id: String(index), weight }));
}
