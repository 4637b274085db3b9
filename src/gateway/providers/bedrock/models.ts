// What each model can do. Sources: the feature table of the Bedrock user guide,
// https://docs.aws.amazon.com/bedrock/latest/userguide/conversation-inference-supported-models-features.html, corrected by what
// the service was seen to answer (docs/mapping.md, "Models"). Context windows: the makers' model cards and models.dev.
// The table ages: `capabilities` and `base_model` of a target overrule it.
import type { ModelCapabilities } from './capabilities.js';

export interface ModelRow {
  /** Matched against the id without its geography. */
  readonly id: RegExp;
  readonly can: Partial<ModelCapabilities>;
}

/** A model nobody knows is let do everything that is common; Bedrock answers if that is wrong. */
export const UNKNOWN_MODEL: ModelCapabilities = {
  family: 'other',
  system: true,
  tools: true,
  streamingTools: true,
  toolChoice: ['auto', 'any', 'tool'],
  strictTools: false,
  parallelSwitch: false,
  toolCallIds: 'any',
  images: true,
  documents: true,
  toolResultImages: true,
  cachePoints: ['tools', 'system', 'messages'],
  cacheTtl: true,
  cacheBesideTools: true,
  prefill: true,
  sampling: 'both',
  topK: 'none',
  reasoning: 'none',
  reasoningHistory: true,
  jsonSchema: false,
  jsonToolBesideTools: true,
};

/** What holds for every model of Claude's, Nova's and the other makers' lines unless a row below says otherwise. */
const PLAIN = { toolResultImages: false, cachePoints: [], cacheTtl: false, reasoningHistory: false } as const;

/** All rows that match apply, later ones over earlier ones. The first of a line holds for its newest and unknown members. */
export const MODELS: readonly ModelRow[] = [
  { id: /claude/, can: { family: 'claude', topK: 'field', contextTokens: 200_000 } },

  {
    id: /nova/,
    can: {
      ...PLAIN,
      family: 'nova',
      toolResultImages: true,
      cachePoints: ['system', 'messages'],
      cacheBesideTools: false,
      topK: 'nested',
      contextTokens: 300_000,
    },
  },
  { id: /nova-micro/, can: { images: false, documents: false, toolResultImages: false, contextTokens: 128_000 } },
  { id: /nova-premier/, can: { contextTokens: 1_000_000 } },
  { id: /nova-2/, can: { prefill: false, reasoning: 'nova', contextTokens: 1_000_000 } },

  { id: /titan/, can: { ...PLAIN, family: 'titan', system: false, tools: false, images: false } },
  { id: /titan-text-premier/, can: { documents: false, contextTokens: 32_000 } },
  { id: /titan-text-express|titan-tg1-large/, can: { contextTokens: 8_000 } },
  { id: /titan-text-lite/, can: { contextTokens: 4_000 } },

  {
    id: /llama/,
    can: {
      ...PLAIN,
      family: 'llama',
      streamingTools: false,
      toolChoice: ['auto'],
      images: false,
      contextTokens: 128_000,
    },
  },
  { id: /llama2/, can: { tools: false, contextTokens: 4_000 } },
  { id: /llama3-(?:8b|70b)/, can: { tools: false, contextTokens: 8_000 } },
  { id: /llama3-2-(?:1b|3b)/, can: { tools: false } },
  { id: /llama3-2-(?:11b|90b)/, can: { images: true } },
  { id: /llama4/, can: { images: true } },
  { id: /llama4-maverick/, can: { contextTokens: 1_000_000 } },
  { id: /llama4-scout/, can: { contextTokens: 3_500_000 } },

  {
    id: /mistral|mixtral|pixtral/,
    can: { ...PLAIN, family: 'mistral', toolChoice: ['auto', 'any'], toolCallIds: 'nine', images: false },
  },
  { id: /mistral-7b|mixtral-8x7b/, can: { system: false, tools: false, contextTokens: 32_000 } },
  { id: /mistral-(?:large-2402|small-2402)/, can: { streamingTools: false, contextTokens: 32_000 } },
  { id: /mistral-large-2407/, can: { streamingTools: false, contextTokens: 128_000 } },
  { id: /pixtral/, can: { images: true, contextTokens: 128_000 } },
  { id: /magistral|mistral-large-3|ministral-3-3b/, can: { images: true } },
  { id: /magistral/, can: { contextTokens: 128_000 } },
  { id: /mistral-large-3|ministral-3-3b|devstral-2/, can: { contextTokens: 256_000 } },

  {
    id: /cohere\.command/,
    can: { ...PLAIN, family: 'command', system: false, tools: false, toolChoice: [], images: false },
  },
  { id: /command-(?:text|light)/, can: { contextTokens: 4_000 } },
  { id: /command-light/, can: { documents: false } },
  { id: /command-(?:r|a)\b/, can: { system: true, tools: true, contextTokens: 128_000 } },

  { id: /jamba/, can: { ...PLAIN, family: 'jamba', toolChoice: [], images: false, contextTokens: 256_000 } },
  { id: /jamba-instruct/, can: { tools: false } },
  { id: /ai21\.j2/, can: { ...PLAIN, system: false, tools: false, images: false, documents: false } },

  {
    id: /deepseek/,
    can: {
      ...PLAIN,
      family: 'deepseek',
      toolChoice: ['any'],
      images: false,
      reasoning: 'config',
      jsonSchema: true,
      contextTokens: 163_840,
    },
  },
  {
    id: /deepseek\.r1/,
    can: {
      tools: false,
      streamingTools: false,
      toolChoice: [],
      reasoning: 'none',
      jsonSchema: false,
      contextTokens: 128_000,
    },
  },

  {
    id: /gpt-oss/,
    can: {
      ...PLAIN,
      family: 'gpt-oss',
      toolChoice: [],
      images: false,
      documents: false,
      reasoning: 'effort',
      jsonSchema: true,
      contextTokens: 128_000,
    },
  },

  {
    id: /palmyra/,
    can: {
      ...PLAIN,
      family: 'palmyra',
      streamingTools: false,
      toolChoice: [],
      images: false,
      documents: false,
    },
  },
  { id: /palmyra-x4/, can: { contextTokens: 128_000 } },
  { id: /palmyra-x5/, can: { contextTokens: 1_000_000 } },

  { id: /qwen/, can: { ...PLAIN, family: 'qwen', images: false, jsonSchema: true } },
];

/** Claude's versions, 305 for 3.5: every row up to the model's own applies, later ones over earlier ones. */
export const CLAUDE_SINCE: readonly { readonly since: number; readonly can: Partial<ModelCapabilities> }[] = [
  { since: 0, can: { tools: false, images: false, toolResultImages: false, cachePoints: [] } },
  { since: 300, can: { tools: true, images: true, toolResultImages: true } },
  { since: 305, can: { cachePoints: UNKNOWN_MODEL.cachePoints } },
  { since: 307, can: { reasoning: 'budget' } },
  { since: 401, can: { sampling: 'one' } },
  { since: 405, can: { parallelSwitch: true, strictTools: true, jsonSchema: true } },
  { since: 406, can: { reasoning: 'adaptive', prefill: false, contextTokens: 1_000_000 } },
  { since: 407, can: { sampling: 'none', strictTools: false, jsonSchema: false, jsonToolBesideTools: false } },
];

/** What single models of a Claude version cannot do. */
export const CLAUDE_EXCEPTIONS: readonly ModelRow[] = [
  { id: /claude-(?:v2(?!:1)|instant)/, can: { contextTokens: 100_000 } },
  { id: /claude-3-5-haiku/, can: { images: false, toolResultImages: false } },
  { id: /claude-3-5-sonnet-20240620/, can: { cachePoints: [] } },
  // It answers `tool_choice: type "tool" and "any" are not supported for this model`.
  { id: /claude-opus-5-5/, can: { toolChoice: ['auto'] } },
];
