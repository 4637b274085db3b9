// What each policy of a chain sees in one text, and what it makes of it.
import type { PolicyKind } from '../config/policy-config.js';
import type { PolicyVerdict } from '../gateway/audit/audit-record.js';
import { GatewayError } from '../gateway/chat/gateway-error.js';
import { policyLane, type Chain } from '../gateway/policies/chain/chain.js';
import { Judgement } from '../gateway/policies/chain/judgement.js';
import type { Measure, Phase, Policy, Zone } from '../gateway/policies/chain/policy.js';
import type { Finding } from '../gateway/policies/finding.js';
import { JsonLane } from '../gateway/policies/stream/json-lane.js';
import { findSpans } from '../gateway/policies/stream/span-finder.js';
import { UNOBSERVED } from './trial.js';

export interface Explanation {
  readonly phase: Phase;
  readonly zone: Zone;
  /** Of the chain. */
  readonly verdict: PolicyVerdict['verdict'];
  /** What leaves; null when a policy blocks. */
  readonly text: string | null;
  readonly policies: readonly ExplainedPolicy[];
}

export interface ExplainedPolicy {
  readonly policy: PolicyKind;
  readonly action: Policy['action'];
  /** `unseen`: the policy does not look at such texts. */
  readonly verdict: PolicyVerdict['verdict'] | 'unseen';
  /** The text that the findings' offsets count in: what the policies before left, of JSON what stands behind its escapes. */
  readonly seen?: string;
  readonly findings: readonly Finding[];
  /** What the policy measured, whether or not it was enough for a finding. */
  readonly measures: readonly Measure[];
}

export function explain(text: string, phase: Phase, zone: Zone, chain: Chain): Explanation {
  const policies: ExplainedPolicy[] = [];
  let left: string | null = text;
  for (const policy of chain.policies) {
    if (left === null) policies.push(unjudged(policy, 'skipped'));
    else {
      const [explained, next]: readonly [ExplainedPolicy, string | null] = explainPolicy(
        policy,
        left,
        phase,
        zone,
        chain,
      );
      policies.push(explained);
      left = next;
    }
  }
  return { phase, zone, verdict: strongest(policies), text: left, policies };
}

function explainPolicy(
  policy: Policy,
  text: string,
  phase: Phase,
  zone: Zone,
  chain: Chain,
): readonly [ExplainedPolicy, string | null] {
  const judgement = new Judgement(UNOBSERVED);
  let left: string | null;
  try {
    const lane = policyLane(policy, chain, { phase, zone, at: 'text' }, judgement);
    if (!lane) return [unjudged(policy, 'unseen'), text];
    left = lane.push(text) + lane.flush();
  } catch (error) {
    if (!(error instanceof GatewayError)) throw error;
    left = null;
  }
  const verdict = judgement.policies()[0]?.verdict ?? 'allow';
  const seen = zone === 'tool_arguments' ? behindEscapes(text) : text;
  if (verdict === 'error') return [{ ...unjudged(policy, verdict), seen }, left];
  // A policy that blocks stops at its first finding: for the reader, all of them.
  const detector = policy.detector(zone, phase);
  const findings = detector ? findSpans(detector, seen) : [];
  const measures = policy.measures?.(seen, zone, phase) ?? [];
  return [{ policy: policy.kind, action: policy.action, verdict, seen, findings, measures }, left];
}

function unjudged({ kind, action }: Policy, verdict: ExplainedPolicy['verdict']): ExplainedPolicy {
  return { policy: kind, action, verdict, findings: [], measures: [] };
}

/** What policies see of JSON text. */
function behindEscapes(json: string): string {
  let seen = '';
  const note = (chunk: string): readonly Finding[] => {
    seen += chunk;
    return [];
  };
  const lane = new JsonLane({ push: note, flush: () => [], decided: 0 }, { found: () => {} });
  lane.push(json);
  lane.flush();
  return seen;
}

const BY_STRENGTH = ['block', 'error', 'redact', 'log'] as const;

function strongest(policies: readonly ExplainedPolicy[]): PolicyVerdict['verdict'] {
  return BY_STRENGTH.find((verdict) => policies.some((policy) => policy.verdict === verdict)) ?? 'allow';
}
