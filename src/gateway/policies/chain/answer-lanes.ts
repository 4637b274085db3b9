import { ChainedLane, type Lane } from '../stream/judged-lane.js';
import { policyLane, type Chain, type TextPlace } from './chain.js';
import type { Judgement } from './judgement.js';

/**
 * The way of one text of the answer: through each policy in turn, then back to the caller's own words.
 * @param isLast false where other policies are yet to judge, which shall not see the caller's own words.
 */
export function answerLane(place: TextPlace, chain: Chain, judgement: Judgement, isLast = true): Lane {
  const lanes = chain.policies.flatMap((policy) => policyLane(policy, chain, place, judgement) ?? []);
  // Asked for in any case: that tells the redactors that what they see from now on is of the answer.
  const restorers = judgement.redactors.flatMap(
    (redactor) => redactor.restorer?.(place.zone === 'tool_arguments') ?? [],
  );
  const all = isLast ? [...lanes, ...restorers] : lanes;
  return all.length === 1 && all[0] ? all[0] : new ChainedLane(all);
}
