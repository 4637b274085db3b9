import type { GuardrailAssessment, GuardrailTraceAssessment } from '@aws-sdk/client-bedrock-runtime';

/** An entry of any list of an assessment, whose other members quote what was found. */
interface Entry {
  readonly name?: string | undefined;
  readonly type?: string | undefined;
  readonly action?: string | undefined;
  readonly detected?: boolean | undefined;
}

// https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_GuardrailAssessment.html
const LISTS: Readonly<Record<string, (assessment: GuardrailAssessment) => readonly Entry[] | undefined>> = {
  topic: ({ topicPolicy }) => topicPolicy?.topics,
  content: ({ contentPolicy }) => contentPolicy?.filters,
  word: ({ wordPolicy }) => wordPolicy?.customWords,
  word_list: ({ wordPolicy }) => wordPolicy?.managedWordLists,
  pii: ({ sensitiveInformationPolicy }) => sensitiveInformationPolicy?.piiEntities,
  regex: ({ sensitiveInformationPolicy }) => sensitiveInformationPolicy?.regexes,
  grounding: ({ contextualGroundingPolicy }) => contextualGroundingPolicy?.filters,
};

/**
 * Why a guardrail intervened: `pii:EMAIL`, `content:HATE`, `topic:<its name>`, `word`. Names from the guardrail's own
 * definition and AWS's closed lists, each once, sorted; never what was matched.
 */
export function guardrailReasons(assessments: readonly GuardrailAssessment[]): readonly string[] {
  const reasons = assessments.flatMap((assessment) =>
    Object.entries(LISTS).flatMap(([part, list]) =>
      (list(assessment) ?? []).filter(hasActed).map(({ type, name = type }) => (name ? `${part}:${name}` : part)),
    ),
  );
  return [...new Set(reasons)].sort();
}

/** The assessments in the trace of a Converse answer. */
export function tracedAssessments(trace: GuardrailTraceAssessment): readonly GuardrailAssessment[] {
  return [...Object.values(trace.inputAssessment ?? {}), ...Object.values(trace.outputAssessments ?? {}).flat()];
}

function hasActed({ action, detected }: Entry): boolean {
  return action !== 'NONE' && detected !== false;
}
