// The request shapes of https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Converse.html with their limits, as
// they travel: blobs in base64. A test compares names and required members with the schemas inside the AWS SDK.
import {
  blob,
  boolean,
  document,
  integer,
  list,
  map,
  number,
  objectDocument,
  oneOf,
  string,
  struct,
  union,
  type Infer,
} from './shape.js';

const toolName = string({ min: 1, max: 64, pattern: /^[a-zA-Z0-9_-]+$/ });
const toolUseId = string({ min: 1, max: 64, pattern: /^[a-zA-Z0-9_.:-]+$/ });
const bytes = blob({ min: 1 });

const s3Location = struct(
  { uri: string({ min: 1, max: 1024, pattern: /^s3:\/\/[a-z0-9][.\-a-z0-9]{1,61}[a-z0-9](\/.*)?$/ }) },
  { bucketOwner: string({ pattern: /^[0-9]{12}$/ }) },
);
const bytesOrS3 = { bytes, s3Location };
const errorBlock = struct({}, { message: string() });
const citationsConfig = struct({ enabled: boolean() }, {});

const imageBlock = struct(
  { format: oneOf('png', 'jpeg', 'gif', 'webp'), source: union('ImageSource', bytesOrS3) },
  { error: errorBlock },
);
const documentBlock = struct(
  {
    name: string({ min: 1, max: 200 }),
    source: union('DocumentSource', {
      ...bytesOrS3,
      text: string({ min: 1 }),
      content: list(union('DocumentContentBlock', { text: string({ min: 1 }) }), { min: 1 }),
    }),
  },
  {
    format: oneOf('pdf', 'csv', 'doc', 'docx', 'xls', 'xlsx', 'html', 'txt', 'md'),
    context: string({ min: 1 }),
    citations: citationsConfig,
  },
);
const videoBlock = struct(
  {
    format: oneOf('mkv', 'mov', 'mp4', 'webm', 'flv', 'mpeg', 'mpg', 'wmv', 'three_gp'),
    source: union('VideoSource', bytesOrS3),
  },
  {},
);
const audioBlock = struct(
  {
    format: oneOf(
      'mp3',
      'opus',
      'wav',
      'aac',
      'flac',
      'mp4',
      'ogg',
      'mkv',
      'mka',
      'x-aac',
      'm4a',
      'mpeg',
      'mpga',
      'pcm',
      'webm',
    ),
    source: union('AudioSource', bytesOrS3),
  },
  { error: errorBlock },
);
const searchResultBlock = struct(
  {
    source: string(),
    title: string(),
    content: list(struct({ text: string() }, {})),
  },
  { citations: citationsConfig },
);

const cachePointBlock = struct({ type: oneOf('default') }, { ttl: oneOf('5m', '1h') });

const guardContentBlock = union('GuardrailConverseContentBlock', {
  text: struct({ text: string() }, { qualifiers: list(oneOf('grounding_source', 'query', 'guard_content')) }),
  image: struct({ format: oneOf('png', 'jpeg'), source: union('GuardrailConverseImageSource', { bytes }) }, {}),
});

const toolUseBlock = struct({ toolUseId, name: toolName, input: document() }, { type: oneOf('server_tool_use') });
const toolResultBlock = struct(
  {
    toolUseId,
    content: list(
      union('ToolResultContentBlock', {
        json: objectDocument(),
        text: string(),
        image: imageBlock,
        document: documentBlock,
        video: videoBlock,
        searchResult: searchResultBlock,
      }),
    ),
  },
  { status: oneOf('success', 'error'), type: string() },
);

const reasoningBlock = union('ReasoningContentBlock', {
  reasoningText: struct({ text: string() }, { signature: string() }),
  redactedContent: blob(),
});

const span = { start: integer({ min: 0 }), end: integer({ min: 0 }) };
const citationsContentBlock = struct(
  {},
  {
    content: list(union('CitationGeneratedContent', { text: string() })),
    citations: list(
      struct(
        {},
        {
          title: string(),
          source: string(),
          sourceContent: list(union('CitationSourceContent', { text: string() })),
          location: union('CitationLocation', {
            web: struct({}, { url: string(), domain: string() }),
            documentChar: struct({}, { documentIndex: integer({ min: 0 }), ...span }),
            documentPage: struct({}, { documentIndex: integer({ min: 0 }), ...span }),
            documentChunk: struct({}, { documentIndex: integer({ min: 0 }), ...span }),
            searchResultLocation: struct({}, { searchResultIndex: integer({ min: 0 }), ...span }),
          }),
        },
      ),
    ),
  },
);

const toolReference = struct({ tool: struct({}, { type: string(), name: string(), serverName: string() }) }, {});

const contentBlock = union('ContentBlock', {
  text: string(),
  image: imageBlock,
  document: documentBlock,
  video: videoBlock,
  audio: audioBlock,
  toolUse: toolUseBlock,
  toolResult: toolResultBlock,
  guardContent: guardContentBlock,
  cachePoint: cachePointBlock,
  reasoningContent: reasoningBlock,
  citationsContent: citationsContentBlock,
  searchResult: searchResultBlock,
  toolAddition: toolReference,
  toolRemoval: toolReference,
});

const message = struct({ role: oneOf('user', 'assistant', 'system'), content: list(contentBlock) }, {});

const systemContentBlock = union('SystemContentBlock', {
  text: string({ min: 1 }),
  guardContent: guardContentBlock,
  cachePoint: cachePointBlock,
});

const tool = union('Tool', {
  toolSpec: struct(
    { name: toolName, inputSchema: union('ToolInputSchema', { json: objectDocument() }) },
    { description: string({ min: 1 }), strict: boolean() },
  ),
  systemTool: struct({ name: toolName }, {}),
  cachePoint: cachePointBlock,
});

const toolConfiguration = struct(
  { tools: list(tool, { min: 1 }) },
  {
    toolChoice: union('ToolChoice', {
      auto: struct({}, {}),
      any: struct({}, {}),
      tool: struct({ name: toolName }, {}),
    }),
  },
);

const guardrailMembers = {
  guardrailIdentifier: string({
    max: 2048,
    pattern: /^(|([a-z0-9]+)|(arn:aws(-[^:]+)?:bedrock:[a-z0-9-]{1,20}:[0-9]{12}:guardrail\/[a-z0-9]+))$/,
  }),
  guardrailVersion: string({ pattern: /^(|([1-9][0-9]{0,7})|(DRAFT))$/ }),
  trace: oneOf('enabled', 'disabled', 'enabled_full'),
};

const metadataText = /^[a-zA-Z0-9\s:_@$#=/+,.-]*$/;

const converseMembers = {
  messages: list(message),
  system: list(systemContentBlock),
  inferenceConfig: struct(
    {},
    {
      maxTokens: integer({ min: 1 }),
      temperature: number({ min: 0, max: 1 }),
      topP: number({ min: 0, max: 1 }),
      stopSequences: list(string({ min: 1 }), { max: 2500 }),
    },
  ),
  toolConfig: toolConfiguration,
  additionalModelRequestFields: document(),
  promptVariables: map(string(), union('PromptVariableValues', { text: string() })),
  additionalModelResponseFieldPaths: list(string({ min: 1, max: 256 }), { max: 10 }),
  requestMetadata: map(
    string({ min: 1, max: 256, pattern: metadataText }),
    string({ max: 256, pattern: metadataText }),
    { min: 1, max: 16 },
  ),
  performanceConfig: struct({}, { latency: oneOf('standard', 'optimized') }),
  serviceTier: struct({ type: oneOf('priority', 'default', 'flex', 'reserved') }, {}),
  outputConfig: struct(
    {},
    {
      textFormat: struct(
        {
          type: oneOf('json_schema'),
          structure: union('OutputFormatStructure', {
            jsonSchema: struct({ schema: string({ min: 1 }) }, { name: string(), description: string() }),
          }),
        },
        {},
      ),
      effort: string(),
    },
  ),
};

export const converseRequest = struct({}, { ...converseMembers, guardrailConfig: struct({}, guardrailMembers) });

export const converseStreamRequest = struct(
  {},
  {
    ...converseMembers,
    guardrailConfig: struct({}, { ...guardrailMembers, streamProcessingMode: oneOf('sync', 'async') }),
  },
);

export const countTokensRequest = struct(
  {
    input: union('CountTokensInput', {
      invokeModel: struct({ body: blob() }, {}),
      converse: struct(
        {},
        {
          messages: converseMembers.messages,
          system: converseMembers.system,
          toolConfig: toolConfiguration,
          additionalModelRequestFields: document(),
        },
      ),
    }),
  },
  {},
);

export const applyGuardrailRequest = struct(
  {
    source: oneOf('INPUT', 'OUTPUT'),
    content: list(
      union('GuardrailContentBlock', {
        text: struct({ text: string() }, { qualifiers: list(oneOf('grounding_source', 'query', 'guard_content')) }),
        image: struct({ format: oneOf('png', 'jpeg'), source: union('GuardrailImageSource', { bytes }) }, {}),
      }),
    ),
  },
  { outputScope: oneOf('INTERVENTIONS', 'FULL') },
);

/** A body of Converse or ConverseStream. */
export type ConverseRequest = Infer<typeof converseStreamRequest>;
export type CountTokensRequest = Infer<typeof countTokensRequest>;
export type ApplyGuardrailRequest = Infer<typeof applyGuardrailRequest>;
export type WireMessage = Infer<typeof message>;
export type WireContentBlock = Infer<typeof contentBlock>;
export type WireSystemBlock = Infer<typeof systemContentBlock>;
export type WireToolSpec = NonNullable<Infer<typeof tool>['toolSpec']>;
