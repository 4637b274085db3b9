import { expect } from 'chai';
import { call, MODELS, sent, tool, translation } from './translating.js';

// docs/mapping.md, "Reasoning".

function reasoningOf(body: object, model: string) {
  const { input, dropped } = translation(body, { model });
  return { fields: input.additionalModelRequestFields, config: input.inferenceConfig, dropped };
}

const budget = (tokens: number) => ({ thinking: { type: 'enabled', budget_tokens: tokens } });

describe('toConverse: reasoning', () => {
  for (const [effort, tokens] of [
    ['minimal', 1024],
    ['low', 1024],
    ['medium', 2048],
    ['high', 4096],
    ['xhigh', 8192],
    ['max', 16384],
  ] as const) {
    for (const model of [MODELS.claude37, MODELS.claude4, MODELS.claude41, MODELS.claude45]) {
      it(`gives ${model} ${tokens} tokens for ${effort}`, () => {
        expect(reasoningOf({ reasoning_effort: effort }, model).fields).to.deep.equal(budget(tokens));
      });
    }
  }

  it('names the limit that it drops as the caller did', () => {
    const body = { reasoning_effort: 'high', max_completion_tokens: 900 };
    expect(reasoningOf(body, MODELS.nova2).dropped).to.deep.equal(['max_completion_tokens']);
  });

  it('cuts the budget below max_tokens, which is never raised', () => {
    const { fields, config } = reasoningOf({ reasoning_effort: 'high', max_tokens: 2000 }, MODELS.claude4);
    expect(fields).to.deep.equal(budget(1999));
    expect(config).to.deep.equal({ maxTokens: 2000 });
  });

  it('does not think with less than 1024 tokens, and says so', () => {
    const { fields, config, dropped } = reasoningOf(
      { reasoning_effort: 'high', max_tokens: 1024, temperature: 0.5 },
      MODELS.claude4,
    );
    expect(fields).to.equal(undefined);
    expect(config).to.deep.equal({ maxTokens: 1024, temperature: 0.5 });
    expect(dropped).to.deep.equal(['reasoning_effort']);
  });

  describe('behind an answer that called tools', () => {
    const conversation = (thinking: object) => [
      { role: 'user', content: 'hi' },
      { role: 'assistant', tool_calls: [call('1')], ...thinking },
      { role: 'tool', tool_call_id: '1', content: 'x' },
    ];

    it('is off, by name, where the reasoning of that answer did not come back', () => {
      const { fields, dropped } = reasoningOf(
        { messages: conversation({}), reasoning_effort: 'high', tool_choice: 'required', tools: [tool('f')] },
        MODELS.claude4,
      );
      expect(fields).to.equal(undefined);
      expect(dropped).to.deep.equal(['reasoning_effort']);
    });

    it('is off as well where an assistant who said nothing follows', () => {
      const messages = [...conversation({}), { role: 'assistant', content: null }];
      expect(reasoningOf({ messages, reasoning_effort: 'high' }, MODELS.claude4).fields).to.equal(undefined);
    });

    it('is on where it did', () => {
      const thinking = { thinking_blocks: [{ type: 'thinking', thinking: 'hm', signature: 'c2ln' }] };
      const body = { messages: conversation(thinking), reasoning_effort: 'high' };
      expect(reasoningOf(body, MODELS.claude4).fields).to.deep.equal(budget(4096));
    });
  });

  for (const [effort, expected] of [
    ['minimal', 'low'],
    ['low', 'low'],
    ['medium', 'medium'],
    ['high', 'high'],
    ['max', 'max'],
  ] as const) {
    it(`lets newer Claude think as it likes, with effort ${expected} for ${effort}`, () => {
      for (const model of [MODELS.claude46, MODELS.claude47, MODELS.claude5]) {
        expect(reasoningOf({ reasoning_effort: effort }, model).fields).to.deep.equal({
          thinking: { type: 'adaptive' },
          output_config: { effort: expected },
        });
      }
    });
  }

  it('drops sampling parameters beside thinking', () => {
    const body = { reasoning_effort: 'low', temperature: 0.5, top_p: 0.5, top_k: 5, max_tokens: 3000 };
    for (const model of [MODELS.claude4, MODELS.claude46]) {
      const { fields, config, dropped } = reasoningOf(body, model);
      expect(fields).not.to.have.property('top_k');
      expect(config).to.deep.equal({ maxTokens: 3000 });
      expect(dropped).to.deep.equal(['temperature', 'top_p', 'top_k']);
    }
  });

  const sampling = { temperature: 0.5, top_p: 0.5, max_tokens: 3000 };
  for (const [effort, level, kept] of [
    ['minimal', 'low', true],
    ['low', 'low', true],
    ['medium', 'medium', true],
    ['high', 'high', false],
    ['xhigh', 'high', false],
    ['max', 'high', false],
  ] as const) {
    it(`sets Nova 2 to ${level} for ${effort}, ${kept ? 'beside' : 'instead of'} the other parameters`, () => {
      const { fields, config, dropped } = reasoningOf({ reasoning_effort: effort, ...sampling }, MODELS.nova2);
      expect(fields).to.deep.equal({ reasoningConfig: { type: 'enabled', maxReasoningEffort: level } });
      expect(config).to.deep.equal(kept ? { maxTokens: 3000, temperature: 0.5, topP: 0.5 } : undefined);
      expect(dropped).to.deep.equal(kept ? [] : ['max_tokens', 'temperature', 'top_p']);
    });
  }

  for (const [model, fields] of [
    [MODELS.gptOss, { reasoning_effort: 'high' }],
    [MODELS.deepseekV3, { reasoning_config: 'high' }],
  ] as const) {
    it(`sends ${Object.keys(fields)[0]} to ${model}`, () => {
      expect(reasoningOf({ reasoning_effort: 'xhigh' }, model).fields).to.deep.equal(fields);
    });
  }

  for (const model of [MODELS.nova, MODELS.claude3, MODELS.llama31, MODELS.deepseekR1, MODELS.profile]) {
    it(`drops the effort on ${model}`, () => {
      const { fields, dropped } = reasoningOf({ reasoning_effort: 'high' }, model);
      expect(fields).to.equal(undefined);
      expect(dropped).to.deep.equal(['reasoning_effort']);
    });
  }

  for (const model of [MODELS.claude4, MODELS.claude46, MODELS.nova2, MODELS.gptOss, MODELS.nova]) {
    it(`sends nothing for none to ${model}, and keeps the rest`, () => {
      const { fields, config, dropped } = reasoningOf({ reasoning_effort: 'none', temperature: 0.5 }, model);
      expect(fields).to.equal(undefined);
      expect(config).to.deep.equal({ temperature: 0.5 });
      expect(dropped).to.deep.equal([]);
    });
  }

  describe('thinking', () => {
    it('is passed through and wins over the effort', () => {
      const thinking = { type: 'enabled', budget_tokens: 5000 };
      const { fields, dropped } = reasoningOf({ thinking, reasoning_effort: 'low' }, MODELS.claude4);
      expect(fields).to.deep.equal({ thinking });
      expect(dropped).to.deep.equal(['reasoning_effort']);
    });

    it('excludes sampling only when it is on', () => {
      const sampled = { temperature: 0.5 };
      const on = reasoningOf({ thinking: { type: 'adaptive' }, ...sampled }, MODELS.claude46);
      expect(on.config).to.equal(undefined);
      const off = reasoningOf({ thinking: { type: 'disabled' }, ...sampled }, MODELS.claude46);
      expect(off.config).to.deep.equal(sampled);
      expect(off.fields).to.deep.equal({ thinking: { type: 'disabled' } });
    });

    it('counts as well when it stands among the additional fields', () => {
      const fields = budget(2000);
      const input = sent({ additionalModelRequestFields: fields, temperature: 0.5 }, { model: MODELS.claude4 });
      expect(input.additionalModelRequestFields).to.deep.equal(fields);
      expect(input).not.to.have.property('inferenceConfig');
    });
  });
});
