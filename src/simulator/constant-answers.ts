// What a simulator without checks does: it reads nothing but the path and always answers the same bytes, made once. It costs as
// little as Node can serve, so that a bench measures what stands before it.
import type { ServerResponse } from 'node:http';
import type { Http2ServerResponse } from 'node:http2';
import { NO_USAGE, type StreamEvent } from './answer/answer.js';
import { streamAnswer, wholeAnswer, type ModelAnswer } from './answer/model-answer.js';
import { eventFrame } from './event-frame.js';
import type { Handle } from './listener.js';

export interface ConstantAnswerOptions {
  /** Text deltas of a streamed answer. */
  readonly events: number;
  /** How many frames are written at a time; each lot leaves in a packet of its own. */
  readonly framesPerWrite: number;
}

interface Prepared {
  readonly contentType: string;
  /** Written one after another, with a turn of the event loop between. */
  readonly writes: readonly Buffer[];
}

const INPUT_TOKENS = 256;
const DIMENSIONS = 256;

/** Handles Converse, ConverseStream and InvokeModel (a Titan embedding); answers anything else with 404. */
export function constantAnswers({ events, framesPerWrite }: ConstantAnswerOptions): Handle {
  const text = 'word '.repeat(events).trimEnd();
  const answer: ModelAnswer = {
    blocks: [{ type: 'text', text }],
    stopReason: 'end_turn',
    usage: { ...NO_USAGE, inputTokens: INPUT_TOKENS, outputTokens: events },
    latencyMs: 1,
    extras: {},
  };
  const embedding = JSON.stringify({
    embedding: Array.from({ length: DIMENSIONS }, (_, i) => i / DIMENSIONS),
    inputTextTokenCount: 8,
  });
  const prepared: Readonly<Record<string, Prepared>> = {
    converse: { contentType: 'application/json', writes: [Buffer.from(wholeAnswer(answer).body)] },
    'converse-stream': {
      contentType: 'application/vnd.amazon.eventstream',
      writes: lots(streamAnswer(answer).events, framesPerWrite),
    },
    invoke: { contentType: 'application/json', writes: [Buffer.from(embedding)] },
  };
  return (incoming, response) => {
    incoming.on('error', () => undefined); // a client that left is not answered
    response.on('error', () => undefined);
    incoming.resume();
    incoming.once('end', () => {
      const url = incoming.url ?? '';
      send(prepared[url.slice(url.lastIndexOf('/') + 1)], response);
    });
  };
}

function send(prepared: Prepared | undefined, answer: ServerResponse | Http2ServerResponse): void {
  const response = answer as ServerResponse; // the two differ in their overloads only
  response.sendDate = false;
  if (!prepared) {
    response.writeHead(404);
    response.end();
    return;
  }
  const { contentType, writes } = prepared;
  const [only] = writes;
  response.writeHead(200, {
    'content-type': contentType,
    'x-amzn-requestid': '00000000-0000-4000-8000-000000000000',
    ...(writes.length === 1 && only && { 'content-length': only.length }),
  });
  let next = 0;
  const step = (): void => {
    const bytes = writes[next];
    next += 1;
    if (next >= writes.length) {
      response.end(bytes);
      return;
    }
    response.write(bytes);
    setImmediate(step);
  };
  step();
}

function lots(events: readonly StreamEvent[], size: number): readonly Buffer[] {
  const frames = events.map(({ type, payload }) => eventFrame(type, payload));
  if (size >= frames.length) return [Buffer.concat(frames)];
  const count = Math.ceil(frames.length / size);
  return Array.from({ length: count }, (_, i) => Buffer.concat(frames.slice(i * size, (i + 1) * size)));
}
