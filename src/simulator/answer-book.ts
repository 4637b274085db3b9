import { callMatch, MatchCounter } from './faults/call-match.js';
import type { Call } from './call.js';
import { jsonAnswer, type Answer, type StreamEvent, type TokenUsage } from './answer/answer.js';
import { blockEvents, type AnswerBlock } from './answer/model-answer.js';
import { countTokens } from './answer/tokens.js';
import { compact } from '../core/compact.js';
import { isObject, type Json, type JsonObject } from '../core/json.js';
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
  if (operation !== 'ConverseStream') return body && (() => jsonAnswer(body));
  const script = events ?? (converse && played(converse));
  return script && (() => scripted(script));
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

/** The events that stream a whole Converse answer; `undefined` when a block of it cannot be streamed. */
function played(converse: JsonObject): readonly JsonObject[] | undefined {
  const { output, stopReason, usage, metrics, additionalModelResponseFields, ...extras } = converse;
  const message = isObject(output) && isObject(output['message']) ? output['message'] : {};
  const blocks = (Array.isArray(message['content']) ? message['content'] : []).map(answerBlock);
  if (!blocks.every((block) => block !== undefined)) return undefined;
  const stop = compact({ stopReason, additionalModelResponseFields });
  return [
    { messageStart: { role: 'assistant' } },
    ...blocks.flatMap(blockEvents).map(({ type, payload }) => ({ [type]: payload })),
    ...(stopReason === undefined ? [] : [{ messageStop: stop }]),
    { metadata: { ...compact({ usage, metrics }), ...extras } },
  ];
}

function answerBlock(block: unknown): AnswerBlock | undefined {
  if (!isObject(block)) return undefined;
  const { text, toolUse, reasoningContent } = block;
  if (typeof text === 'string') return { type: 'text', text };
  if (isObject(toolUse)) {
    const { toolUseId, name, input } = toolUse;
    if (typeof toolUseId !== 'string' || typeof name !== 'string') return undefined;
    const json = (input ?? {}) as Json; // it came as JSON
    return { type: 'tool_use', id: toolUseId, name, input: json, inputText: JSON.stringify(json) };
  }
  if (!isObject(reasoningContent)) return undefined;
  const { reasoningText, redactedContent } = reasoningContent;
  if (typeof redactedContent === 'string') return { type: 'redacted_thought', data: redactedContent };
  if (!isObject(reasoningText) || typeof reasoningText['text'] !== 'string') return undefined;
  const { text: thought, signature } = reasoningText;
  return { type: 'thought', text: thought, ...(typeof signature === 'string' && { signature }) };
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
