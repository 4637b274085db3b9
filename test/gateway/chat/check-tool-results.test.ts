import { expect } from 'chai';
import { parsed, refusalOf } from './chat-body.js';

const USER = { role: 'user', content: 'hi' };
const SYSTEM = { role: 'system', content: 'x' };
const calls = (...ids: readonly string[]) => ({
  role: 'assistant',
  tool_calls: ids.map((id) => ({ id, type: 'function', function: { name: 'f', arguments: '{}' } })),
});
const result = (id: string) => ({ role: 'tool', tool_call_id: id, content: 'x' });

describe('checkToolResults', () => {
  for (const [name, messages] of [
    ['results in any order', [USER, calls('a', 'b'), result('b'), result('a')]],
    ['a user message behind the results', [USER, calls('a'), result('a'), USER]],
    ['a system message among them', [USER, calls('a', 'b'), result('a'), SYSTEM, result('b')]],
    ['an id used again in a later turn', [USER, calls('a'), result('a'), calls('a'), result('a')]],
  ] as const) {
    it(`accepts ${name}`, () => {
      expect(parsed({ messages }).messages).to.have.length(messages.length);
    });
  }

  for (const [name, messages, param, id] of [
    ['a call at the end', [USER, calls('call_7')], 'messages[1].tool_calls', 'call_7'],
    ['a call that a user message follows', [USER, calls('call_7'), USER], 'messages[1].tool_calls', 'call_7'],
    ['one of two calls', [USER, calls('a', 'call_7'), result('a'), USER], 'messages[1].tool_calls', 'call_7'],
    [
      'a call that another answer follows',
      [USER, calls('call_7'), calls('b'), result('b')],
      'messages[1].tool_calls',
      'call_7',
    ],
    ['a result without any call', [USER, result('call_7')], 'messages[1].tool_call_id', 'call_7'],
    ['a result of another call', [USER, calls('a'), result('call_7')], 'messages[2].tool_call_id', 'call_7'],
    [
      'a second result',
      [USER, calls('call_7'), result('call_7'), result('call_7')],
      'messages[3].tool_call_id',
      'call_7',
    ],
    ['a late result', [USER, calls('call_7'), USER, result('call_7')], 'messages[1].tool_calls', 'call_7'],
  ] as const) {
    it(`refuses ${name}, naming the id`, () => {
      const refusal = refusalOf(() => parsed({ messages }));
      expect(refusal.status).to.equal(400);
      expect(refusal.param).to.equal(param);
      expect(refusal.message).to.include(id);
    });
  }

  it('names five ids and counts the others, each cut', () => {
    const ids = Array.from({ length: 8 }, (_, index) => `${index}`.padEnd(500, 'x'));
    const { message } = refusalOf(() => parsed({ messages: [USER, calls(...ids)] }));
    expect(message).to.include('and 3 more');
    expect(message.length).to.be.lessThan(600);
  });
});
