import type { ChatAnswer, ChatEvent, Finish } from '../../src/gateway/chat/chat-answer.js';
import type { ChatRequest } from '../../src/gateway/chat/chat-request.js';
import type { EmbeddingRequest } from '../../src/gateway/chat/embedding.js';
import type {
  Call,
  Completed,
  Embedded,
  Probed,
  ProbeMode,
  Provider,
  Streamed,
} from '../../src/gateway/providers/provider.js';

export const FINISH: Finish = {
  reason: 'stop',
  usage: { inputTokens: 10, outputTokens: 3, cacheReadTokens: 0, cacheWriteTokens: 0 },
};

export function answerOf(content: string): ChatAnswer {
  return { content, thinkingBlocks: [], toolCalls: [], annotations: [], finish: FINISH };
}

interface Script {
  readonly complete?: (request: ChatRequest, call: Call) => Promise<ChatAnswer>;
  /** The events behind `start`; the first one is waited for, as a provider must. */
  readonly stream?: (request: ChatRequest, call: Call) => AsyncIterable<ChatEvent>;
  readonly embed?: (request: EmbeddingRequest, call: Call) => Promise<readonly (readonly number[])[]>;
  readonly probe?: (mode: ProbeMode, call: Call) => Promise<Probed>;
  readonly dropped?: readonly string[];
}

/** Plays the given parts, and answers the rest with `Hello.`; remembers what it was asked. */
export class ScriptedProvider implements Provider {
  readonly calls: { readonly request: ChatRequest | EmbeddingRequest; readonly call: Call }[] = [];
  closed = false;
  readonly #script: Script;

  constructor(script: Script = {}) {
    this.#script = script;
  }

  async complete(request: ChatRequest, call: Call): Promise<Completed> {
    this.calls.push({ request, call });
    const answer = (await this.#script.complete?.(request, call)) ?? answerOf('Hello.');
    return { answer, dropped: this.#script.dropped ?? [], upstreamRequestId: 'upstream-1' };
  }

  async stream(request: ChatRequest, call: Call): Promise<Streamed> {
    this.calls.push({ request, call });
    const events = (this.#script.stream?.(request, call) ?? hello())[Symbol.asyncIterator]();
    const first = await events.next();
    return { events: resumed(first, events), dropped: this.#script.dropped ?? [] };
  }

  async embed(request: EmbeddingRequest, call: Call): Promise<Embedded> {
    this.calls.push({ request, call });
    const vectors = (await this.#script.embed?.(request, call)) ?? request.input.map(() => [0.5, -0.25]);
    return { answer: { vectors, inputTokens: 2 }, dropped: [] };
  }

  async probe(mode: ProbeMode, call: Call): Promise<Probed> {
    return (await this.#script.probe?.(mode, call)) ?? {};
  }

  close(): void {
    this.closed = true;
  }
}

async function* hello(): AsyncGenerator<ChatEvent> {
  yield { type: 'text', text: 'Hel' };
  yield { type: 'text', text: 'lo.' };
  yield { type: 'finish', finish: FINISH };
}

async function* resumed(first: IteratorResult<ChatEvent>, rest: AsyncIterator<ChatEvent>): AsyncGenerator<ChatEvent> {
  yield { type: 'start' };
  try {
    for (let step = first; !step.done; step = await rest.next()) yield step.value;
  } finally {
    await rest.return?.();
  }
}
