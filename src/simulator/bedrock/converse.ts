import type { Call } from '../call.js';
import type { Answer } from '../answer/answer.js';
import { streamAnswer, wholeAnswer } from '../answer/model-answer.js';
import { converseRequest, converseStreamRequest } from '../shapes/converse-shapes.js';
import { validate } from '../shapes/validate.js';
import type { World } from '../world.js';
import { converse } from './model.js';

export function converseOperation(call: Call, world: World): Answer {
  const body = validate(converseRequest, call.body);
  return world.answers.take(call) ?? wholeAnswer(converse(body, call, world));
}

export function converseStreamOperation(call: Call, world: World): Answer {
  const body = validate(converseStreamRequest, call.body);
  return world.answers.take(call) ?? streamAnswer(converse(body, call, world));
}
