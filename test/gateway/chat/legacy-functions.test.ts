import { expect } from 'chai';
import { parsed, refusalOf } from './chat-body.js';

const USER = { role: 'user', content: 'hi' };
const CALL = { role: 'assistant', content: null, function_call: { name: 'f', arguments: '{"x":1}' } };
const RESULT = { role: 'function', name: 'f', content: 'x' };
const F = { name: 'f', description: 'd', parameters: { type: 'object' } };
const TOOL_F = { type: 'function', function: F };

describe('legacy functions', () => {
  it('are tools', () => {
    expect(parsed({ functions: [F] }).tools).to.deep.equal([F]);
  });

  for (const [choice, expected] of [
    ['auto', { mode: 'auto' }],
    ['none', { mode: 'none' }],
    [{ name: 'f' }, { mode: 'tool', name: 'f' }],
  ] as const) {
    it(`read function_call ${JSON.stringify(choice)} as a tool choice`, () => {
      expect(parsed({ functions: [F], function_call: choice }).toolChoice).to.deep.equal(expected);
    });
  }

  it('are called and answered by name', () => {
    const { messages } = parsed({ messages: [USER, CALL, RESULT, CALL, RESULT] });
    expect(messages.slice(1)).to.deep.equal([
      {
        role: 'assistant',
        content: [],
        toolCalls: [{ id: 'function_call_1', name: 'f', arguments: '{"x":1}' }],
        thinkingBlocks: [],
      },
      { role: 'tool', toolCallId: 'function_call_1', content: [{ type: 'text', text: 'x' }] },
      {
        role: 'assistant',
        content: [],
        toolCalls: [{ id: 'function_call_3', name: 'f', arguments: '{"x":1}' }],
        thinkingBlocks: [],
      },
      { role: 'tool', toolCallId: 'function_call_3', content: [{ type: 'text', text: 'x' }] },
    ]);
  });

  for (const [name, members, param] of [
    ['tools and functions together', { tools: [TOOL_F], functions: [F] }, 'functions'],
    [
      'tool_choice and function_call together',
      { functions: [F], tool_choice: 'auto', function_call: 'auto' },
      'function_call',
    ],
    ['a choice of another shape', { functions: [F], function_call: 'required' }, 'function_call'],
    ['a choice that is not declared', { functions: [F], function_call: { name: 'g' } }, 'function_call'],
    ['the same name twice', { functions: [F, F] }, 'functions[1].name'],
    ['a function without a name', { functions: [{}] }, 'functions[0].name'],
    ['an answer to nothing', { messages: [USER, RESULT] }, 'messages[1].name'],
    ['an answer to another function', { messages: [USER, CALL, { ...RESULT, name: 'g' }] }, 'messages[2].name'],
    ['an answer without a name', { messages: [USER, CALL, { ...RESULT, name: undefined }] }, 'messages[2].name'],
    ['a call without an answer', { messages: [USER, CALL] }, 'messages[1].tool_calls'],
    ['two answers to a call', { messages: [USER, CALL, RESULT, RESULT] }, 'messages[3].tool_call_id'],
    [
      'both kinds of call in one message',
      { messages: [USER, { ...CALL, tool_calls: [{ id: 'a', function: { name: 'f' } }] }] },
      'messages[1].function_call',
    ],
    [
      'a call without a name',
      { messages: [USER, { role: 'assistant', function_call: {} }] },
      'messages[1].function_call.name',
    ],
  ] as const) {
    it(`refuse ${name}`, () => {
      expect(refusalOf(() => parsed(members)).param).to.equal(param);
    });
  }
});
