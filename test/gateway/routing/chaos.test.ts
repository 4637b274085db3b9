import { expect } from 'chai';
import { RoutingBench, type Behaviour, type Outcome } from './routing-bench.js';

const TEN_MINUTES_MS = 600_000;

/** A call that hangs is known to have failed only when its time is over. */
const TIMEOUT_SECONDS = 8;

/** What has been well for so long is in use again: after the last failure and the cool-down of a circuit. */
const RECOVERY_MS = TIMEOUT_SECONDS * 1000 + 31_000;

/** A stretch of time in which a target misbehaves. */
interface Fault {
  readonly fromMs: number;
  readonly toMs: number;
  readonly behave: (random: () => number, nowMs: number) => Behaviour;
}

const FAULTS: Readonly<Record<string, Fault['behave']>> = {
  down: () => 'upstream_connection',
  'half of the calls fail': (random) => (random() < 0.5 ? 'service_unavailable' : { slowMs: 200 }),
  'internal errors': () => 'upstream_internal_error',
  throttled: (random) => (random() < 0.5 ? 'throttled' : { throttledFor: Math.ceil(random() * 5) }),
  hangs: () => 'hang',
  'expired credentials': () => 'upstream_authentication',
  'answers rubbish': () => 'invalid_upstream_response',
  flaps: (_random, nowMs) => (Math.floor(nowMs / 1_500) % 2 === 0 ? 'upstream_unavailable' : 'ok'),
};

/** Mulberry32: small, and the same everywhere. https://gist.github.com/tommyettinger/46a874533244883189143505d203312c */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

function faultsOf(random: () => number): readonly Fault[] {
  const kinds = Object.values(FAULTS);
  const faults: Fault[] = [];
  for (let nowMs = random() * 60_000; nowMs < TEN_MINUTES_MS;) {
    const toMs = nowMs + 1_000 + random() * 40_000;
    const behave = kinds[Math.floor(random() * kinds.length)];
    if (behave) faults.push({ fromMs: nowMs, toMs, behave });
    nowMs = toMs + random() * 90_000;
  }
  return faults;
}

interface Sent extends Outcome {
  readonly fromMs: number;
  readonly toMs: number;
}

async function chaos(seed: number) {
  const random = seeded(seed);
  const faults = { a: faultsOf(random), b: faultsOf(random) };
  const behaviour = (id: keyof typeof faults) => (): Behaviour => {
    const nowMs = bench.clock.monotonic();
    const fault = faults[id].find(({ fromMs, toMs }) => fromMs <= nowMs && nowMs < toMs);
    return fault ? fault.behave(random, nowMs) : { slowMs: 50 + random() * 300 };
  };
  const strategy = (['fallback', 'round_robin', 'lowest_latency'] as const)[seed % 3] ?? 'fallback';
  const limits = { timeout_seconds: TIMEOUT_SECONDS };
  const bench: RoutingBench = new RoutingBench(
    { a: behaviour('a'), b: behaviour('b') },
    { random, providers: { strategy }, targets: { a: limits, b: limits } },
  );
  const pending: Promise<Sent>[] = [];
  while (bench.clock.monotonic() < TEN_MINUTES_MS) {
    const fromMs = bench.clock.monotonic();
    const sent = bench.send({ stream: random() < 0.5, user: `u${Math.floor(random() * 10)}` });
    pending.push(sent.then((outcome) => ({ ...outcome, fromMs, toMs: bench.clock.monotonic() })));
    await bench.clock.advance(random() < 0.1 ? 0 : random() * 600);
  }
  await bench.clock.advance(120_000);
  return { faults, sent: await Promise.all(pending), bench };
}

describe('ten minutes of random faults', () => {
  // One seed a run, so that many are tried over time; a failure names its own.
  const fresh = Math.floor(Date.now() / 1000);
  for (const seed of [1, 2, 3, fresh, fresh + 1, fresh + 2]) {
    it(`fail no request that a healthy target could have served (seed ${seed})`, async () => {
      const { faults, sent, bench } = await chaos(seed);
      const isHealthy = (list: readonly Fault[], { fromMs, toMs }: Sent): boolean =>
        list.every((fault) => fault.toMs <= fromMs - RECOVERY_MS || fault.fromMs >= toMs);
      const failed = sent.filter(({ error }) => error !== undefined);
      const unjust = failed.filter((one) => isHealthy(faults.a, one) || isHealthy(faults.b, one));
      const told = unjust.map(({ fromMs, toMs, result, exchange }) => ({
        fromMs,
        toMs,
        result,
        tried: exchange.failedAttempts,
      }));
      expect(told, `seed ${seed}`).to.deep.equal([]);
      expect(sent.length).to.be.greaterThan(1_000);
      expect(bench.events.some((event) => event.startsWith('fallback'))).to.equal(true);
    });
  }
});
