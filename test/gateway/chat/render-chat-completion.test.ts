import { expect } from 'chai';
import type OpenAI from 'openai';
import { renderChatCompletion } from '../../../src/gateway/chat/render-chat-completion.js';
import { answer, ENVELOPE } from './answers.js';

describe('renderChatCompletion', () => {
  it('renders a text answer as OpenAI does', () => {
    const completion = renderChatCompletion(answer(), ENVELOPE);
    // Compiles only while the official types accept it; tiers are the provider's words, of which OpenAI knows some.
    completion satisfies Omit<OpenAI.ChatCompletion, 'service_tier'>;
    expect(completion).to.deep.equal({
      id: 'chatcmpl-1',
      object: 'chat.completion',
      created: 1_700_000_000,
      model: 'anthropic.claude-sonnet-4-20250514-v1:0',
      choices: [
        {
          index: 0,
          message: { role: 'assistant', content: 'Hello.', refusal: null },
          logprobs: null,
          finish_reason: 'stop',
        },
      ],
    });
  });

  for (const [name, members, message] of [
    [
      'tool calls with null content',
      {
        content: null,
        toolCalls: [
          { id: 'a', name: 'f', arguments: '{"x":1}' },
          { id: 'b', name: 'g', arguments: '{}' },
        ],
      },
      {
        content: null,
        tool_calls: [
          { id: 'a', type: 'function', function: { name: 'f', arguments: '{"x":1}' } },
          { id: 'b', type: 'function', function: { name: 'g', arguments: '{}' } },
        ],
      },
    ],
    ['an empty answer', { content: '' }, { content: '' }],
    [
      'reasoning beside the content, never in it',
      {
        reasoning: 'So.',
        thinkingBlocks: [
          { type: 'thinking', thinking: 'So.', signature: 's' },
          { type: 'redacted_thinking', data: 'AA==' },
        ],
      },
      {
        content: 'Hello.',
        reasoning_content: 'So.',
        thinking_blocks: [
          { type: 'thinking', thinking: 'So.', signature: 's' },
          { type: 'redacted_thinking', data: 'AA==' },
        ],
      },
    ],
    [
      'citations as annotations',
      { annotations: [{ url: 'https://a.example', startIndex: 0, endIndex: 5 }] },
      {
        content: 'Hello.',
        annotations: [
          {
            type: 'url_citation',
            url_citation: { url: 'https://a.example', title: '', start_index: 0, end_index: 5 },
          },
        ],
      },
    ],
  ] as const) {
    it(`renders ${name}`, () => {
      const [choice] = renderChatCompletion(answer(members), ENVELOPE).choices;
      expect(choice.message).to.deep.equal({ role: 'assistant', refusal: null, ...message });
    });
  }

  for (const reason of ['stop', 'length', 'tool_calls', 'content_filter'] as const) {
    it(`passes on the finish reason ${reason}`, () => {
      expect(renderChatCompletion(answer({ finish: { reason } }), ENVELOPE).choices[0].finish_reason).to.equal(reason);
    });
  }

  it('counts cached tokens as part of the prompt', () => {
    const usage = { inputTokens: 16, outputTokens: 9, cacheReadTokens: 2387, cacheWriteTokens: 100 };
    expect(renderChatCompletion(answer({ finish: { reason: 'stop', usage } }), ENVELOPE).usage).to.deep.equal({
      prompt_tokens: 2503,
      completion_tokens: 9,
      total_tokens: 2512,
      prompt_tokens_details: { cached_tokens: 2387, cache_write_tokens: 100 },
    });
  });

  it("carries the provider's tier and its own facts", () => {
    const members = { stop_reason: 'end_turn', trace: { guardrail: {} } };
    const finish = { reason: 'stop', serviceTier: 'flex', extension: { name: 'bedrock', members } } as const;
    expect(renderChatCompletion(answer({ finish }), ENVELOPE))
      .to.include({ service_tier: 'flex' })
      .and.to.have.property('bedrock', members);
  });
});
