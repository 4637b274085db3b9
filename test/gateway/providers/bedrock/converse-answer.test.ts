import type {
  ContentBlock,
  ConverseCommandOutput,
  ConverseResponse,
  TokenUsage,
} from '@aws-sdk/client-bedrock-runtime';
import { expect } from 'chai';
import type { ChatAnswer } from '../../../../src/gateway/chat/chat-answer.js';
import { toChatAnswer } from '../../../../src/gateway/providers/bedrock/converse-answer.js';
import { refusalOf } from '../../chat/chat-body.js';
import { reading } from './reading.js';

// docs/mapping.md, "Answers".

const USAGE: TokenUsage = { inputTokens: 16, outputTokens: 9, totalTokens: 25 };

function answered(
  content: readonly object[],
  { stopReason = 'end_turn', ...members }: Partial<ConverseResponse> = {},
  read = reading(),
): ChatAnswer {
  // Blocks are typed one by one in the SDK; the tests also send some that it does not know.
  const output = { message: { role: 'assistant' as const, content: content as ContentBlock[] } };
  return toChatAnswer({ output, stopReason, usage: USAGE, ...members }, read);
}

function use(name: string, input: unknown = {}, members: object = {}): object {
  return { toolUse: { toolUseId: `id-${name}`, name, input, ...members } };
}

describe('toChatAnswer', () => {
  it('joins texts without a separator', () => {
    expect(answered([{ text: 'Hel' }, { text: 'lo' }]).content).to.equal('Hello');
  });

  it('has no content beside calls alone', () => {
    const { content, toolCalls, finish } = answered([use('f', { a: 1 })], { stopReason: 'tool_use' });
    expect(content).to.equal(null);
    expect(toolCalls).to.deep.equal([{ id: 'id-f', name: 'f', arguments: '{"a":1}' }]);
    expect(finish.reason).to.equal('tool_calls');
  });

  it('has empty content when there is nothing at all', () => {
    const { content, finish } = answered([]);
    expect(content).to.equal('');
    expect(finish.reason).to.equal('stop');
  });

  it('gives tools their own names back', () => {
    const read = reading({}, 'get weather');
    const { toolCalls } = answered([use(read.toolNames.bedrock('get weather'))], {}, read);
    expect(toolCalls[0]?.name).to.equal('get weather');
  });

  it('takes missing input for an empty object', () => {
    expect(answered([{ toolUse: { toolUseId: '1', name: 'f' } }]).toolCalls[0]?.arguments).to.equal('{}');
  });

  it('says tool_calls where the model said end_turn, and length where it was cut', () => {
    expect(answered([use('f')]).finish.reason).to.equal('tool_calls');
    expect(answered([use('f')], { stopReason: 'max_tokens' }).finish.reason).to.equal('length');
  });

  it('passes on only the first call where the caller wants one', () => {
    const { toolCalls } = answered([use('f'), use('g')], {}, reading({ firstCallOnly: true }));
    expect(toolCalls.map(({ name }) => name)).to.deep.equal(['f']);
  });

  it('does not show what the service did by itself', () => {
    const blocks = [
      use('search', {}, { type: 'server_tool_use' }),
      { toolResult: { toolUseId: '1', content: [] } },
      { text: 'x' },
    ];
    const { content, toolCalls, finish } = answered(blocks);
    expect([content, toolCalls, finish.reason]).to.deep.equal(['x', [], 'stop']);
  });

  it('returns the text of a guardrail as content_filter, with its trace', () => {
    const trace = { guardrail: { actionReason: 'blocked' } };
    const { content, finish } = answered([{ text: 'Sorry.' }], { stopReason: 'guardrail_intervened', trace });
    expect(content).to.equal('Sorry.');
    expect(finish.reason).to.equal('content_filter');
    expect(finish.extension).to.deep.equal({
      name: 'bedrock',
      members: { stop_reason: 'guardrail_intervened', trace },
    });
  });

  it('keeps a stop reason of tomorrow in the extension', () => {
    const { finish } = answered([{ text: 'x' }], { stopReason: 'new_reason' as 'end_turn' });
    expect(finish.reason).to.equal('stop');
    expect(finish.extension?.members).to.deep.equal({ stop_reason: 'new_reason' });
  });

  it('keeps reasoning apart from content', () => {
    const { content, reasoning, thinkingBlocks } = answered([
      { reasoningContent: { reasoningText: { text: 'hm ', signature: 'c2ln' } } },
      { reasoningContent: { redactedContent: Uint8Array.from([1, 2, 3]) } },
      { reasoningContent: { reasoningText: { text: 'so' } } },
      { text: 'x' },
    ]);
    expect(content).to.equal('x');
    expect(reasoning).to.equal('hm so');
    expect(thinkingBlocks).to.deep.equal([
      { type: 'thinking', thinking: 'hm ', signature: 'c2ln' },
      { type: 'redacted_thinking', data: 'AQID' },
      { type: 'thinking', thinking: 'so' },
    ]);
  });

  it('makes annotations of web citations, and keeps others in the extension', () => {
    const page = { title: 'Page', location: { web: { url: 'https://a.example/' } } };
    const chunk = { title: 'Doc', location: { documentChunk: { documentIndex: 0, start: 1, end: 2 } } };
    const { content, annotations, finish } = answered([
      { text: 'As said: ' },
      { citationsContent: { content: [{ text: 'cited' }], citations: [page, chunk] } },
    ]);
    expect(content).to.equal('As said: cited');
    expect(annotations).to.deep.equal([{ url: 'https://a.example/', title: 'Page', startIndex: 9, endIndex: 14 }]);
    expect(finish.extension?.members).to.deep.equal({ stop_reason: 'end_turn', citations: [chunk] });
  });

  it('leaves out blocks that have no place in the answer, and names them', () => {
    const blocks = [{ image: { format: 'png' } }, { $unknown: ['hologram', { a: 1 }] }, { text: 'x' }];
    const { content, finish } = answered(blocks);
    expect(content).to.equal('x');
    expect(finish.extension?.members).to.deep.equal({
      stop_reason: 'end_turn',
      ignored_content: ['image', 'hologram'],
    });
  });

  it('counts tokens as Bedrock reports them', () => {
    const usage: TokenUsage = {
      ...USAGE,
      totalTokens: 2412,
      cacheReadInputTokens: 2000,
      cacheWriteInputTokens: 387,
      cacheDetails: [
        { ttl: '1h', inputTokens: 300 },
        { ttl: '5m', inputTokens: 87 },
      ],
    };
    expect(answered([], { usage }).finish.usage).to.deep.equal({
      inputTokens: 16,
      outputTokens: 9,
      cacheReadTokens: 2000,
      cacheWriteTokens: 387,
      cacheWrite1hTokens: 300,
    });
  });

  it('has no usage when Bedrock reports none', () => {
    expect(answered([], { usage: undefined }).finish).not.to.have.property('usage');
  });

  it('passes on the service tier and the facts of Bedrock', () => {
    const { serviceTier, extension } = answered([], {
      serviceTier: { type: 'flex' },
      metrics: { latencyMs: 7 },
      performanceConfig: { latency: 'optimized' },
      additionalModelResponseFields: { '/stop_sequence': 'END' },
      usage: { ...USAGE, cacheDetails: [{ ttl: '5m', inputTokens: 1 }] },
    }).finish;
    expect(serviceTier).to.equal('flex');
    expect(extension?.members).to.deep.equal({
      stop_reason: 'end_turn',
      additional_model_response_fields: { '/stop_sequence': 'END' },
      latency_ms: 7,
      performance_config: { latency: 'optimized' },
      cache_details: [{ ttl: '5m', inputTokens: 1 }],
    });
  });

  for (const output of [undefined, {}]) {
    it(`refuses an answer whose output is ${JSON.stringify(output)}`, () => {
      const answer = { output, $metadata: { requestId: 'r-1' } } as Partial<ConverseCommandOutput>;
      const error = refusalOf(() => toChatAnswer(answer, reading()));
      expect([error.status, error.body().error.code]).to.deep.equal([502, 'invalid_upstream_response']);
      expect(error.upstreamRequestId).to.equal('r-1');
    });
  }

  describe('with a hidden JSON tool', () => {
    const read = reading({ jsonTool: 'json_answer' });

    it('has its input for content, and no text around it', () => {
      const blocks = [{ text: 'Here:' }, use('json_answer', { city: 'Bern' }), { text: 'Done.' }];
      const { content, toolCalls, finish } = answered(blocks, { stopReason: 'tool_use' }, read);
      expect([content, toolCalls, finish.reason]).to.deep.equal(['{"city":"Bern"}', [], 'stop']);
    });

    it('has the part that there is when the answer was cut', () => {
      const { content, finish } = answered([use('json_answer', '{"city":')], { stopReason: 'max_tokens' }, read);
      expect([content, finish.reason]).to.deep.equal(['{"city":', 'length']);
    });

    it('shows other calls, and the text when the tool was not called', () => {
      const { content, toolCalls, finish } = answered([{ text: 'Wait.' }, use('f')], { stopReason: 'tool_use' }, read);
      expect(content).to.equal('Wait.');
      expect(toolCalls).to.have.length(1);
      expect(finish.reason).to.equal('tool_calls');
    });

    it('takes the first of two', () => {
      const blocks = [use('json_answer', { n: 1 }), use('json_answer', { n: 2 })];
      expect(answered(blocks, {}, read).content).to.equal('{"n":1}');
    });
  });
});
