import { expect } from 'chai';
import { parseChatRequest } from '../../../src/gateway/chat/parse-chat-request.js';
import { chatBody, parsed, refusalOf } from './chat-body.js';

const TOOL = { type: 'function', function: { name: 'get_weather' } };

describe('parseChatRequest', () => {
  it('gives a bare request nothing but its defaults', () => {
    expect(parsed()).to.deep.equal({
      model: 'm',
      messages: [{ role: 'user', content: [{ type: 'text', text: 'hi' }] }],
      tools: [],
      stop: [],
      stream: false,
      includeUsage: false,
      hints: {},
      extensions: {},
      dropped: [],
      ignored: [],
    });
  });

  it('takes every explicit null as absent', () => {
    const names =
      `tools tool_choice parallel_tool_calls functions function_call max_completion_tokens max_tokens temperature
      top_p top_k stop n logprobs top_logprobs modalities audio response_format reasoning_effort thinking stream stream_options
      service_tier metadata seed user store logit_bias presence_penalty frequency_penalty prediction verbosity
      guardrailConfig performance_config additionalModelRequestFields additional_model_response_field_paths`.split(
        /\s+/,
      );
    expect(parsed(Object.fromEntries(names.map((name) => [name, null])))).to.deep.equal(parsed());
  });

  for (const [name, members, expected] of [
    ['max_completion_tokens', { max_completion_tokens: 5 }, { maxTokens: 5, maxTokensParam: 'max_completion_tokens' }],
    ['max_tokens', { max_tokens: 7 }, { maxTokens: 7, maxTokensParam: 'max_tokens' }],
    [
      'max_completion_tokens before max_tokens',
      { max_completion_tokens: 5, max_tokens: 7 },
      { maxTokens: 5, maxTokensParam: 'max_completion_tokens' },
    ],
    ['temperature 0', { temperature: 0 }, { temperature: 0 }],
    ['temperature 2, whatever the target can', { temperature: 2 }, { temperature: 2 }],
    ['top_p', { top_p: 0.5 }, { topP: 0.5 }],
    ['top_k', { top_k: 40 }, { topK: 40 }],
    ['one stop text', { stop: 'END' }, { stop: ['END'] }],
    ['stop texts without the empty ones and untrimmed', { stop: ['', ' \n', 'END'] }, { stop: [' \n', 'END'] }],
    ['an empty stop text', { stop: '' }, { stop: [] }],
    ['n 1', { n: 1 }, {}],
    ['logprobs false', { logprobs: false }, {}],
    ['modalities of text alone', { modalities: ['text'] }, {}],
    ['a text response format', { response_format: { type: 'text' } }, {}],
    ['a json_object', { response_format: { type: 'json_object' } }, { responseFormat: { type: 'json_object' } }],
    [
      'a json_schema',
      {
        response_format: { type: 'json_schema', json_schema: { name: 's', schema: { type: 'object' }, strict: true } },
      },
      { responseFormat: { type: 'json_schema', name: 's', schema: { type: 'object' }, strict: true } },
    ],
    ['reasoning_effort', { reasoning_effort: 'xhigh' }, { reasoningEffort: 'xhigh' }],
    ['reasoning_effort none', { reasoning_effort: 'none' }, { reasoningEffort: 'none' }],
    ['thinking as it came', { thinking: { type: 'enabled', x: [1] } }, { thinking: { type: 'enabled', x: [1] } }],
    ['stream', { stream: true }, { stream: true }],
    [
      'include_usage on a stream',
      { stream: true, stream_options: { include_usage: true } },
      { stream: true, includeUsage: true },
    ],
    ['include_usage without a stream', { stream_options: { include_usage: true } }, {}],
    ['service_tier flex', { service_tier: 'flex' }, { serviceTier: 'flex' }],
    ['service_tier priority', { service_tier: 'priority' }, { serviceTier: 'priority' }],
    ['service_tier default', { service_tier: 'default' }, { serviceTier: 'default' }],
    ['service_tier auto as nothing', { service_tier: 'auto' }, {}],
    ['service_tier scale as dropped', { service_tier: 'scale' }, { dropped: ['service_tier'] }],
    ['metadata', { metadata: { a: 'b' } }, { metadata: { a: 'b' } }],
    ['metadata that is plain as text', { metadata: { a: 1, b: true } }, { metadata: { a: '1', b: 'true' } }],
    ['metadata that cannot be text', { metadata: { a: 'b', c: {} } }, { metadata: { a: 'b' }, dropped: ['metadata'] }],
    ['metadata of another type', { metadata: 'x' }, { dropped: ['metadata'] }],
    [
      'performanceConfig',
      { performanceConfig: { latency: 'optimized' } },
      ext({ performanceConfig: { latency: 'optimized' } }),
    ],
    ['guardrail_config', { guardrail_config: { trace: 'enabled' } }, ext({ guardrailConfig: { trace: 'enabled' } })],
    [
      'camel case before snake case',
      { guardrailConfig: { trace: 'enabled' }, guardrail_config: { trace: 'disabled' } },
      ext({ guardrailConfig: { trace: 'enabled' } }),
    ],
    [
      'additional_model_request_fields',
      { additional_model_request_fields: { a: null } },
      ext({ additionalModelRequestFields: { a: null } }),
    ],
    [
      'additionalModelResponseFieldPaths',
      { additionalModelResponseFieldPaths: ['/stop_sequence'] },
      ext({ additionalModelResponseFieldPaths: ['/stop_sequence'] }),
    ],
    ['promptVariables', { promptVariables: { a: { text: 'b' } } }, ext({ promptVariables: { a: { text: 'b' } } })],
    ['tool_choice without tools as nothing', { tool_choice: 'required' }, {}],
    ['parallel_tool_calls without tools as nothing', { parallel_tool_calls: false, tools: [] }, {}],
    ['unknown members by name', { frobnicate: 1, x: null }, { ignored: ['frobnicate', 'x'] }],
  ] as const) {
    it(`reads ${name}`, () => {
      expect(parsed(members)).to.deep.equal({ ...parsed(), ...expected });
    });
  }

  it('collects hints as they came', () => {
    const hints = {
      seed: 1,
      user: 'u',
      store: false,
      logit_bias: { 50256: -100 },
      presence_penalty: 0,
      frequency_penalty: 1,
      prediction: { type: 'content', content: 'x' },
      verbosity: 'low',
      safety_identifier: 's',
      prompt_cache_key: 'k',
      prompt_cache_retention: '24h',
      prompt_cache_options: { mode: 'explicit' },
      web_search_options: {},
      moderation: { model: 'omni-moderation-latest' },
    };
    expect(parsed(hints)).to.deep.equal({ ...parsed(), hints });
  });

  it('names at most twenty unknown members, cut', () => {
    const members = Object.fromEntries(Array.from({ length: 50 }, (_, i) => [`${i}x`.padEnd(100, 'x'), 1]));
    const { ignored } = parsed(members);
    expect(ignored).to.have.length(20);
    expect(new Set(ignored.map((name) => name.length))).to.deep.equal(new Set([64]));
  });

  for (const [name, body] of [
    ['nothing', undefined],
    ['null', null],
    ['a string', 'x'],
    ['an array', []],
    ['absurd nesting', JSON.parse(`{"model":"m","thinking":${'{"a":'.repeat(300)}1${'}'.repeat(300)}}`)],
  ] as const) {
    it(`refuses ${name} as a body, blaming no member`, () => {
      const refusal = refusalOf(() => parseChatRequest(body));
      expect(refusal.status).to.equal(400);
      expect(refusal.body().error).to.include({ type: 'invalid_request_error', param: null, code: null });
    });
  }

  for (const secret of ['078-05-1120', 'AKIAIOSFODNN7EXAMPLE', 4111111111111111]) {
    it(`repeats nothing of ${secret}, wherever it comes`, () => {
      const names = `messages tools tool_choice functions function_call max_tokens temperature top_p top_k stop n logprobs
        modalities audio response_format reasoning_effort thinking stream stream_options metadata guardrail_config`;
      const bodies = [
        ...names.split(/\s+/).map((name) => ({ [name]: secret })),
        { messages: [{ role: secret, content: 'x' }] },
        { messages: [{ role: 'user', content: [{ type: secret }] }] },
        {
          messages: [
            { role: 'user', content: [{ type: 'image_url', image_url: { url: `data:${secret}/x;base64,AA==` } }] },
          ],
        },
        { response_format: { type: secret } },
        { tools: [{ type: secret }] },
      ];
      let refusals = 0;
      for (const body of bodies) {
        try {
          parsed(body);
        } catch (error) {
          refusals += 1;
          expect((error as Error).message).to.not.include(String(secret));
        }
      }
      expect(refusals).to.be.greaterThan(15);
    });
  }

  for (const [param, members] of [
    ['model', { model: undefined }],
    ['model', { model: '' }],
    ['model', { model: 7 }],
    ['messages', { messages: undefined }],
    ['messages', { messages: [] }],
    ['messages', { messages: 'hi' }],
    ['messages', { messages: {} }],
    ['messages[0]', { messages: ['hi'] }],
    ['messages[1]', { messages: [{ role: 'user', content: 'hi' }, null] }],
    ['max_tokens', { max_tokens: 0 }],
    ['max_tokens', { max_tokens: 1.5 }],
    ['max_tokens', { max_tokens: '5', max_completion_tokens: 5 }],
    ['max_completion_tokens', { max_completion_tokens: -1 }],
    ['temperature', { temperature: -0.1 }],
    ['temperature', { temperature: 2.1 }],
    ['temperature', { temperature: '1' }],
    ['temperature', JSON.parse('{"temperature": 1e999}')],
    ['top_p', { top_p: 1.1 }],
    ['top_p', { top_p: -1 }],
    ['top_p', { top_p: true }],
    ['top_k', { top_k: -1 }],
    ['stop', { stop: 5 }],
    ['stop', { stop: ['a', null] }],
    ['n', { n: 2 }],
    ['n', { n: 0 }],
    ['n', { n: '1' }],
    ['logprobs', { logprobs: true }],
    ['logprobs', { logprobs: 'yes' }],
    ['top_logprobs', { top_logprobs: 3 }],
    ['modalities', { modalities: ['text', 'audio'] }],
    ['modalities', { modalities: 'text' }],
    ['modalities', { modalities: ['audio'], audio: { voice: 'alloy', format: 'wav' } }],
    ['audio', { audio: { voice: 'alloy', format: 'wav' } }],
    ['reasoning_effort', { reasoning_effort: 'extreme' }],
    ['reasoning_effort', { reasoning_effort: 1 }],
    ['thinking', { thinking: true }],
    ['response_format', { response_format: 'json_object' }],
    ['response_format.type', { response_format: {} }],
    ['response_format.type', { response_format: { type: 'xml' } }],
    ['response_format.json_schema', { response_format: { type: 'json_schema' } }],
    ['response_format.json_schema.name', { response_format: { type: 'json_schema', json_schema: { schema: {} } } }],
    ['response_format.json_schema.schema', { response_format: { type: 'json_schema', json_schema: { name: 's' } } }],
    ['stream', { stream: 'true' }],
    ['stream_options', { stream_options: true }],
    ['stream_options.include_usage', { stream_options: { include_usage: 1 } }],
    ['guardrail_config', { guardrail_config: 'x' }],
    ['additionalModelResponseFieldPaths', { additionalModelResponseFieldPaths: [1] }],
    ['tools', { tools: {} }],
    ['tool_choice', { tools: [TOOL], tool_choice: 5 }],
    ['parallel_tool_calls', { tools: [TOOL], parallel_tool_calls: 'no' }],
  ] as const) {
    it(`refuses ${JSON.stringify(members)} at ${param}`, () => {
      const refusal = refusalOf(() => parseChatRequest(chatBody(members)));
      expect(refusal.status).to.equal(400);
      expect(refusal.body().error).to.include({ type: 'invalid_request_error', param, code: null });
    });
  }

  it('says what was expected and what came', () => {
    expect(refusalOf(() => parsed({ temperature: 3 })).message).to.equal(
      'temperature: expected a number from 0 to 2, got 3',
    );
  });

  it("never quotes the caller's text", () => {
    const secret = 'my password is hunter2';
    for (const members of [
      { model: [secret] },
      { messages: [{ role: secret }] },
      { reasoning_effort: secret },
      { stop: { [secret]: 1 } },
    ]) {
      expect(refusalOf(() => parsed(members)).message).not.to.include('hunter2');
    }
  });
});

function ext(extensions: object): object {
  return { extensions };
}
