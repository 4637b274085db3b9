import { createHmac } from 'node:crypto';
import { isObject } from '../../core/json.js';
import type { AnswerBlock } from '../answer/model-answer.js';
import { prose } from '../answer/prose.js';
import type { Random } from '../random.js';
import type { ConverseRequest } from '../shapes/converse-shapes.js';
import type { ModelTraits } from './model-traits.js';
import { additionalFields, askedText } from './prompt.js';

/** The signature that a simulator with this seed puts under a thought, and by which it knows it again. */
export function signThought(seed: number, text: string): string {
  return createHmac('sha256', `simulator ${seed}`).update(text).digest('base64');
}

/** What the model shows of its thinking; nothing when it was not asked to think. */
export function thoughts(
  request: ConverseRequest,
  { family }: ModelTraits,
  model: string,
  seed: number,
  random: Random,
): readonly AnswerBlock[] {
  const fields = additionalFields(request);
  const { thinking, reasoningConfig } = fields;
  if (isObject(thinking) && thinking['type'] !== 'disabled') {
    const text = prose(askedText(request), random);
    return [{ type: 'thought', text, signature: signThought(seed, text) }];
  }
  // Nova 2 tells that it thought, not what: https://docs.aws.amazon.com/nova/latest/nova2-userguide/extended-thinking.html
  if (family === 'nova' && isObject(reasoningConfig) && reasoningConfig['type'] === 'enabled') {
    return [{ type: 'thought', text: '[REDACTED]' }];
  }
  const asked = fields['reasoning_effort'] ?? fields['reasoning_config'];
  return asked !== undefined || model.includes('deepseek.r1')
    ? [{ type: 'thought', text: prose(askedText(request), random) }]
    : [];
}
