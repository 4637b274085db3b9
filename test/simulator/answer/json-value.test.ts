import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect } from 'chai';
import fc from 'fast-check';
import { jsonValue } from '../../../src/simulator/answer/json-value.js';
import { Random } from '../../../src/simulator/random.js';

const ajv = new Ajv2020({ strict: false, validateFormats: false });

/** Fails with ajv's words when one of fifty values made for the schema does not satisfy it. */
function expectValid(schema: object): void {
  const validate = ajv.compile(schema);
  for (let seed = 0; seed < 50; seed += 1) {
    const value = jsonValue(schema, new Random(seed), ['lamp', 'harbour', 'tide']);
    expect(validate(value), `${JSON.stringify(value)}: ${ajv.errorsText(validate.errors)}`).to.equal(true);
  }
}

const node = {
  type: 'object',
  properties: { name: { type: 'string' }, children: { type: 'array', items: { $ref: '#/$defs/node' } } },
  required: ['name', 'children'],
  additionalProperties: false,
};

describe('jsonValue', () => {
  for (const [what, schema] of [
    [
      'an object with required and optional members',
      {
        type: 'object',
        properties: { a: { type: 'integer' }, b: { type: 'string' } },
        required: ['a'],
        additionalProperties: false,
      },
    ],
    ['an enum', { enum: ['red', 3, null] }],
    ['a const', { type: 'object', properties: { kind: { const: 'x' } }, required: ['kind'] }],
    ['a closed range', { type: 'integer', minimum: 3, maximum: 5 }],
    ['an open range', { type: 'number', exclusiveMinimum: 0, exclusiveMaximum: 1 }],
    ['a negative range', { type: 'integer', maximum: -10 }],
    ['multiples', { type: 'number', multipleOf: 0.25, minimum: -1, maximum: 1 }],
    ['lengths', { type: 'string', minLength: 20, maxLength: 25 }],
    ['a pattern', { type: 'string', pattern: '^[A-Z]{3}-\\d{2,4}(a|bc)?$' }],
    ['a pattern with a negated class', { type: 'string', pattern: '^[^a-f]+\\.(png|jpe?g)$' }],
    ['item counts', { type: 'array', items: { type: 'boolean' }, minItems: 4, maxItems: 4 }],
    ['unique items', { type: 'array', items: { enum: [1, 2, 3] }, uniqueItems: true, minItems: 2 }],
    ['a tuple', { type: 'array', prefixItems: [{ type: 'string' }, { type: 'integer' }], items: false, minItems: 2 }],
    ['anyOf', { anyOf: [{ type: 'string' }, { type: 'integer' }] }],
    [
      'oneOf with bases',
      {
        type: 'object',
        properties: { id: { type: 'integer' } },
        required: ['id'],
        oneOf: [
          { properties: { a: { const: 1 } }, required: ['a'] },
          { properties: { b: { const: 2 } }, required: ['b'] },
        ],
      },
    ],
    [
      'allOf',
      {
        allOf: [
          { type: 'object', properties: { a: { type: 'string' } }, required: ['a'] },
          { properties: { b: { type: 'null' } }, required: ['b'] },
        ],
      },
    ],
    ['nullable types', { type: ['string', 'null'] }],
    ['a schema that refers to itself', { ...node, $defs: { node } }],
    ['a map', { type: 'object', additionalProperties: { type: 'integer' }, minProperties: 2 }],
    ['no constraint at all', {}],
  ] as const) {
    it(`satisfies ${what}`, () => expectValid(schema));
  }

  it('satisfies generated schemas', () => {
    const { schema } = fc.letrec((tie) => ({
      schema: fc.oneof({ maxDepth: 3 }, tie('leaf'), tie('object'), tie('list')),
      leaf: fc.oneof(
        fc.record({ type: fc.constant('integer'), minimum: fc.integer({ min: -50, max: 50 }) }),
        fc.tuple(fc.nat(20), fc.nat(20)).map(([a, b]) => ({ type: 'string', minLength: a, maxLength: a + b })),
        fc.constantFrom({ type: 'boolean' }, { type: 'null' }, { type: ['number', 'null'] }),
        fc.record({ enum: fc.array(fc.jsonValue(), { minLength: 1, maxLength: 3 }) }),
      ),
      object: fc.dictionary(fc.stringMatching(/^[a-z]{1,8}$/), tie('schema'), { maxKeys: 4 }).map((properties) => ({
        type: 'object',
        properties,
        required: Object.keys(properties).slice(0, 2),
        additionalProperties: false,
      })),
      list: fc.tuple(tie('schema'), fc.nat(3)).map(([items, minItems]) => ({ type: 'array', items, minItems })),
    }));
    fc.assert(
      fc.property(schema, fc.integer(), (generated, seed) => {
        const value = jsonValue(generated, new Random(seed), ['lamp']);
        const validate = ajv.compile(generated as object);
        return validate(value);
      }),
      { numRuns: 150 },
    );
  });

  it('makes the same value from the same seed', () => {
    const schema = { type: 'array', items: { type: 'number' }, minItems: 5 };
    expect(jsonValue(schema, new Random(7), [])).to.deep.equal(jsonValue(schema, new Random(7), []));
  });

  it('gives up on a schema that requires itself without end', () => {
    const endless = { type: 'object', properties: { me: { $ref: '#' } }, required: ['me'] };
    expect(() => JSON.stringify(jsonValue(endless, new Random(1), []))).not.to.throw();
  });
});
