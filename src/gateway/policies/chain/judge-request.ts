import type { Clock } from '../../../core/clock.js';
import type { ChatRequest } from '../../chat/chat-request.js';
import { GatewayError } from '../../chat/gateway-error.js';
import type { EmbeddingRequest } from '../../chat/embedding.js';
import type { Lane } from '../stream/judged-lane.js';
import { askJudge, asks } from './ask-judge.js';
import { policyLane, type Chain } from './chain.js';
import type { Judgement } from './judgement.js';
import { requestTexts, type RequestText } from './request-texts.js';

/** After this many UTF-16 units, a few milliseconds' work, other requests have their turn. */
const SLICE = 32 * 1024;

/**
 * Judges every text of a request by each policy in turn and returns the request as they left it. Each policy sees what the
 * one before it made of the texts; the first that blocks ends the chain.
 * @throws {GatewayError} `input_blocked`
 */
export async function judgeRequest(
  request: ChatRequest,
  chain: Chain,
  judgement: Judgement,
  clock: Clock,
  signal?: AbortSignal,
): Promise<ChatRequest> {
  const [texts, rebuild] = requestTexts(request, judgement);
  await judgeTexts(texts, chain, judgement, clock, signal);
  return rebuild();
}

/** The same for the inputs of an embedding, which count as the user's. */
export async function judgeEmbedding(
  request: EmbeddingRequest,
  chain: Chain,
  judgement: Judgement,
  clock: Clock,
  signal?: AbortSignal,
): Promise<EmbeddingRequest> {
  const texts = request.input.map((text, index): RequestText => ({ zone: 'user', at: `input[${index}]`, text }));
  await judgeTexts(texts, chain, judgement, clock, signal);
  return { ...request, input: texts.map(({ text }) => text) };
}

async function judgeTexts(
  texts: readonly RequestText[],
  chain: Chain,
  judgement: Judgement,
  clock: Clock,
  signal: AbortSignal | undefined,
): Promise<void> {
  for (const [index, policy] of chain.policies.entries()) {
    const before = clock.monotonic();
    let sinceTurn = 0;
    try {
      if (asks(policy)) await askJudge(policy, texts, 'input', chain, judgement, signal);
      for (const text of texts) {
        const lane = policyLane(policy, chain, { phase: 'input', zone: text.zone, at: text.at }, judgement);
        if (!lane) continue;
        sinceTurn += text.text.length;
        text.text = sinceTurn > SLICE ? await throughSlices(lane, text.text) : lane.push(text.text) + lane.flush();
        if (sinceTurn > SLICE) sinceTurn = 0;
      }
    } catch (error) {
      if (error instanceof GatewayError)
        for (const later of chain.policies.slice(index + 1)) judgement.skipped(later, 'input');
      throw error;
    } finally {
      judgement.observer.took(policy.kind, 'input', (clock.monotonic() - before) / 1000);
    }
  }
}

async function throughSlices(lane: Lane, text: string): Promise<string> {
  let judged = '';
  for (let start = 0; start < text.length; start += SLICE) {
    judged += lane.push(text.slice(start, start + SLICE));
    await new Promise((resolve) => setImmediate(resolve));
  }
  await lane.beforeFlush?.();
  return judged + lane.flush();
}
