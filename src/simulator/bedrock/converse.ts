import type { Answer } from '../answer/answer.js';
import { streamAnswer, wholeAnswer } from '../answer/model-answer.js';
import type { Call } from '../call.js';
import { converseRequest, converseStreamRequest } from '../shapes/converse-shapes.js';
import { validate } from '../shapes/validate.js';
import type { World } from '../world.js';
import { checkRequest } from './checked-request.js';
import { converse } from './model.js';

/** https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Converse.html */
export function converseOperation(call: Call, world: World): Answer {
  const request = validate(converseRequest, call.body);
  const traits = checkRequest(request, call, world);
  return world.answers.take(call) ?? wholeAnswer(converse(request, traits, call, world));
}

/** https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_ConverseStream.html */
export function converseStreamOperation(call: Call, world: World): Answer {
  const request = validate(converseStreamRequest, call.body);
  const traits = checkRequest(request, call, world);
  return world.answers.take(call) ?? streamAnswer(converse(request, traits, call, world));
}
