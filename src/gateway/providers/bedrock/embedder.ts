import type { InvokeModelCommandInput } from '@aws-sdk/client-bedrock-runtime';
import type { EmbeddingRequest } from '../../chat/embedding.js';
import type { Embedded } from '../provider.js';
import type { InvokedModel } from './bedrock-transport.js';
import { type EmbeddedBatch, embeddingFormat, readBatch, unobeyed } from './embeddings.js';

/** Calls at a time for the texts of one request: most models take one text a call. */
const CONCURRENCY = 8;

export interface EmbedOptions {
  /** Sent as `modelId`. */
  readonly model: string;
  /** The model whose format applies. */
  readonly baseModel: string;
  readonly signal: AbortSignal;
  readonly invoke: (input: InvokeModelCommandInput, signal: AbortSignal) => Promise<InvokedModel>;
}

/** All texts in the order of the request. The first failure ends the calls under way, and no other is begun. */
export async function embed(request: EmbeddingRequest, options: EmbedOptions): Promise<Embedded> {
  const format = embeddingFormat(options.baseModel);
  const dropped = unobeyed(request, format);
  const batches = inBatches(request.input, format.batch);
  const failure = new AbortController();
  const signal = AbortSignal.any([options.signal, failure.signal]);
  const done: EmbeddedBatch[] = [];
  let upstreamRequestId: string | undefined;

  const work = async (queue: Iterator<[number, readonly string[]]>): Promise<void> => {
    for (let next = queue.next(); !next.done && !signal.aborted; next = queue.next()) {
      const [at, texts] = next.value;
      const body = JSON.stringify(format.body(texts, request));
      const input = { modelId: options.model, contentType: JSON_TYPE, accept: JSON_TYPE, body };
      const answer = await options.invoke(input, signal);
      upstreamRequestId ??= answer.requestId;
      done[at] = readBatch(format, answer.body, answer.headers, texts.length);
    }
  };
  const queue = batches.entries();
  try {
    await Promise.all(Array.from({ length: Math.min(CONCURRENCY, batches.length) }, () => work(queue)));
  } finally {
    failure.abort();
  }
  return {
    answer: {
      vectors: done.flatMap(({ vectors }) => vectors),
      inputTokens: done.reduce((sum, { inputTokens }) => sum + inputTokens, 0),
    },
    dropped,
    ...(upstreamRequestId !== undefined && { upstreamRequestId }),
  };
}

const JSON_TYPE = 'application/json';

function inBatches(texts: readonly string[], size: number): readonly (readonly string[])[] {
  const batches: string[][] = [];
  for (let at = 0; at < texts.length; at += size) batches.push(texts.slice(at, at + size));
  return batches;
}
