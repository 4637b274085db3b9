import type { Clock } from '../core/clock.js';
import type { Answer, StreamAnswer, WholeAnswer } from './answer/answer.js';
import { usualMessage } from './aws-error.js';
import { errorFrame, eventFrame, exceptionFrame, withBadCrc } from './event-frame.js';
import { find, type Fault } from './faults/fault.js';
import type { Reply } from './reply.js';

/** How fast a model seems to be. */
export interface Pace {
  /** Before the first event of a stream, and before a whole answer. */
  readonly firstEventMs: number;
  /** Before each further event. */
  readonly eventMs: number;
}

export interface Delivery {
  readonly reply: Reply;
  readonly faults: readonly Fault[];
  readonly clock: Clock;
  readonly pace: Pace;
  readonly requestId: string;
  /** Called for each event that has been sent. */
  readonly sent: (outputTokens: number) => void;
}

/** Writes an answer, spoilt as the faults say. Resolves when all is written or the client has left. */
export async function deliver(answer: Answer, delivery: Delivery): Promise<void> {
  const delay = find(delivery.faults, 'delay');
  if (delay) await pause(delay.ms, delivery);
  if (answer.kind === 'whole') await deliverWhole(answer, delivery);
  else await deliverStream(answer, delivery);
}

async function deliverWhole(answer: WholeAnswer, delivery: Delivery): Promise<void> {
  const { reply, faults, pace } = delivery;
  if (find(faults, 'stall')) return;
  if (pace.firstEventMs > 0) await pause(pace.firstEventMs, delivery);
  const body = Buffer.from(answer.body);
  const reset = find(faults, 'reset');
  if (reset && reset.after_bytes === undefined) return reply.reset();
  reply.head(answer.status, {
    ...headers(answer.contentType, delivery),
    ...answer.headers,
    'content-length': String(body.length),
  });
  if (reset) {
    await reply.flush(body.subarray(0, reset.after_bytes));
    return reply.reset();
  }
  reply.end(body);
}

async function deliverStream(answer: StreamAnswer, delivery: Delivery): Promise<void> {
  const { reply, faults, pace } = delivery;
  reply.head(200, headers('application/vnd.amazon.eventstream', delivery));
  await pause(find(faults, 'first_event_delay')?.ms ?? pace.firstEventMs, delivery);
  const between = find(faults, 'event_delay')?.ms ?? pace.eventMs;
  const events = find(faults, 'missing_stop') ? withoutStop(answer) : answer.events;
  let bytes = 0;
  for (const [index, event] of events.entries()) {
    if (index > 0 && between > 0) await pause(between, delivery);
    if (reply.over) return;
    const after = at(index, faults);
    const end = after('stream_exception') ?? after('stream_error');
    if (end) return reply.end(endFrame(end));
    if (after('stall')) return;
    if (after('unknown_event')) await reply.write(eventFrame('somethingNewEvent', { p: 'abcdefgh' }));
    let frame = eventFrame(event.type, event.payload);
    const cut = after('cut_frame');
    if (cut) return reply.end(frame.subarray(0, cut.at_byte ?? Math.floor(frame.length / 2)));
    const crc = after('bad_crc');
    if (crc) frame = withBadCrc(frame, crc.which ?? 'message');
    const reset = resetPoint(faults, index, bytes + frame.length);
    if (reset) {
      await reply.flush(frame.subarray(0, reset.after_bytes === undefined ? 0 : reset.after_bytes - bytes));
      return reply.reset();
    }
    await reply.write(frame);
    bytes += frame.length;
    delivery.sent(event.outputTokens);
  }
  reply.end();
}

/** Sends nothing for a while; ends early when the client leaves. */
function pause(ms: number, { clock, reply }: Delivery): Promise<void> {
  if (ms <= 0) return Promise.resolve();
  return new Promise((resolve) => {
    const timer = clock.schedule(ms, () => {
      forget();
      resolve();
    });
    const forget = reply.whenGone(() => {
      timer.cancel();
      resolve();
    });
  });
}

function headers(contentType: string, { clock, faults, requestId }: Delivery): Record<string, string> {
  const skew = find(faults, 'clock_skew');
  return {
    date: new Date(clock.now() + (skew?.seconds ?? 0) * 1000).toUTCString(),
    'content-type': contentType,
    'x-amzn-requestid': requestId,
  };
}

type Placed = Extract<Fault, { readonly after_events?: number | undefined }>;

/** Looks up the faults that come just before event `index`. */
function at(index: number, faults: readonly Fault[]) {
  return <K extends Placed['kind']>(kind: K): Extract<Fault, { kind: K }> | undefined =>
    faults.find((fault): fault is Extract<Fault, { kind: K }> => fault.kind === kind && placeOf(fault) === index);
}

/** The event that a fault comes before; the first where it does not say. */
function placeOf(fault: Fault): number {
  return 'after_events' in fault ? (fault.after_events ?? 0) : 0;
}

function endFrame(fault: Extract<Fault, { kind: 'stream_exception' | 'stream_error' }>): Buffer {
  if (fault.kind === 'stream_error') return errorFrame(fault.code, fault.message ?? 'An internal error occurred.');
  // Declared exceptions are members of the stream's union, and those begin in lower case.
  const type = fault.name.charAt(0).toLowerCase() + fault.name.slice(1);
  return exceptionFrame(type, fault.message ?? usualMessage(fault.name));
}

function resetPoint(
  faults: readonly Fault[],
  index: number,
  bytesAfter: number,
): Extract<Fault, { kind: 'reset' }> | undefined {
  const reset = find(faults, 'reset');
  if (!reset) return undefined;
  const due = reset.after_bytes === undefined ? (reset.after_events ?? 0) === index : reset.after_bytes <= bytesAfter;
  return due ? reset : undefined;
}

function withoutStop(answer: StreamAnswer): StreamAnswer['events'] {
  const stop = answer.events.findIndex(({ type }) => type === 'messageStop');
  return stop < 0 ? answer.events : answer.events.slice(0, stop);
}
