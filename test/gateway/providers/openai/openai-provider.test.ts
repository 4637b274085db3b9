import { expect } from 'chai';
import { systemClock } from '../../../../src/core/clock.js';
import { parseEmbeddingRequest } from '../../../../src/gateway/chat/parse-embedding-request.js';
import { openKeyedUpstream } from '../../../../src/gateway/providers/http/keyed-upstream.js';
import {
  createOpenAiProvider,
  OPENAI,
  type OpenAiTarget,
} from '../../../../src/gateway/providers/openai/openai-provider.js';
import type { Provider } from '../../../../src/gateway/providers/provider.js';
import { calling, chat, collected, failure } from '../bedrock/outcomes.js';
import { type Asked, events, json, page, pausing, type Reply, withScriptedApi } from '../http/scripted-api.js';

const ENV = { KEY: 'sk-test-1234567890' };

function opened(target: Partial<OpenAiTarget>, env = ENV as Record<string, string>) {
  const whole: OpenAiTarget = { id: 'gpt', model: 'gpt-4o', secret_key_ref: { env: 'KEY' }, ...target };
  const upstream = openKeyedUpstream(whole, OPENAI, { env, clock: systemClock });
  return { upstream, provider: createOpenAiProvider({ target: whole, upstream, clock: systemClock }) };
}

function against<T>(
  replies: readonly Reply[],
  use: (provider: Provider, asked: readonly Asked[]) => Promise<T>,
  target: Partial<OpenAiTarget> = {},
): Promise<T> {
  return withScriptedApi(replies, async (url, asked) => {
    const { provider } = opened({ base_url: `${url}/v1`, ...target });
    try {
      return await use(provider, asked);
    } finally {
      provider.close();
    }
  });
}

const ANSWER = {
  id: 'chatcmpl-1',
  choices: [{ index: 0, message: { role: 'assistant', content: 'rain' }, finish_reason: 'stop' }],
  usage: { prompt_tokens: 10, completion_tokens: 2, prompt_tokens_details: { cached_tokens: 4 } },
};

const chunk = (members: object): string => `data: ${JSON.stringify(members)}\n\n`;
const delta = (members: object, finish_reason: string | null = null): string =>
  chunk({ choices: [{ index: 0, delta: members, finish_reason }] });
const STREAM =
  delta({ role: 'assistant', content: '' }) +
  delta({ content: 'It is ' }) +
  delta({ tool_calls: [{ index: 1, id: 'call_a', type: 'function', function: { name: 'look', arguments: '' } }] }) +
  delta({ tool_calls: [{ index: 1, function: { arguments: '{"at":"é"}' } }] }) +
  delta({}, 'tool_calls') +
  chunk({ choices: [], usage: { prompt_tokens: 9, completion_tokens: 3 } });

describe('OpenAiProvider', () => {
  it('asks for its own model with key, headers and trace, and reads the answer', async () => {
    const call = calling(undefined, { traceparent: '00-1-2-01' });
    await against(
      [json(ANSWER, 200, { 'x-request-id': 'req_9' })],
      async (provider, asked) => {
        const { answer, upstreamRequestId } = await provider.complete(chat({ model: 'other', max_tokens: 5 }), call);
        expect([answer.content, answer.finish.reason, upstreamRequestId]).to.deep.equal(['rain', 'stop', 'req_9']);
        expect(answer.finish.usage).to.deep.equal({
          inputTokens: 6,
          outputTokens: 2,
          cacheReadTokens: 4,
          cacheWriteTokens: 0,
        });
        expect(asked[0]).to.deep.include({ method: 'POST', path: '/v1/chat/completions' });
        expect(asked[0]?.headers).to.include({
          authorization: 'Bearer sk-test-1234567890',
          'x-team': 'a',
          traceparent: '00-1-2-01',
        });
        expect(asked[0]?.body).to.deep.include({ model: 'gpt-4o', max_completion_tokens: 5 });
      },
      { headers: { 'X-Team': 'a' } },
    );
  });

  it('streams text and tool calls, with usage', async () => {
    await against([events(`${STREAM}data: [DONE]\n\n`)], async (provider, asked) => {
      const { events: stream, upstreamRequestId } = await provider.stream(chat({ stream: true }), calling());
      expect(upstreamRequestId).to.equal('req_1');
      expect(await collected(stream)).to.deep.equal([
        { type: 'start' },
        { type: 'text', text: 'It is ' },
        { type: 'tool_call', index: 0, id: 'call_a', name: 'look', arguments: '' },
        { type: 'tool_arguments', index: 0, text: '{"at":"é"}' },
        {
          type: 'finish',
          finish: {
            reason: 'tool_calls',
            usage: { inputTokens: 9, outputTokens: 3, cacheReadTokens: 0, cacheWriteTokens: 0 },
          },
        },
      ]);
      expect(asked[0]?.body).to.deep.include({ stream: true, stream_options: { include_usage: true } });
    });
  });

  it('takes the end of the stream for [DONE] when the model has finished', async () => {
    await against([events(STREAM)], async (provider) => {
      const all = await collected((await provider.stream(chat(), calling())).events);
      expect(all.at(-1)).to.have.nested.property('finish.reason', 'tool_calls');
    });
  });

  for (const [name, reply] of [
    ['ends', events(delta({ content: 'a' }))],
    ['says [DONE]', events(`${delta({ content: 'a' })}data: [DONE]\n\n`)],
    ['is cut', events(delta({ content: 'a' }), { cut: true })],
  ] as const) {
    it(`breaks a stream that ${name} before the model has finished`, async () => {
      await against([reply], async (provider) => {
        const error = await failure(provider.stream(chat(), calling()).then(({ events: stream }) => collected(stream)));
        expect([error.reason, error.message]).to.satisfy(
          ([reason, message]: string[]) => reason === 'upstream_connection' && message?.includes('gpt'),
        );
      });
    });
  }

  it('gives an error within the stream its meaning', async () => {
    const broken = delta({ content: 'a' }) + chunk({ error: { type: 'server_error', message: 'oops\nsecond line' } });
    await against([events(broken)], async (provider) => {
      const { events: stream } = await provider.stream(chat(), calling());
      const error = await failure(collected(stream));
      expect([error.reason, error.message]).to.deep.equal(['upstream_internal_error', 'oops']);
    });
  });

  for (const [detail, target, reply] of [
    ['first_event', { first_event_timeout_seconds: 0.05 }, pausing(delta({ role: 'assistant' }))],
    ['idle', { idle_timeout_seconds: 0.05 }, pausing(delta({ content: 'a' }))],
  ] as const) {
    it(`gives up a stream when its ${detail} clock runs out`, async () => {
      await against(
        [reply],
        async (provider) => {
          const error = await failure(provider.stream(chat(), calling()).then(({ events: all }) => collected(all)));
          expect([error.reason, error.detail]).to.deep.equal(['upstream_timeout', detail]);
        },
        target,
      );
    });
  }

  it('closes the upstream when the reader stops early', async () => {
    let closed: Promise<unknown> | undefined;
    const reply: Reply = (response, asked) => {
      closed = new Promise((resolve) => response.once('close', resolve));
      pausing(delta({ content: 'a' }))(response, asked);
    };
    await against([reply], async (provider) => {
      const { events: stream } = await provider.stream(chat(), calling());
      for await (const event of stream) if (event.type === 'text') break;
      await closed;
    });
  });

  const refusal = (error: object) => ({ error });
  for (const [name, reply, expected] of [
    [
      '429',
      json(refusal({ message: 'slow', code: 'rate_limit_exceeded' }), 429, { 'retry-after-ms': '1500' }),
      { reason: 'throttled', retryAfterSeconds: 1.5 },
    ],
    [
      'an empty purse',
      json(refusal({ message: 'pay', type: 'insufficient_quota' }), 429),
      { reason: 'quota_exceeded' },
    ],
    [
      'a long prompt',
      json(refusal({ message: 'long', code: 'context_length_exceeded' }), 400),
      { reason: 'context_length_exceeded', status: 400 },
    ],
    [
      "vLLM's long prompt",
      json({ object: 'error', message: "This model's maximum context length is 8 tokens", code: 400 }, 400),
      { reason: 'context_length_exceeded' },
    ],
    [
      'a wrong key',
      json(refusal({ message: 'Incorrect API key provided: sk-test-1234567890' }), 401),
      { reason: 'upstream_authentication', message: "gpt did not accept the gateway's API key" },
    ],
    [
      '403',
      json(refusal({ message: 'no sk-abc***xyz for you' }), 403),
      { reason: 'access_denied', message: 'no [api key] for you' },
    ],
    [
      'no such model',
      json(refusal({ message: 'none', code: 'model_not_found' }), 404),
      { reason: 'upstream_model_not_found' },
    ],
    [
      'a bad request',
      json(refusal({ message: 'what?' }), 422),
      { reason: 'upstream_invalid_request', status: 422, message: 'what?' },
    ],
    ['500', json(refusal({ message: 'oops' }), 500), { reason: 'upstream_internal_error' }],
    [
      "a proxy's page",
      page('<html><h1>Bad gateway</h1></html>', 502),
      { reason: 'upstream_error', message: 'gpt answered with status 502, but not in its format' },
    ],
    ["a proxy's page for 503", page('<html></html>', 503), { reason: 'upstream_unavailable' }],
    ['a page for an answer', page('<html></html>', 200), { reason: 'invalid_upstream_response' }],
    ['no message', json({ choices: [] }), { reason: 'invalid_upstream_response' }],
    [
      'a cut connection',
      ((response) => void response.destroy()) satisfies Reply,
      { reason: 'upstream_connection', detail: 'reset' },
    ],
  ] as const) {
    it(`gives ${name} its meaning`, async () => {
      await against([reply], async (provider) => {
        expect(await failure(provider.complete(chat(), calling()))).to.include(expected);
      });
    });
  }

  it('embeds, in the order of the request', async () => {
    const data = [1, 0].map((index) => ({ index, embedding: [index, 0.5] }));
    await against([json({ data, usage: { prompt_tokens: 7 } })], async (provider, asked) => {
      const request = parseEmbeddingRequest({ model: 'e', input: ['a', 'b'], dimensions: 2 });
      const { answer } = await provider.embed(request, calling());
      expect(answer).to.deep.equal({
        vectors: [
          [0, 0.5],
          [1, 0.5],
        ],
        inputTokens: 7,
      });
      expect(asked[0]?.body).to.deep.equal({
        model: 'gpt-4o',
        input: ['a', 'b'],
        dimensions: 2,
        encoding_format: 'float',
      });
    });
  });

  it('refuses an answer that lacks a vector', async () => {
    await against([json({ data: [{ index: 1, embedding: [1] }] })], async (provider) => {
      const request = parseEmbeddingRequest({ model: 'e', input: ['a', 'b'] });
      expect(await failure(provider.embed(request, calling()))).to.include({ reason: 'invalid_upstream_response' });
    });
  });

  it('sends no key to find out whether the endpoint is there', async () => {
    await against([page('', 404)], async (provider, asked) => {
      await provider.probe('endpoint', calling());
      expect(asked[0]?.headers).not.to.have.property('authorization');
    });
  });

  it('fails for the reason for which the caller gave up', async () => {
    await against([pausing('')], async (provider) => {
      const reason = new Error('left');
      const work = provider.stream(chat(), calling(AbortSignal.abort(reason)));
      expect(await work.catch((error: unknown) => error)).to.equal(reason);
    });
  });
});

describe('openKeyedUpstream', () => {
  for (const [name, target, env, says] of [
    ['an unset variable', {}, {}, 'the variable KEY is not set'],
    ['no variable for the maker itself', { secret_key_ref: undefined }, ENV, 'names no variable'],
    ['a key with a line end', {}, { KEY: 'a\nb' }, 'holds no API key'],
    ['http beyond loopback', { base_url: 'http://llm.example' }, ENV, 'plain http is for loopback only'],
    ['an unusable proxy', {}, { ...ENV, HTTPS_PROXY: 'ftp://x' }, 'HTTPS_PROXY'],
  ] as const) {
    it(`makes a target with ${name} unavailable, and says why`, async () => {
      const { upstream, provider } = opened(target as Partial<OpenAiTarget>, env);
      expect(upstream.unavailable?.message).to.include(says);
      expect(await failure(provider.complete(chat(), calling()))).to.equal(upstream.unavailable);
      expect(await failure(provider.stream(chat(), calling()))).to.equal(upstream.unavailable);
    });
  }

  it("calls OpenAI itself unless the target names somebody else's server", () => {
    expect(opened({}).upstream).to.include({ name: 'OpenAI', endpoint: 'https://api.openai.com/v1' });
    const own = opened({ base_url: 'http://127.0.0.1:1/v1', secret_key_ref: undefined as never });
    expect(own.upstream).to.include({ name: 'gpt' }).and.not.to.have.property('unavailable');
  });
});
