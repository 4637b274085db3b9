import type { JsonObject } from '../../core/json.js';

/** A checked `/v1/embeddings` body. */
export interface EmbeddingRequest {
  readonly model: string;
  /** One or more non-empty texts. */
  readonly input: readonly string[];
  /** >= 1 */
  readonly dimensions?: number;
  readonly encodingFormat: 'float' | 'base64';
  /** Extension of Cohere's models: `search_document`, `search_query` … */
  readonly inputType?: string;
  /** Extension of Titan's models: unit length or as computed. */
  readonly normalize?: boolean;
  /** OpenAI members that only hint (`user`), as they came: a provider obeys them or names them as dropped. */
  readonly hints: JsonObject;
  /** Top-level members that nobody knows, for a debug log: at most 20 names, each cut to 64 characters. */
  readonly ignored: readonly string[];
}

export interface EmbeddingAnswer {
  /** One vector a text, in the order of the request. */
  readonly vectors: readonly (readonly number[])[];
  readonly inputTokens: number;
}
