import { expect } from 'chai';
import { refusalOf } from '../../chat/chat-body.js';
import { call, MODELS, sent, tool, translation } from './translating.js';

// docs/mapping.md, "Tools".

const F = { toolSpec: { name: 'f', inputSchema: { json: { type: 'object', properties: {} } } } };
const history = [
  { role: 'user', content: 'hi' },
  { role: 'assistant', content: null, tool_calls: [call('1')] },
  { role: 'tool', tool_call_id: '1', content: 'x' },
];
const named = (name: string) => ({ type: 'function', function: { name } });
const allowed = (mode: string, ...names: string[]) => ({
  type: 'allowed_tools',
  allowed_tools: { mode, tools: names.map(named) },
});

function schemaOf(parameters: unknown): unknown {
  return sent({ tools: [tool('f', { parameters })] }).toolConfig?.tools?.[0]?.toolSpec?.inputSchema?.json;
}

function choice(toolChoice: unknown, model: string = MODELS.claude4, body: object = {}) {
  const tools = [tool('f'), tool('g')];
  const { input, dropped } = translation({ tools, tool_choice: toolChoice, ...body }, { model });
  const { tools: sentTools = [], toolChoice: sentChoice } = input.toolConfig ?? {};
  return { tools: sentTools.map(({ toolSpec }) => toolSpec?.name), choice: sentChoice, dropped };
}

describe('toConverse: tools', () => {
  it('sends name, description and schema unchanged', () => {
    const parameters = {
      type: 'object',
      properties: { a: { $ref: '#/$defs/A' } },
      required: ['a'],
      $defs: { A: { anyOf: [{ type: 'string' }, { type: 'null' }] } },
    };
    expect(sent({ tools: [tool('f', { description: 'does f', parameters })] }).toolConfig).to.deep.equal({
      tools: [{ toolSpec: { name: 'f', description: 'does f', inputSchema: { json: parameters } } }],
    });
  });

  for (const [row, parameters, expected] of [
    ['none', undefined, { type: 'object', properties: {} }],
    ['null', null, { type: 'object', properties: {} }],
    ['an empty schema', {}, { type: 'object', properties: {} }],
    ['bare properties', { properties: { a: {} } }, { properties: { a: {} }, type: 'object' }],
    ['a root of anyOf', { anyOf: [{ type: 'object' }] }, { anyOf: [{ type: 'object' }], type: 'object' }],
    ['types with object among them', { type: ['object', 'null'] }, { type: 'object' }],
    [
      'a root of another type',
      { type: 'array', items: { type: 'string' } },
      { type: 'object', properties: { input: { type: 'array', items: { type: 'string' } } } },
    ],
    [
      'an inner schema without type',
      { type: 'object', properties: { a: {} } },
      { type: 'object', properties: { a: {} } },
    ],
  ] as const) {
    it(`makes an object schema of ${row}`, () => {
      expect(schemaOf(parameters)).to.deep.equal(expected);
    });
  }

  for (const description of [undefined, null, '', ' ']) {
    it(`leaves out the description ${JSON.stringify(description)}`, () => {
      expect(sent({ tools: [tool('f', { description })] }).toolConfig?.tools).to.deep.equal([F]);
    });
  }

  for (const [model, strict] of [
    [MODELS.claude45, true],
    [MODELS.claude46, true],
    [MODELS.claude4, undefined],
    [MODELS.claude47, undefined],
    [MODELS.claude5, undefined],
    [MODELS.nova, undefined],
    [MODELS.profile, undefined],
  ] as const) {
    it(`${strict ? 'sends' : 'omits'} strict on ${model}`, () => {
      const { tools } = sent({ tools: [tool('f', { strict: true })] }, { model }).toolConfig ?? {};
      expect(tools?.[0]?.toolSpec?.strict).to.equal(strict);
    });
  }

  for (const tools of [[], null]) {
    it(`has no toolConfig for ${JSON.stringify(tools)}`, () => {
      expect(sent({ tools })).not.to.have.property('toolConfig');
    });
  }

  it('rewrites a name that Bedrock refuses, everywhere alike', () => {
    const { toolConfig } = sent({ tools: [tool('a b')], tool_choice: named('a b') });
    const name = toolConfig?.tools?.[0]?.toolSpec?.name;
    expect(name).to.match(/^a_b_[0-9a-f]{8}$/);
    expect(toolConfig?.toolChoice).to.deep.equal({ tool: { name } });
  });

  it('keeps the order', () => {
    expect(choice(undefined).tools).to.deep.equal(['f', 'g']);
  });

  for (const model of [MODELS.llama3, MODELS.titan, MODELS.mixtral, MODELS.claude2, MODELS.deepseekR1]) {
    it(`refuses tools on ${model}`, () => {
      const refusal = refusalOf(() => sent({ tools: [tool('f')] }, { model }));
      expect([refusal.status, refusal.param]).to.deep.equal([400, 'tools']);
    });

    it(`takes tools that may not be called on ${model}`, () => {
      expect(sent({ tools: [tool('f')], tool_choice: 'none' }, { model })).not.to.have.property('toolConfig');
    });
  }

  describe('tool_choice', () => {
    for (const auto of [undefined, null, 'auto']) {
      it(`${JSON.stringify(auto)} sends no choice`, () => {
        expect(choice(auto)).to.deep.equal({ tools: ['f', 'g'], choice: undefined, dropped: [] });
      });
    }

    for (const [model, expected] of [
      [MODELS.claude4, { any: {} }],
      [MODELS.nova, { any: {} }],
      [MODELS.mistralLarge, { any: {} }],
      [MODELS.deepseekV3, { any: {} }],
      [MODELS.profile, { any: {} }],
      [MODELS.llama31, undefined],
      [MODELS.commandR, undefined],
      [MODELS.gptOss, undefined],
    ] as const) {
      it(`required is ${JSON.stringify(expected)} on ${model}`, () => {
        const dropped = expected === undefined ? ['tool_choice'] : [];
        expect(choice('required', model)).to.deep.equal({ tools: ['f', 'g'], choice: expected, dropped });
      });
    }

    for (const [model, expected] of [
      [MODELS.claude4, { tools: ['f', 'g'], choice: { tool: { name: 'g' } }, dropped: [] }],
      [MODELS.nova, { tools: ['f', 'g'], choice: { tool: { name: 'g' } }, dropped: [] }],
      [MODELS.mistralLarge, { tools: ['g'], choice: { any: {} }, dropped: [] }],
      [MODELS.llama31, { tools: ['g'], choice: undefined, dropped: ['tool_choice'] }],
      [MODELS.commandR, { tools: ['g'], choice: undefined, dropped: ['tool_choice'] }],
    ] as const) {
      it(`of one function on ${model}`, () => {
        expect(choice(named('g'), model)).to.deep.equal(expected);
      });
    }

    it('none sends no tools', () => {
      expect(sent({ tools: [tool('f')], tool_choice: 'none' })).not.to.have.property('toolConfig');
    });

    it('none keeps the tools that the history needs, without a choice', () => {
      expect(choice('none', MODELS.claude4, { messages: history })).to.deep.include({
        tools: ['f', 'g'],
        choice: undefined,
      });
    });

    it('of allowed tools sends only those', () => {
      expect(choice(allowed('auto', 'g'))).to.deep.include({ tools: ['g'], choice: undefined });
      expect(choice(allowed('required', 'g'))).to.deep.include({ tools: ['g'], choice: { any: {} } });
    });

    for (const forced of ['required', named('f')]) {
      it(`${JSON.stringify(forced)} gives way to thinking`, () => {
        const { choice: sentChoice, tools, dropped } = choice(forced, MODELS.claude4, { reasoning_effort: 'high' });
        expect(sentChoice).to.equal(undefined);
        expect(tools).to.deep.equal(['f', 'g']);
        expect(dropped).to.deep.equal(['tool_choice']);
      });
    }

    it('without tools sends nothing', () => {
      const input = sent({ tool_choice: 'auto', parallel_tool_calls: false }, { model: MODELS.claude45 });
      expect(input).not.to.have.any.keys('toolConfig', 'additionalModelRequestFields');
    });
  });

  describe('parallel_tool_calls: false', () => {
    const body = { tools: [tool('f')], parallel_tool_calls: false };

    it('is a field of its own on newer Claude', () => {
      const { input, reading } = translation(body, { model: MODELS.claude45 });
      expect(input.additionalModelRequestFields).to.deep.equal({
        tool_choice: { type: 'auto', disable_parallel_tool_use: true },
      });
      expect(reading.firstCallOnly).to.equal(false);
    });

    it('has no type beside a choice of Converse', () => {
      for (const toolChoice of ['required', named('f')]) {
        const input = sent({ ...body, tool_choice: toolChoice }, { model: MODELS.claude46 });
        expect(input.toolConfig).to.have.property('toolChoice');
        expect(input.additionalModelRequestFields).to.deep.equal({ tool_choice: { disable_parallel_tool_use: true } });
      }
    });

    for (const model of [MODELS.claude4, MODELS.nova, MODELS.llama31, MODELS.profile]) {
      it(`is left to the reading of the answer on ${model}`, () => {
        const { input, reading } = translation(body, { model });
        expect(input).not.to.have.property('additionalModelRequestFields');
        expect(reading.firstCallOnly).to.equal(true);
      });
    }

    it('true sends nothing', () => {
      const { input, reading } = translation({ ...body, parallel_tool_calls: true }, { model: MODELS.claude45 });
      expect(input).not.to.have.property('additionalModelRequestFields');
      expect(reading.firstCallOnly).to.equal(false);
    });
  });

  describe('with a stream', () => {
    for (const [model, mode] of [
      [MODELS.claude4, 'stream'],
      [MODELS.nova, 'stream'],
      [MODELS.commandR, 'stream'],
      [MODELS.pixtral, 'stream'],
      [MODELS.profile, 'stream'],
      [MODELS.llama31, 'synthetic'],
      [MODELS.mistralLarge, 'synthetic'],
    ] as const) {
      it(`are a ${mode} on ${model}`, () => {
        expect(translation({ tools: [tool('f')], stream: true }, { model }).mode).to.equal(mode);
      });
    }

    it('of the history alone are not streamed either', () => {
      expect(translation({ messages: history, stream: true }, { model: MODELS.llama31 }).mode).to.equal('synthetic');
    });

    it('are no matter without tools', () => {
      expect(translation({ stream: true }, { model: MODELS.llama31 }).mode).to.equal('stream');
      expect(translation({ tools: [tool('f')] }, { model: MODELS.llama31 }).mode).to.equal('whole');
    });
  });
});
