import { expect } from 'chai';
import fc from 'fast-check';
import { GatewayError } from '../../../src/gateway/chat/gateway-error.js';
import { parseChatRequest } from '../../../src/gateway/chat/parse-chat-request.js';
import { parseEmbeddingRequest } from '../../../src/gateway/chat/parse-embedding-request.js';
import { PNG } from './chat-body.js';

// A body that uses every member which is read, so that putting garbage at any of its paths reaches every reader.
const mark = { cache_control: { type: 'ephemeral', ttl: '1h' } };
const FULL = {
  model: 'm',
  messages: [
    { role: 'developer', content: [{ type: 'text', text: 'a', ...mark }], ...mark },
    {
      role: 'user',
      name: 'n',
      content: [
        { type: 'text', text: 'a', prompt_cache_breakpoint: { mode: 'explicit' } },
        { type: 'image_url', image_url: { url: `data:image/png;base64,${PNG}`, detail: 'low' } },
        { type: 'file', file: { file_data: PNG, filename: 'x.pdf' } },
        { type: 'input_audio', input_audio: { data: PNG, format: 'wav' } },
        { type: 'video_url', video_url: { url: 's3://my-bucket/x.mp4' } },
      ],
    },
    {
      role: 'assistant',
      content: [{ type: 'refusal', refusal: 'r' }],
      refusal: 'r',
      audio: { id: 'a', transcript: 't' },
      tool_calls: [{ id: 'a', type: 'function', function: { name: 'f', arguments: '{}' } }],
      thinking_blocks: [
        { type: 'thinking', thinking: 't', signature: 's' },
        { type: 'redacted_thinking', data: 'AA==' },
      ],
    },
    { role: 'tool', tool_call_id: 'a', content: 'x' },
    { role: 'assistant', function_call: { name: 'f', arguments: '{}' } },
    { role: 'function', name: 'f', content: 'x' },
  ],
  tools: [
    {
      type: 'function',
      function: { name: 'f', description: 'd', parameters: { type: 'object' }, strict: true },
      ...mark,
    },
  ],
  tool_choice: {
    type: 'allowed_tools',
    allowed_tools: { mode: 'auto', tools: [{ type: 'function', function: { name: 'f' } }] },
  },
  parallel_tool_calls: false,
  functions: [],
  function_call: null,
  response_format: { type: 'json_schema', json_schema: { name: 's', description: 'd', schema: {}, strict: true } },
  max_tokens: 1,
  max_completion_tokens: 1,
  temperature: 1,
  top_p: 1,
  top_k: 1,
  stop: ['x'],
  n: 1,
  logprobs: false,
  top_logprobs: null,
  modalities: ['text'],
  audio: null,
  reasoning_effort: 'low',
  thinking: {},
  stream: true,
  stream_options: { include_usage: true },
  service_tier: 'flex',
  metadata: { a: 'b' },
  seed: 1,
  user: 'u',
  performanceConfig: {},
  guardrail_config: {},
  additionalModelRequestFields: {},
  promptVariables: {},
  additional_model_response_field_paths: ['/x'],
};

const EMBEDDING = {
  model: 'm',
  input: ['a', 'b'],
  dimensions: 2,
  encoding_format: 'float',
  input_type: 'x',
  normalize: true,
  user: 'u',
};

type Path = readonly (string | number)[];

/** Where something may be put: every member and every element. */
function pathsOf(value: unknown, path: Path = []): Path[] {
  const children = typeof value === 'object' && value !== null ? Object.entries(value) : [];
  return [path, ...children.flatMap(([key, child]) => pathsOf(child, [...path, key]))];
}

function replaced(value: unknown, [key, ...rest]: Path, garbage: unknown): unknown {
  if (key === undefined) return garbage;
  const copy = structuredClone(value) as Record<string | number, unknown>;
  copy[key] = replaced(copy[key], rest, garbage);
  return copy;
}

const NASTY = [
  '',
  ' ',
  '\ud800',
  '__proto__',
  'constructor',
  'toString',
  '\u0000',
  'auto',
  'data:,',
  's3://',
  1e300,
  -0,
  NaN,
].map((value) => value as unknown);

const garbage = fc.oneof(
  fc.jsonValue({ maxDepth: 3 }),
  fc.constantFrom(...NASTY),
  fc.constantFrom(
    { type: 'text' },
    { type: 'function', function: null },
    [[]],
    [{}],
    JSON.parse('{"__proto__":{"role":"user"}}'),
  ),
);

describe('garbage', () => {
  for (const [name, parse, full] of [
    ['parseChatRequest', parseChatRequest, FULL],
    ['parseEmbeddingRequest', parseEmbeddingRequest, EMBEDDING],
  ] as const) {
    it(`is read by ${name} or refused with 400 and a place, wherever it stands`, () => {
      const somewhere = fc.constantFrom(...pathsOf(full));
      fc.assert(
        fc.property(fc.array(fc.tuple(somewhere, garbage), { minLength: 1, maxLength: 3 }), (places) => {
          expectReadOrRefused(
            parse,
            places.reduce<unknown>((body, [path, value]) => safelyReplaced(body, path, value), full),
          );
        }),
        { numRuns: 3000 },
      );
    });

    it(`is read by ${name} or refused when it is the whole body`, () => {
      fc.assert(fc.property(garbage, (body) => expectReadOrRefused(parse, body)));
    });
  }

  it('has a full body to stand in that is right itself', () => {
    expect(parseChatRequest(FULL).messages).to.have.length(6);
  });
});

/** An earlier replacement may have taken the path away. */
function safelyReplaced(body: unknown, path: Path, value: unknown): unknown {
  return pathsOf(body).some((known) => known.join('\n') === path.join('\n')) ? replaced(body, path, value) : body;
}

function expectReadOrRefused(parse: (body: unknown) => object, body: unknown): void {
  try {
    expect(parse(body)).to.have.property('model').that.is.a('string').and.not.equal('');
  } catch (error) {
    if (!(error instanceof GatewayError)) throw error;
    expect(error.status).to.equal(400);
    const { message, param, type, code } = error.body().error;
    expect({ type, code }).to.deep.equal({ type: 'invalid_request_error', code: null });
    expect(message)
      .to.be.a('string')
      .and.satisfy((text: string) => text.length < 1000);
    if (param !== null) expect(param).to.match(/^[a-zA-Z_]+(?:\[\d+\])?(?:\.[a-z_]+(?:\[\d+\])?)*$/);
  }
}

describe('a hostile body', () => {
  const many = 200_000;
  for (const [name, members] of [
    ['many messages', { messages: Array.from({ length: many }, () => ({ role: 'user', content: 'x' })) }],
    [
      'many parts',
      { messages: [{ role: 'user', content: Array.from({ length: many }, () => ({ type: 'text', text: 'x' })) }] },
    ],
    ['many results of one legacy call', legacyResults(many)],
    ['many calls and results', manyCalls(many)],
    [
      'many tools',
      { tools: Array.from({ length: many }, (_, i) => ({ type: 'function', function: { name: `f${i}` } })) },
    ],
    ['many allowed tools', { ...manyAllowed(many) }],
    ['many members', Object.fromEntries(Array.from({ length: many }, (_, i) => [`m${i}`, i]))],
    ['a stop text of white space', { stop: ' '.repeat(10_000_000) }],
    ['a content of white space', { messages: [{ role: 'user', content: ' '.repeat(10_000_000) }] }],
    ['a long name of a file', fileNamed('.'.repeat(10_000_000))],
    ['a long data URL of no base64', fileNamed('x', `data:${';'.repeat(10_000_000)}`)],
    ['deep nesting', JSON.parse(`{"metadata":${'['.repeat(1_000_000)}${']'.repeat(1_000_000)}}`)],
  ] as const) {
    it(`of ${name} is read or refused in linear time`, () => {
      expectReadOrRefused(parseChatRequest, { model: 'm', messages: [{ role: 'user', content: 'x' }], ...members });
    });
  }
});

function legacyResults(count: number): object {
  const call = { role: 'assistant', function_call: { name: 'f', arguments: '{}' } };
  return { messages: [call, ...Array.from({ length: count }, () => ({ role: 'function', name: 'f', content: '' }))] };
}

function manyCalls(count: number): object {
  const ids = Array.from({ length: count }, (_, index) => `c${index}`);
  return {
    messages: [
      { role: 'assistant', tool_calls: ids.map((id) => ({ id, function: { name: 'f', arguments: '{}' } })) },
      ...ids.toReversed().map((id) => ({ role: 'tool', tool_call_id: id, content: '' })),
    ],
  };
}

function manyAllowed(count: number): object {
  const functions = Array.from({ length: count }, (_, index) => ({
    type: 'function',
    function: { name: `f${index}` },
  }));
  return {
    tools: functions,
    tool_choice: { type: 'allowed_tools', allowed_tools: { mode: 'auto', tools: functions } },
  };
}

function fileNamed(filename: string, data = PNG): object {
  return { messages: [{ role: 'user', content: [{ type: 'file', file: { file_data: data, filename } }] }] };
}
