// One exchange, from the checked body to the answer.
import { randomUUID } from 'node:crypto';
import type { JsonObject } from '../core/json.js';
import { inputHash, promptHash } from './audit/prompt-hash.js';
import type { ChatEvent, Finish } from './chat/chat-answer.js';
import type { ChatRequest } from './chat/chat-request.js';
import { parseChatRequest } from './chat/parse-chat-request.js';
import { parseEmbeddingRequest } from './chat/parse-embedding-request.js';
import { chunkRenderer, type ChunkRenderer, DONE, renderStreamError } from './chat/render-chat-chunk.js';
import { renderChatCompletion } from './chat/render-chat-completion.js';
import { renderEmbeddings } from './chat/render-embeddings.js';
import type { Exchange } from './exchange.js';
import { guardrailOutcome } from './guardrail-outcome.js';
import { judgeEvents } from './policies/chain/judge-events.js';
import { judgeEmbedding, judgeRequest } from './policies/chain/judge-request.js';
import { judgeWholeAnswer } from './policies/chain/judge-whole-answer.js';
import { Judgement } from './policies/chain/judgement.js';
import type { Reply } from './reply.js';
import { dispatch } from './routing/dispatch.js';
import { estimateChatTokens, estimateEmbeddingTokens } from './routing/estimate-tokens.js';
import type { Route } from './routing/router.js';
import type { Runtime } from './runtime.js';

/** `POST /v1/chat/completions`. */
export async function answerChat(exchange: Exchange, runtime: Runtime, body: unknown): Promise<Reply> {
  const asked = exchange.timed('parse', () => parseChatRequest(body));
  exchange.streamed = asked.stream;
  exchange.dropped = asked.dropped;
  const judgement = put(exchange, runtime, asked.model, (key) => promptHash(asked.messages, key));
  const request = await exchange.timed('policy_input', () =>
    judgeRequest(asked, runtime.chain, judgement, exchange.clock, exchange.signal),
  );
  const way = route(exchange, runtime, request, () => estimateChatTokens(request));
  const envelope = {
    id: `chatcmpl-${randomUUID()}`,
    created: Math.floor(exchange.clock.now() / 1000),
    model: request.model,
  };

  if (request.stream) {
    const { events } = await dispatch(exchange, way, (provider, call) => provider.stream(request, call));
    const render = chunkRenderer({ ...envelope, includeUsage: request.includeUsage });
    const seen = watched(exchange, request, events);
    const judged = judgeEvents(seen, runtime.chain, judgement, exchange.clock, exchange.signal);
    return { kind: 'events', events: renderEvents(exchange, judged, render) };
  }
  const { answer: given } = await dispatch(exchange, way, (provider, call) => provider.complete(request, call));
  noteFinish(exchange, request, given.finish);
  const answer = await exchange.timed('policy_output', () =>
    judgeWholeAnswer(given, runtime.chain, judgement, exchange.signal),
  );
  return json(exchange, () => renderChatCompletion(answer, envelope));
}

/** `POST /v1/embeddings`. */
export async function answerEmbeddings(exchange: Exchange, runtime: Runtime, body: unknown): Promise<Reply> {
  const asked = exchange.timed('parse', () => parseEmbeddingRequest(body));
  const judgement = put(exchange, runtime, asked.model, (key) => inputHash(asked.input, key));
  const request = await exchange.timed('policy_input', () =>
    judgeEmbedding(asked, runtime.chain, judgement, exchange.clock, exchange.signal),
  );
  const way = route(exchange, runtime, request, () => estimateEmbeddingTokens(request));
  const { answer } = await dispatch(exchange, way, (provider, call) => provider.embed(request, call));
  exchange.usage = { inputTokens: answer.inputTokens, outputTokens: 0, cacheReadTokens: 0, cacheWriteTokens: 0 };
  return json(exchange, () => renderEmbeddings(answer, request));
}

/** From here on the exchange is on record, however it ends. */
function put(
  exchange: Exchange,
  { audit, policyObserver }: Runtime,
  model: string,
  hash: (key: Uint8Array) => string,
): Judgement {
  exchange.requestedModel = model.slice(0, 256);
  exchange.promptHash = audit && hash(audit.installation.hmacKey);
  return (exchange.judgement = new Judgement(policyObserver));
}

function route(
  exchange: Exchange,
  { router }: Runtime,
  { model, maxTokens }: { readonly model: string; readonly maxTokens?: number },
  estimate: () => number,
): Route {
  return exchange.timed('route', () => {
    const selection = router.select(model);
    exchange.model = selection.label;
    let tokens: number | undefined;
    const inputTokens = (): number => (tokens ??= estimate());
    return router.route(selection, { streamed: exchange.streamed, inputTokens, maxTokens, ...exchange.callerIds });
  });
}

function json(exchange: Exchange, render: () => object): Reply {
  return { kind: 'json', text: exchange.timed('serialise', () => JSON.stringify(render())) };
}

/** Notes what the upstream's stream shows as it passes. */
async function* watched(
  exchange: Exchange,
  request: ChatRequest,
  events: AsyncIterable<ChatEvent>,
): AsyncGenerator<ChatEvent> {
  for await (const event of events) {
    exchange.streamEvent();
    if (event.type === 'finish') noteFinish(exchange, request, event.finish);
    yield event;
  }
}

function noteFinish(exchange: Exchange, { extensions }: ChatRequest, finish: Finish): void {
  exchange.usage = finish.usage;
  exchange.finishReason = finish.reason;
  exchange.guardrail = guardrailOutcome(finish, extensions, exchange.routedTo?.guardrail);
}

/** Ends with `[DONE]` only when the stream was complete; with one error event when it broke. */
async function* renderEvents(
  exchange: Exchange,
  events: AsyncIterable<ChatEvent>,
  render: ChunkRenderer,
): AsyncGenerator<string> {
  try {
    for await (const event of events) {
      // The header said what the question's verdict was; the last chunk has the final one.
      const members = event.type === 'finish' ? { keeptrusts: finalFacts(exchange) } : undefined;
      const text = render(event, members);
      if (text !== '') yield text;
    }
    yield DONE;
  } catch (error) {
    if (exchange.callerLeft) return;
    exchange.error = exchange.failure(error);
    yield renderStreamError(exchange.error);
  }
}

function finalFacts({ verdict = 'allow', shownCost }: Exchange): JsonObject {
  return { verdict, ...(shownCost !== undefined && { cost_usd: Number(shownCost) }) };
}
