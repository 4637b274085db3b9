import type { PolicyObserver } from '../policies/chain/judgement.js';
import type { Zone } from '../policies/chain/policy.js';
import type { GatewayMetrics } from './gateway-metrics.js';

const LANES = {
  system: 'text',
  user: 'text',
  assistant: 'text',
  tool_result: 'tool_result',
  tool_arguments: 'tool_arguments',
  document: 'document',
  reasoning: 'reasoning',
} as const satisfies Record<Zone, string>;

/** Counts what policies do. */
export function policyMetrics(metrics: GatewayMetrics): PolicyObserver {
  return {
    decided: (policy, phase, zone, action) =>
      metrics.policyDecisions.inc({
        policy,
        phase,
        lane: LANES[zone],
        action,
        mode: action === 'log' ? 'monitor' : 'enforce',
      }),
    found: (policy, label) => metrics.policyFindings.inc({ policy, label }),
    erred: (policy, phase) => metrics.policyErrors.inc({ policy, phase }),
    took: (policy, phase, seconds) => metrics.policySeconds.observe({ policy, phase }, seconds),
    unscanned: (reason) => metrics.unscanned.inc({ reason }),
    heldBack(units, seconds) {
      metrics.holdbackUnits.observe(units);
      metrics.holdbackSeconds.observe(seconds);
    },
  };
}
