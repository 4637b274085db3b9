import fc from 'fast-check';
import { DOCUMENT_FORMATS } from '../../../../src/gateway/chat/media-formats.js';

// OpenAI bodies that are right, however odd: blank texts, any order of roles, names and ids of any characters, marks everywhere.

const text = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom('', ' ', '\n\t', '\u00a0', 'hello', ' padded ', '{"a":1}') },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 20 }) },
);
const name = fc.oneof(
  fc.constantFrom('f', 'get weather', 'json_answer', '\u00fc'),
  fc.string({ minLength: 1, maxLength: 80 }),
);
const mark = fc.constantFrom(
  {},
  {},
  { cache_control: { type: 'ephemeral' } },
  { cache_control: { type: 'ephemeral', ttl: '1h' } },
);

function marked<T extends object>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<object> {
  return fc.tuple(arbitrary, mark).map(([members, cache]) => ({ ...members, ...cache }));
}

const textPart = marked(fc.record({ type: fc.constant('text'), text }));
const imagePart = marked(
  fc.constantFrom('png', 'jpeg', 'gif', 'webp').map((format) => ({
    type: 'image_url',
    image_url: { url: `data:image/${format};base64,iVBORw0KGgo=` },
  })),
);
const filePart = marked(
  fc.record({
    type: fc.constant('file'),
    file: fc.record({
      filename: fc.oneof(fc.constantFrom('a.pdf', 'a_b.pdf'), fc.string()),
      file_data: fc.constantFrom(...DOCUMENT_FORMATS.byMime.keys()).map((mime) => `data:${mime};base64,iVBORw0KGgo=`),
    }),
  }),
);

function content(part: fc.Arbitrary<object>): fc.Arbitrary<unknown> {
  return fc.oneof(text, fc.array(part, { maxLength: 4 }));
}

const system = marked(fc.record({ role: fc.constantFrom('system', 'developer'), content: content(textPart) }));

function user(media: readonly fc.Arbitrary<object>[]): fc.Arbitrary<object> {
  return marked(fc.record({ role: fc.constant('user'), content: content(fc.oneof(textPart, ...media)) }));
}

const said = fc.oneof(content(textPart), fc.constant(null));
const speaking = marked(fc.record({ role: fc.constant('assistant'), content: said }));

const jsonText = fc.oneof(fc.json({ maxDepth: 2 }), text);

/** An assistant who calls tools, and their results in any order. */
function calling(resultPart: fc.Arbitrary<object>): fc.Arbitrary<object[]> {
  const calls = fc.uniqueArray(
    fc.record({ id: fc.string({ minLength: 1, maxLength: 80 }), name, arguments: jsonText }),
    {
      minLength: 1,
      maxLength: 3,
      selector: ({ id }) => id,
    },
  );
  return fc.tuple(calls, said, fc.boolean()).chain(([made, beside, reversed]) => {
    const results = made.map(({ id }) =>
      marked(fc.record({ role: fc.constant('tool'), tool_call_id: fc.constant(id), content: content(resultPart) })),
    );
    const assistant = {
      role: 'assistant',
      content: beside,
      tool_calls: made.map(({ id, ...called }) => ({ id, type: 'function', function: called })),
    };
    return fc.tuple(...results).map((answers) => [assistant, ...(reversed ? answers.reverse() : answers)]);
  });
}

const schema = fc.constantFrom(
  undefined,
  {},
  { type: 'object', properties: { a: { type: 'string' } } },
  { properties: {} },
);
const tools = fc
  .uniqueArray(fc.record({ name, description: text, parameters: schema, strict: fc.boolean() }), {
    maxLength: 3,
    selector: (declared) => declared.name,
  })
  .chain((declared) =>
    fc.tuple(...declared.map((member) => marked(fc.constant({ type: 'function', function: member })))),
  );

const parameters = fc.record(
  {
    max_tokens: fc.integer({ min: 1, max: 4000 }),
    temperature: fc.double({ min: 0, max: 2, noNaN: true }),
    top_p: fc.double({ min: 0, max: 1, noNaN: true }),
    top_k: fc.integer({ min: 1, max: 100 }),
    stop: fc.array(fc.constantFrom('', 'END', ' x'), { maxLength: 3 }),
    tool_choice: fc.constantFrom('auto', 'none', 'required'),
    parallel_tool_calls: fc.boolean(),
    reasoning_effort: fc.constantFrom('none', 'low', 'high'),
    stream: fc.boolean(),
    service_tier: fc.constantFrom('auto', 'flex', 'default', 'scale'),
    metadata: fc.dictionary(fc.string({ minLength: 1, maxLength: 20 }), fc.string({ maxLength: 20 }), { maxKeys: 20 }),
    response_format: fc.constantFrom(
      { type: 'json_object' },
      { type: 'json_schema', json_schema: { name: 'n', schema: { type: 'object', properties: {} } } },
    ),
  },
  { requiredKeys: [] },
);

export interface Media {
  readonly images: boolean;
  readonly documents: boolean;
  readonly toolResultImages: boolean;
  readonly tools: boolean;
}

/** Bodies with the kinds of part that a model takes. At least one message says something. */
export function chatBodies(media: Media): fc.Arbitrary<object> {
  const userMedia = [...(media.images ? [imagePart] : []), ...(media.documents ? [filePart] : [])];
  const resultPart = media.toolResultImages ? fc.oneof(textPart, imagePart) : textPart;
  const step = fc.oneof(
    system.map((message) => [message]),
    user(userMedia).map((message) => [message]),
    speaking.map((message) => [message]),
    calling(resultPart),
  );
  const speech = { role: 'user', content: 'something' };
  return fc
    .tuple(fc.array(step, { maxLength: 6 }), fc.nat({ max: 6 }), media.tools ? tools : fc.constant([]), parameters)
    .map(([steps, at, offered, others]) => ({
      model: 'm',
      messages: steps.toSpliced(at, 0, [speech]).flat(),
      tools: offered,
      ...others,
    }));
}
