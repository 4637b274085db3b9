import { expect } from 'chai';
import type OpenAI from 'openai';
import { renderModels } from '../../../src/gateway/chat/render-models.js';

describe('renderModels', () => {
  it('lists ids with their vendor, and names of its own', () => {
    const list = renderModels(['us.anthropic.claude-3-haiku-20240307-v1:0', 'gpt-4o'], 1_700_000_000);
    list.data satisfies readonly OpenAI.Model[];
    expect(list).to.deep.equal({
      object: 'list',
      data: [
        {
          id: 'us.anthropic.claude-3-haiku-20240307-v1:0',
          object: 'model',
          created: 1_700_000_000,
          owned_by: 'anthropic',
        },
        { id: 'gpt-4o', object: 'model', created: 1_700_000_000, owned_by: 'keeptrusts' },
      ],
    });
  });
});
