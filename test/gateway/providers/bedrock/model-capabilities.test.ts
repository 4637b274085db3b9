import { expect } from 'chai';
import type { ModelCapabilities } from '../../../../src/gateway/providers/bedrock/capabilities.js';
import { modelCapabilities } from '../../../../src/gateway/providers/bedrock/model-capabilities.js';

const ALL_PLACES = ['tools', 'system', 'messages'] as const;
const PROFILE = 'arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/a1b2';

describe('modelCapabilities', () => {
  for (const [model, contextTokens] of [
    ['anthropic.claude-sonnet-4-20250514-v1:0', 200_000],
    ['anthropic.claude-3-5-sonnet-20241022-v2:0', 200_000],
    ['anthropic.claude-3-5-haiku-20241022-v1:0', 200_000],
    ['anthropic.claude-3-opus-20240229-v1:0', 200_000],
    ['anthropic.claude-3-haiku-20240307-v1:0', 200_000],
    ['meta.llama3-1-405b-instruct-v1:0', 128_000],
    ['meta.llama3-1-70b-instruct-v1:0', 128_000],
    ['meta.llama3-1-8b-instruct-v1:0', 128_000],
    ['mistral.mistral-large-2407-v1:0', 128_000],
    ['cohere.command-r-plus-v1:0', 128_000],
    ['cohere.command-r-v1:0', 128_000],
    ['mistral.mixtral-8x7b-instruct-v0:1', 32_000],
    ['amazon.titan-text-premier-v1:0', 32_000],
    ['amazon.nova-pro-v1:0', 300_000],
    ['amazon.nova-lite-v1:0', 300_000],
    ['anthropic.claude-opus-4-6-v1', 1_000_000],
    ['anthropic.claude-v2', 100_000],
    ['anthropic.claude-v2:1', 200_000],
  ] as const) {
    it(`knows the context window of ${model}`, () => {
      expect(modelCapabilities(model).contextTokens).to.equal(contextTokens);
    });
  }

  const rows: readonly (readonly [string, Partial<ModelCapabilities>])[] = [
    ['anthropic.claude-v2:1', { system: true, tools: false, images: false, documents: true, cachePoints: [] }],
    ['anthropic.claude-instant-v1', { tools: false, images: false }],
    ['anthropic.claude-3-haiku-20240307-v1:0', { tools: true, images: true, cachePoints: [], reasoning: 'none' }],
    ['anthropic.claude-3-5-haiku-20241022-v1:0', { images: false, cachePoints: ALL_PLACES }],
    ['anthropic.claude-3-5-sonnet-20240620-v1:0', { images: true, cachePoints: [] }],
    ['anthropic.claude-3-5-sonnet-20241022-v2:0', { images: true, cachePoints: ALL_PLACES, sampling: 'both' }],
    ['anthropic.claude-3-7-sonnet-20250219-v1:0', { reasoning: 'budget', sampling: 'both', prefill: true }],
    ['anthropic.claude-sonnet-4-20250514-v1:0', { reasoning: 'budget', sampling: 'both', jsonSchema: false }],
    ['anthropic.claude-opus-4-1-20250805-v1:0', { reasoning: 'budget', sampling: 'one', strictTools: false }],
    [
      'anthropic.claude-haiku-4-5-20251001-v1:0',
      { sampling: 'one', strictTools: true, jsonSchema: true, prefill: true },
    ],
    ['anthropic.claude-opus-4-6-v1', { reasoning: 'adaptive', prefill: false, strictTools: true, sampling: 'one' }],
    ['anthropic.claude-sonnet-4-6', { reasoning: 'adaptive', prefill: false, parallelSwitch: true }],
    [
      'anthropic.claude-opus-4-7',
      { sampling: 'none', strictTools: false, jsonSchema: false, jsonToolBesideTools: false },
    ],
    ['anthropic.claude-sonnet-5', { sampling: 'none', strictTools: false, reasoning: 'adaptive' }],
    ['anthropic.claude-opus-5-5', { toolChoice: ['auto'], sampling: 'none' }],
    ['anthropic.claude-of-tomorrow', { family: 'claude', sampling: 'none', tools: true, images: true }],
    ['amazon.nova-micro-v1:0', { images: false, documents: false, tools: true, cachePoints: ['system', 'messages'] }],
    ['amazon.nova-lite-v1:0', { images: true, documents: true, topK: 'nested', prefill: true, reasoning: 'none' }],
    ['amazon.nova-2-lite-v1:0', { prefill: false, reasoning: 'nova', cacheTtl: false }],
    ['amazon.titan-text-premier-v1:0', { system: false, tools: false, documents: false }],
    ['amazon.titan-text-express-v1', { system: false, tools: false, documents: true, images: false }],
    ['meta.llama2-70b-chat-v1', { system: true, tools: false }],
    ['meta.llama3-8b-instruct-v1:0', { tools: false, documents: true }],
    ['meta.llama3-1-8b-instruct-v1:0', { tools: true, streamingTools: false, toolChoice: ['auto'], images: false }],
    ['meta.llama3-2-1b-instruct-v1:0', { tools: false }],
    ['meta.llama3-2-90b-instruct-v1:0', { tools: true, images: true }],
    ['meta.llama4-scout-17b-instruct-v1:0', { tools: true, streamingTools: false, images: true }],
    ['mistral.mistral-7b-instruct-v0:2', { system: false, tools: false, toolCallIds: 'nine' }],
    ['mistral.mistral-large-2402-v1:0', { streamingTools: false, toolChoice: ['auto', 'any'] }],
    ['mistral.mistral-small-2402-v1:0', { tools: true, streamingTools: false }],
    ['mistral.pixtral-large-2502-v1:0', { streamingTools: true, images: true, toolResultImages: false }],
    ['cohere.command-r-v1:0', { system: true, tools: true, streamingTools: true, toolChoice: [] }],
    ['cohere.command-text-v14', { system: false, tools: false, documents: true }],
    ['cohere.command-light-text-v14', { documents: false }],
    ['ai21.jamba-1-5-large-v1:0', { tools: true, streamingTools: true, toolChoice: [] }],
    ['deepseek.r1-v1:0', { tools: false, streamingTools: false, reasoningHistory: false }],
    ['deepseek.v3-v1:0', { tools: true, toolChoice: ['any'], jsonSchema: true, reasoning: 'config' }],
    ['openai.gpt-oss-20b-1:0', { toolChoice: [], documents: false, reasoning: 'effort', jsonSchema: true }],
    ['writer.palmyra-x5-v1:0', { tools: true, streamingTools: false, documents: false }],
    ['qwen.qwen3-32b-v1:0', { jsonSchema: true, tools: true }],
    ['somebody.model-9', { family: 'other', system: true, tools: true, streamingTools: true, images: true }],
    [PROFILE, { family: 'other', toolChoice: ['auto', 'any', 'tool'], cachePoints: ALL_PLACES }],
  ];
  for (const [model, expected] of rows) {
    it(`knows ${model}`, () => {
      expect(modelCapabilities(model)).to.deep.include(expected);
    });
  }

  it('reads a geography and an ARN the same way as the bare id', () => {
    const bare = modelCapabilities('meta.llama3-1-8b-instruct-v1:0');
    expect(modelCapabilities('us.meta.llama3-1-8b-instruct-v1:0')).to.deep.equal(bare);
    const arn = 'arn:aws:bedrock:us-east-1:123456789012:inference-profile/us.meta.llama3-1-8b-instruct-v1:0';
    expect(modelCapabilities(arn)).to.deep.equal(bare);
  });

  it('looks base_model up where the ARN does not tell', () => {
    const known = modelCapabilities(PROFILE, { base_model: 'meta.llama3-1-8b-instruct-v1:0' });
    expect(known.streamingTools).to.equal(false);
  });

  it('is overruled by the capabilities of the target', () => {
    const said = {
      system: false,
      tools: true,
      streaming_tools: true,
      tool_choice: ['any'],
      images: false,
      documents: false,
      cache: false,
      strict_tools: true,
      json_schema: true,
      prefill: false,
    } as const;
    expect(modelCapabilities('somebody.model-9', { capabilities: said })).to.deep.include({
      system: false,
      tools: true,
      streamingTools: true,
      toolChoice: ['any'],
      images: false,
      toolResultImages: false,
      documents: false,
      cachePoints: [],
      strictTools: true,
      jsonSchema: true,
      prefill: false,
    });
  });

  it('puts cache points where the line takes them, or everywhere, when the target says that there are any', () => {
    const places = (model: string) => modelCapabilities(model, { capabilities: { cache: true } }).cachePoints;
    expect(places('amazon.nova-lite-v1:0')).to.deep.equal(['system', 'messages']);
    expect(places('meta.llama3-1-8b-instruct-v1:0')).to.deep.equal(ALL_PLACES);
  });
});
