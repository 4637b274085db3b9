/** Makers' lines that differ in more than one capability; `other` is a model the table does not know. */
export type ModelFamily =
  | 'claude'
  | 'nova'
  | 'titan'
  | 'llama'
  | 'mistral'
  | 'command'
  | 'jamba'
  | 'deepseek'
  | 'gpt-oss'
  | 'palmyra'
  | 'qwen'
  | 'other';

/** Places of a Converse request that may hold a cache point. */
export type CachePlace = 'tools' | 'system' | 'messages';

export type ToolChoiceForm = 'auto' | 'any' | 'tool';

/**
 * How `reasoning_effort` reaches the model. `budget`: Claude's `thinking.budget_tokens`; `adaptive`: Claude's adaptive thinking
 * with an effort; `nova`: `reasoningConfig`; `effort`: a `reasoning_effort` field; `config`: a `reasoning_config` string.
 */
export type ReasoningStyle = 'none' | 'budget' | 'adaptive' | 'nova' | 'effort' | 'config';

/** What the translation must know of a model. */
export interface ModelCapabilities {
  readonly family: ModelFamily;
  /** Takes a system prompt. */
  readonly system: boolean;
  readonly tools: boolean;
  /** Takes tools in ConverseStream. */
  readonly streamingTools: boolean;
  readonly toolChoice: readonly ToolChoiceForm[];
  /** Takes `strict` on a tool. */
  readonly strictTools: boolean;
  /** Obeys `disable_parallel_tool_use`. */
  readonly parallelSwitch: boolean;
  /** Which ids it takes for tool calls: Bedrock's pattern, or nine letters and digits. */
  readonly toolCallIds: 'any' | 'nine';
  readonly images: boolean;
  readonly documents: boolean;
  /** Takes images within tool results. */
  readonly toolResultImages: boolean;
  readonly cachePoints: readonly CachePlace[];
  /** Takes `ttl` on a cache point. */
  readonly cacheTtl: boolean;
  /** Takes a cache point in a turn that holds tool calls or results. */
  readonly cacheBesideTools: boolean;
  /** Continues a last turn of the assistant. */
  readonly prefill: boolean;
  /** How many of `temperature` and `top_p` it takes at once. */
  readonly sampling: 'both' | 'one' | 'none';
  /** Where `top_k` goes among the additional fields: itself, within `inferenceConfig`, or nowhere. */
  readonly topK: 'field' | 'nested' | 'none';
  readonly reasoning: ReasoningStyle;
  /** Takes signed reasoning of earlier answers back. */
  readonly reasoningHistory: boolean;
  /** Takes `outputConfig.textFormat`. */
  readonly jsonSchema: boolean;
  /** A tool that stands for a JSON Schema may stand beside the caller's own. */
  readonly jsonToolBesideTools: boolean;
  /** Context window; absent where it is not known. */
  readonly contextTokens?: number;
}
