import type { PolicyConfigDocument, Target as TargetDocument } from '../../../src/config/policy-config-document.js';
import { GatewayError, type ErrorReason } from '../../../src/gateway/chat/gateway-error.js';
import { CallerLeft, Exchange, type CallerIds } from '../../../src/gateway/exchange.js';
import { answerChat } from '../../../src/gateway/pipeline.js';
import type { Call } from '../../../src/gateway/providers/provider.js';
import { RoutingMemory } from '../../../src/gateway/routing/routing-memory.js';
import type { RoutingObserver } from '../../../src/gateway/routing/routing-observer.js';
import type { Runtime } from '../../../src/gateway/runtime.js';
import { FakeClock } from '../../core/fake-clock.js';
import { MODEL, runtimeOf } from '../gateway-fixture.js';
import { answerOf, FINISH, ScriptedProvider } from '../scripted-provider.js';

/** How a target behaves at a call. */
export type Behaviour =
  | 'ok'
  | 'hang'
  /** Answers, but its own filter has stopped the answer. */
  | 'filtered'
  /** A stream that breaks behind its first text. */
  | 'breaks'
  | ErrorReason
  /** Fails and asks for a pause of so many seconds. */
  | { readonly throttledFor: number }
  /** Answers after so many milliseconds. */
  | { readonly slowMs: number };

export interface Outcome {
  readonly exchange: Exchange;
  /** The id of the target that answered, or the reason of the failure. */
  readonly result: string;
  readonly error: GatewayError | undefined;
  /** Of a stream. */
  readonly text: string;
}

interface Settings {
  readonly providers?: Partial<PolicyConfigDocument['providers']>;
  /** Members of single targets. */
  readonly targets?: Readonly<Record<string, Partial<TargetDocument>>>;
  readonly clock?: FakeClock;
  readonly random?: () => number;
  readonly memory?: RoutingMemory;
}

/** A router with scripted targets on a clock that the test moves. */
export class RoutingBench {
  readonly clock: FakeClock;
  readonly memory: RoutingMemory;
  readonly events: string[] = [];
  /** Calls so far, by target. */
  readonly calls: Record<string, number> = {};
  readonly behaviour: Record<string, Behaviour | ((call: number) => Behaviour)>;
  readonly #settings: Settings;
  #runtime: Runtime | undefined;
  #requests = 0;

  constructor(behaviour: Record<string, Behaviour | ((call: number) => Behaviour)>, settings: Settings = {}) {
    this.behaviour = behaviour;
    this.#settings = settings;
    this.clock = settings.clock ?? new FakeClock();
    this.memory =
      settings.memory ??
      new RoutingMemory({ clock: this.clock, random: settings.random ?? (() => 0.5), observer: this.#observer() });
  }

  async runtime(): Promise<Runtime> {
    return (this.#runtime ??= await this.load());
  }

  /** A new revision, with other settings if given; the one before stays open. */
  async load(providers: Partial<PolicyConfigDocument['providers']> = {}): Promise<Runtime> {
    const ids = Object.keys(this.behaviour);
    const targets = ids.map((id) => ({
      id,
      provider: 'aws-bedrock' as const,
      model: MODEL,
      ...this.#settings.targets?.[id],
    }));
    const document: PolicyConfigDocument = {
      pack: { name: 'bench', version: '1.0.0' },
      policies: { chain: [] },
      providers: { targets, ...this.#settings.providers, ...providers },
    };
    const parts = { routing: this.memory };
    return (this.#runtime = await runtimeOf(document, (id) => this.#provider(id), this.clock, parts));
  }

  /** Sends a request and waits for its end. Time must be moved by the test where the request waits. */
  send({
    stream = false,
    model = MODEL,
    content = 'Hi',
    leaveAt,
    ...callerIds
  }: { stream?: boolean; model?: string; content?: string; leaveAt?: number } & CallerIds = {}): Promise<Outcome> {
    const exchange = new Exchange({
      requestId: `r${this.#requests++}`,
      route: '/v1/chat/completions',
      clock: this.clock,
      callerIds,
    });
    if (leaveAt !== undefined) this.clock.schedule(leaveAt, () => exchange.cut(new CallerLeft()));
    return this.#sent(exchange, { model, messages: [{ role: 'user', content }], stream });
  }

  /** Sends while time goes on, for as long as the request takes. */
  async sendThrough(options: Parameters<RoutingBench['send']>[0] = {}, limitMs = 600_000): Promise<Outcome> {
    const sent = this.send(options);
    const progress = { isOver: false };
    void sent.finally(() => (progress.isOver = true));
    for (let ms = 0; ms < limitMs && !progress.isOver; ms += 50) await this.clock.advance(50);
    return sent;
  }

  async #sent(exchange: Exchange, body: unknown): Promise<Outcome> {
    let text = '';
    try {
      const reply = await answerChat(exchange, await this.runtime(), body);
      if (reply.kind === 'events') for await (const event of reply.events) text += event;
    } catch (error) {
      exchange.error = exchange.failure(error);
    }
    exchange.end();
    const { error, target } = exchange;
    const left = exchange.callerLeft ? 'left' : undefined;
    return { exchange, error, result: left ?? error?.reason ?? target ?? '', text };
  }

  #provider(id: string): ScriptedProvider {
    const next = (): Behaviour => {
      const call = (this.calls[id] = (this.calls[id] ?? 0) + 1);
      this.events.push(`call ${id}`);
      const now = this.behaviour[id] ?? 'ok';
      return typeof now === 'function' ? now(call) : now;
    };
    const { clock } = this;
    const { timeout_seconds: seconds = 60 } = this.#settings.targets?.[id] ?? {};
    const firstEventMs = (this.#settings.targets?.[id]?.first_event_timeout_seconds ?? seconds) * 1000;
    return new ScriptedProvider({
      async complete(_request, call) {
        const behaviour = next();
        await behave(behaviour, call, clock);
        const answer = answerOf('Hello.');
        return behaviour === 'filtered' ? { ...answer, finish: { ...FINISH, reason: 'content_filter' } } : answer;
      },
      async *stream(_request, call) {
        const behaviour = next();
        if (behaviour === 'hang') await firstEventTimeout(clock, firstEventMs);
        await behave(behaviour, call, clock);
        yield { type: 'text', text: 'Hel' };
        if (behaviour === 'breaks') throw new GatewayError('upstream_connection', 'cut', { detail: 'reset' });
        yield { type: 'text', text: 'lo.' };
        yield { type: 'finish', finish: FINISH };
      },
      probe: async (_mode, call) => {
        const now = this.behaviour[id] ?? 'ok';
        await behave(typeof now === 'function' ? now(this.calls[id] ?? 0) : now, call, clock);
        return {};
      },
    });
  }

  #observer(): RoutingObserver {
    const { events } = this;
    return {
      retried: (target, reason) => void events.push(`retry ${target} ${reason}`),
      fellBack: (from, reason, to) => void events.push(`fallback ${from} ${reason} ${to}`),
      circuitChanged: (target, { to, reason }) => void events.push(`circuit ${target} ${to} ${reason}`),
      circuitRejected: (target, reason) => void events.push(`rejected ${target} ${reason}`),
      probed: (target, result) => void events.push(`probe ${target} ${result}`),
    };
  }
}

/** As a provider does for a stream that does not begin. */
async function firstEventTimeout(clock: FakeClock, ms: number): Promise<never> {
  await new Promise<void>((resolve) => clock.schedule(ms, resolve));
  throw new GatewayError('upstream_timeout', 'no event', { detail: 'first_event' });
}

async function behave(behaviour: Behaviour, { signal }: Call, clock: FakeClock): Promise<void> {
  if (behaviour === 'ok' || behaviour === 'filtered' || behaviour === 'breaks') return;
  if (behaviour === 'hang') return new Promise(() => {});
  if (typeof behaviour === 'string') throw new GatewayError(behaviour, `failed: ${behaviour}`);
  if ('throttledFor' in behaviour) {
    throw new GatewayError('throttled', 'slow down', { retryAfterSeconds: behaviour.throttledFor });
  }
  await new Promise<void>((resolve) => {
    const timer = clock.schedule(behaviour.slowMs, resolve);
    signal.addEventListener('abort', () => timer.cancel(), { once: true });
  });
}
