// One guardrail behind every id: it blocks the word `guardrail-block` and masks e-mail addresses. An id that begins with `missing`
// does not exist. https://docs.aws.amazon.com/bedrock/latest/userguide/guardrails-use-converse-api.html
import type { JsonObject } from '../../core/json.js';
import { AwsError, type ErrorName } from '../aws-error.js';

const BLOCKED_WORD = 'guardrail-block';
const EMAIL = /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g;
/** A unit of a policy covers this many characters. */
const UNIT_CHARACTERS = 1000;

export const BLOCKED_MESSAGE = 'Sorry, the model cannot answer this question.';

export interface Assessed {
  readonly intervened: boolean;
  /** The text as it may be passed on; the blocked message when it may not. */
  readonly text: string;
  /** `GuardrailAssessment` */
  readonly assessment: JsonObject;
  /** `GuardrailUsage` */
  readonly usage: JsonObject;
}

/** Throws when there is no such guardrail. */
export function requireGuardrail(id: string, code: ErrorName): void {
  if (id.includes('missing')) {
    throw new AwsError(code, 'The guardrail identifier or version provided in the request does not exist.');
  }
}

/** @param forced intervenes whatever the text says. */
export function assess(text: string, forced = false): Assessed {
  const word = forced || text.includes(BLOCKED_WORD);
  const emails = [...text.matchAll(EMAIL)].map(([match]) => match);
  const units = Math.ceil(text.length / UNIT_CHARACTERS);
  const usage = {
    topicPolicyUnits: 0,
    contentPolicyUnits: 0,
    wordPolicyUnits: units,
    sensitiveInformationPolicyUnits: units,
    sensitiveInformationPolicyFreeUnits: 0,
    contextualGroundingPolicyUnits: 0,
  };
  const coverage = { textCharacters: { guarded: text.length, total: text.length } };
  return {
    intervened: word || emails.length > 0,
    text: word ? BLOCKED_MESSAGE : text.replaceAll(EMAIL, '{EMAIL}'),
    usage,
    assessment: {
      ...(word && {
        wordPolicy: {
          customWords: [{ match: BLOCKED_WORD, action: 'BLOCKED', detected: true }],
          managedWordLists: [],
        },
      }),
      ...(emails.length > 0 && {
        sensitiveInformationPolicy: {
          piiEntities: emails.map((match) => ({ match, type: 'EMAIL', action: 'ANONYMIZED', detected: true })),
          regexes: [],
        },
      }),
      invocationMetrics: { guardrailProcessingLatency: 1, usage, guardrailCoverage: coverage },
    },
  };
}
