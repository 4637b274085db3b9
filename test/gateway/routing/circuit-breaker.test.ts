import { expect } from 'chai';
import fc from 'fast-check';
import { CircuitBreaker, type Transition } from '../../../src/gateway/routing/circuit-breaker.js';
import { FakeClock } from '../../core/fake-clock.js';

const RULES = {
  enabled: true,
  failure_threshold: 3,
  failure_rate: 0.5,
  min_requests: 10,
  window_seconds: 30,
  cooldown_seconds: 20,
  half_open_requests: 2,
};

class Bench {
  readonly clock = new FakeClock();
  readonly transitions: Transition[] = [];
  readonly breaker: CircuitBreaker;

  constructor(rules: Partial<typeof RULES> = {}) {
    this.breaker = new CircuitBreaker({
      ...RULES,
      ...rules,
      clock: this.clock,
      onTransition: (transition) => this.transitions.push(transition),
    });
  }

  calls(outcomes: string): void {
    for (const outcome of outcomes) {
      const permit = this.breaker.acquire();
      if (outcome === 'F') permit?.failed();
      else if (outcome === 'S') permit?.succeeded();
      else permit?.ignored();
    }
  }
}

describe('CircuitBreaker', () => {
  for (const [outcomes, expected] of [
    ['FF', undefined],
    ['FFF', 'consecutive_failures'],
    ['FFSFF', undefined],
    ['FF-F', 'consecutive_failures'],
    ['SFSFSFSFSF', 'failure_rate'],
    ['SFSFSFSFS', undefined],
    ['SSFSSFSSFSSF', undefined],
    ['----------', undefined],
  ] as const) {
    it(`${expected ? `opens (${expected})` : 'stays closed'} after ${outcomes}`, () => {
      const bench = new Bench();
      bench.calls(outcomes);
      expect(bench.breaker.state).to.equal(expected ? 'open' : 'closed');
      expect(bench.breaker.reason).to.equal(expected);
    });
  }

  it('forgets failures that have left the window', async () => {
    const bench = new Bench({ failure_threshold: 100 });
    bench.calls('FSFSFSFSF');
    await bench.clock.advance(31_000);
    bench.calls('F');
    expect(bench.breaker.state).to.equal('closed');
  });

  it('lets nothing through while open, and says how long', async () => {
    const bench = new Bench();
    bench.calls('FFF');
    await bench.clock.advance(19_999);
    expect(bench.breaker.acquire()).to.equal(undefined);
    expect(bench.breaker.retryAfterMs).to.equal(1);
  });

  it('lets half_open_requests through after the cooldown, and closes when they succeed', async () => {
    const bench = new Bench();
    bench.calls('FFF');
    await bench.clock.advance(20_000);
    const probes = [bench.breaker.acquire(), bench.breaker.acquire()];
    expect(bench.breaker.acquire()).to.equal(undefined);
    expect(bench.breaker.state).to.equal('half_open');
    probes[0]?.succeeded();
    expect(bench.breaker.acquire()).to.equal(undefined);
    probes[1]?.succeeded();
    expect(bench.transitions).to.deep.equal([
      { to: 'open', reason: 'consecutive_failures' },
      { to: 'half_open', reason: 'cooldown_over' },
      { to: 'closed', reason: 'probe_succeeded' },
    ]);
  });

  it('opens again when a probe fails, and waits a whole cooldown', async () => {
    const bench = new Bench();
    bench.calls('FFF');
    await bench.clock.advance(20_000);
    bench.calls('F');
    expect(bench.breaker.state).to.equal('open');
    expect(bench.breaker.retryAfterMs).to.equal(20_000);
  });

  it('gives the place of an ignored probe to another call', async () => {
    const bench = new Bench({ half_open_requests: 1 });
    bench.calls('FFF');
    await bench.clock.advance(20_000);
    bench.calls('-S');
    expect(bench.breaker.state).to.equal('closed');
  });

  it('does not count calls that began before the last change', async () => {
    const bench = new Bench({ half_open_requests: 1 });
    const early = bench.breaker.acquire();
    bench.calls('FFF');
    await bench.clock.advance(20_000);
    bench.breaker.acquire();
    early?.failed();
    expect(bench.breaker.state).to.equal('half_open');
  });

  it('counts each call once', () => {
    const bench = new Bench({ failure_threshold: 2 });
    const permit = bench.breaker.acquire();
    permit?.failed();
    permit?.failed();
    expect(bench.breaker.state).to.equal('closed');
  });

  it('stays open by hand until it is closed by hand', async () => {
    const bench = new Bench();
    bench.breaker.open();
    await bench.clock.advance(1_000_000);
    expect(bench.breaker.acquire()).to.equal(undefined);
    expect(bench.breaker.retryAfterMs).to.equal(Infinity);
    bench.breaker.close();
    expect(bench.breaker.acquire()).to.not.equal(undefined);
  });

  it('obeys the hand, and nothing else, when it is disabled', () => {
    const bench = new Bench({ enabled: false });
    bench.calls('FFFFFFFFFFFFFFFF');
    expect(bench.breaker.state).to.equal('closed');
    bench.breaker.open();
    expect(bench.breaker.acquire()).to.equal(undefined);
  });

  it('never lets more probes through at once than half_open_requests, and never stays shut', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom('acquire', 'succeed', 'fail', 'ignore', 'wait'), { maxLength: 200 }),
        async (steps) => {
          const bench = new Bench({ half_open_requests: 2 });
          let open: NonNullable<ReturnType<CircuitBreaker['acquire']>>[] = [];
          for (const step of steps) {
            const before = bench.breaker.state;
            if (step === 'wait') await bench.clock.advance(7_000);
            else if (step === 'acquire') {
              const permit = bench.breaker.acquire();
              if (permit) open = before === bench.breaker.state ? [...open, permit] : [permit];
            } else {
              const permit = open.shift();
              if (step === 'succeed') permit?.succeeded();
              else if (step === 'fail') permit?.failed();
              else permit?.ignored();
            }
            if (bench.breaker.state !== before) open = bench.breaker.state === 'half_open' ? open.slice(-1) : [];
            if (bench.breaker.state === 'half_open') expect(open.length).to.be.at.most(2);
          }
          for (const permit of open) permit.ignored();
          await bench.clock.advance(20_000);
          expect(bench.breaker.acquire()).to.not.equal(undefined);
        },
      ),
    );
  });
});
