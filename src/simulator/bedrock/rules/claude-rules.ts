// What Anthropic's API behind Converse says: https://docs.aws.amazon.com/bedrock/latest/userguide/claude-messages-extended-thinking.html
import { isObject } from '../../../core/json.js';
import type { ConverseRequest } from '../../shapes/converse-shapes.js';
import { fromModel, type Rule, type Subject } from './rule.js';
import { isBlank, toolUses } from './turns.js';

const MIN_BUDGET = 1024;
/** https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-anthropic-claude-messages-request-response.html */
const ADDITIONAL_FIELDS = new Set([
  'anthropic_beta',
  'anthropic_version',
  'context_management',
  'metadata',
  'output_config',
  'output_format',
  'thinking',
  'tool_choice',
  'tools',
  'top_k',
]);
/** Fields of Anthropic's API that Converse fills in itself. */
const CONVERSE_FIELDS: Readonly<Record<string, (request: ConverseRequest) => unknown>> = {
  max_tokens: ({ inferenceConfig }) => inferenceConfig?.maxTokens,
  messages: () => true,
  stop_sequences: ({ inferenceConfig }) => inferenceConfig?.stopSequences,
  system: ({ system }) => system,
  temperature: ({ inferenceConfig }) => inferenceConfig?.temperature,
  top_p: ({ inferenceConfig }) => inferenceConfig?.topP,
};

const additionalFieldsAreKnown: Rule = ({ request }) => {
  for (const name of Object.keys(additional(request))) {
    const filled = Object.hasOwn(CONVERSE_FIELDS, name) ? CONVERSE_FIELDS[name] : undefined;
    if (filled?.(request) !== undefined) return `The additional field ${name} conflicts with an existing field.`;
    if (!filled && !ADDITIONAL_FIELDS.has(name)) return fromModel(`${name}: Extra inputs are not permitted`);
  }
  return undefined;
};

const toolChoiceIsSaidOnce: Rule = ({ request }) => {
  const choice = additional(request)['tool_choice'];
  if (!isObject(choice)) return undefined;
  if (!request.toolConfig) return fromModel('tool_choice may only be specified while providing tools.');
  const { any, tool } = request.toolConfig.toolChoice ?? {};
  return choice['type'] !== undefined && (any ?? tool)
    ? 'The additional field tool_choice.type conflicts with an existing field.'
    : undefined;
};

const thinkingFits: Rule = ({ request, traits }) => {
  const thinking = additional(request)['thinking'];
  if (!isObject(thinking) || thinking['type'] === 'disabled') return undefined;
  if (traits.thinking === 'none') return fromModel('thinking: Extra inputs are not permitted');
  const { type } = thinking;
  if (type === 'adaptive') {
    return traits.thinking === 'budget'
      ? fromModel(
          "thinking: Input tag 'adaptive' found using 'type' does not match any of the expected tags: 'disabled', 'enabled'",
        )
      : undefined;
  }
  if (type !== 'enabled')
    return fromModel(
      `thinking: Input tag found using 'type' does not match any of the expected tags: 'disabled', 'enabled'`,
    );
  if (traits.thinking === 'adaptive') {
    return fromModel(
      '"thinking.type.enabled" is not supported for this model. Use "thinking.type.adaptive" and "output_config.effort" to control thinking behavior.',
    );
  }
  return budgetComplaint(thinking['budget_tokens'], request);
};

function budgetComplaint(budget: unknown, { inferenceConfig = {} }: ConverseRequest): string | undefined {
  if (typeof budget !== 'number') return fromModel('thinking.enabled.budget_tokens: Field required');
  if (budget < MIN_BUDGET) {
    return fromModel(`thinking.enabled.budget_tokens: Input should be greater than or equal to ${MIN_BUDGET}`);
  }
  return (inferenceConfig.maxTokens ?? Infinity) <= budget
    ? fromModel('`max_tokens` must be greater than `thinking.budget_tokens`.')
    : undefined;
}

const thinkingForbids: Rule = (subject) => {
  if (!thinks(subject)) return undefined;
  const { request } = subject;
  const { any, tool } = request.toolConfig?.toolChoice ?? {};
  if (any ?? tool) return fromModel('Thinking may not be enabled when tool_choice forces tool use.');
  const { temperature, topP } = request.inferenceConfig ?? {};
  if (temperature !== undefined && temperature !== 1) {
    return fromModel('`temperature` may only be set to 1 when thinking is enabled.');
  }
  if (topP !== undefined && topP < 0.95) {
    return fromModel('`top_p` must be greater than or equal to 0.95 or unset when thinking is enabled.');
  }
  return additional(request)['top_k'] === undefined
    ? undefined
    : fromModel('`top_k` must be unset when thinking is enabled.');
};

/** With a thinking budget the turn that called tools must still begin with the thoughts that led to it. */
const thoughtsPrecedeCalls: Rule = (subject) => {
  const { messages = [] } = subject.request;
  const thinking = additional(subject.request)['thinking'];
  if (!isObject(thinking) || thinking['type'] !== 'enabled') return undefined;
  const turn = messages.findLastIndex(({ role }) => role === 'assistant');
  const last = messages[turn];
  const isOpen = last && (toolUses(last).length > 0 || turn === messages.length - 1);
  if (!isOpen || last.content[0]?.reasoningContent) return undefined;
  const found = last.content[0]?.toolUse ? 'tool_use' : 'text';
  return fromModel(
    `messages.${turn}.content.0.type: Expected \`thinking\` or \`redacted_thinking\`, but found \`${found}\`. When \`thinking\` is enabled, a final \`assistant\` message must start with a thinking block (preceeding the lastmost set of \`tool_use\` and \`tool_result\` blocks).`,
  );
};

const signaturesAreOurs: Rule = ({ request: { messages = [] }, isOwnSignature }) => {
  for (const [turn, { content }] of messages.entries()) {
    for (const [index, { reasoningContent }] of content.entries()) {
      const thought = reasoningContent?.reasoningText;
      if (!thought) continue;
      const at = `messages.${turn}.content.${index}`;
      if (thought.signature === undefined) return fromModel(`${at}.thinking.signature: Field required`);
      if (!isOwnSignature(thought.text, thought.signature)) {
        return fromModel(`${at}: Invalid \`signature\` in \`thinking\` block`);
      }
    }
  }
  return undefined;
};

const stopSequencesAreVisible: Rule = ({ request: { inferenceConfig } }) =>
  inferenceConfig?.stopSequences?.some(isBlank)
    ? fromModel('stop_sequences: each stop sequence must contain non-whitespace')
    : undefined;

function thinks({ request, traits }: Subject): boolean {
  const thinking = additional(request)['thinking'];
  return traits.thinking !== 'none' && isObject(thinking) && thinking['type'] !== 'disabled';
}

function additional({ additionalModelRequestFields: fields }: ConverseRequest): Readonly<Record<string, unknown>> {
  return isObject(fields) ? fields : {};
}

const RULES: readonly Rule[] = [
  additionalFieldsAreKnown,
  toolChoiceIsSaidOnce,
  thinkingFits,
  thinkingForbids,
  thoughtsPrecedeCalls,
  signaturesAreOurs,
  stopSequencesAreVisible,
];

/** They bind Claude only. */
export const CLAUDE_RULES: readonly Rule[] = RULES.map(
  (rule) => (subject) => (subject.traits.family === 'claude' ? rule(subject) : undefined),
);
