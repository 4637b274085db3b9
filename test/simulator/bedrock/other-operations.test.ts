import {
  ApplyGuardrailCommand,
  CountTokensCommand,
  InvokeModelCommand,
  type BedrockRuntimeClient,
} from '@aws-sdk/client-bedrock-runtime';
import { expect } from 'chai';
import { bedrockClient } from '../bedrock-client.js';
import { withSimulator } from '../with-simulator.js';
import { complaint, converse, SONNET_4, user } from './ask.js';

/** Runs `use` with a client of a fresh simulator. */
function withClient<T>(use: (client: BedrockRuntimeClient) => Promise<T>): Promise<T> {
  return withSimulator({}, async (sim) => {
    const client = bedrockClient(sim);
    return use(client).finally(() => client.destroy());
  });
}

const invoke = (modelId: string, body: unknown) => (client: BedrockRuntimeClient) =>
  client.send(new InvokeModelCommand({ modelId, body: JSON.stringify(body), contentType: 'application/json' }));

const nova = (value: string, more: object = {}) => ({
  taskType: 'SINGLE_EMBEDDING',
  singleEmbeddingParams: { embeddingPurpose: 'GENERIC_INDEX', text: { truncationMode: 'END', value }, ...more },
});

type Vectors = (body: Record<string, unknown>) => unknown;

const titan: Vectors = ({ embedding }) => [embedding];
const cohere: Vectors = ({ embeddings }) => embeddings;
const byType: Vectors = ({ embeddings }) => (embeddings as { float: unknown }).float;
const novaVectors: Vectors = ({ embeddings }) =>
  (embeddings as { embedding: unknown }[]).map(({ embedding }) => embedding);

describe('InvokeModel', () => {
  for (const [modelId, body, read, count, dimensions] of [
    ['amazon.titan-embed-text-v1', { inputText: 'a b' }, titan, 1, 1536],
    ['amazon.titan-embed-text-v2:0', { inputText: 'a b' }, titan, 1, 1024],
    ['amazon.titan-embed-text-v2:0', { inputText: 'a b', dimensions: 256, normalize: true }, titan, 1, 256],
    ['cohere.embed-english-v3', { texts: ['a b', 'c'], input_type: 'search_document' }, cohere, 2, 1024],
    [
      'cohere.embed-v4:0',
      { texts: ['a'], input_type: 'search_query', embedding_types: ['float'], output_dimension: 512 },
      byType,
      1,
      512,
    ],
    ['amazon.nova-2-multimodal-embeddings-v1:0', nova('a b'), novaVectors, 1, 3072],
    ['us.amazon.nova-2-multimodal-embeddings-v1:0', nova('a b', { embeddingDimension: 384 }), novaVectors, 1, 384],
  ] as const) {
    it(`embeds ${count} text(s) in ${dimensions} dimensions with ${modelId}`, async () => {
      const { body: answer } = await withClient(invoke(modelId, body));
      const vectors = read(JSON.parse(Buffer.from(answer).toString()) as Record<string, unknown>) as number[][];
      expect(vectors).to.have.length(count);
      for (const vector of vectors) {
        expect(vector).to.have.length(dimensions);
        expect(Math.hypot(...vector)).to.be.closeTo(1, 1e-5);
      }
    });
  }

  for (const [what, modelId, body, expected] of [
    [
      'dimensions to Titan v1',
      'amazon.titan-embed-text-v1',
      { inputText: 'a', dimensions: 256 },
      '#: extraneous key [dimensions] is not permitted',
    ],
    [
      'odd dimensions',
      'amazon.titan-embed-text-v2:0',
      { inputText: 'a', dimensions: 300 },
      '#/dimensions: must satisfy enum value set: [256, 512, 1024]',
    ],
    ['no text', 'amazon.titan-embed-text-v2:0', {}, '#: required key [inputText] not found'],
    [
      'an empty text',
      'amazon.titan-embed-text-v2:0',
      { inputText: '' },
      '#/inputText: must have length greater than or equal to 1',
    ],
    ['no input_type', 'cohere.embed-english-v3', { texts: ['a'] }, '#: required key [input_type] not found'],
    [
      '97 texts',
      'cohere.embed-english-v3',
      { texts: Array.from({ length: 97 }, () => 'a'), input_type: 'clustering' },
      '#/texts: must have length less than or equal to 96',
    ],
    [
      'two problems',
      'amazon.nova-2-multimodal-embeddings-v1:0',
      { taskType: 'X' },
      '#: required key [singleEmbeddingParams] not found, #/taskType: must satisfy',
    ],
  ] as const) {
    it(`refuses ${what}`, async () => {
      const text = await withClient((client) => complaint(invoke(modelId, body)(client)));
      expect(text)
        .to.match(/^ValidationException: Malformed input request: /)
        .and.to.include(expected);
    });
  }

  it('puts texts that share words closer together than others', async () => {
    const vectors = await withClient(async (client) => {
      const texts = ['the red boat', 'the red ship', 'quarterly tax report'];
      const { body } = await invoke('cohere.embed-english-v3', { texts, input_type: 'clustering' })(client);
      return (JSON.parse(Buffer.from(body).toString()) as { embeddings: number[][] }).embeddings;
    });
    const dot = (a: number[] = [], b: number[] = []) => a.reduce((sum, value, i) => sum + value * (b[i] ?? 0), 0);
    expect(dot(vectors[0], vectors[1])).to.be.greaterThan(dot(vectors[0], vectors[2]) + 0.3);
  });

  it('counts the tokens in a header', async () => {
    await withSimulator({}, async (sim) => {
      const client = bedrockClient(sim);
      await invoke('cohere.embed-english-v3', { texts: ['one two', 'three'], input_type: 'clustering' })(client);
      client.destroy();
      expect(sim.ledger().totals.input_tokens).to.equal(3);
    });
  });

  it('is there for embeddings only', async () => {
    const text = await withClient((client) => complaint(invoke(SONNET_4, { messages: [] })(client)));
    expect(text).to.include('for embedding models only');
  });
});

describe('CountTokens', () => {
  const messages = [user({ text: 'How many are these?' })];

  it('counts what Converse charges', async () => {
    await withSimulator({}, async (sim) => {
      const client = bedrockClient(sim);
      const { inputTokens } = await client.send(
        new CountTokensCommand({ modelId: SONNET_4, input: { converse: { messages } } }),
      );
      client.destroy();
      expect(inputTokens).to.equal((await converse(sim, { messages })).usage?.inputTokens);
    });
  });

  it('counts the body of an InvokeModel', async () => {
    const body = Buffer.from(JSON.stringify({ a: 'b' }));
    const { inputTokens } = await withClient((client) =>
      client.send(new CountTokensCommand({ modelId: SONNET_4, input: { invokeModel: { body } } })),
    );
    expect(inputTokens).to.equal(9);
  });

  it('refuses what Converse would refuse, and models that cannot count', async () => {
    const [bad, nova] = await withClient((client) =>
      Promise.all([
        complaint(client.send(new CountTokensCommand({ modelId: SONNET_4, input: { converse: { messages: [] } } }))),
        complaint(
          client.send(new CountTokensCommand({ modelId: 'amazon.nova-lite-v1:0', input: { converse: { messages } } })),
        ),
      ]),
    );
    expect(bad).to.match(/^ValidationException: A conversation must start/);
    expect(nova).to.equal("ValidationException: The provided model doesn't support counting tokens.");
  });
});

describe('ApplyGuardrail', () => {
  const apply = (client: BedrockRuntimeClient, text: string, guardrailIdentifier = 'gr1') =>
    client.send(
      new ApplyGuardrailCommand({
        guardrailIdentifier,
        guardrailVersion: '1',
        source: 'INPUT',
        content: [{ text: { text } }],
      }),
    );

  for (const [text, action, output] of [
    ['nothing wrong', 'NONE', undefined],
    ['ask ada@example.com', 'GUARDRAIL_INTERVENED', 'ask {EMAIL}'],
    ['a guardrail-block word', 'GUARDRAIL_INTERVENED', 'Sorry, the model cannot answer this question.'],
  ] as const) {
    it(`says ${action} to "${text}"`, async () => {
      const answer = await withClient((client) => apply(client, text));
      expect(answer.action).to.equal(action);
      expect(answer.outputs?.[0]?.text).to.equal(output);
    });
  }

  it('does not know every guardrail', async () => {
    const text = await withClient((client) => complaint(apply(client, 'a', 'missing1')));
    expect(text).to.match(/^ResourceNotFoundException: /);
  });
});

describe('any other operation', () => {
  it('is unknown', async () => {
    await withSimulator({}, async (sim) => {
      for (const path of ['/model/x/converse', '/model/x/sing', '/foundation-models']) {
        const answer = await fetch(sim.url + path, {
          method: path.endsWith('converse') ? 'GET' : 'POST',
          ...(path.endsWith('sing') && { body: '{}' }),
        });
        expect(answer.status, path).to.equal(404);
        expect(answer.headers.get('x-amzn-errortype'), path).to.match(/^UnknownOperationException/);
      }
    });
  });
});
