import { expect } from 'chai';
import { call, MODELS, sent, tool, translation } from './translating.js';

// docs/mapping.md, "Prompt caching".

const EPHEMERAL = { cache_control: { type: 'ephemeral' } };
const ttl = (value: string) => ({ cache_control: { type: 'ephemeral', ttl: value } });
const POINT = { cachePoint: { type: 'default' } };
const point = (value: string) => ({ cachePoint: { type: 'default', ttl: value } });
const part = (text: string, mark: object = {}) => ({ type: 'text', text, ...mark });
const user = (content: unknown, mark: object = {}) => ({ role: 'user', content, ...mark });
const system = (content: unknown, mark: object = {}) => ({ role: 'system', content, ...mark });

function points({ toolConfig, system: blocks = [], messages = [] }: ReturnType<typeof sent>): object[] {
  const turns = messages.flatMap(({ content = [] }) => content);
  return [...(toolConfig?.tools ?? []), ...blocks, ...turns].filter((block) => block.cachePoint !== undefined);
}

describe('toConverse: prompt caching', () => {
  it('puts a point behind a marked part', () => {
    const { messages } = sent({ messages: [user([part('a', EPHEMERAL), part('b')])] }, { model: MODELS.claude37 });
    expect(messages?.[0]?.content).to.deep.equal([{ text: 'a' }, POINT, { text: 'b' }]);
  });

  it('puts one behind a marked message, once if its last part is marked too', () => {
    for (const content of ['a', [part('a', EPHEMERAL)]]) {
      const { messages } = sent({ messages: [user(content, EPHEMERAL)] });
      expect(messages?.[0]?.content).to.deep.equal([{ text: 'a' }, POINT]);
    }
  });

  it('puts one behind a marked system prompt and a marked tool', () => {
    const input = sent({ messages: [system('s', EPHEMERAL), user('a')], tools: [{ ...tool('f'), ...EPHEMERAL }] });
    expect(input.system).to.deep.equal([{ text: 's' }, POINT]);
    expect(input.toolConfig?.tools?.[1]).to.deep.equal(POINT);
  });

  it('understands the breakpoint of OpenAI', () => {
    const mark = { prompt_cache_breakpoint: { mode: 'explicit' } };
    expect(sent({ messages: [user([part('a', mark)])] }).messages?.[0]?.content).to.deep.equal([{ text: 'a' }, POINT]);
  });

  it('puts one beside a tool result, never within it', () => {
    for (const marked of [
      { role: 'tool', tool_call_id: '1', content: [part('x', EPHEMERAL)] },
      { role: 'tool', tool_call_id: '1', content: 'x', ...EPHEMERAL },
    ]) {
      const messages = [user('a'), { role: 'assistant', tool_calls: [call('1')] }, marked];
      expect(sent({ messages }).messages?.[2]?.content).to.deep.equal([
        { toolResult: { toolUseId: '1', content: [{ text: 'x' }] } },
        POINT,
      ]);
    }
  });

  it('drops the mark of a blank part unless something stands before it', () => {
    const marked = sent({ messages: [user([part(' ', EPHEMERAL), part('a'), part('', EPHEMERAL)])] });
    expect(marked.messages?.[0]?.content).to.deep.equal([{ text: 'a' }, POINT]);
  });

  it('keeps four points, the last ones', () => {
    const messages = [
      system([part('s', EPHEMERAL)]),
      user([part('a', EPHEMERAL), part('b', EPHEMERAL), part('c', EPHEMERAL)]),
    ];
    const input = sent({ messages, tools: [{ ...tool('f'), ...EPHEMERAL }] });
    expect(points(input)).to.have.length(4);
    expect(input.toolConfig?.tools).to.have.length(1);
    expect(input.system).to.have.length(2);
  });

  it('passes a lifetime on', () => {
    expect(points(sent({ messages: [user([part('a', ttl('1h')), part('b', ttl('5m'))])] }))).to.deep.equal([
      point('1h'),
      point('5m'),
    ]);
  });

  it('lowers an hour behind five minutes', () => {
    const messages = [system([part('s', EPHEMERAL)]), user([part('a', ttl('1h'))])];
    expect(points(sent({ messages }))).to.deep.equal([POINT, point('5m')]);
  });

  describe('on Nova', () => {
    const asked = { model: MODELS.nova };

    it('has no lifetime', () => {
      expect(points(sent({ messages: [system('s', ttl('1h')), user([part('a', ttl('5m'))])] }, asked))).to.deep.equal([
        POINT,
        POINT,
      ]);
    });

    it('is not among the tools, nor in a turn with tool blocks', () => {
      const messages = [
        user('a', EPHEMERAL),
        { role: 'assistant', tool_calls: [call('1')], ...EPHEMERAL },
        { role: 'tool', tool_call_id: '1', content: 'x', ...EPHEMERAL },
      ];
      const input = sent({ messages, tools: [{ ...tool('f'), ...EPHEMERAL }] }, asked);
      expect(points(input)).to.deep.equal([POINT]);
      expect(input.messages?.[0]?.content?.[1]).to.deep.equal(POINT);
    });
  });

  for (const model of [MODELS.claude3, MODELS.llama31, MODELS.titan, MODELS.gptOss]) {
    it(`is dropped by name on ${model}`, () => {
      const { input, dropped } = translation({ messages: [user('a', EPHEMERAL)] }, { model });
      expect(points(input)).to.deep.equal([]);
      expect(dropped).to.deep.equal(['cache_control']);
    });
  }

  it('is dropped by name behind a system prompt that became a user turn', () => {
    const { dropped } = translation({ messages: [system('s', EPHEMERAL), user('a')] }, { model: MODELS.mixtral });
    expect(dropped).to.deep.equal(['cache_control']);
  });

  it('is assumed behind an ARN that tells no model', () => {
    expect(points(sent({ messages: [user('a', EPHEMERAL)] }, { model: MODELS.profile }))).to.deep.equal([POINT]);
  });

  describe('by the target', () => {
    const cache = { system: true, messages: true };
    const chat = [system('s'), user('a'), { role: 'assistant', content: 'b' }, user('c')];

    it('is put behind the system prompt and the last user turn', () => {
      const input = sent({ messages: chat }, { cache });
      expect(input.system).to.deep.equal([{ text: 's' }, POINT]);
      expect(input.messages?.map(({ content }) => content?.length)).to.deep.equal([1, 1, 2]);
    });

    it('is put where the target says', () => {
      expect(points(sent({ messages: chat }, { cache: { system: true } }))).to.have.length(1);
      expect(points(sent({ messages: [user('a')] }, { cache: { system: true } }))).to.have.length(0);
    });

    it('gives way to the marks of the caller', () => {
      const input = sent({ messages: [system('s'), user('a', EPHEMERAL), user('b')] }, { cache });
      expect(input.system).to.deep.equal([{ text: 's' }]);
      expect(points(input)).to.have.length(1);
    });

    it('is passed over on a model without caching, without a word to the caller', () => {
      const { input, dropped } = translation({ messages: chat }, { cache, model: MODELS.llama31 });
      expect(points(input)).to.deep.equal([]);
      expect(dropped).to.deep.equal([]);
    });
  });
});
