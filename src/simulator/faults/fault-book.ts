import type { Clock } from '../../core/clock.js';
import type { Call } from '../call.js';
import { Random } from '../random.js';
import { MatchCounter } from './call-match.js';
import type { Fault, FaultRule } from './fault.js';
import { modelIdFault } from './model-id-fault.js';
import { Quota } from './quota.js';

/** The faults of one call, with every throttle already judged. */
export interface Verdict {
  readonly faults: readonly Fault[];
  /** To be called once with the tokens that the call really used. */
  settle(tokens: number): void;
}

interface Entry {
  readonly counter: MatchCounter;
  readonly fault: Fault;
  readonly quota: Quota | undefined;
}

/** The rules in force. Every rule that matches a call applies to it, in the order given; the model id's own fault comes last. */
export class FaultBook {
  readonly #clock: Clock;
  readonly #seed: number;
  #entries: readonly Entry[] = [];
  #modelQuotas = new Map<string, Quota>();

  constructor(clock: Clock, seed: number) {
    this.#clock = clock;
    this.#seed = seed;
  }

  /** Replaces all rules and forgets what was counted. */
  set(rules: readonly FaultRule[]): void {
    this.#modelQuotas.clear();
    this.#entries = rules.map(({ match = {}, fault }, index) => ({
      counter: new MatchCounter(match, new Random(this.#seed, 'fault', index)),
      fault,
      quota: fault.kind === 'throttle' ? new Quota(fault, this.#clock) : undefined,
    }));
  }

  /** @param reservedTokens what the call might use at most; asked for only where a quota counts tokens. */
  judge(call: Pick<Call, 'model' | 'operation' | 'region'>, reservedTokens: () => number): Verdict {
    const applying = this.#entries
      .filter(({ counter }) => counter.applies(call))
      .map(({ fault, quota }) => ({ fault, quota }));
    const own = modelIdFault(call.model);
    if (own)
      applying.push({ fault: own, quota: own.kind === 'throttle' ? this.#modelQuota(call.model, own) : undefined });
    const settles: ((tokens: number) => void)[] = [];
    const faults = applying.flatMap(({ fault, quota }): readonly Fault[] => {
      if (!quota || fault.kind !== 'throttle') return [fault];
      const admission = quota.admit(fault.tokens_per_minute === undefined ? 0 : reservedTokens());
      if (!admission.admitted) return [throttled(admission.over)];
      settles.push(admission.settle);
      return [];
    });
    return { faults, settle: (tokens) => settles.forEach((settle) => settle(tokens)) };
  }

  #modelQuota(model: string, fault: Extract<Fault, { kind: 'throttle' }>): Quota {
    const quota = this.#modelQuotas.get(model) ?? new Quota(fault, this.#clock);
    this.#modelQuotas.set(model, quota);
    return quota;
  }
}

function throttled(over: 'requests' | 'tokens'): Fault {
  return {
    kind: 'exception',
    name: 'ThrottlingException',
    message: `Too many ${over}, please wait before trying again.`,
  };
}
