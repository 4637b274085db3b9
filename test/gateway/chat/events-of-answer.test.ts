import { expect } from 'chai';
import { eventsOf } from '../../../src/gateway/chat/events-of-answer.js';
import { answer, STOP } from './answers.js';

describe('eventsOf', () => {
  it('plays role, reasoning, text, one event for each call, finish', () => {
    const calls = [
      { id: 'a', name: 'f', arguments: '{"x":1}' },
      { id: 'b', name: 'g', arguments: '{}' },
    ];
    const block = { type: 'thinking', thinking: 'So.', signature: 's' } as const;
    const annotation = { url: 'https://a.example', startIndex: 0, endIndex: 5 };
    const whole = answer({ reasoning: 'So.', thinkingBlocks: [block], toolCalls: calls, annotations: [annotation] });
    expect(eventsOf(whole)).to.deep.equal([
      { type: 'start' },
      { type: 'reasoning', text: 'So.' },
      { type: 'thinking_block', block },
      { type: 'text', text: 'Hello.' },
      { type: 'annotation', annotation },
      { type: 'tool_call', index: 0, ...calls[0] },
      { type: 'tool_call', index: 1, ...calls[1] },
      { type: 'finish', finish: STOP },
    ]);
  });

  for (const content of [null, '']) {
    it(`plays no text for ${JSON.stringify(content)}`, () => {
      expect(eventsOf(answer({ content }))).to.deep.equal([{ type: 'start' }, { type: 'finish', finish: STOP }]);
    });
  }
});
