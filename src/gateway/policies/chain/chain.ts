import { GatewayError } from '../../chat/gateway-error.js';
import type { Finding } from '../finding.js';
import { JsonLane } from '../stream/json-lane.js';
import { JudgedLane, WatchedLane, type Act, type Lane } from '../stream/judged-lane.js';
import type { SpanFinder } from '../stream/span-finder.js';
import type { Judgement } from './judgement.js';
import type { Phase, Policy, Zone } from './policy.js';

/** The judging entries of `policies.chain`, in order. */
export interface Chain {
  readonly policies: readonly Policy[];
  /** What a policy that throws does to the exchange: `server.fail_mode`. */
  readonly failMode: 'block' | 'allow';
  /** Lets go of what its judges hold. */
  close?(): void;
}

/** Which text of an exchange is judged. */
export interface TextPlace {
  readonly phase: Phase;
  readonly zone: Zone;
  /** As audit names it. */
  readonly at: string;
}

/**
 * Lets one text through one policy; undefined when the policy does not look at such texts.
 * The lane throws `input_blocked` or `output_blocked` before anything of what it blocks for has left.
 */
export function policyLane(
  policy: Policy,
  { failMode }: Chain,
  place: TextPlace,
  judgement: Judgement,
): Lane | undefined {
  const { phase, zone, at } = place;
  const guarded = guard(policy, failMode, phase, judgement);
  const bare = guarded(() => policy.detector(zone, phase)?.lane(), undefined);
  if (!bare) return undefined;
  judgement.looked(policy, phase);
  const finder = new GuardedFinder(bare, guarded);
  const found = (finding: Finding): void => judgement.found(policy, phase, zone, at, finding);
  const isJson = zone === 'tool_arguments';
  switch (policy.action) {
    case 'log':
      return isJson ? new JsonLane(finder, { found }) : new WatchedLane(finder, found);
    case 'block': {
      const act: Act = {
        found(finding) {
          found(finding);
          throw blocked(policy, phase);
        },
      };
      return isJson ? new JsonLane(finder, act) : new JudgedLane(finder, act);
    }
    case 'redact': {
      const redactor = judgement.redactor(policy);
      const act: Act = {
        found,
        replace: (text, finding) => guarded(() => redactor?.replace(text, finding), undefined) ?? `[${finding.label}]`,
      };
      return isJson ? new JsonLane(finder, act) : new JudgedLane(finder, act);
    }
  }
}

export function blocked({ kind, blockMessage }: Policy, phase: Phase): GatewayError {
  return new GatewayError(phase === 'input' ? 'input_blocked' : 'output_blocked', blockMessage, { policy: kind });
}

type Guard = <T, F>(work: () => T, fallback: F) => T | F;

/** Runs a policy's own code: what it throws is a fault of the policy, and follows `fail_mode`. */
function guard(policy: Policy, failMode: Chain['failMode'], phase: Phase, judgement: Judgement): Guard {
  return (work, fallback) => {
    try {
      return work();
    } catch (error) {
      policyFailed(policy, failMode, phase, judgement, error);
      return fallback;
    }
  };
}

/** Returns where the exchange may go on without the policy. @throws GatewayError where it may not. */
export function policyFailed(
  policy: Policy,
  failMode: Chain['failMode'],
  phase: Phase,
  judgement: Judgement,
  cause: unknown,
): void {
  judgement.erred(policy, phase);
  if (failMode === 'allow') return;
  judgement.refused();
  throw new GatewayError(
    phase === 'input' ? 'input_blocked' : 'output_blocked',
    'A policy could not judge this exchange, so it was refused.',
    { policy: policy.kind, detail: 'policy_error', cause },
  );
}

/** Under `fail_mode: allow`, a finder that has thrown finds nothing more and holds nothing back. */
class GuardedFinder implements SpanFinder {
  readonly #finder: SpanFinder;
  readonly #guard: Guard;
  #received = 0;
  #hasFailed = false;

  constructor(finder: SpanFinder, guarded: Guard) {
    this.#finder = finder;
    this.#guard = guarded;
  }

  get decided(): number {
    return this.#hasFailed ? this.#received : this.#finder.decided;
  }

  push(chunk: string): readonly Finding[] {
    this.#received += chunk.length;
    return this.#run(() => this.#finder.push(chunk));
  }

  async beforeFlush(): Promise<void> {
    try {
      await this.#finder.beforeFlush?.();
    } catch (error) {
      this.#run(() => {
        throw error;
      });
    }
  }

  flush(): readonly Finding[] {
    return this.#run(() => this.#finder.flush());
  }

  #run(work: () => readonly Finding[]): readonly Finding[] {
    if (this.#hasFailed) return [];
    const findings = this.#guard(work, undefined);
    if (findings) return findings;
    this.#hasFailed = true;
    return [];
  }
}
