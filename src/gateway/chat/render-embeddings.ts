import type { EmbeddingAnswer, EmbeddingRequest } from './embedding.js';

/** @see https://platform.openai.com/docs/api-reference/embeddings/object */
export interface EmbeddingList {
  readonly object: 'list';
  readonly data: Embedding[];
  readonly model: string;
  readonly usage: { readonly prompt_tokens: number; readonly total_tokens: number };
}

export interface Embedding {
  readonly object: 'embedding';
  readonly index: number;
  /** Numbers, or the base64 of float32 values, little endian. */
  readonly embedding: readonly number[] | string;
}

export function renderEmbeddings(answer: EmbeddingAnswer, request: EmbeddingRequest): EmbeddingList {
  return {
    object: 'list',
    data: answer.vectors.map((vector, index) => ({
      object: 'embedding',
      index,
      embedding: request.encodingFormat === 'base64' ? toBase64(vector) : vector,
    })),
    model: request.model,
    usage: { prompt_tokens: answer.inputTokens, total_tokens: answer.inputTokens },
  };
}

function toBase64(vector: readonly number[]): string {
  const bytes = Buffer.alloc(vector.length * 4);
  for (const [index, value] of vector.entries()) bytes.writeFloatLE(value, index * 4);
  return bytes.toString('base64');
}
