// However the bytes of an event stream are cut on their way, the same events come out.
import { expect } from 'chai';
import type { ChatEvent } from '../../../../src/gateway/chat/chat-answer.js';
import type { Provider } from '../../../../src/gateway/providers/provider.js';
import { eventFrame } from '../../../../src/simulator/event-frame.js';
import { servingWire, type Answering, type Speaks } from '../aws/wire-server.js';
import { calling, chat, collected } from './outcomes.js';
import { MODELS } from './translating.js';
import { withProvider } from './with-provider.js';

const BYTES = Buffer.concat([
  eventFrame('contentBlockDelta', { contentBlockIndex: 0, delta: { text: '\u00fc \u{1f600}' } }),
  eventFrame('contentBlockStart', { contentBlockIndex: 1, start: { toolUse: { toolUseId: 't', name: 'f' } } }),
  eventFrame('messageStop', { stopReason: 'tool_use' }),
  eventFrame('metadata', { usage: { inputTokens: 1, outputTokens: 2 } }),
]);

const EVENTS: readonly ChatEvent[] = [
  { type: 'start' },
  { type: 'text', text: '\u00fc \u{1f600}' },
  { type: 'tool_call', index: 0, id: 't', name: 'f', arguments: '' },
  { type: 'tool_arguments', index: 0, text: '{}' },
  {
    type: 'finish',
    finish: {
      reason: 'tool_calls',
      usage: { inputTokens: 1, outputTokens: 2, cacheReadTokens: 0, cacheWriteTokens: 0 },
      extension: { name: 'bedrock', members: { stop_reason: 'tool_use' } },
    },
  },
];

async function streamed(provider: Provider): Promise<ChatEvent[]> {
  return collected((await provider.stream(chat({ stream: true }), calling())).events);
}

/** Sends `pieces`, each in a write of its own. */
function sending(pieces: () => readonly Buffer[]): Answering {
  return (request, response) => {
    request.resume();
    response.setHeader('content-type', 'application/vnd.amazon.eventstream');
    const rest = [...pieces()];
    const next = (): void => {
      const piece = rest.shift();
      if (piece === undefined) response.end();
      else response.write(piece, () => setImmediate(next));
    };
    next();
  };
}

async function reading(speaks: Speaks, answer: Answering, use: (provider: Provider) => Promise<void>): Promise<void> {
  await servingWire(speaks, answer, (url) => withProvider(url.href, { model: MODELS.claude4 }, use));
}

describe('event frames', () => {
  it('may be cut in two at every byte', async () => {
    let cut = 0;
    const answer = sending(() => [BYTES.subarray(0, cut), BYTES.subarray(cut)]);
    await reading('http/1.1', answer, async (provider) => {
      for (cut = 1; cut < BYTES.length; cut++) expect(await streamed(provider)).to.deep.equal(EVENTS);
    });
  });

  for (const speaks of ['http/1.1', 'h2c'] as const) {
    it(`may come byte by byte over ${speaks}`, async () => {
      const answer = sending(() => Array.from(BYTES, (byte) => Buffer.from([byte])));
      await reading(speaks, answer, async (provider) => {
        expect(await streamed(provider)).to.deep.equal(EVENTS);
      });
    });
  }
});
