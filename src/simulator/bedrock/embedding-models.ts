// Bodies of the embedding models: https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-titan-embed-text.html,
// https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-embed.html (Cohere) and
// https://docs.aws.amazon.com/nova/latest/userguide/embeddings-schema.html
import type { JsonObject } from '../../core/json.js';
import { countTokens } from '../answer/tokens.js';
import { boolean, integer, list, oneOf, refined, string, struct, type Infer, type Shape } from '../shapes/shape.js';
import { embedding } from './embedding-vector.js';

export interface Embedded {
  readonly body: JsonObject;
  readonly inputTokens: number;
}

interface EmbeddingModel<T> {
  readonly pattern: RegExp;
  readonly shape: Shape<T>;
  readonly embed: (request: T) => Embedded;
}

const dimension = (...allowed: readonly number[]): Shape<number> =>
  refined(integer(), (value) =>
    allowed.includes(value) ? undefined : `satisfy enum value set: [${allowed.join(', ')}]`,
  );

const inputText = string({ min: 1, max: 50_000 });

const titanV1 = struct({ inputText }, {});
const titanV2 = struct(
  { inputText },
  {
    dimensions: dimension(256, 512, 1024),
    normalize: boolean(),
    embeddingTypes: list(oneOf('float', 'binary'), { min: 1 }),
  },
);

const inputType = oneOf('search_document', 'search_query', 'classification', 'clustering', 'image');
const texts = list(string({ min: 1 }), { min: 1, max: 96 });
const truncate = oneOf('NONE', 'START', 'END', 'LEFT', 'RIGHT');
const embeddingTypes = list(oneOf('float', 'int8', 'uint8', 'binary', 'ubinary'), { min: 1 });
const cohereV3 = struct({ texts, input_type: inputType }, { truncate, embedding_types: embeddingTypes });
const cohereV4 = struct(
  { texts, input_type: inputType },
  {
    truncate,
    embedding_types: embeddingTypes,
    output_dimension: dimension(256, 512, 1024, 1536),
    max_tokens: integer({ min: 1 }),
  },
);

const nova = struct(
  {
    taskType: oneOf('SINGLE_EMBEDDING'),
    singleEmbeddingParams: struct(
      {
        embeddingPurpose: oneOf(
          'GENERIC_INDEX',
          'GENERIC_RETRIEVAL',
          'TEXT_RETRIEVAL',
          'IMAGE_RETRIEVAL',
          'VIDEO_RETRIEVAL',
          'DOCUMENT_RETRIEVAL',
          'AUDIO_RETRIEVAL',
          'CLASSIFICATION',
          'CLUSTERING',
        ),
        text: struct({ truncationMode: oneOf('START', 'END', 'NONE'), value: string({ min: 1, max: 8192 }) }, {}),
      },
      { embeddingDimension: dimension(256, 384, 1024, 3072) },
    ),
  },
  { schemaVersion: oneOf('nova-multimodal-embed-v1') },
);

function titan({ inputText: text, dimensions = 1024, normalize = true }: Infer<typeof titanV2>): Embedded {
  const inputTokens = countTokens(text);
  const vector = embedding(text, dimensions, normalize);
  return {
    body: { embedding: vector, embeddingsByType: { float: vector }, inputTextTokenCount: inputTokens },
    inputTokens,
  };
}

function cohere(request: Infer<typeof cohereV4>, dimensions: number): Embedded {
  const floats = request.texts.map((text) => embedding(text, dimensions, true));
  const byType = request.embedding_types !== undefined;
  return {
    body: {
      id: '00000000-0000-4000-8000-000000000000',
      texts: request.texts,
      embeddings: byType ? { float: floats } : floats,
      response_type: byType ? 'embeddings_by_type' : 'embeddings_floats',
    },
    inputTokens: request.texts.reduce((sum, text) => sum + countTokens(text), 0),
  };
}

function novaEmbedding({ singleEmbeddingParams: params }: Infer<typeof nova>): Embedded {
  const { value } = params.text;
  const vector = embedding(value, params.embeddingDimension ?? 3072, true);
  return { body: { embeddings: [{ embeddingType: 'TEXT', embedding: vector }] }, inputTokens: countTokens(value) };
}

function model<T>(pattern: RegExp, shape: Shape<T>, embed: (request: T) => Embedded): EmbeddingModel<unknown> {
  return { pattern, shape, embed: (request) => embed(request as T) }; // only called with what the shape let through
}

export const EMBEDDING_MODELS: readonly EmbeddingModel<unknown>[] = [
  model(/^amazon\.titan-embed-(g1-)?text(-v1|-02|:)/, titanV1, ({ inputText: text }) =>
    titan({ inputText: text, dimensions: 1536 }),
  ),
  model(/^amazon\.titan-embed-text-v2/, titanV2, titan),
  model(/^cohere\.embed-(english|multilingual)-v3/, cohereV3, (request) => cohere(request, 1024)),
  model(/^cohere\.embed-v4/, cohereV4, (request) => cohere(request, request.output_dimension ?? 1536)),
  model(/^amazon\.nova-2-multimodal-embeddings/, nova, novaEmbedding),
];
