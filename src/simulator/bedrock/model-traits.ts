// What each family of models takes, as the service says it in its refusals. From
// https://docs.aws.amazon.com/bedrock/latest/userguide/conversation-inference-supported-models-features.html,
// https://docs.aws.amazon.com/bedrock/latest/userguide/prompt-caching.html and the errors that users report. A model that no row
// knows is taken to be able to do everything.

export type ToolChoiceKind = 'auto' | 'any' | 'tool';

export interface ModelTraits {
  readonly family: 'claude' | 'nova' | 'mistral' | 'other';
  readonly system: boolean;
  readonly tools: boolean;
  readonly streamingTools: boolean;
  readonly toolChoice: readonly ToolChoiceKind[];
  readonly images: boolean;
  /** May an image stand inside a tool result? */
  readonly toolResultImages: boolean;
  readonly documents: boolean;
  /** May text stand beside tool results in one turn? */
  readonly mixedTurns: boolean;
  readonly cachePoints: 'everywhere' | 'not_in_tools' | 'none';
  /** May the conversation end with an assistant turn? */
  readonly prefill: boolean;
  readonly thinking: 'none' | 'budget' | 'budget_or_adaptive' | 'adaptive' | 'effort';
  /** Are `temperature` and `topP` taken: together, one of them, or neither? */
  readonly sampling: 'both' | 'one' | 'none';
  /** `outputConfig.textFormat` */
  readonly textFormat: boolean;
  /** `toolSpec.strict` */
  readonly strictTools: boolean;
  readonly reasoningHistory: boolean;
  readonly onDemand: boolean;
  readonly contextTokens: number;
}

const EVERYTHING: ModelTraits = {
  family: 'other',
  system: true,
  tools: true,
  streamingTools: true,
  toolChoice: ['auto', 'any', 'tool'],
  images: true,
  toolResultImages: true,
  documents: true,
  mixedTurns: true,
  cachePoints: 'everywhere',
  prefill: true,
  thinking: 'effort',
  sampling: 'both',
  textFormat: true,
  strictTools: true,
  reasoningHistory: true,
  onDemand: true,
  contextTokens: 1_000_000,
};

const CLAUDE: Partial<ModelTraits> = {
  family: 'claude',
  cachePoints: 'none',
  thinking: 'none',
  textFormat: false,
  strictTools: false,
  contextTokens: 200_000,
};
const CLAUDE_4: Partial<ModelTraits> = { ...CLAUDE, cachePoints: 'everywhere', thinking: 'budget', onDemand: false };
const CLAUDE_4_5: Partial<ModelTraits> = { ...CLAUDE_4, sampling: 'one', textFormat: true, strictTools: true };
const NOVA: Partial<ModelTraits> = {
  family: 'nova',
  cachePoints: 'not_in_tools',
  thinking: 'none',
  textFormat: false,
  strictTools: false,
  contextTokens: 300_000,
};
/** Models without anything that came with the Claude 3 and Nova families. */
const PLAIN: Partial<ModelTraits> = {
  images: false,
  toolResultImages: false,
  cachePoints: 'none',
  thinking: 'none',
  textFormat: false,
  strictTools: false,
  contextTokens: 128_000,
};
const TEXT_ONLY: Partial<ModelTraits> = { ...PLAIN, tools: false, toolChoice: [], contextTokens: 32_000 };
const LLAMA: Partial<ModelTraits> = { ...PLAIN, streamingTools: false, toolChoice: ['auto'], mixedTurns: false };
const MISTRAL: Partial<ModelTraits> = {
  ...PLAIN,
  family: 'mistral',
  streamingTools: false,
  toolChoice: ['auto', 'any'],
};

/** The first row whose pattern is found in the base model id applies. */
const ROWS: readonly (readonly [RegExp, Partial<ModelTraits>])[] = [
  [/^anthropic\.claude-(v2|instant|2)/, { ...CLAUDE, ...TEXT_ONLY, family: 'claude', contextTokens: 200_000 }],
  [/^anthropic\.claude-3-5-haiku/, { ...CLAUDE, images: false, cachePoints: 'everywhere' }],
  [/^anthropic\.claude-3-5-sonnet-20241022/, { ...CLAUDE, cachePoints: 'everywhere' }],
  [/^anthropic\.claude-3-7/, CLAUDE_4],
  [/^anthropic\.claude-3/, CLAUDE],
  // This one needs an inference profile in most regions today; it stays callable here, as the model of every first example.
  [/^anthropic\.claude-sonnet-4-20250514/, { ...CLAUDE_4, onDemand: true }],
  [/^anthropic\.claude-(opus|sonnet)-4-2025/, CLAUDE_4],
  [/^anthropic\.claude-opus-4-1/, { ...CLAUDE_4, sampling: 'one' }],
  [/^anthropic\.claude-(opus|sonnet|haiku)-4-5/, CLAUDE_4_5],
  [/^anthropic\.claude-(opus|sonnet|haiku)-4-6/, { ...CLAUDE_4_5, prefill: false, thinking: 'budget_or_adaptive' }],
  [
    /^anthropic\.claude-(opus|sonnet|haiku|fable)-(4-[7-9]|[5-9])/,
    { ...CLAUDE_4, prefill: false, thinking: 'adaptive', sampling: 'none' },
  ],
  [/^amazon\.nova-micro/, { ...NOVA, images: false, documents: false, contextTokens: 128_000 }],
  [/^amazon\.nova-premier/, { ...NOVA, onDemand: false, contextTokens: 1_000_000 }],
  [/^amazon\.nova-2/, { ...NOVA, prefill: false, thinking: 'effort', onDemand: false, contextTokens: 1_000_000 }],
  [/^amazon\.nova/, NOVA],
  [/^amazon\.titan-text-premier/, { ...TEXT_ONLY, system: false, documents: false }],
  [/^amazon\.titan-(text|tg1)/, { ...TEXT_ONLY, system: false, contextTokens: 8_000 }],
  [/^meta\.llama(2|3-(8b|70b))/, { ...TEXT_ONLY, contextTokens: 8_000 }],
  [/^meta\.llama3-2-(1b|3b)/, { ...TEXT_ONLY, onDemand: false, contextTokens: 128_000 }],
  [/^meta\.llama3-2/, { ...LLAMA, images: true, onDemand: false }],
  [/^meta\.llama3-3/, { ...LLAMA, onDemand: false }],
  [/^meta\.llama4/, { ...LLAMA, images: true, toolResultImages: true, onDemand: false, contextTokens: 1_000_000 }],
  [/^meta\.llama/, LLAMA],
  [/^mistral\.(mistral-7b|mixtral)/, { ...MISTRAL, ...TEXT_ONLY, family: 'mistral', system: false }],
  [/^mistral\.pixtral/, { ...MISTRAL, streamingTools: true, images: true, onDemand: false }],
  [/^mistral\.mistral-(large|small)-240/, MISTRAL],
  [/^mistral\./, { ...MISTRAL, streamingTools: true }],
  [/^cohere\.command-r/, { ...PLAIN, toolChoice: [] }],
  [/^cohere\.command-light/, { ...TEXT_ONLY, system: false, documents: false, contextTokens: 4_000 }],
  [/^cohere\.command/, { ...TEXT_ONLY, system: false, contextTokens: 4_000 }],
  [/^ai21\.jamba/, { ...PLAIN, toolChoice: [], contextTokens: 256_000 }],
  [/^deepseek\.r1/, { ...PLAIN, tools: false, toolChoice: [], reasoningHistory: false, onDemand: false }],
  [
    /^deepseek\./,
    { ...PLAIN, toolChoice: ['auto', 'any'], thinking: 'effort', textFormat: true, reasoningHistory: false },
  ],
  [/^openai\.gpt-oss/, { ...PLAIN, toolChoice: [], documents: false, thinking: 'effort', textFormat: true }],
  [/^qwen\./, { ...PLAIN, textFormat: true }],
  [/^writer\./, { ...PLAIN, streamingTools: false, toolChoice: [], documents: false }],
];

/** Vendors of models that Amazon Bedrock offers, and `sim`, the vendor of the models that ask for a fault. */
const VENDORS =
  'ai21 amazon anthropic cohere deepseek google luma meta minimax mistral moonshot nvidia openai qwen sim stability twelvelabs writer zai';
const GEOGRAPHIES = 'us eu apac global jp au us-gov ca sa amer';

const MODEL_ID = new RegExp(
  `^(?:(${GEOGRAPHIES.replaceAll(' ', '|')})\\.)?((?:${VENDORS.replaceAll(' ', '|')})\\.[A-Za-z0-9_.:-]+)$`,
);
const ARN = /^arn:aws[a-z-]*:(?:bedrock|sagemaker):[a-z0-9-]+:(?:\d{12})?:([a-z-]+)\/(.+)$/;

export interface ModelId {
  /** The id of the foundation model, as far as the id tells. */
  readonly base: string | undefined;
  /** Is it an inference profile, or any other thing with throughput of its own? */
  readonly ownThroughput: boolean;
}

/** `undefined` for what is no id of a model at all. */
export function parseModelId(id: string): ModelId | undefined {
  const [, kind, resource = ''] = ARN.exec(id) ?? [];
  if (kind === 'foundation-model') return parseModelId(resource);
  if (kind !== undefined) return { base: parseModelId(resource)?.base, ownThroughput: true };
  const [, geography, base] = MODEL_ID.exec(id) ?? [];
  return base === undefined ? undefined : { base, ownThroughput: geography !== undefined };
}

export function traitsOf({ base }: ModelId): ModelTraits {
  const row = ROWS.find(([pattern]) => base !== undefined && pattern.test(base));
  return row ? { ...EVERYTHING, ...row[1] } : EVERYTHING;
}
