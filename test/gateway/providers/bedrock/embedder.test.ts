import type { InvokeModelCommandInput } from '@aws-sdk/client-bedrock-runtime';
import { expect } from 'chai';
import type { EmbeddingRequest } from '../../../../src/gateway/chat/embedding.js';
import { GatewayError } from '../../../../src/gateway/chat/gateway-error.js';
import { parseEmbeddingRequest } from '../../../../src/gateway/chat/parse-embedding-request.js';
import type { InvokedModel } from '../../../../src/gateway/providers/bedrock/bedrock-transport.js';
import { embed } from '../../../../src/gateway/providers/bedrock/embedder.js';
import { failure } from './outcomes.js';

// docs/mapping.md, "Embeddings".

const TITAN_1 = 'amazon.titan-embed-text-v1';
const TITAN_2 = 'amazon.titan-embed-text-v2:0';
const COHERE_3 = 'cohere.embed-english-v3';
const COHERE_4 = 'us.cohere.embed-v4:0';
const NOVA = 'amazon.nova-2-multimodal-embeddings-v1:0';

function request(members: object = {}): EmbeddingRequest {
  return parseEmbeddingRequest({ model: 'm', input: 'a', ...members });
}

interface Sent {
  readonly bodies: unknown[];
  readonly inputs: InvokeModelCommandInput[];
}

interface AskedBody {
  readonly inputText: string;
  readonly texts: readonly string[];
}

type Answering = (body: AskedBody, index: number) => unknown;

/** What `model` is asked for `body`, and what becomes of its answers. */
async function embedded(model: string, body: object, answer: Answering, headers = {}, baseModel = model) {
  const sent: Sent = { bodies: [], inputs: [] };
  const outcome = await embed(request(body), {
    model,
    baseModel,
    signal: new AbortController().signal,
    invoke: async (input): Promise<InvokedModel> => {
      if (typeof input.body !== 'string') throw new Error('expected a body of text');
      const asked = JSON.parse(input.body) as AskedBody;
      sent.inputs.push(input);
      const reply = answer(asked, sent.bodies.push(asked) - 1);
      return { body: Buffer.from(typeof reply === 'string' ? reply : JSON.stringify(reply)), headers, requestId: 'r' };
    },
  });
  return { ...outcome, ...sent };
}

const titan: Answering = ({ inputText }) => ({ embedding: [inputText.length], inputTextTokenCount: 2 });
const cohere: Answering = ({ texts }) => ({ embeddings: texts.map((text) => [text.length]) });

describe('embed', () => {
  it('asks Titan once a text, keeps their order and adds up the tokens', async () => {
    const { answer, bodies, inputs, dropped, upstreamRequestId } = await embedded(
      TITAN_1,
      { input: ['a', 'bb', 'ccc'] },
      titan,
    );
    expect(bodies).to.deep.equal([{ inputText: 'a' }, { inputText: 'bb' }, { inputText: 'ccc' }]);
    expect(answer).to.deep.equal({ vectors: [[1], [2], [3]], inputTokens: 6 });
    expect([dropped, upstreamRequestId]).to.deep.equal([[], 'r']);
    expect(inputs[0]).to.include({ modelId: TITAN_1, contentType: 'application/json', accept: 'application/json' });
  });

  it('hands dimensions and normalize to Titan 2', async () => {
    const { bodies } = await embedded(TITAN_2, { dimensions: 256, normalize: false }, titan);
    expect(bodies).to.deep.equal([{ inputText: 'a', dimensions: 256, normalize: false }]);
  });

  it('asks Cohere 3 for 96 texts at a time', async () => {
    const input = Array.from({ length: 100 }, (_, n) => 'x'.repeat(n + 1));
    const { answer, bodies } = await embedded(COHERE_3, { input }, cohere);
    expect(bodies).to.deep.equal([
      { texts: input.slice(0, 96), input_type: 'search_document' },
      { texts: input.slice(96), input_type: 'search_document' },
    ]);
    expect(answer.vectors.map(([length]) => length)).to.deep.equal(input.map(({ length }) => length));
  });

  it('hands the input_type of the caller to Cohere', async () => {
    const { bodies } = await embedded(COHERE_3, { input_type: 'search_query' }, cohere);
    expect(bodies).to.deep.equal([{ texts: ['a'], input_type: 'search_query' }]);
  });

  it('asks Cohere 4 for floats of a size', async () => {
    const { answer, bodies } = await embedded(COHERE_4, { dimensions: 512 }, () => ({ embeddings: { float: [[7]] } }));
    expect(bodies).to.deep.equal([
      { texts: ['a'], input_type: 'search_document', embedding_types: ['float'], output_dimension: 512 },
    ]);
    expect(answer.vectors).to.deep.equal([[7]]);
  });

  for (const [asked, size] of [
    [{}, 3072],
    [{ dimensions: 384 }, 384],
  ] as const) {
    it(`asks Nova for vectors of ${size}`, async () => {
      const { answer, bodies } = await embedded(NOVA, asked, () => ({
        embeddings: [{ embeddingType: 'TEXT', embedding: [1, 2] }],
      }));
      expect(bodies).to.deep.equal([
        {
          taskType: 'SINGLE_EMBEDDING',
          singleEmbeddingParams: {
            embeddingPurpose: 'GENERIC_INDEX',
            embeddingDimension: size,
            text: { truncationMode: 'END', value: 'a' },
          },
        },
      ]);
      expect(answer.vectors).to.deep.equal([[1, 2]]);
    });
  }

  it('takes the tokens from the header where the body is silent, and else none', async () => {
    const counted = await embedded(COHERE_3, {}, cohere, { 'x-amzn-bedrock-input-token-count': '5' });
    expect(counted.answer.inputTokens).to.equal(5);
    expect((await embedded(COHERE_3, {}, cohere)).answer.inputTokens).to.equal(0);
  });

  it('goes by the base model where the id is an ARN', async () => {
    const arn = 'arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/abc';
    const { inputs } = await embedded(arn, {}, titan, {}, TITAN_1);
    expect(inputs[0]?.modelId).to.equal(arn);
    expect((await failure(embedded(arn, {}, titan))).param).to.equal('model');
  });

  it('refuses a chat model', async () => {
    const error = await failure(embedded('anthropic.claude-3-haiku-20240307-v1:0', {}, titan));
    expect([error.status, error.param]).to.deep.equal([400, 'model']);
  });

  for (const model of [TITAN_1, COHERE_3]) {
    it(`refuses dimensions on ${model}`, async () => {
      const error = await failure(embedded(model, { dimensions: 256 }, titan));
      expect([error.status, error.param]).to.deep.equal([400, 'dimensions']);
    });
  }

  it('names what the model does not obey', async () => {
    const { dropped } = await embedded(TITAN_1, { user: 'u', input_type: 'search_query', normalize: true }, titan);
    expect(dropped).to.deep.equal(['user', 'input_type', 'normalize']);
  });

  for (const [row, reply] of [
    ['no JSON', '<html>'],
    ['no object', '[1]'],
    ['no vector', {}],
    ['an empty vector', { embedding: [] }],
    ['no numbers', { embedding: ['x'] }],
  ] as const) {
    it(`does not take ${row} for an answer`, async () => {
      const error = await failure(embedded(TITAN_1, {}, () => reply));
      expect([error.status, error.body().error.code]).to.deep.equal([502, 'invalid_upstream_response']);
    });
  }

  it('does not take too few vectors for an answer', async () => {
    const error = await failure(embedded(COHERE_3, { input: ['a', 'b'] }, () => ({ embeddings: [[1]] })));
    expect(error.reason).to.equal('invalid_upstream_response');
  });

  it('has eight calls under way at most, and ends them with the first failure', async () => {
    const input = Array.from({ length: 50 }, () => 'a');
    const waiting: { readonly signal: AbortSignal; readonly reject: (error: Error) => void }[] = [];
    const outcome = failure(
      embed(request({ input }), {
        model: TITAN_1,
        baseModel: TITAN_1,
        signal: new AbortController().signal,
        invoke: (_input, signal) => new Promise((_resolve, reject) => waiting.push({ signal, reject })),
      }),
    );
    expect(waiting).to.have.length(8);
    waiting[3]?.reject(new GatewayError('throttled', 'slow down'));
    expect((await outcome).reason).to.equal('throttled');
    expect(waiting).to.have.length(8);
    for (const { signal } of waiting) expect(signal.aborted).to.equal(true);
  });
});
