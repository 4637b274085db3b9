import { expect } from 'chai';
import { systemClock } from '../../../../src/core/clock.js';
import {
  ANTHROPIC,
  type AnthropicTarget,
  createAnthropicProvider,
} from '../../../../src/gateway/providers/anthropic/anthropic-provider.js';
import { openKeyedUpstream } from '../../../../src/gateway/providers/http/keyed-upstream.js';
import type { Provider } from '../../../../src/gateway/providers/provider.js';
import { calling, chat, collected, failure } from '../bedrock/outcomes.js';
import { type Asked, events, json, type Reply, withScriptedApi } from '../http/scripted-api.js';
import { ANSWER, STREAM, sse } from './messages.js';

function against<T>(
  replies: readonly Reply[],
  use: (provider: Provider, asked: readonly Asked[]) => Promise<T>,
): Promise<T> {
  return withScriptedApi(replies, async (url, asked) => {
    const target: AnthropicTarget = {
      id: 'claude',
      model: 'claude-sonnet-4-20250514',
      base_url: url,
      secret_key_ref: { env: 'KEY' },
      headers: { 'X-Team': 'a' },
    };
    const upstream = openKeyedUpstream(target, ANTHROPIC, { env: { KEY: 'sk-ant-1' }, clock: systemClock });
    const provider = createAnthropicProvider({ target, upstream, clock: systemClock });
    try {
      return await use(provider, asked);
    } finally {
      provider.close();
    }
  });
}

const TOOL = { type: 'function', function: { name: 'look', parameters: { type: 'object', properties: {} } } };

describe('AnthropicProvider', () => {
  it('sends a Messages body with key, version and headers', async () => {
    await against([json(ANSWER, 200, { 'request-id': 'req_1' })], async (provider, asked) => {
      const request = chat({
        messages: [
          {
            role: 'system',
            content: [{ type: 'text', text: 'Be brief.', cache_control: { type: 'ephemeral', ttl: '1h' } }],
          },
          {
            role: 'user',
            content: [
              { type: 'text', text: 'Look' },
              { type: 'image_url', image_url: { url: 'data:image/png;base64,iVBORw0KGgo=' } },
            ],
          },
          {
            role: 'assistant',
            tool_calls: [{ id: 'call_1', type: 'function', function: { name: 'look', arguments: '{"a":1}' } }],
          },
          { role: 'tool', tool_call_id: 'call_1', content: 'rain' },
        ],
        tools: [TOOL],
        tool_choice: 'required',
        parallel_tool_calls: false,
        stop: 'X',
        metadata: { a: 'b' },
        performanceConfig: { latency: 'optimized' },
        additionalModelRequestFields: { top_k: 3, anthropic_beta: ['new-2026'] },
      });
      const { dropped, upstreamRequestId } = await provider.complete(request, calling());
      expect(dropped).to.include.members(['metadata', 'performanceConfig']);
      expect(upstreamRequestId).to.equal('req_1');
      expect(asked[0]).to.deep.include({ method: 'POST', path: '/v1/messages' });
      expect(asked[0]?.headers).to.include({
        'x-api-key': 'sk-ant-1',
        'anthropic-version': '2023-06-01',
        'anthropic-beta': 'new-2026',
        'x-team': 'a',
      });
      expect(asked[0]?.body).to.deep.equal({
        model: 'claude-sonnet-4-20250514',
        max_tokens: 4096,
        system: [{ type: 'text', text: 'Be brief.', cache_control: { type: 'ephemeral', ttl: '1h' } }],
        messages: [
          {
            role: 'user',
            content: [
              { type: 'text', text: 'Look' },
              { type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'iVBORw0KGgo=' } },
            ],
          },
          { role: 'assistant', content: [{ type: 'tool_use', id: 'call_1', name: 'look', input: { a: 1 } }] },
          {
            role: 'user',
            content: [{ type: 'tool_result', tool_use_id: 'call_1', content: [{ type: 'text', text: 'rain' }] }],
          },
        ],
        tools: [{ name: 'look', input_schema: { type: 'object', properties: {} } }],
        tool_choice: { type: 'any', disable_parallel_tool_use: true },
        stop_sequences: ['X'],
        top_k: 3,
      });
    });
  });

  it('reads thinking, text, tool calls and usage of a whole answer', async () => {
    await against([json(ANSWER)], async (provider) => {
      const { answer } = await provider.complete(chat({ tools: [TOOL] }), calling());
      expect(answer).to.deep.include({
        content: 'Let me see.',
        reasoning: 'Hm.',
        thinkingBlocks: [
          { type: 'thinking', thinking: 'Hm.', signature: 'c2ln' },
          { type: 'redacted_thinking', data: 'cmVk' },
        ],
        toolCalls: [{ id: 'toolu_1', name: 'look', arguments: '{"city":"Graz"}' }],
      });
      expect(answer.finish).to.deep.include({
        reason: 'tool_calls',
        usage: { inputTokens: 10, outputTokens: 5, cacheReadTokens: 3, cacheWriteTokens: 4, cacheWrite1hTokens: 1 },
      });
      expect(answer.finish.extension).to.include({ name: 'anthropic' });
    });
  });

  it('streams the same, and ignores pings', async () => {
    await against([events(STREAM)], async (provider, asked) => {
      const all = await collected((await provider.stream(chat({ tools: [TOOL] }), calling())).events);
      const kinds = all.map((event) => event.type);
      expect(kinds).to.deep.equal([
        'start',
        'reasoning',
        'thinking_block',
        'text',
        'tool_call',
        'tool_arguments',
        'finish',
      ]);
      expect(all[4]).to.deep.include({ id: 'toolu_1', name: 'look' });
      expect(all[6]).to.have.nested.property('finish.reason', 'tool_calls');
      expect(all[6]).to.deep.nested.property('finish.usage', {
        inputTokens: 10,
        outputTokens: 7,
        cacheReadTokens: 3,
        cacheWriteTokens: 0,
      });
      expect(asked[0]?.body).to.include({ stream: true });
    });
  });

  it('gives room for an answer beside the thoughts that were asked for', async () => {
    await against([json(ANSWER)], async (provider, asked) => {
      await provider.complete(chat({ reasoning_effort: 'high' }), calling());
      expect(asked[0]?.body).to.deep.include({
        max_tokens: 8192,
        thinking: { type: 'enabled', budget_tokens: 4096 },
      });
    });
  });

  it('brings an answer into a JSON Schema through a tool that the caller never sees', async () => {
    const reply: Reply = (response, asked) => {
      const [tool] = (asked.body?.['tools'] ?? []) as { name: string }[];
      json({ ...ANSWER, content: [{ type: 'tool_use', id: 't', name: tool?.name, input: { n: 1 } }] })(response, asked);
    };
    await against([reply], async (provider) => {
      const schema = { type: 'object', properties: { n: { type: 'integer' } } };
      const format = { type: 'json_schema', json_schema: { name: 'n', schema } };
      const { answer } = await provider.complete(chat({ response_format: format }), calling());
      expect([answer.content, answer.toolCalls.length, answer.finish.reason]).to.deep.equal(['{"n":1}', 0, 'stop']);
    });
  });

  for (const [reason, expected] of [
    ['refusal', 'content_filter'],
    ['pause_turn', 'stop'],
    ['model_context_window_exceeded', 'length'],
    ['max_tokens', 'length'],
    ['a_reason_of_tomorrow', 'stop'],
  ] as const) {
    it(`maps ${reason} to ${expected}`, async () => {
      const answer = { ...ANSWER, content: [{ type: 'text', text: 'a' }], stop_reason: reason };
      await against([json(answer)], async (provider) => {
        const completed = await provider.complete(chat(), calling());
        expect(completed.answer.finish.reason).to.equal(expected);
      });
    });
  }

  const refusal = (type: string, message = 'no') => ({ type: 'error', error: { type, message } });
  for (const [name, reply, expected] of [
    ['529', json(refusal('overloaded_error'), 529), { reason: 'service_unavailable', status: 503 }],
    [
      '429',
      json(refusal('rate_limit_error'), 429, { 'retry-after': '3' }),
      { reason: 'throttled', retryAfterSeconds: 3 },
    ],
    [
      'a wrong key',
      json(refusal('authentication_error', 'invalid x-api-key'), 401),
      { reason: 'upstream_authentication', message: "claude did not accept the gateway's API key" },
    ],
    [
      'a long prompt',
      json(refusal('invalid_request_error', 'prompt is too long: 9 tokens > 8 maximum'), 400),
      { reason: 'context_length_exceeded' },
    ],
    [
      'no credit',
      json(refusal('invalid_request_error', 'Your credit balance is too low'), 400),
      { reason: 'quota_exceeded' },
    ],
    ['no such model', json(refusal('not_found_error', 'model: x'), 404), { reason: 'upstream_model_not_found' }],
    [
      'an answer without content',
      json({}),
      { reason: 'invalid_upstream_response', message: "claude's answer holds no message" },
    ],
  ] as const) {
    it(`gives ${name} its meaning`, async () => {
      await against([reply], async (provider) => {
        expect(await failure(provider.complete(chat(), calling()))).to.include(expected);
      });
    });
  }

  it('gives an error within the stream its meaning', async () => {
    const cut = STREAM.slice(0, STREAM.indexOf('event: message_delta'));
    await against([events(cut + sse('error', refusal('overloaded_error', 'Overloaded')))], async (provider) => {
      const error = await failure(collected((await provider.stream(chat(), calling())).events));
      expect(error).to.include({ reason: 'service_unavailable', message: 'Overloaded' });
    });
  });

  it('breaks a stream that ends before message_stop', async () => {
    const cut = STREAM.slice(0, STREAM.indexOf('event: message_stop'));
    await against([events(cut)], async (provider) => {
      const error = await failure(collected((await provider.stream(chat(), calling())).events));
      expect(error).to.include({ reason: 'upstream_connection', detail: 'truncated' });
      expect(error.message).to.not.include('Bedrock');
    });
  });

  it('counts the tokens of one word to see whether the model is there', async () => {
    await against([json({ input_tokens: 3 })], async (provider, asked) => {
      expect(await provider.probe('count_tokens', calling())).to.deep.equal({});
      expect(asked[0]).to.deep.include({ path: '/v1/messages/count_tokens' });
      expect(asked[0]?.body).to.have.all.keys('model', 'messages');
    });
  });
});
