// Tools and their results: https://docs.aws.amazon.com/bedrock/latest/userguide/tool-use.html
import { isObject } from '../../../core/json.js';
import { fromModel, type Rule } from './rule.js';
import { placedBlocks, toolResults, toolUses } from './turns.js';

const modelTakesTools: Rule = ({ request: { toolConfig }, traits, streaming }) => {
  if (!toolConfig) return undefined;
  if (!traits.tools) return "This model doesn't support tool use.";
  if (streaming && !traits.streamingTools) return "This model doesn't support tool use in streaming mode.";
  const kind = (['auto', 'any', 'tool'] as const).find((name) => toolConfig.toolChoice?.[name] !== undefined);
  if (kind === undefined || kind === 'auto' || traits.toolChoice.includes(kind)) return undefined;
  const field = `toolConfig.toolChoice.${kind}`;
  return `This model doesn't support the ${field} field. Remove ${field} and try again.`;
};

const toolsAreDeclared: Rule = ({ request }) =>
  request.toolConfig || !placedBlocks(request).some(({ block }) => block.toolUse ?? block.toolResult)
    ? undefined
    : 'The toolConfig field must be defined when using toolUse and toolResult content blocks.';

const schemasAreObjects: Rule = ({ request: { toolConfig } }) => {
  const wrong = (toolConfig?.tools ?? []).findIndex(
    ({ toolSpec }) => toolSpec && toolSpec.inputSchema.json?.['type'] !== 'object',
  );
  return wrong < 0
    ? undefined
    : `The value at toolConfig.tools.${wrong}.toolSpec.inputSchema.json.type must be one of the following: object.`;
};

const namesAreUnique: Rule = ({ request: { toolConfig } }) => {
  const names = (toolConfig?.tools ?? []).flatMap(
    ({ toolSpec, systemTool }) => toolSpec?.name ?? systemTool?.name ?? [],
  );
  return new Set(names).size === names.length ? undefined : fromModel('tools: Tool names must be unique.');
};

const choiceIsDeclared: Rule = ({ request: { toolConfig } }) => {
  const name = toolConfig?.toolChoice?.tool?.name;
  if (name === undefined || toolConfig?.tools.some(({ toolSpec }) => toolSpec?.name === name)) return undefined;
  return fromModel(`Tool '${name}' not found in provided tools`);
};

const rightRoles: Rule = ({ request }) => {
  for (const { block, path, role } of placedBlocks(request)) {
    if (block.toolUse && role !== 'assistant') return `The toolUse block at ${path} must be in an assistant message.`;
    if (block.toolResult && role !== 'user') return `The toolResult block at ${path} must be in a user message.`;
  }
  return undefined;
};

const inputsAreObjects: Rule = ({ request }) => {
  const wrong = placedBlocks(request).find(({ block }) => block.toolUse && !isObject(block.toolUse.input));
  return (
    wrong &&
    `The format of the value at ${wrong.path}.toolUse.input is invalid. Provide a json object for the field and try again.`
  );
};

const errorsHaveContent: Rule = ({ request }) => {
  const wrong = placedBlocks(request).find(
    ({ block: { toolResult } }) => toolResult?.status === 'error' && toolResult.content.length === 0,
  );
  return wrong && `The content field at ${wrong.path}.toolResult cannot be empty when status value is error.`;
};

/** Each turn that calls tools is answered by the next with one result for each call, and results answer nothing else. */
const resultsMatchCalls: Rule = ({ request: { messages = [] } }) => {
  for (const [turn, message] of messages.entries()) {
    const called = toolUses(message).map(({ toolUseId }) => toolUseId);
    const repeated = called.filter((id, index) => called.indexOf(id) !== index);
    if (repeated.length > 0) {
      return `The toolUse blocks at messages.${turn}.content contain duplicate Ids: ${repeated.join(', ')}`;
    }
    const next = messages[turn + 1];
    const answered = next ? toolResults(next).map(({ toolUseId }) => toolUseId) : [];
    const missing = called.filter((id) => !answered.includes(id));
    if (missing.length > 0) {
      return `Expected toolResult blocks at messages.${turn + 1}.content for the following Ids: ${missing.join(', ')}`;
    }
    const previous = messages[turn - 1];
    if (toolResults(message).length > (previous ? toolUses(previous).length : 0)) {
      return `The number of toolResult blocks at messages.${turn}.content exceeds the number of toolUse blocks of previous turn.`;
    }
  }
  return undefined;
};

const notMixed: Rule = ({ request: { messages = [] }, traits }) => {
  if (traits.mixedTurns) return undefined;
  const mixed = messages.findIndex(
    (message) => toolResults(message).length > 0 && message.content.some(({ text }) => text !== undefined),
  );
  return mixed < 0
    ? undefined
    : `messages.${mixed}.content: Conversation blocks and tool result blocks cannot be provided in the same turn.`;
};

const idsFitTheModel: Rule = ({ request, traits }) => {
  if (traits.family !== 'mistral') return undefined;
  const ids = (request.messages ?? []).flatMap(toolUses).map(({ toolUseId }) => toolUseId);
  const wrong = ids.find((id) => !/^[a-zA-Z0-9]{9}$/.test(id));
  return wrong && fromModel(`Tool call id was ${wrong} but must be a-z, A-Z, 0-9, with a length of 9.`);
};

const strictIsKnown: Rule = ({ request: { toolConfig }, traits }) => {
  const strict = traits.strictTools
    ? -1
    : (toolConfig?.tools ?? []).findIndex(({ toolSpec }) => toolSpec?.strict !== undefined);
  return strict < 0 ? undefined : fromModel(`tools.${strict}.custom.strict: Extra inputs are not permitted`);
};

export const TOOL_RULES: readonly Rule[] = [
  toolsAreDeclared,
  modelTakesTools,
  schemasAreObjects,
  namesAreUnique,
  choiceIsDeclared,
  rightRoles,
  inputsAreObjects,
  errorsHaveContent,
  resultsMatchCalls,
  notMixed,
  idsFitTheModel,
  strictIsKnown,
];
