import type { Chain } from '../../../../src/gateway/policies/chain/chain.js';
import { Judgement, type PolicyObserver } from '../../../../src/gateway/policies/chain/judgement.js';
import type { Policy, Zone } from '../../../../src/gateway/policies/chain/policy.js';
import type { SpanDetector } from '../../../../src/gateway/policies/stream/span-finder.js';
import { LiteralDetector } from '../stream/literal-finder.js';

export const silentObserver: PolicyObserver = {
  decided: () => {},
  found: () => {},
  erred: () => {},
  took: () => {},
  unscanned: () => {},
  heldBack: () => {},
};

export function judgement(): Judgement {
  return new Judgement(silentObserver);
}

export function chainOf(...policies: Policy[]): Chain {
  return { policies, failMode: 'block' };
}

interface LiteralPolicy extends Partial<Policy> {
  readonly word: string;
  readonly zones?: readonly Zone[];
}

/** A policy that objects to a literal word. */
export function literalPolicy({ word, zones, ...rest }: LiteralPolicy): Policy {
  const detector: SpanDetector = new LiteralDetector(word);
  return {
    kind: 'pii-detector',
    action: 'redact',
    blockMessage: 'Blocked.',
    detector: (zone) => (!zones || zones.includes(zone) ? detector : undefined),
    ...rest,
  };
}
