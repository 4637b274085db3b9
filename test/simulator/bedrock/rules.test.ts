import type { Tool } from '@aws-sdk/client-bedrock-runtime';
import { expect } from 'chai';
import type { Simulator } from '../../../src/simulator/simulator.js';
import { startSimulator } from '../../../src/simulator/simulator.js';
import { assistant, complaint, converse, converseStream, SONNET_4, user, type Ask } from './ask.js';

const HI = user({ text: 'Hi' });
const TOOL = { toolSpec: { name: 'look_up', inputSchema: { json: { type: 'object', properties: {} } } } };
const TOOLS: { tools: Tool[] } = { tools: [TOOL] };
const IMAGE = { image: { format: 'png' as const, source: { bytes: Buffer.from('89504e47', 'hex') } } };
const DOCUMENT = { document: { format: 'txt' as const, name: 'a', source: { bytes: Buffer.from('x') } } };
const CACHE = { cachePoint: { type: 'default' as const } };
const call = (toolUseId: string) => ({ toolUse: { toolUseId, name: 'look_up', input: {} } });
const result = (toolUseId: string, text = 'found') => ({ toolResult: { toolUseId, content: [{ text }] } });
const thinking = (fields: object) => ({ additionalModelRequestFields: { thinking: { type: 'enabled', ...fields } } });
const schema = (json: unknown) => ({
  outputConfig: {
    textFormat: { type: 'json_schema' as const, structure: { jsonSchema: { schema: JSON.stringify(json) } } },
  },
});

const HAIKU_3 = 'anthropic.claude-3-haiku-20240307-v1:0';
const SONNET_4_5 = 'us.anthropic.claude-sonnet-4-5-20250929-v1:0';
const OPUS_4_6 = 'us.anthropic.claude-opus-4-6-v1';
const OPUS_4_7 = 'us.anthropic.claude-opus-4-7';
const LLAMA = 'meta.llama3-1-70b-instruct-v1:0';
const LLAMA_4 = 'us.meta.llama4-maverick-17b-instruct-v1:0';
const MIXTRAL = 'mistral.mixtral-8x7b-instruct-v0:1';
const MISTRAL = 'mistral.mistral-large-2407-v1:0';
const COMMAND_R = 'cohere.command-r-v1:0';
const TITAN = 'amazon.titan-text-premier-v1:0';
const NOVA = 'amazon.nova-pro-v1:0';
const NOVA_2 = 'us.amazon.nova-2-lite-v1:0';
const MICRO = 'amazon.nova-micro-v1:0';

/** What is asked, and what the answer's error says; `answered` where there is none. */
type Row = readonly [what: string, ask: Ask, complaint: string];

const ROWS: readonly Row[] = [
  // the model's id
  [
    'an id of nothing',
    { modelId: 'gpt-4o', messages: [HI] },
    'ValidationException: The provided model identifier is invalid.',
  ],
  [
    'an id of another vendor',
    { modelId: 'acme.model-v1:0', messages: [HI] },
    'ValidationException: The provided model identifier is invalid.',
  ],
  [
    'a foundation model by its ARN',
    { modelId: `arn:aws:bedrock:us-east-1::foundation-model/${HAIKU_3}`, messages: [HI] },
    'answered',
  ],
  [
    'an application inference profile',
    { modelId: 'arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/abc123', messages: [HI] },
    'answered',
  ],
  [
    'a model that needs an inference profile',
    { modelId: 'anthropic.claude-opus-4-1-20250805-v1:0', messages: [HI] },
    'ValidationException: Invocation of model ID anthropic.claude-opus-4-1-20250805-v1:0 with on-demand throughput isn’t supported. Retry your request with the ID or ARN of an inference profile that contains this model.',
  ],
  [
    'the same through its profile',
    { modelId: 'us.anthropic.claude-opus-4-1-20250805-v1:0', messages: [HI] },
    'answered',
  ],
  // the conversation
  [
    'no messages',
    {},
    "ValidationException: 1 validation error detected: Value null at 'messages' failed to satisfy constraint: Member must not be null",
  ],
  [
    'an empty conversation',
    { messages: [] },
    'ValidationException: A conversation must start with a user message. Try again with a conversation that starts with a user message.',
  ],
  [
    'an assistant that speaks first',
    { messages: [assistant({ text: 'Hi' }), HI] },
    'ValidationException: A conversation must start with a user message. Try again with a conversation that starts with a user message.',
  ],
  [
    'two user turns in a row',
    { messages: [HI, HI] },
    'ValidationException: A conversation must alternate between user and assistant roles. Make sure the conversation alternates between user and assistant roles and try again.',
  ],
  [
    'a turn without content',
    { messages: [user()] },
    'ValidationException: The content field in the Message object at messages.0 is empty. Add a ContentBlock object to the content field and try again.',
  ],
  [
    'a blank text',
    { messages: [user({ text: 'a' }, { text: ' \n' })] },
    'ValidationException: The text field in the ContentBlock object at messages.0.content.1 is blank. Add text to the text field, and try again.',
  ],
  [
    'a blank system text',
    { messages: [HI], system: [{ text: ' ' }] },
    'ValidationException: The text field in the SystemContentBlock object at system.0 is blank. Add text to the text field, and try again.',
  ],
  [
    'a field path that is no pointer',
    { messages: [HI], additionalModelResponseFieldPaths: ['stop'] },
    'ValidationException: The value at additionalModelResponseFieldPaths.0 is not a valid JSON Pointer. Provide a valid JSON Pointer and try again.',
  ],
  [
    'half a guardrail',
    { messages: [HI], guardrailConfig: { guardrailIdentifier: 'abc', guardrailVersion: undefined } },
    'ValidationException: The guardrailIdentifier and guardrailVersion fields must be provided together in guardrailConfig.',
  ],
  [
    'a guardrail that does not exist',
    { messages: [HI], guardrailConfig: { guardrailIdentifier: 'missing1', guardrailVersion: '1' } },
    'ValidationException: The guardrail identifier or version provided in the request does not exist.',
  ],
  // limits of values
  [
    'a temperature over 1',
    { messages: [HI], inferenceConfig: { temperature: 1.1 } },
    "ValidationException: 1 validation error detected: Value at 'inferenceConfig.temperature' failed to satisfy constraint: Member must have value less than or equal to 1",
  ],
  [
    'no tools in a toolConfig',
    { messages: [HI], toolConfig: { tools: [] } },
    "ValidationException: 1 validation error detected: Value at 'toolConfig.tools' failed to satisfy constraint: Member must have length greater than or equal to 1",
  ],
  [
    "a tool's name with a space",
    { messages: [HI], toolConfig: { tools: [{ toolSpec: { ...TOOL.toolSpec, name: 'look up' } }] } },
    "ValidationException: 1 validation error detected: Value at 'toolConfig.tools.1.member.toolSpec.name' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z0-9_-]+",
  ],
  // system
  [
    'a system prompt to Titan',
    { modelId: TITAN, messages: [HI], system: [{ text: 'a' }] },
    "ValidationException: This model doesn't support system messages. Try again without a system message or use a model that supports system messages.",
  ],
  [
    'a system prompt to Mixtral',
    { modelId: MIXTRAL, messages: [HI], system: [{ text: 'a' }] },
    "ValidationException: This model doesn't support system messages. Try again without a system message or use a model that supports system messages.",
  ],
  // tools
  [
    'tools to Titan',
    { modelId: TITAN, messages: [HI], toolConfig: TOOLS },
    "ValidationException: This model doesn't support tool use.",
  ],
  ['tools to Llama, not streaming', { modelId: LLAMA, messages: [HI], toolConfig: TOOLS }, 'answered'],
  [
    'a choice of any to Llama',
    { modelId: LLAMA, messages: [HI], toolConfig: { ...TOOLS, toolChoice: { any: {} } } },
    "ValidationException: This model doesn't support the toolConfig.toolChoice.any field. Remove toolConfig.toolChoice.any and try again.",
  ],
  [
    'a forced tool to Mistral',
    { modelId: MISTRAL, messages: [HI], toolConfig: { ...TOOLS, toolChoice: { tool: { name: 'look_up' } } } },
    "ValidationException: This model doesn't support the toolConfig.toolChoice.tool field. Remove toolConfig.toolChoice.tool and try again.",
  ],
  [
    'auto to Command R, whose default it is',
    { modelId: COMMAND_R, messages: [HI], toolConfig: { ...TOOLS, toolChoice: { auto: {} } } },
    'answered',
  ],
  [
    'a choice of any to Command R',
    { modelId: COMMAND_R, messages: [HI], toolConfig: { ...TOOLS, toolChoice: { any: {} } } },
    "ValidationException: This model doesn't support the toolConfig.toolChoice.any field. Remove toolConfig.toolChoice.any and try again.",
  ],
  [
    'a schema that is no object',
    { messages: [HI], toolConfig: { tools: [{ toolSpec: { name: 'a', inputSchema: { json: { type: 'string' } } } }] } },
    'ValidationException: The value at toolConfig.tools.0.toolSpec.inputSchema.json.type must be one of the following: object.',
  ],
  [
    'two tools of one name',
    { messages: [HI], toolConfig: { tools: [TOOL, TOOL] } },
    'ValidationException: The model returned the following errors: tools: Tool names must be unique.',
  ],
  [
    'a forced tool that is not offered',
    { messages: [HI], toolConfig: { ...TOOLS, toolChoice: { tool: { name: 'other' } } } },
    "ValidationException: The model returned the following errors: Tool 'other' not found in provided tools",
  ],
  [
    'a strict tool to a model that knows it',
    { modelId: SONNET_4_5, messages: [HI], toolConfig: { tools: [{ toolSpec: { ...TOOL.toolSpec, strict: true } }] } },
    'answered',
  ],
  [
    'a strict tool to one that does not',
    { messages: [HI], toolConfig: { tools: [{ toolSpec: { ...TOOL.toolSpec, strict: true } }] } },
    'ValidationException: The model returned the following errors: tools.0.custom.strict: Extra inputs are not permitted',
  ],
  [
    'tool blocks without toolConfig',
    { messages: [HI, assistant(call('a')), user(result('a'))] },
    'ValidationException: The toolConfig field must be defined when using toolUse and toolResult content blocks.',
  ],
  [
    'calls and their results',
    {
      messages: [HI, assistant(call('a'), call('b')), user(result('b'), result('a'), { text: 'go on' })],
      toolConfig: TOOLS,
    },
    'answered',
  ],
  [
    'a call without result',
    { messages: [HI, assistant(call('a'), call('b')), user(result('a'))], toolConfig: TOOLS },
    'ValidationException: Expected toolResult blocks at messages.2.content for the following Ids: b',
  ],
  [
    'a conversation that ends with a call',
    { messages: [HI, assistant(call('a'))], toolConfig: TOOLS },
    'ValidationException: Expected toolResult blocks at messages.2.content for the following Ids: a',
  ],
  [
    'a result without call',
    { messages: [user(result('a'))], toolConfig: TOOLS },
    'ValidationException: The number of toolResult blocks at messages.0.content exceeds the number of toolUse blocks of previous turn.',
  ],
  [
    'one id for two calls',
    { messages: [HI, assistant(call('a'), call('a')), user(result('a'), result('a'))], toolConfig: TOOLS },
    'ValidationException: The toolUse blocks at messages.1.content contain duplicate Ids: a',
  ],
  [
    'a call by the user',
    { messages: [user(call('a'))], toolConfig: TOOLS },
    'ValidationException: The toolUse block at messages.0.content.0 must be in an assistant message.',
  ],
  [
    'input that is no object',
    {
      messages: [HI, assistant({ toolUse: { toolUseId: 'a', name: 'look_up', input: [1] } }), user(result('a'))],
      toolConfig: TOOLS,
    },
    'ValidationException: The format of the value at messages.1.content.0.toolUse.input is invalid. Provide a json object for the field and try again.',
  ],
  [
    'a failed call that says nothing',
    {
      messages: [HI, assistant(call('a')), user({ toolResult: { toolUseId: 'a', status: 'error', content: [] } })],
      toolConfig: TOOLS,
    },
    'ValidationException: The content field at messages.2.content.0.toolResult cannot be empty when status value is error.',
  ],
  [
    'text beside results to Llama',
    { modelId: LLAMA_4, messages: [HI, assistant(call('a')), user(result('a'), { text: 'x' })], toolConfig: TOOLS },
    'ValidationException: messages.2.content: Conversation blocks and tool result blocks cannot be provided in the same turn.',
  ],
  [
    'a long id of a call to Mistral',
    { modelId: MISTRAL, messages: [HI, assistant(call('call_12345')), user(result('call_12345'))], toolConfig: TOOLS },
    'ValidationException: The model returned the following errors: Tool call id was call_12345 but must be a-z, A-Z, 0-9, with a length of 9.',
  ],
  // media
  ['an image', { messages: [user({ text: 'a' }, IMAGE)] }, 'answered'],
  [
    'an image to a model that sees none',
    { modelId: MICRO, messages: [user({ text: 'a' }, IMAGE)] },
    "ValidationException: This model doesn't support the image field for user messages. Remove image and try again.",
  ],
  [
    'an image from the assistant',
    { messages: [HI, assistant({ text: 'a' }, IMAGE), HI] },
    "ValidationException: This model doesn't support the image field for assistant messages. Remove image and try again.",
  ],
  [
    'an image in a result',
    {
      messages: [HI, assistant(call('a')), user({ toolResult: { toolUseId: 'a', content: [IMAGE] } })],
      toolConfig: TOOLS,
    },
    'answered',
  ],
  [
    'an image in a result to Pixtral',
    {
      modelId: 'us.mistral.pixtral-large-2502-v1:0',
      messages: [HI, assistant(call('abcdefghi')), user({ toolResult: { toolUseId: 'abcdefghi', content: [IMAGE] } })],
      toolConfig: TOOLS,
    },
    "ValidationException: This model doesn't support the image field for user messages. Remove image and try again.",
  ],
  [
    '21 images',
    { messages: [user({ text: 'a' }, ...Array.from({ length: 21 }, () => IMAGE))] },
    'ValidationException: The model returned the following errors: too many images and documents: 21 images > 20 or 0 documents > 5',
  ],
  [
    'a document without text',
    { messages: [user(DOCUMENT)] },
    'ValidationException: The content at messages.0 includes a document but no text. Add a text block when you use documents, and try again.',
  ],
  [
    'a document to a model that reads none',
    { modelId: MICRO, messages: [user({ text: 'a' }, DOCUMENT)] },
    "ValidationException: This model doesn't support the document field for user messages. Remove document and try again.",
  ],
  [
    "a document's name with a dot",
    { messages: [user({ text: 'a' }, { document: { ...DOCUMENT.document, name: 'a.txt' } })] },
    "ValidationException: The document file name can only contain alphanumeric characters, whitespace characters, hyphens, parentheses, and square brackets. The name can't contain more than one consecutive whitespace character.",
  ],
  [
    'two documents of one name',
    { messages: [user({ text: 'a' }, DOCUMENT, DOCUMENT)] },
    "ValidationException: The model returned the following errors: document names must be unique, found 'a' twice",
  ],
  // caches
  [
    'a cache point on a model without cache',
    { modelId: HAIKU_3, messages: [user({ text: 'a' }, CACHE)] },
    'AccessDeniedException: You invoked an unsupported model or your request did not allow prompt caching. See the documentation for more information.',
  ],
  ['a cache point among tools', { messages: [HI], toolConfig: { tools: [TOOL, CACHE] } }, 'answered'],
  [
    'a cache point among tools of Nova',
    { modelId: NOVA, messages: [HI], toolConfig: { tools: [TOOL, CACHE] } },
    'ValidationException: Malformed input request: #/toolConfig/tools/1: extraneous key [cachePoint] is not permitted, please reformat your input and try again.',
  ],
  [
    'a ttl to Nova',
    { modelId: NOVA, messages: [HI], system: [{ text: 'a' }, { cachePoint: { type: 'default', ttl: '5m' } }] },
    'ValidationException: Malformed input request: #/system/1/cachePoint: extraneous key [ttl] is not permitted, please reformat your input and try again.',
  ],
  [
    'five cache points',
    { messages: [user(...Array.from({ length: 5 }, () => [{ text: 'a' }, CACHE]).flat())] },
    'ValidationException: The model returned the following errors: A maximum of 4 blocks with cache_control may be provided. Found 5.',
  ],
  [
    'a long ttl behind a short one',
    { messages: [user({ text: 'a' }, { cachePoint: { type: 'default', ttl: '1h' } })], system: [{ text: 'a' }, CACHE] },
    "ValidationException: The model returned the following errors: messages.0.content.1.cache_control.ttl: a ttl='1h' cache_control block must not come after a ttl='5m' cache_control block. Note that blocks are processed in the following order: `tools`, `system`, `messages`.",
  ],
  // sampling, prefill, formats
  [
    'temperature and topP to 4.5',
    { modelId: SONNET_4_5, messages: [HI], inferenceConfig: { temperature: 0.5, topP: 0.5 } },
    'ValidationException: The model returned the following errors: `temperature` and `top_p` cannot both be specified for this model. Please use only one.',
  ],
  [
    'a temperature to 4.7',
    { modelId: OPUS_4_7, messages: [HI], inferenceConfig: { temperature: 0.5 } },
    'ValidationException: The model returned the following errors: `temperature` is deprecated for this model.',
  ],
  ['a beginning of the answer', { messages: [HI, assistant({ text: 'Well' })] }, 'answered'],
  [
    'a beginning that ends in space',
    { messages: [HI, assistant({ text: 'Well ' })] },
    'ValidationException: The model returned the following errors: messages: final assistant content cannot end with trailing whitespace',
  ],
  [
    'a beginning to 4.6',
    { modelId: OPUS_4_6, messages: [HI, assistant({ text: 'Well' })] },
    'ValidationException: The model returned the following errors: This model does not support assistant message prefill. The conversation must end with a user message.',
  ],
  [
    'a text format to a model without',
    { messages: [HI], ...schema({ type: 'object' }) },
    "ValidationException: This model doesn't support the outputConfig.textFormat field. Remove outputConfig.textFormat and try again.",
  ],
  [
    'an open schema to Claude',
    { modelId: SONNET_4_5, messages: [HI], ...schema({ type: 'object', properties: {} }) },
    "ValidationException: The model returned the following errors: output_format.schema: For 'object' type, 'additionalProperties' must be explicitly set to false",
  ],
  [
    'a closed one',
    { modelId: SONNET_4_5, messages: [HI], ...schema({ type: 'object', properties: {}, additionalProperties: false }) },
    'answered',
  ],
  [
    'a prompt over the window',
    { modelId: 'meta.llama3-8b-instruct-v1:0', messages: [user({ text: 'word '.repeat(8001) })] },
    'ValidationException: Input is too long for requested model.',
  ],
  [
    'a prompt over the window of Claude',
    { messages: [user({ text: 'word '.repeat(200_000) })] },
    'ValidationException: The model returned the following errors: prompt is too long: 200003 tokens > 200000 maximum',
  ],
  // Claude
  [
    'a field that Claude does not know',
    { messages: [HI], additionalModelRequestFields: { seed: 1 } },
    'ValidationException: The model returned the following errors: seed: Extra inputs are not permitted',
  ],
  [
    'a field twice',
    { messages: [HI], inferenceConfig: { maxTokens: 9 }, additionalModelRequestFields: { max_tokens: 9 } },
    'ValidationException: The additional field max_tokens conflicts with an existing field.',
  ],
  [
    'tool_choice without tools',
    { messages: [HI], additionalModelRequestFields: { tool_choice: { type: 'auto' } } },
    'ValidationException: The model returned the following errors: tool_choice may only be specified while providing tools.',
  ],
  [
    'tool_choice of two types',
    {
      messages: [HI],
      toolConfig: { ...TOOLS, toolChoice: { any: {} } },
      additionalModelRequestFields: { tool_choice: { type: 'auto' } },
    },
    'ValidationException: The additional field tool_choice.type conflicts with an existing field.',
  ],
  [
    'a blank stop sequence',
    { messages: [HI], inferenceConfig: { stopSequences: ['\n'] } },
    'ValidationException: The model returned the following errors: stop_sequences: each stop sequence must contain non-whitespace',
  ],
  [
    'thinking on a model that does not',
    { modelId: HAIKU_3, messages: [HI], ...thinking({ budget_tokens: 1024 }) },
    'ValidationException: The model returned the following errors: thinking: Extra inputs are not permitted',
  ],
  [
    'a small budget',
    { messages: [HI], ...thinking({ budget_tokens: 1023 }) },
    'ValidationException: The model returned the following errors: thinking.enabled.budget_tokens: Input should be greater than or equal to 1024',
  ],
  [
    'a budget over maxTokens',
    { messages: [HI], inferenceConfig: { maxTokens: 1024 }, ...thinking({ budget_tokens: 1024 }) },
    'ValidationException: The model returned the following errors: `max_tokens` must be greater than `thinking.budget_tokens`.',
  ],
  [
    'thinking and a forced tool',
    { messages: [HI], toolConfig: { ...TOOLS, toolChoice: { any: {} } }, ...thinking({ budget_tokens: 1024 }) },
    'ValidationException: The model returned the following errors: Thinking may not be enabled when tool_choice forces tool use.',
  ],
  [
    'thinking and a temperature',
    { messages: [HI], inferenceConfig: { temperature: 0 }, ...thinking({ budget_tokens: 1024 }) },
    'ValidationException: The model returned the following errors: `temperature` may only be set to 1 when thinking is enabled.',
  ],
  [
    'a budget to 4.7',
    { modelId: OPUS_4_7, messages: [HI], ...thinking({ budget_tokens: 1024 }) },
    'ValidationException: The model returned the following errors: "thinking.type.enabled" is not supported for this model. Use "thinking.type.adaptive" and "output_config.effort" to control thinking behavior.',
  ],
  ['adaptive thinking to 4.7', { modelId: OPUS_4_7, messages: [HI], ...thinking({ type: 'adaptive' }) }, 'answered'],
  [
    'a call whose thoughts are gone',
    {
      messages: [HI, assistant(call('a')), user(result('a'))],
      toolConfig: TOOLS,
      ...thinking({ budget_tokens: 1024 }),
    },
    'ValidationException: The model returned the following errors: messages.1.content.0.type: Expected `thinking` or `redacted_thinking`, but found `tool_use`. When `thinking` is enabled, a final `assistant` message must start with a thinking block (preceeding the lastmost set of `tool_use` and `tool_result` blocks).',
  ],
  [
    'a forged thought',
    {
      messages: [
        HI,
        assistant({ reasoningContent: { reasoningText: { text: 'x', signature: 'y' } } }, { text: 'z' }),
        HI,
      ],
    },
    'ValidationException: The model returned the following errors: messages.1.content.0: Invalid `signature` in `thinking` block',
  ],
  [
    'an unsigned thought',
    { messages: [HI, assistant({ reasoningContent: { reasoningText: { text: 'x' } } }, { text: 'z' }), HI] },
    'ValidationException: The model returned the following errors: messages.1.content.0.thinking.signature: Field required',
  ],
  [
    'a thought to DeepSeek',
    {
      modelId: 'us.deepseek.r1-v1:0',
      messages: [HI, assistant({ reasoningContent: { reasoningText: { text: 'x' } } }, { text: 'z' }), HI],
    },
    "ValidationException: This model doesn't support the reasoningContent field for assistant messages. Remove reasoningContent and try again.",
  ],
  // Nova
  [
    'a reasoningConfig to Nova 1',
    { modelId: NOVA, messages: [HI], additionalModelRequestFields: { reasoningConfig: {} } },
    'ValidationException: Malformed input request: #: extraneous key [reasoningConfig] is not permitted, please reformat your input and try again.',
  ],
  [
    'topK inside inferenceConfig to Nova',
    { modelId: NOVA, messages: [HI], additionalModelRequestFields: { inferenceConfig: { topK: 5 } } },
    'answered',
  ],
  [
    'high effort with maxTokens to Nova 2',
    {
      modelId: NOVA_2,
      messages: [HI],
      inferenceConfig: { maxTokens: 9 },
      additionalModelRequestFields: { reasoningConfig: { type: 'enabled', maxReasoningEffort: 'high' } },
    },
    'ValidationException: maxTokens cannot be set when maxReasoningEffort is high. Remove maxTokens and try again.',
  ],
];

describe('what the simulator refuses', () => {
  let sim: Simulator;
  before(async () => void (sim = await startSimulator()));
  after(() => sim.close());

  for (const [what, ask, expected] of ROWS) {
    it(`${expected === 'answered' ? 'takes' : 'refuses'} ${what}`, async () => {
      expect(await complaint(converse(sim, ask))).to.equal(expected);
    });
  }

  it('refuses tools to Llama while streaming', async () => {
    const ask = { modelId: LLAMA, messages: [HI], toolConfig: TOOLS };
    expect(await complaint(converseStream(sim, ask))).to.equal(
      "ValidationException: This model doesn't support tool use in streaming mode.",
    );
  });

  it('takes its own thoughts back, and no one else’s', async () => {
    const think = { ...thinking({ budget_tokens: 1024 }), messages: [HI] };
    const { output } = await converse(sim, think);
    const history = [HI, assistant(...(output?.message?.content ?? [])), HI];
    expect(await complaint(converse(sim, { ...think, messages: history }))).to.equal('answered');
    const other = await startSimulator({ seed: 2 });
    const refused = await complaint(converse(other, { ...think, messages: history }));
    await other.close();
    expect(refused).to.include('Invalid `signature`');
  });

  it('reports every value that is out of range at once', async () => {
    const inferenceConfig = { maxTokens: 0, topP: 2, temperature: -1 };
    const text = await complaint(converse(sim, { messages: [HI], inferenceConfig }));
    expect(text).to.match(/^ValidationException: 3 validation errors detected: /);
  });

  it('answers JSON of the wrong types with a SerializationException', async () => {
    const text = await complaint(converse(sim, { modelId: SONNET_4, messages: 'Hi' as unknown as [] }));
    expect(text).to.match(/^SerializationException: Expected a list at 'messages'/);
  });

  it('answers JSON nested beyond measure the same way', async () => {
    const json = JSON.parse(`${'['.repeat(2000)}${']'.repeat(2000)}`) as [];
    const messages = [HI, assistant({ toolUse: { toolUseId: 'a', name: 'look_up', input: json } }), user(result('a'))];
    expect(await complaint(converse(sim, { messages, toolConfig: TOOLS }))).to.equal(
      'SerializationException: The request body is nested too deeply.',
    );
  });
});
