// https://docs.aws.amazon.com/nova/latest/userguide/using-converse-api.html and
// https://docs.aws.amazon.com/nova/latest/nova2-userguide/extended-thinking.html
import { isObject } from '../../../core/json.js';
import type { Rule } from './rule.js';

const additionalFieldsAreKnown: Rule = ({ request: { additionalModelRequestFields: fields }, traits }) => {
  if (!isObject(fields)) return undefined;
  const known = traits.thinking === 'none' ? ['inferenceConfig'] : ['inferenceConfig', 'reasoningConfig'];
  const wrong = Object.keys(fields).find((name) => !known.includes(name));
  return (
    wrong &&
    `Malformed input request: #: extraneous key [${wrong}] is not permitted, please reformat your input and try again.`
  );
};

const highEffortStandsAlone: Rule = ({ request: { additionalModelRequestFields: fields, inferenceConfig = {} } }) => {
  const reasoning = isObject(fields) ? fields['reasoningConfig'] : undefined;
  if (!isObject(reasoning) || reasoning['type'] !== 'enabled' || reasoning['maxReasoningEffort'] !== 'high') {
    return undefined;
  }
  const set = (['maxTokens', 'temperature', 'topP'] as const).find((name) => inferenceConfig[name] !== undefined);
  return set && `${set} cannot be set when maxReasoningEffort is high. Remove ${set} and try again.`;
};

/** They bind Nova only. */
export const NOVA_RULES: readonly Rule[] = [additionalFieldsAreKnown, highEffortStandsAlone].map(
  (rule): Rule =>
    (subject) =>
      subject.traits.family === 'nova' ? rule(subject) : undefined,
);
