import { callMatch, MatchCounter } from './faults/call-match.js';
import type { Call } from './call.js';
import { NO_USAGE, jsonAnswer, type Answer, type StreamEvent, type TokenUsage } from './answer/answer.js';
import { streamEvents, type AnswerBlock } from './answer/model-answer.js';
import { countTokens } from './answer/tokens.js';
import { isObject, type JsonObject } from '../core/json.js';
import { Random } from './random.js';
import { list, objectDocument, refined, struct, type Infer } from './shapes/shape.js';

const oneEvent = refined(objectDocument(), (event) =>
  Object.keys(event).length === 1 && Object.values(event).every(isObject)
    ? undefined
    : 'be an object with one member, the name of the event',
);

export const answerRules = list(
  struct(
    {},
    {
      match: callMatch,
      /** The whole body of a Converse answer; for ConverseStream it is played as events. */
      converse: objectDocument(),
      /** The events of a ConverseStream answer, each as `{"contentBlockDelta": {…}}`. */
      events: list(oneEvent),
      /** The whole body of any other operation's answer. */
      body: objectDocument(),
    },
  ),
  { max: 1000 },
);

export type AnswerRule = Infer<typeof answerRules>[number];

/** Answers that were programmed word for word. The first rule that matches a call and fits its operation wins. */
export class AnswerBook {
  readonly #seed: number;
  #entries: readonly { readonly counter: MatchCounter; readonly rule: AnswerRule }[] = [];

  constructor(seed: number) {
    this.#seed = seed;
  }

  /** Replaces all rules and forgets what was counted. */
  set(rules: readonly AnswerRule[]): void {
    this.#entries = rules.map((rule, index) => ({
      counter: new MatchCounter(rule.match ?? {}, new Random(this.#seed, 'answer', index)),
      rule,
    }));
  }

  take(call: Pick<Call, 'model' | 'operation' | 'region'>): Answer | undefined {
    for (const { counter, rule } of this.#entries) {
      const render = renderer(rule, call.operation);
      if (render && counter.applies(call)) return render();
    }
    return undefined;
  }
}

function renderer({ converse, events, body }: AnswerRule, operation: Call['operation']): (() => Answer) | undefined {
  if (operation === 'Converse') return converse && (() => jsonAnswer(converse, usageOf(converse)));
  if (operation === 'ConverseStream') {
    if (events) return () => scripted(events);
    return converse && (() => scripted(played(converse)));
  }
  return body && (() => jsonAnswer(body));
}

function scripted(events: readonly JsonObject[]): Answer {
  const metadata: unknown = events.find((event) => 'metadata' in event)?.['metadata'];
  return { kind: 'stream', events: events.map(scriptedEvent), usage: usageOf(isObject(metadata) ? metadata : {}) };
}

function scriptedEvent(event: JsonObject): StreamEvent {
  const [[type, payload] = ['', {}]] = Object.entries(event);
  const object = isObject(payload) ? payload : {};
  return { type, payload: object, outputTokens: countTokens(deltaText(object)) };
}

function deltaText({ delta }: JsonObject): string {
  if (!isObject(delta)) return '';
  const { text, toolUse, reasoningContent } = delta;
  if (typeof text === 'string') return text;
  if (isObject(toolUse) && typeof toolUse['input'] === 'string') return toolUse['input'];
  if (isObject(reasoningContent) && typeof reasoningContent['text'] === 'string') return reasoningContent['text'];
  return '';
}

/** The events that stream a whole Converse answer. */
function played(converse: JsonObject): readonly JsonObject[] {
  const { output, stopReason, usage, metrics, additionalModelResponseFields, ...extras } = converse;
  const message = isObject(output) && isObject(output['message']) ? output['message'] : {};
  const content = Array.isArray(message['content']) ? (message['content'] as AnswerBlock[]) : []; // as its author wrote it
  const events = streamEvents({
    blocks: content,
    stopReason: typeof stopReason === 'string' ? stopReason : 'end_turn',
    usage: NO_USAGE,
    latencyMs: 0,
    extras: {},
    ...(isObject(additionalModelResponseFields) && {
      additionalModelResponseFields: additionalModelResponseFields,
    }),
  });
  return events.map(({ type, payload }): JsonObject => {
    if (type !== 'metadata') return { [type]: payload };
    return {
      metadata: { ...(usage !== undefined && { usage }), ...(metrics !== undefined && { metrics }), ...extras },
    };
  });
}

function usageOf(answer: Readonly<Record<string, unknown>>): TokenUsage {
  const usage = isObject(answer['usage']) ? answer['usage'] : {};
  const count = (name: keyof TokenUsage): number => (typeof usage[name] === 'number' ? usage[name] : 0);
  return {
    inputTokens: count('inputTokens'),
    outputTokens: count('outputTokens'),
    cacheReadInputTokens: count('cacheReadInputTokens'),
    cacheWriteInputTokens: count('cacheWriteInputTokens'),
  };
}
