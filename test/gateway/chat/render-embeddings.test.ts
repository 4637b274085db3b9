import { expect } from 'chai';
import type OpenAI from 'openai';
import type { EmbeddingRequest } from '../../../src/gateway/chat/embedding.js';
import { renderEmbeddings } from '../../../src/gateway/chat/render-embeddings.js';

const REQUEST: EmbeddingRequest = { model: 'm', input: ['a', 'b'], encodingFormat: 'float', hints: {}, ignored: [] };
const ANSWER = { vectors: [[0.5, -1], [3]], inputTokens: 6 };

describe('renderEmbeddings', () => {
  it('lists the vectors in order with their usage', () => {
    const list = renderEmbeddings(ANSWER, REQUEST);
    list satisfies { usage: OpenAI.CreateEmbeddingResponse['usage']; object: 'list'; model: string };
    expect(list).to.deep.equal({
      object: 'list',
      data: [
        { object: 'embedding', index: 0, embedding: [0.5, -1] },
        { object: 'embedding', index: 1, embedding: [3] },
      ],
      model: 'm',
      usage: { prompt_tokens: 6, total_tokens: 6 },
    });
  });

  it('encodes base64 as float32, little endian', () => {
    const { data } = renderEmbeddings(ANSWER, { ...REQUEST, encodingFormat: 'base64' });
    expect(data[0]?.embedding).to.equal(Buffer.from('0000003f000080bf', 'hex').toString('base64'));
  });
});
