// What depends on the model alone: its id, its window, its sampling parameters, its output formats.
import { isObject } from '../../../core/json.js';
import { inputTokens } from '../input-tokens.js';
import { parseModelId } from '../model-traits.js';
import { fromModel, type Rule } from './rule.js';

const isAModel: Rule = ({ model }) => (parseModelId(model) ? undefined : 'The provided model identifier is invalid.');

const hasThroughput: Rule = ({ model, traits }) =>
  traits.onDemand || parseModelId(model)?.ownThroughput
    ? undefined
    : `Invocation of model ID ${model} with on-demand throughput isn’t supported. Retry your request with the ID or ARN of an inference profile that contains this model.`;

const takesSystem: Rule = ({ request, traits }) =>
  traits.system || !request.system?.length
    ? undefined
    : "This model doesn't support system messages. Try again without a system message or use a model that supports system messages.";

const fitsTheWindow: Rule = ({ request, traits }) => {
  const tokens = inputTokens(request);
  if (tokens <= traits.contextTokens) return undefined;
  return traits.family === 'claude'
    ? fromModel(`prompt is too long: ${tokens} tokens > ${traits.contextTokens} maximum`)
    : 'Input is too long for requested model.';
};

const prefill: Rule = ({ request: { messages = [] }, traits }) => {
  const last = messages.at(-1);
  if (last?.role !== 'assistant') return undefined;
  if (!traits.prefill) {
    return fromModel(
      'This model does not support assistant message prefill. The conversation must end with a user message.',
    );
  }
  return traits.family === 'claude' && /\s$/.test(last.content.at(-1)?.text ?? '')
    ? fromModel('messages: final assistant content cannot end with trailing whitespace')
    : undefined;
};

const sampling: Rule = ({ request: { inferenceConfig = {} }, traits }) => {
  const { temperature, topP } = inferenceConfig;
  if (traits.sampling === 'none' && (temperature ?? topP) !== undefined) {
    return fromModel(`\`${temperature === undefined ? 'top_p' : 'temperature'}\` is deprecated for this model.`);
  }
  return traits.sampling === 'one' && temperature !== undefined && topP !== undefined
    ? fromModel('`temperature` and `top_p` cannot both be specified for this model. Please use only one.')
    : undefined;
};

const textFormat: Rule = ({ request: { outputConfig }, traits }) => {
  const schema = outputConfig?.textFormat?.structure.jsonSchema?.schema;
  if (schema === undefined) return undefined;
  if (!traits.textFormat) {
    return "This model doesn't support the outputConfig.textFormat field. Remove outputConfig.textFormat and try again.";
  }
  const parsed = parseJson(schema);
  if (!isObject(parsed))
    return 'The value at outputConfig.textFormat.structure.jsonSchema.schema is not a valid JSON schema.';
  return traits.family === 'claude' && hasOpenObject(parsed)
    ? fromModel("output_format.schema: For 'object' type, 'additionalProperties' must be explicitly set to false")
    : undefined;
};

const reasoningHistory: Rule = ({ request: { messages = [] }, traits }) =>
  !traits.reasoningHistory && messages.some(({ content }) => content.some(({ reasoningContent }) => reasoningContent))
    ? "This model doesn't support the reasoningContent field for assistant messages. Remove reasoningContent and try again."
    : undefined;

function hasOpenObject(schema: unknown): boolean {
  if (Array.isArray(schema)) return schema.some(hasOpenObject);
  if (!isObject(schema)) return false;
  if (schema['type'] === 'object' && schema['additionalProperties'] !== false) return true;
  return Object.entries(schema).some(
    ([name, value]) => !['const', 'enum', 'default'].includes(name) && hasOpenObject(value),
  );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // the caller complains about anything that is no object
  }
}

export const MODEL_ID_RULES: readonly Rule[] = [isAModel, hasThroughput];

export const MODEL_RULES: readonly Rule[] = [
  takesSystem,
  prefill,
  sampling,
  textFormat,
  reasoningHistory,
  fitsTheWindow,
];
