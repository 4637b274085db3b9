import { expect } from 'chai';
import fc from 'fast-check';
import type { Json } from '../../../src/core/json.js';
import { CLAUDE, TITAN, withWholeGateway } from '../../clients/whole-gateway.js';
import { checkedError } from './data-port.js';

// Statuses that docs/http-api.md has for what a caller sends. 500 is none of them: it would be a bug.
const DOCUMENTED = new Set([200, 400, 404, 405, 413]);

/** Requests that are right, and use every corner of the API. */
const RIGHT: readonly { readonly path: string; readonly body: Json }[] = [
  {
    path: '/v1/chat/completions',
    body: {
      model: CLAUDE,
      messages: [
        { role: 'system', content: 'Be brief.' },
        {
          role: 'user',
          name: 'me',
          content: [
            { type: 'text', text: 'weather?', cache_control: { type: 'ephemeral', ttl: '5m' } },
            { type: 'image_url', image_url: { url: 'data:image/png;base64,iVBORw0KGgo=', detail: 'low' } },
            { type: 'file', file: { filename: 'a.txt', file_data: 'data:text/plain;base64,aGk=' } },
          ],
        },
        {
          role: 'assistant',
          content: null,
          tool_calls: [
            { id: 'call_1', type: 'function', function: { name: 'get_weather', arguments: '{"city":"Paris"}' } },
          ],
        },
        { role: 'tool', tool_call_id: 'call_1', content: 'sunny' },
        { role: 'user', content: 'Thanks.' },
      ],
      tools: [
        {
          type: 'function',
          function: {
            name: 'get_weather',
            strict: true,
            parameters: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
          },
        },
      ],
      tool_choice: { type: 'function', function: { name: 'get_weather' } },
      parallel_tool_calls: false,
      response_format: { type: 'json_schema', json_schema: { name: 'a', schema: { type: 'object', properties: {} } } },
      temperature: 0.5,
      top_p: 0.5,
      top_k: 5,
      max_tokens: 20,
      stop: ['x'],
      seed: 1,
      n: 1,
      user: 'me',
      metadata: { a: 'b' },
      reasoning_effort: 'low',
      service_tier: 'default',
      stream: false,
      stream_options: { include_usage: true },
      guardrail_config: { guardrailIdentifier: 'g', guardrailVersion: '1' },
      additionalModelRequestFields: { a: 1 },
      logit_bias: { '1': 2 },
    },
  },
  { path: '/v1/chat/completions', body: { model: CLAUDE, stream: true, messages: [{ role: 'user', content: 'Hi' }] } },
  {
    path: '/v1/embeddings',
    body: { model: TITAN, input: ['a', 'b'], dimensions: 256, encoding_format: 'base64', user: 'me' },
  },
];

/** A right body with one value, anywhere in it, replaced by anything, or removed. */
const spoilt = fc
  .record({
    request: fc.constantFrom(...RIGHT),
    at: fc.nat(),
    by: fc.option(fc.jsonValue({ maxDepth: 3 }), { nil: undefined }),
  })
  .map(({ request: { path, body }, at, by }) => {
    const places = placesIn(body);
    return { path, body: JSON.stringify(replaced(body, places[at % places.length] ?? [], by)) };
  });

const anything = fc.record({
  path: fc.constantFrom('/v1/chat/completions', '/embeddings'),
  body: fc.oneof(
    fc.jsonValue().map((value) => JSON.stringify(value)),
    fc.string({ unit: 'binary' }),
    fc.uint8Array(),
  ),
});

const anywhere = fc.record({
  method: fc.constantFrom('GET', 'POST', 'PUT', 'DELETE', 'PATCH'),
  path: fc.webPath().map((path) => `/v1/${path}`),
});

describe('the data port, given generated garbage', () => {
  it("answers with documented statuses and errors in OpenAI's shape, and goes on", function () {
    this.timeout(60_000);
    return withWholeGateway(async (url) => {
      const check = async (path: string, init: RequestInit): Promise<void> => {
        const res = await fetch(url + path, init);
        const text = await res.text();
        expect(DOCUMENTED.has(res.status), `status ${res.status}: ${text}`).to.equal(true);
        expect(res.headers.get('x-request-id')).to.be.a('string');
        if (res.status !== 200) checkedError(text);
      };
      const post = ({ path, body }: { path: string; body: string | Uint8Array }): Promise<void> =>
        check(path, { method: 'POST', body: body as NonNullable<RequestInit['body']> });
      await fc.assert(fc.asyncProperty(spoilt, post), { numRuns: 300 });
      await fc.assert(fc.asyncProperty(anything, post), { numRuns: 100 });
      await fc.assert(
        fc.asyncProperty(anywhere, ({ method, path }) => check(path, { method })),
        { numRuns: 50 },
      );
    });
  });
});

type Place = readonly (string | number)[];

function placesIn(value: Json | undefined, here: Place = []): Place[] {
  if (typeof value !== 'object' || value === null) return [here];
  return [here, ...Object.entries(value).flatMap(([key, member]) => placesIn(member as Json, [...here, key]))];
}

/** A copy with the value at `place` replaced; removed when `by` is `undefined`. */
function replaced(value: Json, [step, ...rest]: Place, by: Json | undefined): Json | undefined {
  if (step === undefined) return by;
  const members = Object.entries(value as object).flatMap(([key, member]: [string, Json]) => {
    const next = key === String(step) ? replaced(member, rest, by) : member;
    return next === undefined ? [] : [[key, next] as const];
  });
  return Array.isArray(value) ? members.map(([, member]) => member) : Object.fromEntries(members);
}
