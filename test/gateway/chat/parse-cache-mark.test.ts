import { expect } from 'chai';
import { chatBody, parsed, PNG } from './chat-body.js';
import { parseChatRequest } from '../../../src/gateway/chat/parse-chat-request.js';

const EPHEMERAL = { cache_control: { type: 'ephemeral' } };
const BREAKPOINT = { prompt_cache_breakpoint: { mode: 'explicit' } };

describe('cacheMark', () => {
  for (const [name, mark, cache] of [
    ['cache_control', EPHEMERAL, {}],
    ['cache_control for five minutes', { cache_control: { type: 'ephemeral', ttl: '5m' } }, { ttl: '5m' }],
    ['cache_control for an hour', { cache_control: { type: 'ephemeral', ttl: '1h' } }, { ttl: '1h' }],
    ['prompt_cache_breakpoint', BREAKPOINT, {}],
  ] as const) {
    it(`reads ${name} on parts of every kind`, () => {
      const parts = [
        { type: 'text', text: 'a', ...mark },
        { type: 'image_url', image_url: { url: `data:image/png;base64,${PNG}` }, ...mark },
        { type: 'file', file: { file_data: `data:application/pdf;base64,${PNG}` }, ...mark },
        { type: 'file', file: { file_data: `data:image/png;base64,${PNG}` }, ...mark },
        { type: 'input_audio', input_audio: { data: PNG, format: 'wav' }, ...mark },
        { type: 'video_url', video_url: { url: 's3://my-bucket/x.mp4' }, ...mark },
      ];
      const { messages, dropped } = parsed({ messages: [{ role: 'user', content: parts }] });
      expect(messages[0]?.content.map((part) => part.cache)).to.deep.equal(parts.map(() => cache));
      expect(dropped).to.deep.equal([]);
    });
  }

  it('is read on messages of every role and on tools', () => {
    const call = { id: 'a', type: 'function', function: { name: 'f', arguments: '{}' } };
    const { messages, tools } = parsed({
      messages: [
        { role: 'system', content: 'x', ...EPHEMERAL },
        { role: 'user', content: 'x', ...EPHEMERAL },
        { role: 'assistant', tool_calls: [call], ...EPHEMERAL },
        { role: 'tool', tool_call_id: 'a', content: 'x', ...EPHEMERAL },
      ],
      tools: [
        { type: 'function', function: { name: 'f' }, ...EPHEMERAL },
        { type: 'function', function: { name: 'g', ...BREAKPOINT } },
        { type: 'function', function: { name: 'h' } },
      ],
    });
    expect(messages.map(({ cache }) => cache)).to.deep.equal([{}, {}, {}, {}]);
    expect(tools.map(({ cache }) => cache)).to.deep.equal([{}, {}, undefined]);
  });

  for (const [name, mark, cache, dropped] of [
    ['another ttl, keeping the mark', { cache_control: { type: 'ephemeral', ttl: '30m' } }, {}, 'cache_control.ttl'],
    ['another type', { cache_control: { type: 'persistent' } }, undefined, 'cache_control'],
    ['another shape', { cache_control: true }, undefined, 'cache_control'],
    ['another mode', { prompt_cache_breakpoint: { mode: 'implicit' } }, undefined, 'prompt_cache_breakpoint'],
  ] as const) {
    it(`drops ${name} by name`, () => {
      const body = chatBody({ messages: [{ role: 'user', content: [{ type: 'text', text: 'a', ...mark }] }] });
      const request = parseChatRequest(body);
      expect(request.messages[0]?.content[0]?.cache).to.deep.equal(cache);
      expect(request.dropped).to.deep.equal([`messages[].content[].${dropped}`]);
    });
  }
});
