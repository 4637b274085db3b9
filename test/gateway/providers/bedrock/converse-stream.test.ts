import type { ConverseStreamOutput } from '@aws-sdk/client-bedrock-runtime';
import { expect } from 'chai';
import type { ChatEvent } from '../../../../src/gateway/chat/chat-answer.js';
import { ConverseStreamReader } from '../../../../src/gateway/providers/bedrock/converse-stream.js';
import { refusalOf } from '../../chat/chat-body.js';
import { reading } from './reading.js';

// docs/mapping.md, "Streams".

const START = { messageStart: { role: 'assistant' } };
const METADATA = {
  metadata: { usage: { inputTokens: 1, outputTokens: 2, totalTokens: 3 }, metrics: { latencyMs: 4 } },
};
const stop = (stopReason = 'end_turn', members: object = {}) => ({ messageStop: { stopReason, ...members } });
const begin = (contentBlockIndex: number, start: object) => ({ contentBlockStart: { contentBlockIndex, start } });
const delta = (contentBlockIndex: number, change: object) => ({
  contentBlockDelta: { contentBlockIndex, delta: change },
});
const end = (contentBlockIndex: number) => ({ contentBlockStop: { contentBlockIndex } });
const text = (value: string, index = 0) => delta(index, { text: value });
const useTool = (index: number, name: string, members: object = {}) =>
  begin(index, { toolUse: { toolUseId: `id${index}`, name, ...members } });
const input = (index: number, value: string) => delta(index, { toolUse: { input: value } });

/** What the reader makes of these events of Bedrock's and of the end of the stream, `start` and `finish` aside. */
function between(events: readonly object[], read = reading()): ChatEvent[] {
  return all(events, read).filter(({ type }) => type !== 'start' && type !== 'finish');
}

function all(events: readonly object[], read = reading()): ChatEvent[] {
  const reader = new ConverseStreamReader(read);
  // Typed one by one in the SDK; the tests also send some that it does not know.
  return [...events.flatMap((event) => reader.read(event as ConverseStreamOutput)), ...reader.end()];
}

function finishOf(events: readonly object[], read = reading()) {
  const event = all(events, read).at(-1);
  if (event?.type !== 'finish') throw new Error(`expected a finish, got ${event?.type}`);
  return event.finish;
}

const called = (index: number, id: string, name: string) => ({ type: 'tool_call', index, id, name, arguments: '' });
const argued = (index: number, value: string) => ({ type: 'tool_arguments', index, text: value });
const said = (value: string) => ({ type: 'text', text: value });

describe('ConverseStreamReader', () => {
  it('reads a whole stream', () => {
    expect(all([START, text('Hel'), text('lo'), end(0), stop(), METADATA])).to.deep.equal([
      { type: 'start' },
      said('Hel'),
      said('lo'),
      {
        type: 'finish',
        finish: {
          reason: 'stop',
          usage: { inputTokens: 1, outputTokens: 2, cacheReadTokens: 0, cacheWriteTokens: 0 },
          extension: { name: 'bedrock', members: { stop_reason: 'end_turn', latency_ms: 4 } },
        },
      },
    ]);
  });

  it('gives each event at once', () => {
    const reader = new ConverseStreamReader(reading());
    const read = (event: object) => reader.read(event as ConverseStreamOutput).map(({ type }) => type);
    expect(read(START)).to.deep.equal(['start']);
    expect(read(text('a'))).to.deep.equal(['text']);
    expect(read(end(0))).to.deep.equal([]);
    expect(read(stop())).to.deep.equal([]);
    expect(reader.finished).to.equal(false);
    expect(read(METADATA)).to.deep.equal(['finish']);
    expect(reader.finished).to.equal(true);
    expect(read(text('late'))).to.deep.equal([]);
    expect(reader.end()).to.deep.equal([]);
  });

  it('starts without messageStart', () => {
    expect(all([text('a'), stop()]).map(({ type }) => type)).to.deep.equal(['start', 'text', 'finish']);
  });

  it('skips empty deltas and starts of text', () => {
    expect(between([START, begin(0, {}), text(''), text('a'), stop()])).to.deep.equal([said('a')]);
  });

  it('passes over events and deltas that it does not know', () => {
    const events = [START, { $unknown: ['surprise', {}] }, delta(0, { $unknown: ['smell', {}] }), text('a'), stop()];
    expect(between(events)).to.deep.equal([said('a')]);
  });

  it('finishes without metadata, at the end of the stream', () => {
    expect(finishOf([START, text('a'), stop()])).to.deep.equal({
      reason: 'stop',
      extension: { name: 'bedrock', members: { stop_reason: 'end_turn' } },
    });
  });

  it('finishes once when metadata came first', () => {
    const events = all([START, METADATA, stop(), METADATA]);
    expect(events.filter(({ type }) => type === 'finish')).to.have.length(1);
    expect(finishOf([START, METADATA, stop()])).to.have.property('usage');
  });

  for (const events of [[], [START], [START, text('a'), end(0)], [START, text('a'), METADATA]]) {
    it(`takes a stream of ${events.length} events without messageStop for broken`, () => {
      const error = refusalOf(() => all(events));
      expect([error.status, error.detail]).to.deep.equal([502, 'truncated']);
    });
  }

  it('keeps trace, tier and additional fields for the finish', () => {
    const trace = { guardrail: { actionReason: 'blocked' } };
    const finish = finishOf([
      START,
      text('Sorry.'),
      stop('guardrail_intervened', { additionalModelResponseFields: { a: 1 } }),
      { metadata: { trace, serviceTier: { type: 'priority' } } },
    ]);
    expect(finish).to.deep.equal({
      reason: 'content_filter',
      serviceTier: 'priority',
      extension: {
        name: 'bedrock',
        members: { stop_reason: 'guardrail_intervened', trace, additional_model_response_fields: { a: 1 } },
      },
    });
  });

  describe('tool calls', () => {
    it('are counted from 0 without gaps, wherever their blocks stand', () => {
      const events = [
        START,
        text('Let me see.', 0),
        end(0),
        useTool(1, 'f'),
        input(1, '{"a":'),
        input(1, ''),
        input(1, '1}'),
        end(1),
        useTool(4, 'g'),
        input(4, '{}'),
        end(4),
        stop('tool_use'),
      ];
      expect(between(events)).to.deep.equal([
        said('Let me see.'),
        called(0, 'id1', 'f'),
        argued(0, '{"a":'),
        argued(0, '1}'),
        called(1, 'id4', 'g'),
        argued(1, '{}'),
      ]);
      expect(finishOf(events).reason).to.equal('tool_calls');
    });

    it('begin at 0 also in block 0', () => {
      expect(between([START, useTool(0, 'f'), input(0, '{}'), end(0), stop()])[0]).to.deep.equal(called(0, 'id0', 'f'));
    });

    it('may be interleaved', () => {
      const events = [START, useTool(0, 'f'), useTool(1, 'g'), input(1, '1'), input(0, '0'), stop()];
      expect(between(events).slice(2, 4)).to.deep.equal([argued(1, '1'), argued(0, '0')]);
    });

    for (const [row, tail] of [
      ['at the end of the block', [end(0), stop()]],
      ['at the end of the message', [stop()]],
    ] as const) {
      it(`without arguments have an empty object, ${row}`, () => {
        const events = [START, useTool(0, 'f'), input(0, ''), ...tail];
        expect(between(events)).to.deep.equal([called(0, 'id0', 'f'), argued(0, '{}')]);
      });
    }

    it('have their own names back', () => {
      const read = reading({}, 'a b');
      expect(between([START, useTool(0, read.toolNames.bedrock('a b')), stop()], read)[0]).to.deep.include({
        name: 'a b',
      });
    });

    it('of the service are not shown, nor counted', () => {
      const events = [
        START,
        useTool(0, 'search', { type: 'server_tool_use' }),
        input(0, '{}'),
        end(0),
        begin(1, { toolResult: { toolUseId: 'id0' } }),
        delta(1, { toolResult: [{ text: 'found' }] }),
        end(1),
        useTool(2, 'f'),
        end(2),
        stop(),
      ];
      expect(between(events)).to.deep.equal([called(0, 'id2', 'f'), argued(0, '{}')]);
    });

    it('are one where the caller wants one', () => {
      const events = [
        START,
        useTool(0, 'f'),
        input(0, '{}'),
        end(0),
        useTool(1, 'g'),
        input(1, '{}'),
        end(1),
        stop('tool_use'),
      ];
      const read = reading({ firstCallOnly: true });
      expect(between(events, read)).to.deep.equal([called(0, 'id0', 'f'), argued(0, '{}')]);
      expect(finishOf(events, read).reason).to.equal('tool_calls');
    });

    it('cut by a token limit end with length', () => {
      expect(finishOf([START, useTool(0, 'f'), input(0, '{"a'), stop('max_tokens')]).reason).to.equal('length');
    });
  });

  describe('reasoning', () => {
    const think = (change: object, index = 0) => delta(index, { reasoningContent: change });

    it('is told as it comes, and whole with its signature behind the block', () => {
      const events = [
        START,
        think({ text: 'hm' }),
        think({ text: ' so' }),
        think({ signature: 'c2' }),
        think({ signature: 'ln' }),
        end(0),
        stop(),
      ];
      expect(between(events)).to.deep.equal([
        { type: 'reasoning', text: 'hm' },
        { type: 'reasoning', text: ' so' },
        { type: 'thinking_block', block: { type: 'thinking', thinking: 'hm so', signature: 'c2ln' } },
      ]);
    });

    it('without a signature is told without one', () => {
      const events = [START, think({ text: 'hm' }), end(0), stop()];
      expect(between(events).at(-1)).to.deep.equal({
        type: 'thinking_block',
        block: { type: 'thinking', thinking: 'hm' },
      });
    });

    it('that is encrypted is joined before it is encoded', () => {
      const events = [
        START,
        think({ redactedContent: Uint8Array.from([1]) }),
        think({ redactedContent: Uint8Array.from([2, 3]) }),
        end(0),
        stop(),
      ];
      expect(between(events)).to.deep.equal([
        { type: 'thinking_block', block: { type: 'redacted_thinking', data: 'AQID' } },
      ]);
    });

    it('whose block was never ended is told with the end of the message', () => {
      expect(between([START, think({ text: 'hm' }), stop()]).at(-1)?.type).to.equal('thinking_block');
    });
  });

  it('makes annotations of web citations, and keeps others for the finish', () => {
    const page = { title: 'Page', location: { web: { url: 'https://a.example/' } } };
    const chunk = { title: 'Doc', location: { documentChunk: { documentIndex: 0, start: 1, end: 2 } } };
    const events = [
      START,
      text('As said: '),
      text('cited', 1),
      delta(1, { citation: page }),
      delta(1, { citation: chunk }),
      stop(),
    ];
    expect(between(events).at(-1)).to.deep.equal({
      type: 'annotation',
      annotation: { url: 'https://a.example/', title: 'Page', startIndex: 9, endIndex: 14 },
    });
    expect(finishOf(events).extension?.members).to.deep.include({ citations: [chunk] });
  });

  it('names blocks that have no place in the answer', () => {
    const events = [START, begin(0, { image: { format: 'png' } }), delta(0, { image: { source: {} } }), end(0), stop()];
    expect(between(events)).to.deep.equal([]);
    expect(finishOf(events).extension?.members).to.deep.include({ ignored_content: ['image'] });
  });

  describe('with a hidden JSON tool', () => {
    const read = reading({ jsonTool: 'json_answer' });

    it('streams its arguments as content, and no text around them', () => {
      const events = [
        START,
        text('Here:'),
        end(0),
        useTool(1, 'json_answer'),
        input(1, '{"city":'),
        input(1, '"Bern"}'),
        end(1),
        text('Done.', 2),
        stop('tool_use'),
      ];
      expect(between(events, read)).to.deep.equal([said('{"city":'), said('"Bern"}')]);
      expect(finishOf(events, read).reason).to.equal('stop');
    });

    it('has an empty object for content when there were no arguments', () => {
      expect(between([START, useTool(0, 'json_answer'), end(0), stop('tool_use')], read)).to.deep.equal([said('{}')]);
    });

    it('streams what there is of a cut answer', () => {
      const events = [START, useTool(0, 'json_answer'), input(0, '{"ci'), stop('max_tokens')];
      expect(between(events, read)).to.deep.equal([said('{"ci')]);
      expect(finishOf(events, read).reason).to.equal('length');
    });

    it('gives the text at the end when the tool was not called', () => {
      const events = [START, text('Sor'), text('ry.'), end(0), stop('guardrail_intervened')];
      expect(between(events, read)).to.deep.equal([said('Sorry.')]);
    });

    it('gives the text before another call', () => {
      const events = [START, text('Wait.'), end(0), useTool(1, 'f'), input(1, '{}'), end(1), stop('tool_use')];
      expect(between(events, read)).to.deep.equal([said('Wait.'), called(0, 'id1', 'f'), argued(0, '{}')]);
      expect(finishOf(events, read).reason).to.equal('tool_calls');
    });

    it('takes the first of two', () => {
      const events = [
        START,
        useTool(0, 'json_answer'),
        input(0, '1'),
        end(0),
        useTool(1, 'json_answer'),
        input(1, '2'),
        end(1),
        stop(),
      ];
      expect(between(events, read)).to.deep.equal([said('1')]);
    });
  });
});
