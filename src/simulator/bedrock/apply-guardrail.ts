import { jsonAnswer, type Answer } from '../answer/answer.js';
import type { Call } from '../call.js';
import { applyGuardrailRequest } from '../shapes/converse-shapes.js';
import { validate } from '../shapes/validate.js';
import type { World } from '../world.js';
import { assess, requireGuardrail } from './guardrail.js';

/** https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_ApplyGuardrail.html */
export function applyGuardrailOperation(call: Call, world: World): Answer {
  const { content } = validate(applyGuardrailRequest, call.body);
  requireGuardrail(call.model, 'ResourceNotFoundException');
  const programmed = world.answers.take(call);
  if (programmed) return programmed;
  const text = content.flatMap((block) => block.text?.text ?? []).join('\n');
  const { intervened, text: allowed, assessment, usage } = assess(text, call.forcedGuardrail);
  return jsonAnswer({
    action: intervened ? 'GUARDRAIL_INTERVENED' : 'NONE',
    outputs: intervened ? [{ text: allowed }] : [],
    assessments: [assessment],
    usage,
  });
}
