import { compact } from '../../core/compact.js';
import type { JsonObject } from '../../core/json.js';
import type { RequestExtensions } from './chat-request.js';
import { described, type Place, readArray, readObject, refused } from './read-member.js';

/** Bedrock's own members, in its spelling or in snake case; the first wins where both stand. */
export function parseExtensions(body: Place): RequestExtensions {
  return compact({
    performanceConfig: readJson(body, 'performanceConfig') ?? readJson(body, 'performance_config'),
    guardrailConfig: readJson(body, 'guardrailConfig') ?? readJson(body, 'guardrail_config'),
    additionalModelRequestFields:
      readJson(body, 'additionalModelRequestFields') ?? readJson(body, 'additional_model_request_fields'),
    additionalModelResponseFieldPaths:
      readTexts(body, 'additionalModelResponseFieldPaths') ?? readTexts(body, 'additional_model_response_field_paths'),
    promptVariables: readJson(body, 'promptVariables') ?? readJson(body, 'prompt_variables'),
  });
}

/** An object that is passed on as it came. */
export function readJson(body: Place, key: string): JsonObject | undefined {
  return readObject(body, key)?.members as JsonObject | undefined; // came out of JSON.parse
}

function readTexts(body: Place, key: string): readonly string[] | undefined {
  return readArray(body, key)?.map((text) => {
    if (typeof text === 'string') return text;
    throw refused(key, `expected an array of strings, got ${described(text)} in it`);
  });
}
