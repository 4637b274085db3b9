import { expect } from 'chai';
import { parsed, parsedMessage, refusalOf } from './chat-body.js';

const text = (value: string) => ({ type: 'text', text: value });
const USER = { role: 'user', content: 'hi' };
const CALL = { id: 'a', type: 'function', function: { name: 'f', arguments: '{"x":1}' } };

describe('parseMessages', () => {
  for (const [name, message, expected] of [
    ['system', { role: 'system', content: 'Be brief.' }, { role: 'system', content: [text('Be brief.')] }],
    [
      'developer as system',
      { role: 'developer', content: 'Be brief.' },
      { role: 'system', content: [text('Be brief.')] },
    ],
    [
      'system parts',
      { role: 'system', content: [text('a'), text(' ')] },
      { role: 'system', content: [text('a'), text(' ')] },
    ],
    ['user text byte for byte', { role: 'user', content: ' \ud800\n' }, { role: 'user', content: [text(' \ud800\n')] }],
    ['an empty user text as no parts', { role: 'user', content: '' }, { role: 'user', content: [] }],
    ['assistant text', { role: 'assistant', content: 'ok' }, assistant({ content: [text('ok')] })],
    ['assistant null', { role: 'assistant', content: null }, assistant({})],
    ['assistant without content', { role: 'assistant' }, assistant({})],
    ['assistant ""', { role: 'assistant', content: '' }, assistant({})],
    ['assistant []', { role: 'assistant', content: [] }, assistant({})],
    [
      'a refusal member as text',
      { role: 'assistant', content: null, refusal: 'No.' },
      assistant({ content: [text('No.')] }),
    ],
    [
      'a refusal part as text',
      { role: 'assistant', content: [{ type: 'refusal', refusal: 'No.' }] },
      assistant({ content: [text('No.')] }),
    ],
    [
      'thinking blocks',
      {
        role: 'assistant',
        content: 'ok',
        reasoning_content: 'never read',
        thinking_blocks: [
          { type: 'thinking', thinking: 'So.', signature: 's' },
          { type: 'thinking', thinking: 'So.', signature: '' },
          { type: 'redacted_thinking', data: 'AA==' },
        ],
      },
      assistant({
        content: [text('ok')],
        thinkingBlocks: [
          { type: 'thinking', thinking: 'So.', signature: 's' },
          { type: 'thinking', thinking: 'So.' },
          { type: 'redacted_thinking', data: 'AA==' },
        ],
      }),
    ],
  ] as const) {
    it(`reads ${name}`, () => {
      expect(parsedMessage(message)).to.deep.equal(expected);
    });
  }

  it('keeps every message in its place', () => {
    const roles = ['system', 'user', 'developer', 'user', 'assistant'];
    const { messages } = parsed({ messages: roles.map((role) => ({ role, content: role })) });
    expect(messages.map(({ role }) => role)).to.deep.equal(['system', 'user', 'system', 'user', 'assistant']);
  });

  it('reads calls and their results', () => {
    const { messages } = parsed({
      messages: [
        USER,
        { role: 'assistant', content: null, tool_calls: [CALL, { ...CALL, id: 'b', function: { name: 'g' } }] },
        { role: 'tool', tool_call_id: 'b', content: [text('1'), text('2')] },
        { role: 'tool', tool_call_id: 'a', content: '{"n": 1.0}' },
      ],
    });
    expect(messages.slice(1)).to.deep.equal([
      assistant({
        toolCalls: [
          { id: 'a', name: 'f', arguments: '{"x":1}' },
          { id: 'b', name: 'g', arguments: '' },
        ],
      }),
      { role: 'tool', toolCallId: 'b', content: [text('1'), text('2')] },
      { role: 'tool', toolCallId: 'a', content: [text('{"n": 1.0}')] },
    ]);
  });

  for (const content of [null, '', []]) {
    it(`keeps a result whose content is ${JSON.stringify(content)}`, () => {
      const { messages } = parsed({
        messages: [USER, { role: 'assistant', tool_calls: [CALL] }, { role: 'tool', tool_call_id: 'a', content }],
      });
      expect(messages[2]).to.deep.equal({ role: 'tool', toolCallId: 'a', content: [] });
    });
  }

  it('drops names by name, once', () => {
    const named = { ...USER, name: 'ann' };
    expect(
      parsed({ messages: [named, { role: 'assistant', content: 'ok', name: 'bot' }, named] }).dropped,
    ).to.deep.equal(['messages[].name']);
  });

  it("drops an assistant's sound by name and uses its transcript", () => {
    const spoken = { role: 'assistant', audio: { id: 'audio_1', transcript: 'Said.' } };
    const { messages, dropped } = parsed({ messages: [USER, spoken, USER] });
    expect(messages[1]).to.deep.equal(assistant({ content: [text('Said.')] }));
    expect(dropped).to.deep.equal(['messages[].audio']);
  });

  it('prefers content to the transcript', () => {
    const { messages } = parsed({
      messages: [USER, { role: 'assistant', content: 'Written.', audio: { id: 'a', transcript: 'Said.' } }],
    });
    expect(messages[1]?.content).to.deep.equal([text('Written.')]);
  });

  for (const [param, message] of [
    ['messages[0].role', {}],
    ['messages[0].role', { role: 'bot', content: 'hi' }],
    ['messages[0].role', { role: ['user'], content: 'hi' }],
    ['messages[0].role', { role: '__proto__', content: 'hi' }],
    ['messages[0].content', { role: 'user' }],
    ['messages[0].content', { role: 'user', content: null }],
    ['messages[0].content', { role: 'user', content: 5 }],
    ['messages[0].content', { role: 'user', content: { type: 'text' } }],
    ['messages[0].content', { role: 'system' }],
    ['messages[0].content', { role: 'assistant', content: false }],
    ['messages[0].content[0]', { role: 'user', content: ['hi'] }],
    ['messages[0].content[1].type', { role: 'user', content: [text('a'), { type: 'hologram' }] }],
    ['messages[0].content[0].type', { role: 'user', content: [{ text: 'a' }] }],
    ['messages[0].content[0].type', { role: 'user', content: [{ type: 'constructor' }] }],
    ['messages[0].content[0].type', { role: 'system', content: [{ type: 'image_url' }] }],
    ['messages[0].content[0].type', { role: 'assistant', content: [{ type: 'image_url' }] }],
    ['messages[0].content[0].text', { role: 'user', content: [{ type: 'text' }] }],
    ['messages[0].content[0].text', { role: 'user', content: [{ type: 'text', text: 1 }] }],
    ['messages[0].refusal', { role: 'assistant', refusal: {} }],
    ['messages[0].audio', { role: 'assistant', audio: 'x' }],
    ['messages[0].tool_calls', { role: 'assistant', tool_calls: {} }],
    ['messages[0].tool_calls[0]', { role: 'assistant', tool_calls: ['x'] }],
    ['messages[0].tool_calls[0].type', { role: 'assistant', tool_calls: [{ ...CALL, type: 'custom' }] }],
    ['messages[0].tool_calls[0].id', { role: 'assistant', tool_calls: [{ ...CALL, id: '' }] }],
    ['messages[0].tool_calls[0].id', { role: 'assistant', tool_calls: [{ function: { name: 'f' } }] }],
    ['messages[0].tool_calls[1].id', { role: 'assistant', tool_calls: [CALL, CALL] }],
    ['messages[0].tool_calls[0].function', { role: 'assistant', tool_calls: [{ id: 'a' }] }],
    ['messages[0].tool_calls[0].function.name', { role: 'assistant', tool_calls: [{ id: 'a', function: {} }] }],
    [
      'messages[0].tool_calls[0].function.arguments',
      { role: 'assistant', tool_calls: [{ id: 'a', function: { name: 'f', arguments: {} } }] },
    ],
    ['messages[0].thinking_blocks', { role: 'assistant', thinking_blocks: 'x' }],
    ['messages[0].thinking_blocks[0].type', { role: 'assistant', thinking_blocks: [{ type: 'dream' }] }],
    ['messages[0].thinking_blocks[0].data', { role: 'assistant', thinking_blocks: [{ type: 'redacted_thinking' }] }],
    ['messages[0].tool_call_id', { role: 'tool', content: 'x' }],
    ['messages[0].content[0].type', { role: 'tool', tool_call_id: 'a', content: [{ type: 'file' }] }],
  ] as const) {
    it(`refuses ${JSON.stringify(message)} at ${param}`, () => {
      expect(refusalOf(() => parsedMessage(message)).body().error).to.include({ type: 'invalid_request_error', param });
    });
  }

  for (const messages of [
    [{ role: 'user', content: ' \n\t' }],
    [{ role: 'user', content: [] }],
    [
      { role: 'system', content: ' ' },
      { role: 'assistant', content: null },
    ],
  ]) {
    it(`refuses ${JSON.stringify(messages)}, which says nothing`, () => {
      expect(refusalOf(() => parsed({ messages })).param).to.equal('messages');
    });
  }

  it('accepts a system message alone', () => {
    expect(parsed({ messages: [{ role: 'system', content: 'Be brief.' }] }).messages).to.have.length(1);
  });
});

function assistant(members: object): object {
  return { role: 'assistant', content: [], toolCalls: [], thinkingBlocks: [], ...members };
}
