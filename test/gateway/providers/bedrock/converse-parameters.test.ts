import { expect } from 'chai';
import { refusalOf } from '../../chat/chat-body.js';
import { MODELS, sent, tool, translation } from './translating.js';

// docs/mapping.md, "Parameters" and "Target".

function inferenceOf(body: object, model: string = MODELS.claude4) {
  const { input, dropped } = translation(body, { model });
  return { config: input.inferenceConfig, fields: input.additionalModelRequestFields, dropped };
}

describe('toConverse: parameters', () => {
  it('sends the model id verbatim and nothing that nobody asked for', () => {
    for (const model of [MODELS.claude45, MODELS.profile]) {
      expect(sent({}, { model })).to.deep.equal({
        modelId: model,
        messages: [{ role: 'user', content: [{ text: 'hi' }] }],
      });
    }
  });

  it('takes null for absent', () => {
    const nothing = {
      temperature: null,
      max_tokens: null,
      stop: null,
      tools: null,
      metadata: null,
      service_tier: null,
    };
    expect(sent(nothing)).to.deep.equal(sent({}));
  });

  for (const [row, body, expected] of [
    ['max_completion_tokens', { max_completion_tokens: 5, max_tokens: 9 }, { maxTokens: 5 }],
    ['max_tokens', { max_tokens: 9 }, { maxTokens: 9 }],
    ['temperature', { temperature: 0.3 }, { temperature: 0.3 }],
    ['temperature 0', { temperature: 0 }, { temperature: 0 }],
    ['temperature above 1', { temperature: 1.7 }, { temperature: 1 }],
    ['top_p', { top_p: 0.5 }, { topP: 0.5 }],
    ['top_p 0', { top_p: 0 }, { topP: 0 }],
    ['both', { temperature: 0.3, top_p: 0.5 }, { temperature: 0.3, topP: 0.5 }],
    ['a stop string', { stop: 'END' }, { stopSequences: ['END'] }],
    ['stop strings', { stop: ['a', '', ' b '] }, { stopSequences: ['a', ' b '] }],
    ['empty stop strings', { stop: [''] }, undefined],
  ] as const) {
    it(`sends ${row}`, () => {
      expect(inferenceOf(body).config).to.deep.equal(expected);
    });
  }

  for (const [model, expected] of [
    [MODELS.claude37, { config: { temperature: 0.3, topP: 0.5 }, fields: undefined, dropped: [] }],
    [MODELS.claude41, { config: { temperature: 0.3 }, fields: undefined, dropped: ['top_p'] }],
    [MODELS.claude45, { config: { temperature: 0.3 }, fields: undefined, dropped: ['top_p'] }],
    [MODELS.claude46, { config: { temperature: 0.3 }, fields: undefined, dropped: ['top_p'] }],
    [MODELS.claude47, { config: undefined, fields: undefined, dropped: ['temperature', 'top_p'] }],
    [MODELS.claude5, { config: undefined, fields: undefined, dropped: ['temperature', 'top_p'] }],
    [MODELS.nova, { config: { temperature: 0.3, topP: 0.5 }, fields: undefined, dropped: [] }],
  ] as const) {
    it(`sends what ${model} takes of temperature and top_p`, () => {
      expect(inferenceOf({ temperature: 0.3, top_p: 0.5 }, model)).to.deep.equal(expected);
    });
  }

  it('sends top_p alone to a model that takes one of the two', () => {
    expect(inferenceOf({ top_p: 0.5 }, MODELS.claude45).config).to.deep.equal({ topP: 0.5 });
  });

  for (const [model, fields, dropped] of [
    [MODELS.claude4, { top_k: 7 }, []],
    [MODELS.nova, { inferenceConfig: { topK: 7 } }, []],
    [MODELS.claude47, undefined, ['top_k']],
    [MODELS.llama31, undefined, ['top_k']],
    [MODELS.profile, undefined, ['top_k']],
  ] as const) {
    it(`sends top_k as ${JSON.stringify(fields)} to ${model}`, () => {
      expect(inferenceOf({ top_k: 7 }, model)).to.deep.include({ fields, dropped });
    });
  }

  it('names hints as dropped', () => {
    const hints = { seed: 1, user: 'u', logit_bias: {}, presence_penalty: 0.1, frequency_penalty: 0.1, store: true };
    const { input, dropped } = translation(hints);
    expect(input).to.deep.equal(sent({}));
    expect(dropped).to.have.members(Object.keys(hints));
  });

  for (const [asked, expected] of [
    ['flex', { type: 'flex' }],
    ['priority', { type: 'priority' }],
    ['default', { type: 'default' }],
    ['auto', undefined],
    ['scale', undefined],
  ] as const) {
    it(`sends service_tier ${asked} as ${JSON.stringify(expected)}`, () => {
      expect(sent({ service_tier: asked }).serviceTier).to.deep.equal(expected);
    });
  }

  describe('metadata', () => {
    it('is sent as request metadata, cleaned and cut', () => {
      const metadata = { 'team#1': 'a b/c:d=e@f+g$h-i_j.k', long: 'x'.repeat(500), emoji: '\u{1f600}' };
      expect(sent({ metadata }).requestMetadata).to.deep.equal({
        team_1: 'a b/c:d=e@f+g$h-i_j.k',
        long: 'x'.repeat(256),
        emoji: '__',
      });
    });

    it('is at most 16 entries, and says when there were more', () => {
      const metadata = Object.fromEntries(Array.from({ length: 20 }, (_, n) => [`k${n}`, 'v']));
      const { input, dropped } = translation({ metadata });
      expect(Object.keys(input.requestMetadata ?? {})).to.have.length(16);
      expect(dropped).to.deep.equal(['metadata']);
    });
  });

  describe('extensions', () => {
    it('pass performanceConfig on, in either spelling, over the target', () => {
      const latency = { latency: 'optimized' };
      expect(sent({ performanceConfig: latency }).performanceConfig).to.deep.equal(latency);
      expect(sent({ performance_config: latency }).performanceConfig).to.deep.equal(latency);
      expect(sent({}, { performance: 'optimized' }).performanceConfig).to.deep.equal(latency);
      expect(sent({ performanceConfig: latency }, { performance: 'standard' }).performanceConfig).to.deep.equal(
        latency,
      );
    });

    it('pass additionalModelRequestFields on, over our own', () => {
      const { additionalModelRequestFields } = sent({
        top_k: 7,
        additionalModelRequestFields: { top_k: 9, other: [null] },
      });
      expect(additionalModelRequestFields).to.deep.equal({ top_k: 9, other: [null] });
    });

    it('pass additionalModelResponseFieldPaths on', () => {
      expect(sent({ additional_model_response_field_paths: ['/a'] }).additionalModelResponseFieldPaths).to.deep.equal([
        '/a',
      ]);
    });
  });

  describe('guardrails', () => {
    const callers = { guardrailIdentifier: 'theirs', guardrailVersion: '1', streamProcessingMode: 'async' };
    const own = { id: 'ours', version: '7', trace: 'enabled', stream_mode: 'sync' } as const;
    const ours = { guardrailIdentifier: 'ours', guardrailVersion: '7', trace: 'enabled' };

    it('of the caller are passed on, the processing mode only with a stream', () => {
      const whole = { guardrailIdentifier: 'theirs', guardrailVersion: '1' };
      expect(sent({ guardrailConfig: callers }).guardrailConfig).to.deep.equal(whole);
      expect(sent({ guardrail_config: callers, stream: true }).guardrailConfig).to.deep.equal(callers);
    });

    it('have no processing mode where the stream is only played', () => {
      const body = { guardrailConfig: callers, stream: true, tools: [tool('f')] };
      expect(sent(body, { model: MODELS.llama31 }).guardrailConfig).not.to.have.property('streamProcessingMode');
    });

    it('of the target are sent with every call', () => {
      expect(sent({}, { guardrail: own }).guardrailConfig).to.deep.equal(ours);
      expect(sent({ stream: true }, { guardrail: own }).guardrailConfig).to.deep.equal({
        ...ours,
        streamProcessingMode: 'sync',
      });
    });

    for (const guardrail of [own, { ...own, required: true }]) {
      it(`of the target cannot be replaced or loosened${guardrail === own ? ' by default' : ' when required'}`, () => {
        const { input, dropped } = translation({ guardrailConfig: callers, stream: true }, { guardrail });
        expect(input.guardrailConfig).to.deep.equal({ ...ours, streamProcessingMode: 'sync' });
        expect(dropped).to.deep.equal(['guardrailConfig']);
      });
    }

    it('of the target are only a default where they are not required', () => {
      const guardrail = { ...own, required: false };
      const { input, dropped } = translation({ guardrailConfig: callers, stream: true }, { guardrail });
      expect(input.guardrailConfig).to.deep.equal(callers);
      expect(dropped).to.deep.equal([]);
      expect(sent({ guardrailConfig: { trace: 'disabled' } }, { guardrail }).guardrailConfig).to.deep.equal({
        ...ours,
        trace: 'disabled',
      });
    });
  });

  describe('a managed prompt', () => {
    const asked = { model: MODELS.prompt };

    it('takes messages and variables', () => {
      const promptVariables = { city: { text: 'Bern' }, plain: 'x' };
      expect(sent({ promptVariables, stream: true }, asked)).to.deep.equal({
        modelId: MODELS.prompt,
        messages: [{ role: 'user', content: [{ text: 'hi' }] }],
        promptVariables: { city: { text: 'Bern' }, plain: { text: 'x' } },
      });
    });

    for (const [param, body] of [
      ['messages', { messages: [{ role: 'system', content: 'be kind' }] }],
      ['tools', { tools: [tool('f')] }],
      ['max_tokens', { max_tokens: 5 }],
      ['max_completion_tokens', { max_completion_tokens: 5 }],
      ['temperature', { temperature: 1 }],
      ['top_p', { top_p: 1 }],
      ['stop', { stop: 'x' }],
      ['response_format', { response_format: { type: 'json_object' } }],
      ['additionalModelRequestFields', { additionalModelRequestFields: { a: 1 } }],
    ] as const) {
      it(`refuses ${param}, which the prompt sets itself`, () => {
        const refusal = refusalOf(() => sent(body, asked));
        expect([refusal.status, refusal.param]).to.deep.equal([400, param]);
      });
    }
  });
});
