import { expect } from 'chai';
import fc from 'fast-check';
import type OpenAI from 'openai';
import type { ChatEvent } from '../../../src/gateway/chat/chat-answer.js';
import { GatewayError } from '../../../src/gateway/chat/gateway-error.js';
import { chunkRenderer, renderStreamError } from '../../../src/gateway/chat/render-chat-chunk.js';
import { chunksOf, ENVELOPE, rendered, STOP } from './answers.js';

const USAGE = { inputTokens: 3, outputTokens: 4, cacheReadTokens: 0, cacheWriteTokens: 0 };
const RENDERED_USAGE = {
  prompt_tokens: 3,
  completion_tokens: 4,
  total_tokens: 7,
  prompt_tokens_details: { cached_tokens: 0, cache_write_tokens: 0 },
};
const HEAD = { ...ENVELOPE, object: 'chat.completion.chunk' };

describe('chunkRenderer', () => {
  for (const [name, event, delta] of [
    ['start as the role', { type: 'start' }, { role: 'assistant', content: '' }],
    ['text', { type: 'text', text: 'Hé\n"\u2028' }, { content: 'Hé\n"\u2028' }],
    ['reasoning', { type: 'reasoning', text: 'So.' }, { reasoning_content: 'So.' }],
    [
      'a thinking block',
      { type: 'thinking_block', block: { type: 'redacted_thinking', data: 'AA==' } },
      { thinking_blocks: [{ type: 'redacted_thinking', data: 'AA==' }] },
    ],
    [
      'the start of a call',
      { type: 'tool_call', index: 1, id: 'a', name: 'f', arguments: '' },
      { tool_calls: [{ index: 1, id: 'a', type: 'function', function: { name: 'f', arguments: '' } }] },
    ],
    [
      'arguments of a call',
      { type: 'tool_arguments', index: 1, text: '{"x"' },
      { tool_calls: [{ index: 1, function: { arguments: '{"x"' } }] },
    ],
    [
      'an annotation',
      { type: 'annotation', annotation: { url: 'https://a.example', title: 'A', startIndex: 0, endIndex: 5 } },
      {
        annotations: [
          {
            type: 'url_citation',
            url_citation: { url: 'https://a.example', title: 'A', start_index: 0, end_index: 5 },
          },
        ],
      },
    ],
  ] as const) {
    it(`renders ${name}`, () => {
      const text = chunkRenderer({ ...ENVELOPE, includeUsage: false })(event);
      expect(text).to.match(/^data: \{.*\}\n\n$/s);
      expect(chunksOf(text)).to.deep.equal([
        { ...HEAD, choices: [{ index: 0, delta, logprobs: null, finish_reason: null }] },
      ]);
    });
  }

  for (const event of [
    { type: 'text', text: '' },
    { type: 'reasoning', text: '' },
    { type: 'tool_arguments', index: 0, text: '' },
  ] as const) {
    it(`says nothing for ${event.type} without text`, () => {
      expect(chunkRenderer({ ...ENVELOPE, includeUsage: true })(event)).to.equal('');
    });
  }

  it('lets tier, provider facts and its own members ride on the finish chunk', () => {
    const finish = {
      reason: 'length',
      usage: USAGE,
      serviceTier: 'flex',
      extension: { name: 'bedrock', members: { a: 1 } },
    } as const;
    const text = chunkRenderer({ ...ENVELOPE, includeUsage: false })(
      { type: 'finish', finish },
      { keeptrusts: { b: 2 } },
    );
    expect(chunksOf(text)).to.deep.equal([
      {
        ...HEAD,
        choices: [{ index: 0, delta: {}, logprobs: null, finish_reason: 'length' }],
        service_tier: 'flex',
        bedrock: { a: 1 },
        keeptrusts: { b: 2 },
      },
    ]);
  });

  it('adds a usage chunk without choices when asked, which then carries its own members', () => {
    const finish = { reason: 'stop', usage: USAGE, serviceTier: 'flex' } as const;
    const text = chunkRenderer({ ...ENVELOPE, includeUsage: true })(
      { type: 'finish', finish },
      { keeptrusts: { b: 2 } },
    );
    expect(chunksOf(text)).to.deep.equal([
      {
        ...HEAD,
        choices: [{ index: 0, delta: {}, logprobs: null, finish_reason: 'stop' }],
        usage: null,
        service_tier: 'flex',
      },
      { ...HEAD, choices: [], usage: RENDERED_USAGE, keeptrusts: { b: 2 } },
    ]);
  });

  it('says usage: null in every other chunk when usage is asked for', () => {
    const chunks = chunksOf(
      rendered(
        [{ type: 'start' }, { type: 'text', text: 'a' }, { type: 'finish', finish: { ...STOP, usage: USAGE } }],
        true,
      ),
    );
    expect(chunks.map((chunk) => (chunk as OpenAI.ChatCompletionChunk).usage)).to.deep.equal([
      null,
      null,
      null,
      RENDERED_USAGE,
    ]);
  });

  it('has no usage member and no chunk without choices when usage is not asked for', () => {
    const chunks = chunksOf(rendered([{ type: 'start' }, { type: 'finish', finish: { ...STOP, usage: USAGE } }]));
    for (const chunk of chunks) {
      expect(chunk).not.to.have.property('usage');
      expect(chunk).to.have.property('choices').with.length(1);
    }
  });

  it('sends no usage chunk when the provider reported none', () => {
    expect(chunksOf(rendered([{ type: 'finish', finish: STOP }], true))).to.have.length(1);
  });

  it('keeps any text inside its own event and gives it back whole', () => {
    const render = chunkRenderer({ ...ENVELOPE, includeUsage: false });
    fc.assert(
      fc.property(fc.string({ minLength: 1, unit: 'binary' }), (text) => {
        const sse = render({ type: 'text', text });
        expect(sse.split('\n')).to.have.length(3);
        const [chunk] = chunksOf(sse) as OpenAI.ChatCompletionChunk[];
        expect(chunk?.choices[0]?.delta.content).to.equal(text);
      }),
    );
  });

  for (const text of ['data: [DONE]\n\n', '\r\n\r\nevent: error\r\n', '\ud800', '\u0000']) {
    it(`cannot be ended by a model that says ${JSON.stringify(text)}`, () => {
      const sse = rendered([{ type: 'text', text } satisfies ChatEvent]);
      expect(sse.split(/\r\n|\r|\n/).filter((line) => line.startsWith('data:'))).to.have.length(2);
      expect(sse).to.match(/\n\ndata: \[DONE\]\n\n$/);
    });
  }
});

describe('renderStreamError', () => {
  it('is one event with the four members of an OpenAI error', () => {
    const sse = renderStreamError(new GatewayError('throttled', 'Too many requests.'));
    expect(chunksOf(sse)).to.deep.equal([
      { error: { message: 'Too many requests.', type: 'rate_limit_error', param: null, code: 'rate_limit_exceeded' } },
    ]);
  });
});
