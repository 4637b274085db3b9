import { expect } from 'chai';
import fc from 'fast-check';
import type { ChatAnswer, ChatEvent } from '../../../../src/gateway/chat/chat-answer.js';
import { GatewayError } from '../../../../src/gateway/chat/gateway-error.js';
import type { Chain } from '../../../../src/gateway/policies/chain/chain.js';
import { judgeAnswer } from '../../../../src/gateway/policies/chain/judge-answer.js';
import { judgeEvents } from '../../../../src/gateway/policies/chain/judge-events.js';
import { FakeClock } from '../../../core/fake-clock.js';
import { chainOf, judgement, literalPolicy } from './test-chain.js';

const SECRET = 'ab@ab';
const texts = fc.string({ unit: fc.constantFrom('a', 'b', '@', SECRET, ' ', '😀') });

const answers: fc.Arbitrary<ChatAnswer> = fc
  .record({
    content: texts,
    reasoning: texts,
    calls: fc.array(fc.dictionary(texts, texts, { maxKeys: 3 }), { maxLength: 3 }),
  })
  .map(({ content, reasoning, calls }) => ({
    content,
    reasoning,
    thinkingBlocks: [],
    toolCalls: calls.map((args, index) => ({ id: `c${index}`, name: 'f', arguments: JSON.stringify(args) })),
    annotations: [],
    finish: { reason: 'stop' },
  }));

/** An answer as a stream that interleaves its texts, each cut by `sizes`. */
function streamOf(answer: ChatAnswer, sizes: readonly number[]): ChatEvent[] {
  let next = 0;
  const pieces = (text: string): string[] => {
    const cut: string[] = [];
    for (let at = 0; at < text.length;) {
      const size = sizes[next++ % sizes.length] ?? 1;
      cut.push(text.slice(at, at + size));
      at += size;
    }
    return cut;
  };
  const lanes: ChatEvent[][] = [
    pieces(answer.reasoning ?? '').map((text) => ({ type: 'reasoning', text })),
    pieces(answer.content ?? '').map((text) => ({ type: 'text', text })),
    ...answer.toolCalls.map(({ id, name, arguments: args }, index): ChatEvent[] => {
      const [first = '', ...rest] = pieces(args);
      return [
        { type: 'tool_call', index, id, name, arguments: first },
        ...rest.map((text): ChatEvent => ({ type: 'tool_arguments', index, text })),
      ];
    }),
  ];
  const mixed: ChatEvent[] = [];
  while (lanes.some((lane) => lane.length > 0)) for (const lane of lanes) mixed.push(...lane.splice(0, 1));
  return [{ type: 'start' }, ...mixed, { type: 'finish', finish: answer.finish }];
}

async function collect(
  events: readonly ChatEvent[],
  chain: Chain,
): Promise<{ texts: Record<string, string>; error: unknown }> {
  const collected: Record<string, string> = {};
  const add = (name: string, text: string): void => void (collected[name] = (collected[name] ?? '') + text);
  async function* source(): AsyncGenerator<ChatEvent> {
    yield* events;
  }
  try {
    for await (const event of judgeEvents(source(), chain, judgement(), new FakeClock())) {
      if (event.type === 'text') add('content', event.text);
      else if (event.type === 'reasoning') add('reasoning', event.text);
      else if (event.type === 'tool_call') add(`call ${event.index}`, event.arguments);
      else if (event.type === 'tool_arguments') add(`call ${event.index}`, event.text);
      else if (event.type === 'finish') add('finish', event.finish.reason);
    }
    return { texts: collected, error: undefined };
  } catch (error) {
    return { texts: collected, error };
  }
}

const redacting = chainOf(
  literalPolicy({ word: SECRET }),
  literalPolicy({ word: 'bb', kind: 'safety-filter', action: 'log' }),
);

describe('judgeEvents', () => {
  it('releases what judging the whole answer lets through, however it is cut', async () => {
    await fc.assert(
      fc.asyncProperty(
        answers,
        fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 9 }),
        async (answer, sizes) => {
          const whole = judgeAnswer(answer, redacting, judgement());
          const { texts: streamed, error } = await collect(streamOf(answer, sizes), redacting);
          expect(error).to.equal(undefined);
          expect(streamed['content'] ?? '').to.equal(whole.content);
          expect(streamed['reasoning'] ?? '').to.equal(whole.reasoning);
          for (const [index, call] of whole.toolCalls.entries()) {
            expect(streamed[`call ${index}`]).to.equal(call.arguments);
            expect(() => JSON.parse(call.arguments) as unknown).to.not.throw();
          }
          expect(streamed['finish']).to.equal('stop');
        },
      ),
    );
  });

  it('leaks nothing of what it blocks for, in any lane', async () => {
    const chain = chainOf(literalPolicy({ word: SECRET, action: 'block' }));
    await fc.assert(
      fc.asyncProperty(
        answers,
        fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 9 }),
        async (answer, sizes) => {
          const { texts: streamed, error } = await collect(streamOf(answer, sizes), chain);
          const originals: Record<string, string> = {
            content: answer.content ?? '',
            reasoning: answer.reasoning ?? '',
          };
          for (const [index, call] of answer.toolCalls.entries()) originals[`call ${index}`] = call.arguments;
          const blocks = Object.values(originals).some((text) => text.includes(SECRET));
          expect(error instanceof GatewayError && error.reason).to.equal(blocks && 'output_blocked');
          for (const [name, original] of Object.entries(originals)) {
            const found = original.indexOf(SECRET);
            expect(found < 0 ? original : original.slice(0, found)).to.satisfy((text: string) =>
              text.startsWith(streamed[name] ?? ''),
            );
          }
        },
      ),
    );
  });

  it('judges what comes whole: thinking blocks, citations, the provider’s own members', async () => {
    const verdicts = judgement();
    const judged = judgeAnswer(
      {
        content: '',
        thinkingBlocks: [
          { type: 'thinking', thinking: `x ${SECRET}`, signature: 's' },
          { type: 'thinking', thinking: 'fine', signature: 't' },
          { type: 'redacted_thinking', data: 'AAAA' },
        ],
        toolCalls: [],
        annotations: [{ url: `https://x/${SECRET}`, title: SECRET, startIndex: 0, endIndex: 1 }],
        finish: {
          reason: 'stop',
          extension: { name: 'bedrock', members: { trace: [{ match: SECRET, n: 1 }], latency_ms: 3 } },
        },
      },
      chainOf(literalPolicy({ word: SECRET })),
      verdicts,
    );
    expect(judged.thinkingBlocks).to.deep.equal([
      { type: 'thinking', thinking: 'x [WORD]' },
      { type: 'thinking', thinking: 'fine', signature: 't' },
      { type: 'redacted_thinking', data: 'AAAA' },
    ]);
    expect(judged.annotations[0]).to.deep.include({ url: 'https://x/[WORD]', title: '[WORD]' });
    expect(judged.finish.extension?.members).to.deep.equal({ trace: [{ match: '[WORD]', n: 1 }], latency_ms: 3 });
    expect(verdicts.unscannedCounts()).to.deep.equal({ encrypted_reasoning: 1 });
  });
});
