// One exchange, from the checked body to the answer.
import { randomUUID } from 'node:crypto';
import type { ChatEvent } from './chat/chat-answer.js';
import { parseChatRequest } from './chat/parse-chat-request.js';
import { parseEmbeddingRequest } from './chat/parse-embedding-request.js';
import { chunkRenderer, type ChunkRenderer, DONE, renderStreamError } from './chat/render-chat-chunk.js';
import { renderChatCompletion } from './chat/render-chat-completion.js';
import { renderEmbeddings } from './chat/render-embeddings.js';
import type { Exchange } from './exchange.js';
import type { Reply } from './reply.js';
import { dispatch } from './routing/dispatch.js';
import { selectTargets } from './routing/select-targets.js';
import type { Target } from './routing/target.js';
import type { Runtime } from './runtime.js';

/** `POST /v1/chat/completions`. */
export async function answerChat(exchange: Exchange, runtime: Runtime, body: unknown): Promise<Reply> {
  const request = exchange.timed('parse', () => parseChatRequest(body));
  exchange.streamed = request.stream;
  exchange.dropped = request.dropped;
  exchange.verdict = 'allow';
  const targets = route(exchange, runtime, request.model);
  const envelope = {
    id: `chatcmpl-${randomUUID()}`,
    created: Math.floor(exchange.clock.now() / 1000),
    model: request.model,
  };

  if (request.stream) {
    const { events } = await dispatch(exchange, targets, (provider, call) => provider.stream(request, call));
    const render = chunkRenderer({ ...envelope, includeUsage: request.includeUsage });
    return { kind: 'events', events: renderEvents(exchange, events, render) };
  }
  const { answer } = await dispatch(exchange, targets, (provider, call) => provider.complete(request, call));
  exchange.usage = answer.finish.usage;
  exchange.finishReason = answer.finish.reason;
  return json(exchange, () => renderChatCompletion(answer, envelope));
}

/** `POST /v1/embeddings`. */
export async function answerEmbeddings(exchange: Exchange, runtime: Runtime, body: unknown): Promise<Reply> {
  const request = exchange.timed('parse', () => parseEmbeddingRequest(body));
  exchange.verdict = 'allow';
  const targets = route(exchange, runtime, request.model);
  const { answer } = await dispatch(exchange, targets, (provider, call) => provider.embed(request, call));
  exchange.usage = { inputTokens: answer.inputTokens, outputTokens: 0, cacheReadTokens: 0, cacheWriteTokens: 0 };
  return json(exchange, () => renderEmbeddings(answer, request));
}

function route(exchange: Exchange, { config, targets }: Runtime, model: string): readonly Target[] {
  return exchange.timed('route', () => {
    const selection = selectTargets(model, targets, config.providers);
    exchange.model = selection.label;
    return selection.targets;
  });
}

function json(exchange: Exchange, render: () => object): Reply {
  return { kind: 'json', text: exchange.timed('serialise', () => JSON.stringify(render())) };
}

/** Ends with `[DONE]` only when the stream was complete; with one error event when it broke. */
async function* renderEvents(
  exchange: Exchange,
  events: AsyncIterable<ChatEvent>,
  render: ChunkRenderer,
): AsyncGenerator<string> {
  try {
    for await (const event of events) {
      exchange.streamEvent();
      if (event.type === 'finish') {
        exchange.usage = event.finish.usage;
        exchange.finishReason = event.finish.reason;
      }
      const text = render(event);
      if (text !== '') yield text;
    }
    yield DONE;
  } catch (error) {
    if (exchange.callerLeft) return;
    exchange.error = exchange.failure(error);
    yield renderStreamError(exchange.error);
  }
}
