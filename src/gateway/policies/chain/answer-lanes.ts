import { ChainedLane, type Lane } from '../stream/judged-lane.js';
import { policyLane, type Chain, type TextPlace } from './chain.js';
import type { Judgement } from './judgement.js';

/** The way of one text of the answer: through each policy in turn, then back to the caller's own words. */
export function answerLane(place: TextPlace, chain: Chain, judgement: Judgement): Lane {
  const lanes = chain.policies.flatMap((policy) => policyLane(policy, chain, place, judgement) ?? []);
  const restorers = judgement.redactors.flatMap(
    (redactor) => redactor.restorer?.(place.zone === 'tool_arguments') ?? [],
  );
  const all = [...lanes, ...restorers];
  return all.length === 1 && all[0] ? all[0] : new ChainedLane(all);
}

/** Judges a text that is there as a whole. */
export function judgedWhole(text: string, place: TextPlace, chain: Chain, judgement: Judgement): string {
  const lane = answerLane(place, chain, judgement);
  return lane.push(text) + lane.flush();
}
