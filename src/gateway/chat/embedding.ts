import type { JsonObject } from '../../core/json.js';

/** A checked `/v1/embeddings` body. */
export interface EmbeddingRequest {
  readonly model: string;
  /** One or more non-empty texts. */
  readonly input: readonly string[];
  readonly dimensions?: number;
  readonly encodingFormat: 'float' | 'base64';
  /** Extension of Cohere's models: `search_document`, `search_query` … */
  readonly inputType?: string;
  readonly hints: JsonObject;
}

export interface EmbeddingAnswer {
  /** One vector a text, in the order of the request. */
  readonly vectors: readonly (readonly number[])[];
  readonly inputTokens: number;
}
