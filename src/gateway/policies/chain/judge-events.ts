// A streamed answer on its way through the chain. Text, reasoning and the arguments of each tool call are texts of their
// own; each lets go of what no finding can still reach. For every way of cutting the answer into events, what leaves is what
// judging the whole answer would have let through.
import type { Clock } from '../../../core/clock.js';
import type { ChatEvent } from '../../chat/chat-answer.js';
import type { Lane } from '../stream/judged-lane.js';
import { answerLane } from './answer-lanes.js';
import type { Chain } from './chain.js';
import { answerJudge, type AnswerRewriter } from './judge-answer.js';
import { asksAboutAnswers, judgeWholeEvents } from './judge-whole-answer.js';
import type { Judgement } from './judgement.js';

/**
 * Events as the policies left them. Held text leaves before `finish` at the latest; under a chain that asks somebody else,
 * all of it is held until then.
 * @throws {GatewayError} `output_blocked`, before anything of what it blocks for has left; and what `events` throws.
 */
export async function* judgeEvents(
  events: AsyncIterable<ChatEvent>,
  chain: Chain,
  judgement: Judgement,
  clock: Clock,
  signal?: AbortSignal,
): AsyncGenerator<ChatEvent> {
  if (asksAboutAnswers(chain)) {
    yield* judgeWholeEvents(events, chain, judgement, clock, signal);
    return;
  }
  const stream = new JudgedStream(chain, judgement, clock);
  for await (const event of events) {
    for (const judged of stream.events(event)) yield judged;
  }
}

class JudgedStream {
  readonly #chain: Chain;
  readonly #judgement: Judgement;
  readonly #clock: Clock;
  readonly #judge: AnswerRewriter;
  #text: TimedLane | undefined;
  #reasoning: TimedLane | undefined;
  readonly #toolCalls = new Map<number, TimedLane>();
  #thinkingBlocks = 0;
  #annotations = 0;

  constructor(chain: Chain, judgement: Judgement, clock: Clock) {
    this.#chain = chain;
    this.#judgement = judgement;
    this.#clock = clock;
    this.#judge = answerJudge(chain, judgement);
  }

  *events(event: ChatEvent): Generator<ChatEvent> {
    switch (event.type) {
      case 'text': {
        this.#text ??= this.#lane('assistant', 'content');
        const text = this.#text.push(event.text);
        if (text !== '') yield { type: 'text', text };
        return;
      }
      case 'reasoning': {
        this.#reasoning ??= this.#lane('reasoning', 'reasoning');
        const text = this.#reasoning.push(event.text);
        if (text !== '') yield { type: 'reasoning', text };
        return;
      }
      case 'tool_call':
        yield { ...event, arguments: this.#toolCall(event.index).push(event.arguments) };
        return;
      case 'tool_arguments': {
        const text = this.#toolCall(event.index).push(event.text);
        if (text !== '') yield { ...event, text };
        return;
      }
      case 'thinking_block':
        yield { type: 'thinking_block', block: this.#judge.thinkingBlock(event.block, this.#thinkingBlocks++) };
        return;
      case 'annotation':
        yield { type: 'annotation', annotation: this.#judge.annotation(event.annotation, this.#annotations++) };
        return;
      case 'finish':
        yield* this.#rest();
        yield { type: 'finish', finish: this.#judge.finish(event.finish) };
        return;
      default:
        yield event;
    }
  }

  *#rest(): Generator<ChatEvent> {
    const reasoning = this.#reasoning?.flush() ?? '';
    if (reasoning !== '') yield { type: 'reasoning', text: reasoning };
    const text = this.#text?.flush() ?? '';
    if (text !== '') yield { type: 'text', text };
    for (const [index, lane] of this.#toolCalls) {
      const rest = lane.flush();
      if (rest !== '') yield { type: 'tool_arguments', index, text: rest };
    }
  }

  #toolCall(index: number): TimedLane {
    const known = this.#toolCalls.get(index);
    if (known) return known;
    const lane = this.#lane('tool_arguments', `tool_calls[${index}].arguments`);
    this.#toolCalls.set(index, lane);
    return lane;
  }

  #lane(zone: 'assistant' | 'reasoning' | 'tool_arguments', at: string): TimedLane {
    const lane = answerLane({ phase: 'output', zone, at }, this.#chain, this.#judgement);
    return new TimedLane(lane, this.#clock, (units, seconds) => this.#judgement.observer.heldBack(units, seconds));
  }
}

/** Measures how much of a text waits, and for how long. */
class TimedLane {
  readonly #lane: Lane;
  readonly #clock: Clock;
  readonly #waited: (units: number, seconds: number) => void;
  #mostHeld = 0;
  #heldSince: number | undefined;
  #longest = 0;

  constructor(lane: Lane, clock: Clock, waited: (units: number, seconds: number) => void) {
    this.#lane = lane;
    this.#clock = clock;
    this.#waited = waited;
  }

  push(chunk: string): string {
    const released = this.#lane.push(chunk);
    this.#note(released);
    return released;
  }

  flush(): string {
    const released = this.#lane.flush();
    this.#note(released);
    this.#waited(this.#mostHeld, this.#longest / 1000);
    return released;
  }

  #note(released: string): void {
    const { held } = this.#lane;
    if (this.#heldSince !== undefined && (released !== '' || held === 0)) {
      this.#longest = Math.max(this.#longest, this.#clock.monotonic() - this.#heldSince);
      this.#heldSince = undefined;
    }
    if (held > 0) this.#heldSince ??= this.#clock.monotonic();
    this.#mostHeld = Math.max(this.#mostHeld, held);
  }
}
