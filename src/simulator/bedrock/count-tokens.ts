import { isObject } from '../../core/json.js';
import { jsonAnswer, type Answer } from '../answer/answer.js';
import { countTokens } from '../answer/tokens.js';
import { AwsError } from '../aws-error.js';
import type { Call } from '../call.js';
import { countTokensRequest } from '../shapes/converse-shapes.js';
import { validate } from '../shapes/validate.js';
import type { World } from '../world.js';
import { checkRequest } from './checked-request.js';
import { inputTokens } from './input-tokens.js';
import { parseModelId, traitsOf } from './model-traits.js';

/** https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_CountTokens.html; of the known models only Claude counts. */
export function countTokensOperation(call: Call, world: World): Answer {
  const { input } = validate(countTokensRequest, call.body);
  const id = parseModelId(call.model);
  if (id?.base && !id.base.startsWith('sim.') && traitsOf(id).family !== 'claude') {
    throw new AwsError('ValidationException', "The provided model doesn't support counting tokens.");
  }
  const programmed = world.answers.take(call);
  if (programmed) return programmed;
  if (input.converse) {
    checkRequest(input.converse, call, world);
    return jsonAnswer({ inputTokens: inputTokens(input.converse) });
  }
  return jsonAnswer({ inputTokens: countTokens(invokeBody(input.invokeModel?.body ?? '')) });
}

function invokeBody(base64: string): string {
  const text = Buffer.from(base64, 'base64').toString();
  const body = parsed(text);
  if (!isObject(body)) throw new AwsError('ValidationException', 'The body at input.invokeModel is not a JSON object.');
  return text;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // the caller complains about anything that is no object
  }
}
