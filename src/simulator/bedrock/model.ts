import type { JsonObject } from '../../core/json.js';
import { NO_USAGE, type TokenUsage } from '../answer/answer.js';
import { blockTokens, type ModelAnswer } from '../answer/model-answer.js';
import type { Call } from '../call.js';
import { Random } from '../random.js';
import type { ConverseRequest } from '../shapes/converse-shapes.js';
import type { World } from '../world.js';
import { guarded } from './guarded.js';
import { segments } from './input-tokens.js';
import { limited } from './limits.js';
import type { ModelTraits } from './model-traits.js';
import { turn } from './turn.js';

/** Answers a checked request. The same seed, model and request give the same answer. */
export function converse(request: ConverseRequest, traits: ModelTraits, call: Call, world: World): ModelAnswer {
  const { serviceTier, performanceConfig } = request;
  const random = new Random(world.seed, call.model, JSON.stringify({ ...request, guardrailConfig: undefined }));
  const generated = limited(turn(request, { model: call.model, traits, seed: world.seed }, random), request);
  const { turn: final, unasked, trace } = guarded(generated, request, call);
  const usage = (): TokenUsage => ({
    ...world.promptCache.use(`${call.region} ${call.model}`, segments(request)),
    outputTokens: generated.blocks.reduce((sum, block) => sum + blockTokens(block), 0),
  });
  return {
    blocks: final.blocks,
    stopReason: final.stopReason,
    usage: unasked ? NO_USAGE : usage(),
    latencyMs: random.integer(200, 900),
    extras: {
      ...(trace && { trace }),
      ...(serviceTier && { serviceTier: { type: serviceTier.type } }),
      ...(performanceConfig && { performanceConfig: { latency: performanceConfig.latency ?? 'standard' } }),
    },
    ...responseFields(request, generated.stopSequence),
  };
}

/** The fields that the caller asked for by their JSON Pointers, of those that this model has. */
function responseFields(
  { additionalModelResponseFieldPaths: paths = [] }: ConverseRequest,
  stopSequence: string | undefined,
): { additionalModelResponseFields?: JsonObject } {
  return paths.includes('/stop_sequence')
    ? { additionalModelResponseFields: { stop_sequence: stopSequence ?? null } }
    : {};
}
