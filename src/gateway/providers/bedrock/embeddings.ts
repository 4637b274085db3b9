// Embedding models have no common API: each line has its own body for InvokeModel.
// https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-titan-embed-text.html
// https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-embed.html
// https://docs.aws.amazon.com/nova/latest/nova2-userguide/embeddings-schema.html
import { compact } from '../../../core/compact.js';
import { isObject, type JsonObject } from '../../../core/json.js';
import type { EmbeddingRequest } from '../../chat/embedding.js';
import { GatewayError } from '../../chat/gateway-error.js';
import { refused } from '../../chat/read-member.js';
import { readModelId } from './model-reference.js';

/** How one line of models is asked. */
export interface EmbeddingFormat {
  /** Texts in one call. */
  readonly batch: number;
  /** Optional members of the request that the model knows. */
  readonly takes: ReadonlySet<'dimensions' | 'input_type' | 'normalize'>;
  body(texts: readonly string[], request: EmbeddingRequest): JsonObject;
  /** The vectors of an answer in order; anything that is not a list of numbers is found out later. */
  vectors(answer: Record<string, unknown>): unknown;
}

const TITAN_1: EmbeddingFormat = {
  batch: 1,
  takes: new Set(),
  body: ([inputText]) => ({ inputText }),
  vectors: ({ embedding }) => [embedding],
};

const TITAN_2: EmbeddingFormat = {
  ...TITAN_1,
  takes: new Set(['dimensions', 'normalize']),
  body: ([inputText], { dimensions, normalize }) => compact({ inputText, dimensions, normalize }),
};

const TITAN_IMAGE: EmbeddingFormat = {
  ...TITAN_1,
  takes: new Set(['dimensions']),
  body: ([inputText], { dimensions }) =>
    compact({
      inputText,
      embeddingConfig: dimensions === undefined ? undefined : { outputEmbeddingLength: dimensions },
    }),
};

const COHERE_3: EmbeddingFormat = {
  batch: 96,
  takes: new Set(['input_type']),
  body: (texts, { inputType = 'search_document' }) => ({ texts, input_type: inputType }),
  // A list, or lists by type where types were asked for.
  vectors: ({ embeddings }) => (isObject(embeddings) ? embeddings.float : embeddings),
};

const COHERE_4: EmbeddingFormat = {
  ...COHERE_3,
  takes: new Set(['input_type', 'dimensions']),
  body: (texts, { inputType = 'search_document', dimensions }) =>
    compact({ texts, input_type: inputType, embedding_types: ['float'], output_dimension: dimensions }),
};

/** The model's own default, which its body does not leave open. */
const NOVA_DIMENSIONS = 3072;

const NOVA: EmbeddingFormat = {
  batch: 1,
  takes: new Set(['dimensions']),
  body: ([value], { dimensions = NOVA_DIMENSIONS }) => ({
    taskType: 'SINGLE_EMBEDDING',
    singleEmbeddingParams: {
      embeddingPurpose: 'GENERIC_INDEX',
      embeddingDimension: dimensions,
      text: { truncationMode: 'END', value },
    },
  }),
  vectors: ({ embeddings }) =>
    Array.isArray(embeddings)
      ? embeddings.map((entry: unknown) => (isObject(entry) ? entry.embedding : entry))
      : embeddings,
};

const FORMATS: readonly (readonly [RegExp, EmbeddingFormat])[] = [
  [/titan-embed-image/, TITAN_IMAGE],
  [/titan-embed-text-v2/, TITAN_2],
  [/titan-embed/, TITAN_1],
  [/embed-v4/, COHERE_4],
  [/cohere\.embed/, COHERE_3],
  [/nova.*embed/, NOVA],
];

/** @throws GatewayError when the model is not known to make embeddings. */
export function embeddingFormat(modelId: string): EmbeddingFormat {
  const reference = readModelId(modelId);
  const found = reference.kind === 'model' && FORMATS.find(([pattern]) => pattern.test(reference.id));
  if (found) return found[1];
  throw refused(
    'model',
    'expected an embedding model of Titan, Cohere or Nova; an ARN needs base_model in the configuration',
  );
}

/**
 * Members that the model does not know: a hint is named, a size is refused, since vectors of another size are of no use.
 * @returns the names of the members that are not obeyed.
 * @throws GatewayError
 */
export function unobeyed(request: EmbeddingRequest, { takes }: EmbeddingFormat): readonly string[] {
  if (request.dimensions !== undefined && !takes.has('dimensions')) {
    throw refused('dimensions', 'this model has one size of vector and takes no dimensions');
  }
  return [
    ...Object.keys(request.hints),
    ...(request.inputType !== undefined && !takes.has('input_type') ? ['input_type'] : []),
    ...(request.normalize !== undefined && !takes.has('normalize') ? ['normalize'] : []),
  ];
}

export interface EmbeddedBatch {
  readonly vectors: readonly (readonly number[])[];
  readonly inputTokens: number;
}

/** @throws GatewayError unless the answer holds one vector for each of `texts` texts. */
export function readBatch(
  format: EmbeddingFormat,
  body: Uint8Array,
  headers: Readonly<Record<string, string>>,
  texts: number,
): EmbeddedBatch {
  const answer = decoded(body);
  const vectors = format.vectors(answer);
  if (!Array.isArray(vectors) || vectors.length !== texts || !vectors.every(isVector)) {
    throw unusable(`Bedrock answered without one vector for each of ${texts} texts`);
  }
  return { vectors, inputTokens: tokensOf(answer, headers) };
}

function decoded(body: Uint8Array): Record<string, unknown> {
  let answer: unknown;
  try {
    answer = JSON.parse(new TextDecoder().decode(body));
  } catch (cause) {
    throw unusable("Bedrock's answer is no JSON", cause);
  }
  if (isObject(answer)) return answer;
  throw unusable("Bedrock's answer is no JSON object");
}

function isVector(vector: unknown): vector is readonly number[] {
  return Array.isArray(vector) && vector.length > 0 && vector.every((value) => typeof value === 'number');
}

/** https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_InvokeModel.html has the header for models whose body is silent. */
function tokensOf({ inputTextTokenCount }: Record<string, unknown>, headers: Readonly<Record<string, string>>): number {
  const count = Number(inputTextTokenCount ?? headers['x-amzn-bedrock-input-token-count'] ?? 0);
  return Number.isSafeInteger(count) && count >= 0 ? count : 0;
}

function unusable(message: string, cause?: unknown): GatewayError {
  return new GatewayError('invalid_upstream_response', message, { cause });
}
