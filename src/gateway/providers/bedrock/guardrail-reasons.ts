import type { GuardrailAssessment, GuardrailTraceAssessment } from '@aws-sdk/client-bedrock-runtime';

/** One thing that a guardrail found. */
export interface GuardrailReason {
  /** What kind of rule: a closed list. */
  readonly part: GuardrailPart;
  /** `pii:EMAIL`, `content:HATE`, `topic:<its name>`, `word`: the guardrail's own names and AWS's closed lists, never what was matched. */
  readonly text: string;
  /** The rule masks what it finds, and lets the rest of the text pass. */
  readonly masks: boolean;
}

/** An entry of any list of an assessment, whose other members quote what was found. */
interface Entry {
  readonly name?: string | undefined;
  readonly type?: string | undefined;
  readonly action?: string | undefined;
  readonly detected?: boolean | undefined;
}

// https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_GuardrailAssessment.html
const LISTS = {
  topic: ({ topicPolicy }) => topicPolicy?.topics,
  content: ({ contentPolicy }) => contentPolicy?.filters,
  word: ({ wordPolicy }) => wordPolicy?.customWords,
  word_list: ({ wordPolicy }) => wordPolicy?.managedWordLists,
  pii: ({ sensitiveInformationPolicy }) => sensitiveInformationPolicy?.piiEntities,
  regex: ({ sensitiveInformationPolicy }) => sensitiveInformationPolicy?.regexes,
  grounding: ({ contextualGroundingPolicy }) => contextualGroundingPolicy?.filters,
} as const satisfies Readonly<Record<string, (assessment: GuardrailAssessment) => readonly Entry[] | undefined>>;

export type GuardrailPart = keyof typeof LISTS;

const PARTS = Object.keys(LISTS) as readonly GuardrailPart[];

/** Why a guardrail intervened: each reason once, sorted. */
export function guardrailReasons(assessments: readonly GuardrailAssessment[]): readonly GuardrailReason[] {
  const reasons = new Map<string, GuardrailReason>();
  for (const assessment of assessments) {
    for (const part of PARTS) {
      const entries: readonly Entry[] = LISTS[part](assessment) ?? [];
      for (const { type, name = type, action } of entries.filter(hasActed)) {
        const text = name ? `${part}:${name}` : part;
        const masks = action === 'ANONYMIZED' && (reasons.get(text)?.masks ?? true);
        reasons.set(text, { part, text, masks });
      }
    }
  }
  return [...reasons.values()].sort((a, b) => (a.text < b.text ? -1 : 1));
}

/** The assessments in the trace of a Converse answer. */
export function tracedAssessments(trace: GuardrailTraceAssessment): readonly GuardrailAssessment[] {
  return [...Object.values(trace.inputAssessment ?? {}), ...Object.values(trace.outputAssessments ?? {}).flat()];
}

function hasActed({ action, detected }: Entry): boolean {
  return action !== 'NONE' && detected !== false;
}
