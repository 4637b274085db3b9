import { expect } from 'chai';
import { parseEmbeddingRequest } from '../../../src/gateway/chat/parse-embedding-request.js';
import { refusalOf } from './chat-body.js';

const BARE = { model: 'm', input: ['a'], encodingFormat: 'float', hints: {}, ignored: [] };

describe('parseEmbeddingRequest', () => {
  for (const [name, members, expected] of [
    ['one text', { input: 'a' }, {}],
    ['several texts in order', { input: ['b', ' ', 'a'] }, { input: ['b', ' ', 'a'] }],
    ['dimensions', { dimensions: 256 }, { dimensions: 256 }],
    ['base64', { encoding_format: 'base64' }, { encodingFormat: 'base64' }],
    ['nulls as absent', { dimensions: null, encoding_format: null, user: null }, {}],
    ['input_type', { input_type: 'search_query' }, { inputType: 'search_query' }],
    ['normalize', { normalize: false }, { normalize: false }],
    ['user as a hint', { user: 'u' }, { hints: { user: 'u' } }],
    ['unknown members by name', { x: 1 }, { ignored: ['x'] }],
  ] as const) {
    it(`reads ${name}`, () => {
      expect(parseEmbeddingRequest({ model: 'm', input: 'a', ...members })).to.deep.equal({ ...BARE, ...expected });
    });
  }

  for (const [param, members] of [
    ['model', { model: null }],
    ['input', { input: undefined }],
    ['input', { input: '' }],
    ['input', { input: [] }],
    ['input', { input: ['a', ''] }],
    ['input', { input: [1, 2, 3] }],
    ['input', { input: [[1, 2], [3]] }],
    ['input', { input: { text: 'a' } }],
    ['input', { input: Array.from({ length: 2049 }, () => 'a') }],
    ['dimensions', { dimensions: 0 }],
    ['dimensions', { dimensions: '256' }],
    ['encoding_format', { encoding_format: 'int8' }],
    ['input_type', { input_type: 5 }],
    ['normalize', { normalize: 'yes' }],
  ] as const) {
    it(`refuses ${JSON.stringify(members).slice(0, 60)} at ${param}`, () => {
      const refusal = refusalOf(() => parseEmbeddingRequest({ model: 'm', input: 'a', ...members }));
      expect(refusal.status).to.equal(400);
      expect(refusal.param).to.equal(param);
    });
  }

  it('tells token ids from other mistakes', () => {
    expect(refusalOf(() => parseEmbeddingRequest({ model: 'm', input: [1] })).message).to.include('token ids');
  });
});
