import { expect } from 'chai';
import { parsed, refusalOf } from './chat-body.js';

const tool = (definition: object, members: object = {}) => ({ type: 'function', function: definition, ...members });
const F = tool({ name: 'f' });
const G = tool({ name: 'g' });
const chosen = (name: string) => ({ type: 'function', function: { name } });
const allowed = (mode: string, ...names: readonly string[]) => ({
  type: 'allowed_tools',
  allowed_tools: { mode, tools: names.map(chosen) },
});

describe('parseTools', () => {
  it('reads definitions as they came, in order', () => {
    const parameters = { $defs: { a: {} }, anyOf: [{ $ref: '#/$defs/a' }], x: null };
    const tools = [
      tool({ name: 'z y', description: ' ', parameters, strict: true }),
      tool({ name: 'a', strict: null }),
    ];
    expect(parsed({ tools }).tools).to.deep.equal([
      { name: 'z y', description: ' ', parameters, strict: true },
      { name: 'a' },
    ]);
  });

  for (const [param, tools] of [
    ['tools[0]', ['f']],
    ['tools[0].type', [{ function: { name: 'f' } }]],
    ['tools[1].type', [F, { type: 'custom', custom: { name: 'c' } }]],
    ['tools[0].function', [{ type: 'function' }]],
    ['tools[0].function.name', [tool({})]],
    ['tools[0].function.name', [tool({ name: '' })]],
    ['tools[0].function.description', [tool({ name: 'f', description: 1 })]],
    ['tools[0].function.parameters', [tool({ name: 'f', parameters: true })]],
    ['tools[0].function.parameters', [tool({ name: 'f', parameters: [] })]],
    ['tools[0].function.strict', [tool({ name: 'f', strict: 'yes' })]],
    ['tools[2].function.name', [F, G, F]],
  ] as const) {
    it(`refuses ${JSON.stringify(tools)} at ${param}`, () => {
      expect(refusalOf(() => parsed({ tools })).param).to.equal(param);
    });
  }

  it('passes an own __proto__ member of a schema on without becoming its prototype', () => {
    const body = JSON.parse(
      '{"model":"m","messages":[{"role":"user","content":"x"}],"tools":[{"type":"function","function":{"name":"f","parameters":{"__proto__":{"polluted":true}}}}]}',
    ) as object;
    const parameters = parsed(body).tools[0]?.parameters;
    expect(JSON.stringify(parameters)).to.equal('{"__proto__":{"polluted":true}}');
    expect(parameters).not.to.have.property('polluted');
    expect({}).not.to.have.property('polluted');
  });
});

describe('parseToolChoice', () => {
  for (const [choice, expected] of [
    ['auto', { mode: 'auto' }],
    ['none', { mode: 'none' }],
    ['required', { mode: 'required' }],
    [chosen('g'), { mode: 'tool', name: 'g' }],
    [allowed('auto', 'f'), { mode: 'allowed', required: false, names: ['f'] }],
    [allowed('required', 'g', 'f'), { mode: 'allowed', required: true, names: ['g', 'f'] }],
  ] as const) {
    it(`reads ${JSON.stringify(choice)}`, () => {
      expect(parsed({ tools: [F, G], tool_choice: choice }).toolChoice).to.deep.equal(expected);
    });
  }

  for (const choice of [
    'any',
    '',
    5,
    true,
    [],
    {},
    { type: 'custom', custom: { name: 'f' } },
    { type: 'function' },
    { type: 'function', function: {} },
    { type: 'function', function: { name: 5 } },
    chosen('h'),
    allowed('auto'),
    allowed('always', 'f'),
    allowed('auto', 'f', 'h'),
    { type: 'allowed_tools' },
    { type: 'allowed_tools', allowed_tools: { mode: 'auto', tools: ['f'] } },
  ]) {
    it(`refuses ${JSON.stringify(choice)}`, () => {
      expect(refusalOf(() => parsed({ tools: [F, G], tool_choice: choice })).param).to.equal('tool_choice');
    });
  }

  for (const choice of ['auto', 'required', chosen('f'), allowed('required', 'f')]) {
    it(`means nothing by ${JSON.stringify(choice)} without tools`, () => {
      expect(parsed({ tool_choice: choice })).not.to.have.property('toolChoice');
    });
  }
});
