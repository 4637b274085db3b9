import { expect } from 'chai';
import type { ChatAnswer } from '../../../src/gateway/chat/chat-answer.js';
import { AnswerCollector } from '../../../src/gateway/chat/collect-answer.js';
import { eventsOf } from '../../../src/gateway/chat/events-of-answer.js';

const ANSWER: ChatAnswer = {
  content: 'hello',
  reasoning: 'why',
  thinkingBlocks: [{ type: 'thinking', thinking: 'why', signature: 's' }],
  toolCalls: [
    { id: 'a', name: 'f', arguments: '{}' },
    { id: 'b', name: 'g', arguments: '{"x":1}' },
  ],
  annotations: [{ url: 'https://example.org', startIndex: 0, endIndex: 5 }],
  finish: { reason: 'tool_calls' },
};

describe('AnswerCollector', () => {
  for (const [name, answer] of [
    ['an answer with everything', ANSWER],
    ['tool calls alone', { ...ANSWER, content: null }],
  ] as const) {
    it(`gives back ${name} of which the events are, however its texts are cut`, () => {
      const collector = new AnswerCollector();
      for (const event of eventsOf(answer)) {
        if (event.type === 'text' || event.type === 'reasoning') {
          for (const text of event.text) collector.add({ ...event, text });
        } else if (event.type === 'tool_call') {
          collector.add({ ...event, arguments: '' });
          for (const text of event.arguments) collector.add({ type: 'tool_arguments', index: event.index, text });
        } else collector.add(event);
      }
      expect(collector.answer()).to.deep.equal(answer);
    });
  }

  it('refuses to give half an answer', () => {
    expect(() => new AnswerCollector().answer()).to.throw(RangeError);
  });
});
