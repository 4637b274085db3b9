import type { Call } from '../call.js';
import { NO_USAGE } from '../answer/answer.js';
import type { ModelAnswer } from '../answer/model-answer.js';
import { prose } from '../answer/prose.js';
import { clip, countTokens } from '../answer/tokens.js';
import { Random } from '../random.js';
import type { ConverseRequest } from '../shapes/converse-shapes.js';
import type { World } from '../world.js';

export function converse(request: ConverseRequest, call: Call, world: World): ModelAnswer {
  const random = new Random(world.seed, call.model, JSON.stringify(request));
  const prompt = (request.messages?.at(-1)?.content ?? []).map(({ text }) => text ?? '').join(' ');
  const { text, complete } = clip(prose(prompt, random), request.inferenceConfig?.maxTokens ?? 4096);
  return {
    blocks: [{ text }],
    stopReason: complete ? 'end_turn' : 'max_tokens',
    usage: { ...NO_USAGE, inputTokens: countTokens(JSON.stringify(request)), outputTokens: countTokens(text) },
    latencyMs: random.integer(200, 900),
    extras: {},
  };
}
