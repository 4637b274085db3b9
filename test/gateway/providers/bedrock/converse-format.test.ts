import { expect } from 'chai';
import { call, MODELS, sent, tool, translation } from './translating.js';

// docs/mapping.md, "Structured output".

const SCHEMA = { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] };
const FORMAT = { type: 'json_schema', json_schema: { name: 'place', description: 'A place', schema: SCHEMA } };

function asked(body: object, model: string) {
  const { input, reading, mode } = translation({ response_format: FORMAT, ...body }, { model });
  const tools = input.toolConfig?.tools?.map(({ toolSpec }) => toolSpec?.name);
  const system = (input.system ?? []).map(({ text }) => text).join('\n');
  return { input, tools, choice: input.toolConfig?.toolChoice, jsonTool: reading.jsonTool, system, mode };
}

describe('toConverse: response_format', () => {
  it('text asks for nothing', () => {
    expect(sent({ response_format: { type: 'text' } })).to.deep.equal(sent({}));
  });

  it('json_object is an instruction behind the system prompt of the caller', () => {
    for (const model of [MODELS.claude4, MODELS.claude45, MODELS.nova]) {
      const messages = [
        { role: 'system', content: 'be kind' },
        { role: 'user', content: 'hi' },
      ];
      const input = sent({ messages, response_format: { type: 'json_object' } }, { model });
      expect(input.system).to.have.length(2);
      expect(input.system?.[0]?.text).to.equal('be kind');
      expect(input.system?.[1]?.text).to.match(/JSON/);
      expect(input).not.to.have.any.keys('toolConfig', 'outputConfig');
    }
  });

  for (const model of [MODELS.claude45, MODELS.claude46, MODELS.gptOss, MODELS.deepseekV3, 'qwen.qwen3-32b-v1:0']) {
    it(`json_schema is native on ${model}`, () => {
      const { input } = asked({}, model);
      expect(input.outputConfig?.textFormat?.type).to.equal('json_schema');
      const { schema, ...definition } = input.outputConfig?.textFormat?.structure?.jsonSchema ?? {};
      expect(definition).to.deep.equal({ name: 'place', description: 'A place' });
      expect(JSON.parse(schema ?? '')).to.deep.equal({ ...SCHEMA, additionalProperties: false });
      expect(input).not.to.have.any.keys('toolConfig', 'system');
    });
  }

  it('closes every object of a native schema that does not say whether it is open', () => {
    const schema = {
      type: 'object',
      properties: {
        properties: { type: 'object', properties: { type: { type: 'string' } } },
        open: { type: 'object', additionalProperties: { type: 'object' } },
        list: { type: 'array', items: { $ref: '#/$defs/item' } },
        either: { anyOf: [{ type: 'object', properties: {} }, { type: 'null' }] },
      },
      $defs: { item: { properties: { a: {} } } },
      enum: [{ type: 'object' }],
    };
    const format = { type: 'json_schema', json_schema: { name: 'n', schema } };
    const { outputConfig } = sent({ response_format: format }, { model: MODELS.claude45 });
    expect(JSON.parse(outputConfig?.textFormat?.structure?.jsonSchema?.schema ?? '')).to.deep.equal({
      type: 'object',
      additionalProperties: false,
      properties: {
        properties: { type: 'object', additionalProperties: false, properties: { type: { type: 'string' } } },
        open: { type: 'object', additionalProperties: { type: 'object', additionalProperties: false } },
        list: { type: 'array', items: { $ref: '#/$defs/item' } },
        either: { anyOf: [{ type: 'object', properties: {}, additionalProperties: false }, { type: 'null' }] },
      },
      $defs: { item: { properties: { a: {} }, additionalProperties: false } },
      enum: [{ type: 'object' }],
    });
  });

  for (const model of [MODELS.claude3, MODELS.claude4, MODELS.nova, MODELS.nova2, MODELS.claude47, MODELS.profile]) {
    it(`json_schema is a forced tool on ${model}`, () => {
      const { input, tools, choice, jsonTool, system } = asked({}, model);
      expect(tools).to.deep.equal([jsonTool]);
      expect(choice).to.deep.equal({ tool: { name: jsonTool } });
      expect(input.toolConfig?.tools?.[0]?.toolSpec?.inputSchema).to.deep.equal({ json: SCHEMA });
      expect(system).to.equal('');
    });
  }

  it('json_schema stands beside the tools of the caller, one of which must be called', () => {
    const { tools, choice, jsonTool } = asked({ tools: [tool('f')] }, MODELS.claude4);
    expect(tools).to.deep.equal(['f', jsonTool]);
    expect(choice).to.deep.equal({ any: {} });
  });

  it('json_schema has a tool name that the caller does not use', () => {
    const { jsonTool: free } = asked({}, MODELS.claude4);
    const { tools } = asked({ tools: [tool(free ?? '')] }, MODELS.claude4);
    expect(new Set(tools).size).to.equal(2);
  });

  it('json_schema waits when the caller wants a call', () => {
    for (const toolChoice of ['required', { type: 'function', function: { name: 'f' } }]) {
      const { tools, jsonTool } = asked({ tools: [tool('f')], tool_choice: toolChoice }, MODELS.claude4);
      expect([tools, jsonTool]).to.deep.equal([['f'], undefined]);
    }
  });

  it('json_schema is forced alone when the caller wants no call', () => {
    const { tools, choice, jsonTool } = asked({ tools: [tool('f')], tool_choice: 'none' }, MODELS.claude4);
    expect(tools).to.deep.equal([jsonTool]);
    expect(choice).to.deep.equal({ tool: { name: jsonTool } });
  });

  it('json_schema joins the tools that the history needs', () => {
    const messages = [
      { role: 'user', content: 'hi' },
      { role: 'assistant', tool_calls: [call('1')] },
      { role: 'tool', tool_call_id: '1', content: 'x' },
    ];
    const { tools, choice, jsonTool } = asked({ messages }, MODELS.claude4);
    expect(tools).to.deep.equal(['f', jsonTool]);
    expect(choice).to.deep.equal({ tool: { name: jsonTool } });
  });

  it('json_schema is a tool without force, and an instruction, while Claude thinks', () => {
    const { tools, choice, jsonTool, system } = asked({ reasoning_effort: 'low' }, MODELS.claude4);
    expect(tools).to.deep.equal([jsonTool]);
    expect(choice).to.equal(undefined);
    expect(system).to.include(jsonTool);
  });

  it('json_schema is an instruction on the newest Claude with tools', () => {
    const { tools, jsonTool, system, choice } = asked({ tools: [tool('f')] }, MODELS.claude47);
    expect([tools, jsonTool, choice]).to.deep.equal([['f'], undefined, undefined]);
    expect(system).to.include(JSON.stringify(SCHEMA));
  });

  for (const model of [MODELS.llama31, MODELS.mistralLarge, MODELS.commandR, MODELS.deepseekR1]) {
    it(`json_schema is an instruction on ${model}`, () => {
      const { input, system } = asked({}, model);
      expect(system).to.include(JSON.stringify(SCHEMA));
      expect(input).not.to.have.any.keys('toolConfig', 'outputConfig');
    });
  }

  it('json_schema is an instruction in the user turn on a model without system prompts', () => {
    const { messages } = asked({}, MODELS.titan).input;
    expect(messages?.[0]?.content?.[0]?.text).to.include(JSON.stringify(SCHEMA));
    expect(messages?.[0]?.content?.[1]).to.deep.equal({ text: 'hi' });
  });

  it('json_schema of no object is an instruction, since a tool takes only objects', () => {
    const format = { type: 'json_schema', json_schema: { name: 'n', schema: { type: 'array' } } };
    const { system, tools } = asked({ response_format: format }, MODELS.claude4);
    expect(system).to.include('{"type":"array"}');
    expect(tools).to.equal(undefined);
  });
});
