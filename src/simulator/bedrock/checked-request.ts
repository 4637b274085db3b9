import type { Call } from '../call.js';
import type { ConverseRequest } from '../shapes/converse-shapes.js';
import type { World } from '../world.js';
import { parseModelId, traitsOf, type ModelTraits } from './model-traits.js';
import { CACHE_RULES } from './rules/cache-rules.js';
import { CLAUDE_RULES } from './rules/claude-rules.js';
import { CONVERSATION_RULES } from './rules/conversation-rules.js';
import { MEDIA_RULES } from './rules/media-rules.js';
import { MODEL_ID_RULES, MODEL_RULES } from './rules/model-rules.js';
import { NOVA_RULES } from './rules/nova-rules.js';
import { obey } from './rules/rule.js';
import { TOOL_RULES } from './rules/tool-rules.js';
import { signThought } from './thinking.js';

const RULES = [
  ...MODEL_ID_RULES,
  ...CONVERSATION_RULES,
  ...MODEL_RULES,
  ...TOOL_RULES,
  ...MEDIA_RULES,
  ...CACHE_RULES,
  ...CLAUDE_RULES,
  ...NOVA_RULES,
];

/** What the model of the call takes. Throws the `AwsError` of the first rule that the request breaks. */
export function checkRequest(request: ConverseRequest, call: Call, { seed }: World): ModelTraits {
  const { model, operation } = call;
  const traits = traitsOf(parseModelId(model) ?? { base: undefined, ownThroughput: false });
  obey(RULES, {
    request,
    model,
    traits,
    streaming: operation === 'ConverseStream',
    isOwnSignature: (text, signature) => signature === signThought(seed, text),
  });
  return traits;
}
