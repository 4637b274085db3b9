import { expect } from 'chai';
import { refusalOf } from '../../chat/chat-body.js';
import { blocks, call, MODELS, sent, tool, translation, turns } from './translating.js';

// docs/mapping.md, "Messages" and "Content parts": one test or more a row.

const user = (content: unknown = 'hi') => ({ role: 'user', content });
const assistant = (content: unknown = 'hello') => ({ role: 'assistant', content });
const system = (content: unknown) => ({ role: 'system', content });
const calling = (...calls: object[]) => ({ role: 'assistant', content: null, tool_calls: calls });
const result = (id: string, content: unknown = id) => ({ role: 'tool', tool_call_id: id, content });
const toolUse = (toolUseId: string, input: object = {}) => ({ toolUse: { toolUseId, name: 'f', input } });
const toolResult = (toolUseId: string, text = toolUseId) => ({ toolResult: { toolUseId, content: [{ text }] } });
const text = (value: string) => ({ text: value });
/** The ids of the call in the second message and of the result in the third. */
function callIds(messages: readonly object[], model: string = MODELS.claude4): (string | undefined)[] {
  const [, asked, answered] = sent({ messages }, { model }).messages ?? [];
  return [asked?.content?.[0]?.toolUse?.toolUseId, answered?.content?.[0]?.toolResult?.toolUseId];
}

const PNG = 'data:image/png;base64,iVBORw0KGgo=';
const PNG_BYTES = Uint8Array.from(Buffer.from('iVBORw0KGgo=', 'base64'));

describe('toConverse: messages', () => {
  describe('system and developer', () => {
    it('go to the top in order, one block a part, wherever they stand', () => {
      const body = {
        messages: [
          system([
            { type: 'text', text: 'a' },
            { type: 'text', text: 'b' },
          ]),
          user(),
          { role: 'developer', content: 'c' },
          user('there'),
        ],
      };
      expect(sent(body).system).to.deep.equal([text('a'), text('b'), text('c')]);
      expect(turns(body.messages)).to.deep.equal([['user', text('hi'), text('there')]]);
    });

    it('are left out where blank', () => {
      expect(sent({ messages: [system(' \n'), user()] })).not.to.have.property('system');
    });

    it('are the first blocks of the first user turn on a model without system prompts', () => {
      const messages = [system('be kind'), user(), assistant(), user('bye')];
      for (const model of [MODELS.titan, MODELS.mixtral]) {
        expect(turns(messages, { model })).to.deep.equal([
          ['user', text('be kind'), text('hi')],
          ['assistant', text('hello')],
          ['user', text('bye')],
        ]);
        expect(sent({ messages }, { model })).not.to.have.property('system');
      }
    });

    it('alone are joined by a user turn that is not blank', () => {
      const { system: sentSystem, messages } = sent({ messages: [system('be kind')] });
      expect(sentSystem).to.deep.equal([text('be kind')]);
      expect(messages).to.have.length(1);
      expect(messages?.[0]?.role).to.equal('user');
      expect(messages?.[0]?.content?.[0]?.text).to.match(/\S/);
    });

    it('alone are the user turn on a model without system prompts', () => {
      expect(turns([system('be kind')], { model: MODELS.titan })).to.deep.equal([['user', text('be kind')]]);
    });
  });

  describe('turns', () => {
    it('join neighbours of one role without gluing their texts', () => {
      expect(turns([user('a'), user('b'), assistant('c'), assistant('d'), user('e')])).to.deep.equal([
        ['user', text('a'), text('b')],
        ['assistant', text('c'), text('d')],
        ['user', text('e')],
      ]);
    });

    it('hold user text byte for byte', () => {
      expect(blocks(' \u00a0two  spaces \n\ud83d\ude00\u200b ')).to.deep.equal([
        text(' \u00a0two  spaces \n\ud83d\ude00\u200b '),
      ]);
    });

    for (const blank of ['', ' ', ' \n\t', '\u00a0']) {
      it(`leave out blank text ${JSON.stringify(blank)}`, () => {
        const parts = [
          { type: 'text', text: blank },
          { type: 'text', text: 'x' },
        ];
        expect(blocks(parts)).to.deep.equal([text('x')]);
      });
    }

    for (const nothing of [null, '', []]) {
      it(`drop an assistant who says ${JSON.stringify(nothing)} and join those around`, () => {
        expect(turns([user('a'), assistant(nothing), user('b')])).to.deep.equal([['user', text('a'), text('b')]]);
      });
    }

    it('hold only the calls of an assistant whose text is blank', () => {
      const messages = [user(), { ...calling(call('1')), content: ' ' }, result('1')];
      expect(turns(messages)).to.deep.equal([
        ['user', text('hi')],
        ['assistant', toolUse('1')],
        ['user', toolResult('1')],
      ]);
    });

    it('hold text before calls', () => {
      const messages = [user(), { ...calling(call('1')), content: 'let me see' }, result('1')];
      expect(turns(messages)[1]).to.deep.equal(['assistant', text('let me see'), toolUse('1')]);
    });

    it('begin with a user turn that is not blank', () => {
      const [first, second] = turns([assistant(), user()]) as [string, { text: string }][];
      expect(first?.[0]).to.equal('user');
      expect(first?.[1].text).to.match(/\S/);
      expect(second).to.deep.equal(['assistant', text('hello')]);
    });

    it('hold a refusal as text', () => {
      expect(turns([user(), { role: 'assistant', refusal: 'no' }, user('why')])[1]).to.deep.equal([
        'assistant',
        text('no'),
      ]);
    });

    it('know no names', () => {
      expect(turns([{ ...user(), name: 'Ann' }])).to.deep.equal([['user', text('hi')]]);
    });
  });

  describe('a last turn of the assistant', () => {
    const messages = [user(), assistant('{ \n')];

    it('is continued, without white space at its end', () => {
      expect(turns(messages).at(-1)).to.deep.equal(['assistant', text('{')]);
    });

    for (const model of [MODELS.claude46, MODELS.claude5, MODELS.nova2]) {
      it(`is followed by a user on ${model}`, () => {
        expect(turns(messages, { model }).slice(-2)).to.deep.equal([
          ['assistant', text('{ \n')],
          ['user', text('Continue.')],
        ]);
      });
    }

    it('is followed by a user when Claude thinks', () => {
      expect(turns(messages, { body: { reasoning_effort: 'low' } }).at(-1)).to.deep.equal(['user', text('Continue.')]);
    });

    it('is followed by a user when it is last only because what the user said is blank', () => {
      expect(turns([user(), assistant(), user(' ')]).at(-1)).to.deep.equal(['user', text('Continue.')]);
    });
  });

  describe('tool calls and results', () => {
    for (const [row, written, input] of [
      ['a JSON object', '{"city":"Bern","n":[1]}', { city: 'Bern', n: [1] }],
      ['nothing', '', {}],
      ['white space', ' ', {}],
      ['no JSON', '{"city":', { raw_arguments: '{"city":' }],
      ['a JSON array', '[1]', { value: [1] }],
      ['a JSON string', '"x"', { value: 'x' }],
      ['null', 'null', { value: null }],
      [
        'absurd nesting',
        '['.repeat(10_000) + ']'.repeat(10_000),
        { raw_arguments: '['.repeat(10_000) + ']'.repeat(10_000) },
      ],
    ] as const) {
      it(`take ${row} for arguments`, () => {
        const messages = [user(), calling(call('1', 'f', written)), result('1')];
        expect(turns(messages)[1]).to.deep.equal(['assistant', toolUse('1', input)]);
      });
    }

    it('are one user turn, in the order of the calls, with what the user says behind', () => {
      const messages = [user(), calling(call('1'), call('2')), result('2'), result('1'), user('and now?')];
      expect(turns(messages).slice(1)).to.deep.equal([
        ['assistant', toolUse('1'), toolUse('2')],
        ['user', toolResult('1'), toolResult('2'), text('and now?')],
      ]);
    });

    it('keep the text of a result as it is, even if it is JSON', () => {
      expect(turns([user(), calling(call('1')), result('1', '{"n":1.0}')])[2]).to.deep.equal([
        'user',
        toolResult('1', '{"n":1.0}'),
      ]);
    });

    for (const blank of ['', ' ', [], [{ type: 'text', text: '\n' }]]) {
      it(`say that a result of ${JSON.stringify(blank)} is empty`, () => {
        expect(turns([user(), calling(call('1')), result('1', blank)])[2]).to.deep.equal([
          'user',
          toolResult('1', '(no output)'),
        ]);
      });
    }

    it('hold a block a part, images too', () => {
      const content = [
        { type: 'text', text: 'a' },
        { type: 'text', text: ' ' },
        { type: 'image_url', image_url: { url: PNG } },
      ];
      const image = { image: { format: 'png', source: { bytes: PNG_BYTES } } };
      expect(turns([user(), calling(call('1')), result('1', content)], { model: MODELS.nova })[2]).to.deep.equal([
        'user',
        { toolResult: { toolUseId: '1', content: [text('a'), image] } },
      ]);
    });

    it('refuse an image in a result on a model that takes none there', () => {
      const content = [{ type: 'image_url', image_url: { url: PNG } }];
      const refusal = refusalOf(() =>
        turns([user(), calling(call('1')), result('1', content)], { model: MODELS.pixtral }),
      );
      expect(refusal.param).to.equal('messages[2].content[0]');
    });

    it('know no status', () => {
      const [, , answer] = turns([user(), calling(call('1')), result('1')]) as unknown[][];
      expect(answer?.[1]).to.have.property('toolResult').that.has.all.keys('toolUseId', 'content');
    });

    it('have the same clean id on both sides', () => {
      const [id, answeredId] = callIds([user(), calling(call('fc:1')), result('fc:1')]);
      expect(id).to.match(/^[a-zA-Z0-9_-]{1,64}$/);
      expect(answeredId).to.equal(id);
    });

    it('have ids of nine letters and digits on Mistral', () => {
      const messages = [user(), calling(call('call_abcdefghij')), result('call_abcdefghij')];
      const [id, answeredId] = callIds(messages, MODELS.mistralLarge);
      expect(id).to.match(/^[a-zA-Z0-9]{9}$/);
      expect(answeredId).to.equal(id);
    });

    it('declare the tools they name when the request declares none', () => {
      const messages = [user(), calling(call('1', 'f'), call('2', 'bad name')), result('1'), result('2')];
      const { toolConfig } = sent({ messages });
      expect(toolConfig).not.to.have.property('toolChoice');
      const names = toolConfig?.tools?.map(({ toolSpec }) => toolSpec?.name);
      expect(names?.[0]).to.equal('f');
      expect(names?.[1]).to.match(/^bad_name_[0-9a-f]{8}$/);
      for (const { toolSpec } of toolConfig?.tools ?? []) {
        expect(toolSpec?.inputSchema).to.deep.equal({ json: { type: 'object', properties: {} } });
      }
    });

    it('become text on a model that takes no tools', () => {
      const messages = [user(), calling(call('1', 'f', '{"a":1}')), result('1', 'found')];
      const { toolConfig, messages: asked } = sent({ messages }, { model: MODELS.llama3 });
      expect(toolConfig).to.equal(undefined);
      const texts = asked?.flatMap(({ content }) => content?.map((block) => block.text)) ?? [];
      expect(texts).to.include('found');
      expect(texts.join(' ')).to.include('{"a":1}');
    });
  });

  describe('reasoning of earlier answers', () => {
    const signed = { type: 'thinking', thinking: 'hm', signature: 'c2ln' };
    const unsigned = { type: 'thinking', thinking: 'hm' };
    const redacted = { type: 'redacted_thinking', data: 'AQID' };
    const reasoned = (blocks: object[]) => [
      user(),
      { ...calling(call('1')), content: 'so', thinking_blocks: blocks },
      result('1'),
    ];

    it('stands first in its turn, signed and unchanged', () => {
      expect(turns(reasoned([signed, redacted]))[1]).to.deep.equal([
        'assistant',
        { reasoningContent: { reasoningText: { text: 'hm', signature: 'c2ln' } } },
        { reasoningContent: { redactedContent: Buffer.from([1, 2, 3]) } },
        text('so'),
        toolUse('1'),
      ]);
    });

    it('stands first also where it joins a turn', () => {
      const messages = [
        user(),
        assistant('one'),
        { role: 'assistant', content: 'two', thinking_blocks: [signed] },
        user(),
      ];
      expect(turns(messages)[1]).to.deep.equal([
        'assistant',
        { reasoningContent: { reasoningText: { text: 'hm', signature: 'c2ln' } } },
        text('one'),
        text('two'),
      ]);
    });

    it('is dropped by name without a signature', () => {
      const { input, dropped } = translation({ messages: reasoned([unsigned]) });
      expect(input.messages?.[1]?.content).to.deep.equal([text('so'), toolUse('1')]);
      expect(dropped).to.deep.equal(['messages[].thinking_blocks']);
    });

    it('is never made of reasoning_content alone', () => {
      const messages = [user(), { role: 'assistant', content: 'so', reasoning_content: 'hm' }, user()];
      expect(turns(messages)[1]).to.deep.equal(['assistant', text('so')]);
    });

    for (const model of [MODELS.deepseekV3, MODELS.gptOss, MODELS.nova2]) {
      it(`is never sent to ${model}`, () => {
        expect(turns(reasoned([signed, redacted]), { model })[1]).to.deep.equal([
          'assistant',
          text('so'),
          toolUse('1'),
        ]);
      });
    }
  });

  it('translates the legacy function messages', () => {
    const messages = [
      user(),
      { role: 'assistant', content: null, function_call: { name: 'f', arguments: '{"a":1}' } },
      { role: 'function', name: 'f', content: 'found' },
    ];
    const [, asked, answered] = sent({ messages, functions: [{ name: 'f' }] }).messages ?? [];
    const use = asked?.content?.[0]?.toolUse;
    expect(use).to.deep.include({ name: 'f', input: { a: 1 } });
    expect(answered?.content?.[0]?.toolResult?.toolUseId).to.equal(use?.toolUseId);
  });
});

describe('toConverse: content parts', () => {
  const image = (url: string) => ({ type: 'image_url', image_url: { url } });
  const file = (members: object) => ({ type: 'file', file: members });
  const PDF = 'data:application/pdf;base64,AQID';

  it('decodes an image once and keeps its place among the texts', () => {
    const parts = [{ type: 'text', text: 'a' }, image(PNG), { type: 'text', text: 'b' }];
    expect(blocks(parts)).to.deep.equal([
      text('a'),
      { image: { format: 'png', source: { bytes: PNG_BYTES } } },
      text('b'),
    ]);
  });

  it('hands an S3 address over', () => {
    expect(blocks([image('s3://bucket/a.webp')], { model: MODELS.nova })).to.deep.equal([
      { image: { format: 'webp', source: { s3Location: { uri: 's3://bucket/a.webp' } } } },
    ]);
  });

  it('refuses an image on a model that takes none', () => {
    const refusal = refusalOf(() => blocks([{ type: 'text', text: 'a' }, image(PNG)], { model: MODELS.novaMicro }));
    expect(refusal.status).to.equal(400);
    expect(refusal.param).to.equal('messages[0].content[1]');
  });

  it('refuses a document on a model that takes none', () => {
    const refusal = refusalOf(() => blocks([file({ file_data: PDF })], { model: MODELS.gptOss }));
    expect(refusal.param).to.equal('messages[0].content[0]');
  });

  it('names documents, each once', () => {
    const parts = [
      { type: 'text', text: 'compare' },
      file({ file_data: PDF, filename: 'a.pdf' }),
      file({ file_data: PDF, filename: 'a.pdf' }),
    ];
    const source = { bytes: Uint8Array.from([1, 2, 3]) };
    expect(blocks(parts)).to.deep.equal([
      text('compare'),
      { document: { format: 'pdf', name: 'a', source } },
      { document: { format: 'pdf', name: 'a 2', source } },
    ]);
  });

  it('adds a text to a turn that has a document and none', () => {
    const sentBlocks = blocks([file({ file_data: PDF })]);
    expect(sentBlocks).to.have.length(2);
    expect(sentBlocks[1]?.text).to.match(/\S/);
  });

  it('leaves a turn with a document and a text alone', () => {
    expect(turns([user([file({ file_data: PDF })]), user('what is it?')])[0]).to.have.length(3);
  });

  it('sends audio and video for the model to judge', () => {
    const parts = [
      { type: 'input_audio', input_audio: { data: 'AQID', format: 'mp3' } },
      { type: 'video_url', video_url: { url: 'data:video/3gpp;base64,AQID' } },
    ];
    const source = { bytes: Uint8Array.from([1, 2, 3]) };
    expect(blocks(parts)).to.deep.equal([
      { audio: { format: 'mp3', source } },
      { video: { format: 'three_gp', source } },
    ]);
  });

  it('keeps the tools of the request when the history calls others', () => {
    const messages = [user(), calling(call('1')), result('1')];
    const names = sent({ messages, tools: [tool('g')] }).toolConfig?.tools?.map(({ toolSpec }) => toolSpec?.name);
    expect(names).to.deep.equal(['g']);
  });
});
