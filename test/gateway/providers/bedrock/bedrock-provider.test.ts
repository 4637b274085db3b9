import type { ConverseStreamCommandInput } from '@aws-sdk/client-bedrock-runtime';
import { expect } from 'chai';
import { GatewayError } from '../../../../src/gateway/chat/gateway-error.js';
import {
  type BedrockTarget,
  createBedrockProvider,
} from '../../../../src/gateway/providers/bedrock/bedrock-provider.js';
import type { TransportCall } from '../../../../src/gateway/providers/bedrock/bedrock-transport.js';
import type { Provider } from '../../../../src/gateway/providers/provider.js';
import { FakeClock } from '../../../core/fake-clock.js';
import { calling, chat, collected, failure } from './outcomes.js';
import { GivenStream, ScriptedTransport } from './scripted-transport.js';
import { MODELS, tool } from './translating.js';

const START = { messageStart: { role: 'assistant' } };
const STOP = { messageStop: { stopReason: 'end_turn' } };
const METADATA = { metadata: { usage: { inputTokens: 1, outputTokens: 2, totalTokens: 3 } } };
const text = (value: string) => ({ contentBlockDelta: { contentBlockIndex: 0, delta: { text: value } } });
const answer = {
  output: { message: { role: 'assistant' as const, content: [{ text: 'hello' }] } },
  stopReason: 'end_turn' as const,
};

/** A provider whose only stream is in the hands of the test. */
function streaming(target: Partial<BedrockTarget> = {}, atAbort: 'quiet' | 'loud' = 'quiet') {
  const clock = new FakeClock();
  const opened = Promise.withResolvers<{ readonly stream: GivenStream; readonly call: TransportCall }>();
  const transport = new ScriptedTransport({
    converseStream: async (_input, call) => {
      const stream = new GivenStream(call.signal, atAbort);
      opened.resolve({ stream, call });
      return { stream, requestId: 'aws-1' };
    },
  });
  const provider = createBedrockProvider({ target: { model: MODELS.claude4, ...target }, transport, clock });
  return { clock, provider, opened: opened.promise };
}

/** The stream of `streaming`, begun with these events behind `messageStart`. */
async function begun({ provider, opened }: ReturnType<typeof streaming>, ...events: object[]) {
  const streamed = provider.stream(chat(), calling());
  const { stream, call } = await opened;
  stream.give(START, ...events);
  return { stream, call, events: (await streamed).events };
}

function refusal(message: string): Error {
  return Object.assign(new Error(message), { name: 'ValidationException', $metadata: { httpStatusCode: 400 } });
}

describe('BedrockProvider', () => {
  it('sends the headers of the target and the trace context with every call', async () => {
    const seen: unknown[] = [];
    const transport = new ScriptedTransport({
      converse: async (_input, { headers }) => {
        seen.push(headers);
        return answer;
      },
    });
    const target = { model: MODELS.claude4, headers: { 'X-Cost-Center': 'support' } };
    const provider = createBedrockProvider({ target, transport, clock: new FakeClock() });
    await provider.complete(chat(), calling());
    await provider.complete(chat(), calling(undefined, { traceparent: '00-a-b-01' }));
    expect(seen).to.deep.equal([
      { 'x-cost-center': 'support' },
      { 'x-cost-center': 'support', traceparent: '00-a-b-01' },
    ]);
  });

  it('asks whole whatever the request says of streams, and names the call of AWS', async () => {
    const transport = new ScriptedTransport({
      converse: async () => ({ ...answer, $metadata: { requestId: 'aws-1' } }),
    });
    const provider = createBedrockProvider({ target: { model: MODELS.claude4 }, transport, clock: new FakeClock() });
    const {
      answer: given,
      upstreamRequestId,
      dropped,
    } = await provider.complete(chat({ stream: true, seed: 1 }), calling());
    expect(given.content).to.equal('hello');
    expect([upstreamRequestId, dropped]).to.deep.equal(['aws-1', ['seed']]);
  });

  it('closes its transport', () => {
    const transport = new ScriptedTransport({});
    createBedrockProvider({ target: { model: MODELS.claude4 }, transport, clock: new FakeClock() }).close();
    expect(transport.closed).to.equal(true);
  });

  it('gives a defect of its own no meaning', async () => {
    const transport = new ScriptedTransport({ converse: () => Promise.reject(new TypeError('secret')) });
    const provider = createBedrockProvider({ target: { model: MODELS.claude4 }, transport, clock: new FakeClock() });
    const error = await failure(provider.complete(chat(), calling()));
    expect([error.status, error.reason]).to.deep.equal([500, 'internal']);
  });

  describe('a stream', () => {
    it('is there with the first event behind messageStart', async () => {
      const { provider, opened, clock } = streaming();
      let there = false;
      const streamed = provider.stream(chat(), calling()).then((stream) => {
        there = true;
        return stream;
      });
      const { stream } = await opened;
      stream.give(START);
      await clock.advance(0);
      expect(there).to.equal(false);
      stream.give(text('a'));
      const { events, upstreamRequestId } = await streamed;
      expect(upstreamRequestId).to.equal('aws-1');
      stream.give(text('b'), STOP, METADATA);
      stream.end();
      expect((await collected(events)).map(({ type }) => type)).to.deep.equal(['start', 'text', 'text', 'finish']);
    });

    it('that fails before is an ordinary error', async () => {
      const { provider, opened } = streaming();
      const streamed = failure(provider.stream(chat(), calling()));
      const { stream } = await opened;
      stream.give(START);
      stream.fail(Object.assign(new Error('slow down'), { name: 'ThrottlingException' }));
      expect((await streamed).status).to.equal(429);
    });

    it('that ends before the model does is an ordinary error', async () => {
      const { provider, opened } = streaming();
      const streamed = failure(provider.stream(chat(), calling()));
      const { stream } = await opened;
      stream.give(START);
      stream.end();
      const { detail, upstreamRequestId } = await streamed;
      expect([detail, upstreamRequestId]).to.deep.equal(['truncated', 'aws-1']);
    });

    it('may be a finish alone', async () => {
      const { provider, opened } = streaming();
      const streamed = provider.stream(chat(), calling());
      const { stream } = await opened;
      stream.give(START, STOP);
      stream.end();
      expect((await collected((await streamed).events)).map(({ type }) => type)).to.deep.equal(['start', 'finish']);
    });

    for (const [row, target, waited] of [
      ['the time of the target', { first_event_timeout_seconds: 5 }, 5_000],
      ['the time of a whole answer', { timeout_seconds: 7 }, 7_000],
      ['a minute', {}, 60_000],
    ] as const) {
      it(`waits ${row} for its first event`, async () => {
        const { provider, opened, clock } = streaming(target);
        const streamed = failure(provider.stream(chat(), calling()));
        const { stream, call } = await opened;
        stream.give(START);
        await clock.advance(waited - 1);
        expect(call.signal.aborted).to.equal(false);
        await clock.advance(1);
        expect(call.signal.aborted).to.equal(true);
        const error = await streamed;
        expect([error.status, error.reason, error.detail]).to.deep.equal([504, 'upstream_timeout', 'first_event']);
      });
    }

    for (const atAbort of ['quiet', 'loud'] as const) {
      it(`that pauses too long breaks, though the abort is ${atAbort}`, async () => {
        const given = streaming({ idle_timeout_seconds: 10 }, atAbort);
        const { clock } = given;
        const { call, events } = await begun(given, text('a'));
        const iterator = events[Symbol.asyncIterator]();
        await iterator.next();
        await iterator.next();
        const next = failure(iterator.next());
        await clock.advance(9_999);
        expect(call.signal.aborted).to.equal(false);
        await clock.advance(1);
        expect((await next).detail).to.equal('idle');
        expect(call.signal.aborted).to.equal(true);
      });

      it(`breaks for the reason of the caller, though the abort is ${atAbort}`, async () => {
        const { provider, opened } = streaming({}, atAbort);
        const caller = new AbortController();
        const streamed = provider.stream(chat(), calling(caller.signal));
        const { stream, call } = await opened;
        stream.give(START, text('a'));
        const next = collected((await streamed).events);
        const reason = new GatewayError('upstream_timeout', 'too long', { detail: 'total' });
        caller.abort(reason);
        expect(call.signal.aborted).to.equal(true);
        expect(await failure(next)).to.equal(reason);
      });

      it(`is not begun for the reason of the caller, though the abort is ${atAbort}`, async () => {
        const { provider, opened } = streaming({}, atAbort);
        const caller = new AbortController();
        const streamed = provider.stream(chat(), calling(caller.signal)).catch((error: unknown) => error);
        await opened;
        const reason = new Error('gone');
        caller.abort(reason);
        expect(await streamed).to.equal(reason);
      });
    }

    it('measures each pause alone, and only while somebody waits', async () => {
      const given = streaming({ idle_timeout_seconds: 10 });
      const { clock } = given;
      const { stream, call, events } = await begun(given, text('a'));
      const iterator = events[Symbol.asyncIterator]();
      await iterator.next();
      await iterator.next();
      await clock.advance(60_000);
      for (let pause = 0; pause < 5; pause++) {
        const next = iterator.next();
        await clock.advance(9_000);
        stream.give(text('b'));
        expect((await next).value).to.deep.equal({ type: 'text', text: 'b' });
      }
      expect(call.signal.aborted).to.equal(false);
    });

    it('closes its upstream when the iteration ends early', async () => {
      const { events, call } = await begun(streaming(), text('a'));
      for await (const event of events) if (event.type === 'text') break;
      expect(call.signal.aborted).to.equal(true);
    });

    it('is over with its finish, and its upstream is read to the end behind it', async () => {
      const given = streaming();
      const { clock } = given;
      const { stream, call, events } = await begun(given, text('a'), STOP, METADATA);
      expect((await collected(events)).at(-1)?.type).to.equal('finish');
      const { asked } = stream;
      stream.end();
      await clock.advance(0);
      expect(stream.asked).to.equal(asked);
      await clock.advance(600_000);
      expect(call.signal.aborted).to.equal(false);
    });

    it('whose upstream does not end behind its finish is given up', async () => {
      const given = streaming();
      const { call, events } = await begun(given, text('a'), STOP, METADATA);
      await collected(events);
      await given.clock.advance(1_000);
      expect(call.signal.aborted).to.equal(true);
    });

    for (const [name, error, expected] of [
      ['its connection cut', { code: 'ECONNRESET' }, 'finish'],
      ['an exception', { name: 'InternalServerException' }, 'upstream_internal_error'],
    ] as const) {
      it(`with ${name} behind messageStop ends in ${expected}`, async () => {
        const { stream, events } = await begun(streaming(), text('a'), STOP);
        stream.fail(Object.assign(new Error('oops'), error));
        const end = await collected(events).then(
          (all) => all.at(-1)?.type,
          (thrown: GatewayError) => thrown.reason,
        );
        expect(end).to.equal(expected);
      });
    }

    it('whose metadata never comes ends in its finish', async () => {
      const given = streaming({ idle_timeout_seconds: 10 });
      const { call, events } = await begun(given, text('a'), STOP);
      const all = collected(events);
      await given.clock.advance(10_000);
      expect((await all).at(-1)).to.deep.include({ type: 'finish' });
      expect(call.signal.aborted).to.equal(true);
    });

    it('that breaks in the middle tells the exception', async () => {
      const { stream, events } = await begun(streaming(), text('a'));
      const rest = failure(collected(events));
      stream.fail(Object.assign(new Error('oops'), { name: 'ModelStreamErrorException' }));
      expect((await rest).reason).to.equal('model_stream_error');
    });
  });

  describe('a model that cannot stream tools', () => {
    const body = { stream: true, tools: [tool('f')] };
    const whole = {
      output: {
        message: {
          role: 'assistant' as const,
          content: [{ text: 'see' }, { toolUse: { toolUseId: '1', name: 'f', input: { a: 1 } } }],
        },
      },
      stopReason: 'tool_use' as const,
    };

    it('is asked whole, and its answer is played', async () => {
      const transport = new ScriptedTransport({ converse: async () => whole });
      const provider = createBedrockProvider({ target: { model: MODELS.llama31 }, transport, clock: new FakeClock() });
      const events = await collected((await provider.stream(chat(body), calling())).events);
      expect(events.slice(0, -1)).to.deep.equal([
        { type: 'start' },
        { type: 'text', text: 'see' },
        { type: 'tool_call', index: 0, id: '1', name: 'f', arguments: '{"a":1}' },
      ]);
      expect(events.at(-1)).to.have.nested.property('finish.reason', 'tool_calls');
    });

    it('is waited for as long as for a whole answer', async () => {
      const clock = new FakeClock();
      const transport = new ScriptedTransport({
        converse: (_input, { signal }) =>
          new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(new Error('aborted')))),
      });
      const target = { model: MODELS.llama31, timeout_seconds: 30, first_event_timeout_seconds: 1 };
      const provider = createBedrockProvider({ target, transport, clock });
      const error = failure(provider.stream(chat(body), calling()));
      await clock.advance(30_000);
      expect((await error).detail).to.equal('total');
    });

    it('is found out by its refusal, once', async () => {
      const asked: string[] = [];
      const transport = new ScriptedTransport({
        converse: async () => {
          asked.push('Converse');
          return whole;
        },
        converseStream: () => {
          asked.push('ConverseStream');
          return Promise.reject(refusal("This model doesn't support tool use in streaming mode."));
        },
      });
      const provider = createBedrockProvider({ target: { model: MODELS.profile }, transport, clock: new FakeClock() });
      for (let turn = 0; turn < 2; turn++) await provider.stream(chat(body), calling());
      expect(asked).to.deep.equal(['ConverseStream', 'Converse', 'Converse']);
    });
  });

  it('finds out by its refusal, once, that a model takes no system prompt', async () => {
    const systems: unknown[] = [];
    const transport = new ScriptedTransport({
      converse: async ({ system }) => {
        systems.push(system);
        if (system !== undefined) throw refusal("This model doesn't support system messages. Try again without one.");
        return answer;
      },
    });
    const provider = createBedrockProvider({ target: { model: MODELS.profile }, transport, clock: new FakeClock() });
    const body = {
      messages: [
        { role: 'system', content: 's' },
        { role: 'user', content: 'hi' },
      ],
    };
    for (let turn = 0; turn < 2; turn++) await provider.complete(chat(body), calling());
    expect(systems).to.deep.equal([[{ text: 's' }], undefined, undefined]);
  });

  it('does not ask again when a refusal teaches nothing new', async () => {
    let asked = 0;
    const transport = new ScriptedTransport({
      converse: () => {
        asked++;
        return Promise.reject(refusal("This model doesn't support system messages."));
      },
    });
    const target = { model: MODELS.profile, capabilities: { system: false } };
    const provider = createBedrockProvider({ target, transport, clock: new FakeClock() });
    expect((await failure(provider.complete(chat(), calling()))).status).to.equal(400);
    expect(asked).to.equal(1);
  });

  it('learns from the first frame of a stream as well', async () => {
    const inputs: ConverseStreamCommandInput[] = [];
    const provider: Provider = createBedrockProvider({
      target: { model: MODELS.profile },
      clock: new FakeClock(),
      transport: new ScriptedTransport({
        converseStream: async (input, { signal }) => {
          const stream = new GivenStream(signal);
          if (inputs.push(input) === 1) stream.fail(refusal("This model doesn't support system messages."));
          else stream.give(START, text('a'), STOP, METADATA);
          return { stream };
        },
      }),
    });
    const body = {
      stream: true,
      messages: [
        { role: 'system', content: 's' },
        { role: 'user', content: 'hi' },
      ],
    };
    const { events } = await provider.stream(chat(body), calling());
    expect(await collected(events)).to.have.length(3);
    expect(inputs.map(({ system }) => system?.length)).to.deep.equal([1, undefined]);
  });
});
