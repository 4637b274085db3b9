import type { GuardrailStreamConfiguration } from '@aws-sdk/client-bedrock-runtime';
import type { TargetGuardrail } from '../../../config/policy-config-document.js';
import { compact } from '../../../core/compact.js';
import type { JsonObject } from '../../../core/json.js';

/**
 * The guardrail of the call. The target's stands over the caller's, so that no application can take it away or loosen it;
 * under `required: false` it is only the default below the caller's.
 * @param dropped gains the caller's member where the target's took its place.
 */
export function guardrailConfig(
  callers: JsonObject | undefined,
  targets: TargetGuardrail | undefined,
  streaming: boolean,
  dropped: Set<string>,
): GuardrailStreamConfiguration | undefined {
  // Members of other names and types are the service's to refuse: the SDK passes on only those it knows.
  const asked = callers as GuardrailStreamConfiguration | undefined;
  const merged = merge(asked, targets, dropped);
  if (merged === undefined || streaming) return merged;
  const { streamProcessingMode: _, ...whole } = merged;
  return whole;
}

function merge(
  asked: GuardrailStreamConfiguration | undefined,
  target: TargetGuardrail | undefined,
  dropped: Set<string>,
): GuardrailStreamConfiguration | undefined {
  if (target === undefined) return asked;
  const own = targetConfig(target);
  if (asked === undefined) return own;
  if (target.required === false) {
    // An id of the caller's never goes with the version of another guardrail.
    return asked.guardrailIdentifier === undefined ? { ...own, ...asked } : asked;
  }
  const replaced = asked.guardrailIdentifier !== undefined && asked.guardrailIdentifier !== own.guardrailIdentifier;
  if (replaced) dropped.add('guardrailConfig');
  return { ...asked, ...own };
}

function targetConfig({ id, version, trace, stream_mode }: TargetGuardrail): GuardrailStreamConfiguration {
  return compact({
    guardrailIdentifier: id,
    guardrailVersion: version,
    trace,
    streamProcessingMode: stream_mode,
  });
}
