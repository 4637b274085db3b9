import type { ConverseTrace } from '@aws-sdk/client-bedrock-runtime';
import type { TargetGuardrail } from '../config/policy-config.js';
import { compact } from '../core/compact.js';
import type { GuardrailOutcome } from './audit/audit-record.js';
import type { Finish } from './chat/chat-answer.js';
import type { RequestExtensions } from './chat/chat-request.js';
import { guardrailConfig } from './providers/bedrock/guardrail-config.js';
import { guardrailReasons, tracedAssessments } from './providers/bedrock/guardrail-reasons.js';

/**
 * What the guardrail of a Converse call did, in ApplyGuardrail's words: `GUARDRAIL_INTERVENED` or `NONE`. Which guardrail it
 * was follows from target and request: a trace comes only when it is asked for. Undefined where none was sent.
 */
export function guardrailOutcome(
  { extension }: Finish,
  { guardrailConfig: callers }: RequestExtensions,
  targets: TargetGuardrail | undefined,
): GuardrailOutcome | undefined {
  if (extension?.name !== 'bedrock') return undefined;
  const sent = guardrailConfig(callers, targets, false, new Set());
  const { stop_reason, trace } = extension.members;
  const hasIntervened = typeof stop_reason === 'string' && stop_reason.toLowerCase() === 'guardrail_intervened';
  if (!sent?.guardrailIdentifier && !hasIntervened) return undefined;
  const { guardrail } = (trace ?? {}) as ConverseTrace; // as finish.ts took it from the answer
  const reasons = guardrail && guardrailReasons(tracedAssessments(guardrail)).map(({ text }) => text);
  return compact({
    action: hasIntervened ? 'GUARDRAIL_INTERVENED' : 'NONE',
    guardrail_id: sent?.guardrailIdentifier,
    guardrail_version: sent?.guardrailVersion,
    reasons: reasons && reasons.length > 0 ? reasons : undefined,
  });
}
