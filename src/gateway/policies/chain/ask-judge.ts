import { blocked, policyFailed, type Chain } from './chain.js';
import type { Judgement } from './judgement.js';
import type { Opinion, Phase, Policy, WholeJudge } from './policy.js';
import type { RequestText } from './request-texts.js';

/** A policy that asks somebody else. */
export type AskingPolicy = Policy & { readonly judge: WholeJudge };

export function asks(policy: Policy): policy is AskingPolicy {
  return policy.judge !== undefined;
}

/**
 * Lets whole texts through one policy that asks. What it masks is written back into them.
 * @throws GatewayError `input_blocked` or `output_blocked`, also for a text that it finds fault with and cannot mask; the
 * reason of `signal`.
 */
export async function askJudge(
  policy: AskingPolicy,
  texts: readonly RequestText[],
  phase: Phase,
  { failMode }: Chain,
  judgement: Judgement,
  signal = new AbortController().signal,
): Promise<void> {
  const judged = texts.filter(({ zone, text }) => policy.judge.looksAt(zone, phase) && text.trim() !== '');
  if (judged.length === 0) return;
  judgement.looked(policy, phase);
  let opinions: readonly Opinion[];
  try {
    opinions = await policy.judge.ask(
      judged.map(({ text }) => text),
      phase,
      signal,
    );
  } catch (error) {
    signal.throwIfAborted();
    policyFailed(policy, failMode, phase, judgement, error);
    return;
  }
  for (const [index, text] of judged.entries()) {
    const { findings = [], masked } = opinions[index] ?? {};
    if (findings.length === 0) continue;
    const replacement = policy.action === 'redact' && isUsable(masked, text) ? masked : undefined;
    const action = policy.action === 'redact' && replacement === undefined ? 'block' : policy.action;
    for (const finding of findings) judgement.found({ ...policy, action }, phase, text.zone, text.at, finding);
    if (action === 'block') throw blocked(policy, phase);
    if (replacement !== undefined) text.text = replacement;
  }
}

/** Arguments of a tool call are of no use when they are JSON no longer. */
function isUsable(masked: string | undefined, { zone }: RequestText): masked is string {
  if (masked === undefined || zone !== 'tool_arguments') return masked !== undefined;
  try {
    JSON.parse(masked);
    return true;
  } catch {
    return false;
  }
}
