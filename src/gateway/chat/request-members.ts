// The closed list of top-level members: what a chat body may say, and what only hints.
import type { JsonObject } from '../../core/json.js';
import { member, type Place } from './read-member.js';

/** Members that a provider may leave out, as long as it names them. */
const HINTS = [
  'seed',
  'user',
  'store',
  'logit_bias',
  'presence_penalty',
  'frequency_penalty',
  'prediction',
  'verbosity',
  'safety_identifier',
  'prompt_cache_key',
  'prompt_cache_retention',
  'prompt_cache_options',
  'web_search_options',
  'moderation',
] as const;

const OBEYED =
  `model messages tools tool_choice parallel_tool_calls functions function_call max_completion_tokens max_tokens
  temperature top_p top_k stop n logprobs top_logprobs modalities audio response_format reasoning_effort thinking stream
  stream_options service_tier metadata performanceConfig performance_config guardrailConfig guardrail_config
  additionalModelRequestFields additional_model_request_fields additionalModelResponseFieldPaths
  additional_model_response_field_paths promptVariables prompt_variables`.split(/\s+/);

const KNOWN: ReadonlySet<string> = new Set([...HINTS, ...OBEYED]);

const MAX_IGNORED = 20;
const MAX_IGNORED_LENGTH = 64;

/** The hints of the body as they came, in a fixed order. */
export function hintsOf(body: Place, names: readonly string[] = HINTS): JsonObject {
  const present = names.filter((name) => member(body, name) !== undefined);
  return Object.fromEntries(present.map((name) => [name, body.members[name]])) as JsonObject; // came out of JSON.parse
}

/** Names that nobody knows, cut for a log line. */
export function ignoredMembers(body: Place, known: ReadonlySet<string> = KNOWN): readonly string[] {
  const ignored: string[] = [];
  for (const name in body.members) {
    if (known.has(name)) continue;
    ignored.push(name.slice(0, MAX_IGNORED_LENGTH));
    if (ignored.length === MAX_IGNORED) break;
  }
  return ignored;
}
