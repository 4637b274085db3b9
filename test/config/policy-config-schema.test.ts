import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect } from 'chai';
import schema from '../../src/config/policy-config.schema.json' with { type: 'json' };
import { isObject } from '../../src/core/json.js';

/** Words of ours in the schema: what a pattern expects, and what happens without a field that has no default. */
const VOCABULARY = ['x-expects', 'x-absent', 'x-derived-default'];

describe('policy-config.schema.json', () => {
  const ajv = new Ajv2020({ strict: true }).addVocabulary(VOCABULARY);

  it('is a schema without unknown or ignored words', () => {
    expect(() => ajv.compile(schema)).not.to.throw();
  });

  it('refuses unknown keys in every object', () => {
    const open = [...nodes(schema)].filter(
      ([, node]) => node.type === 'object' && node.additionalProperties !== false && !isObject(node.propertyNames),
    );
    expect(open.map(([path]) => path)).to.deep.equal([]);
  });

  it('accepts every default and every example where it stands', () => {
    const checks = [...nodes(schema)].flatMap(([path, node]) => {
      const { default: fallback, examples, ...rest } = node;
      const values = [...(fallback === undefined ? [] : [fallback]), ...(Array.isArray(examples) ? examples : [])];
      return values.map((value: unknown) => ({ path, value, rest }));
    });
    expect(checks).to.have.length.greaterThan(60);
    const wrong = checks.filter(({ value, rest }) => !ajv.validate({ ...rest, $defs: schema.$defs }, value));
    expect(wrong.map(({ path, value }) => ({ path, value }))).to.deep.equal([]);
  });

  it('says of every field what it means, and what happens without it', () => {
    const silent = [...nodes(schema)].flatMap(([path, node]) =>
      Object.entries(isObject(node.properties) ? node.properties : {})
        .filter(([key, field]) => !isExplained(node, key, field))
        .map(([key]) => `${path}/${key}`),
    );
    expect(silent).to.deep.equal([]);
  });

  function isExplained(parent: Record<string, unknown>, key: string, field: unknown): boolean {
    if (!isObject(field)) return false;
    const whole: Record<string, unknown> = { ...definition(field), ...field };
    const required = Array.isArray(parent.required) && parent.required.includes(key);
    const isAbsenceTold = ['default', ...VOCABULARY.slice(1)].some((word) => whole[word] !== undefined);
    return typeof whole.description === 'string' && (required || isAbsenceTold);
  }

  function definition(field: Record<string, unknown>): Record<string, unknown> | undefined {
    const name = typeof field.$ref === 'string' ? field.$ref.replace('#/$defs/', '') : '';
    const found: unknown = Object.entries(schema.$defs).find(([key]) => key === name)?.[1];
    return isObject(found) ? found : undefined;
  }
});

/** Every object in `value` that can be a schema, with its JSON pointer. */
function* nodes(value: unknown, path = '#'): Generator<[string, Record<string, unknown>]> {
  if (!isObject(value)) return;
  yield [path, value];
  for (const key of ['properties', '$defs']) {
    const children = value[key];
    if (isObject(children))
      for (const [name, child] of Object.entries(children)) yield* nodes(child, `${path}/${key}/${name}`);
  }
  for (const key of ['items', 'additionalProperties']) yield* nodes(value[key], `${path}/${key}`);
}
