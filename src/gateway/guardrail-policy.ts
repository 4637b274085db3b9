import type { BedrockGuardrail } from '../config/policy-config.js';
import { applyGuardrail, type GuardrailOptions } from './providers/bedrock/apply-guardrail.js';
import type { AskingPolicy } from './policies/chain/ask-judge.js';
import type { Finding } from './policies/finding.js';
import type { Phase, Zone } from './policies/chain/policy.js';

/** What others wrote; the application's own words and earlier answers, which were judged when they were given, are left out. */
const LOOKS_AT: Readonly<Record<Phase, ReadonlySet<Zone>>> = {
  input: new Set<Zone>(['user', 'tool_result', 'document']),
  output: new Set<Zone>(['assistant', 'reasoning', 'tool_arguments']),
};

/** The chain's entry `bedrock-guardrail`: a finding for each reason, over the whole text, since a guardrail tells no places. */
export function guardrailPolicy(
  settings: BedrockGuardrail,
  { transport, clock }: Pick<GuardrailOptions, 'transport' | 'clock'>,
): AskingPolicy {
  return {
    kind: 'bedrock-guardrail',
    action: settings.action,
    blockMessage: 'The gateway blocked this: a guardrail of Amazon Bedrock intervened.',
    detector: () => undefined,
    judge: {
      looksAt: (zone, phase) => LOOKS_AT[phase].has(zone),
      async ask(texts, phase, signal) {
        const source = phase === 'input' ? 'INPUT' : 'OUTPUT';
        const opinions = await applyGuardrail(texts, source, signal, { settings, transport, clock });
        return opinions.map(({ hasIntervened, reasons, masked }, index) => {
          if (!hasIntervened) return { findings: [] };
          const whole = { start: 0, end: texts[index]?.length ?? 0, score: 1 } as const;
          const findings = reasons.map(({ part, text }): Finding => ({ label: part, ...whole, evidence: [text] }));
          return {
            findings: findings.length > 0 ? findings : [{ label: 'guardrail', ...whole }],
            ...(masked !== undefined && { masked }),
          };
        });
      },
    },
  };
}
