import type { ContentBlock, ConverseStreamOutput, Tool } from '@aws-sdk/client-bedrock-runtime';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect } from 'chai';
import { FakeClock } from '../../core/fake-clock.js';
import { WIRES } from '../bedrock-client.js';
import { withSimulator } from '../with-simulator.js';
import { assistant, converse, converseStream, user, type Ask } from './ask.js';

const ajv = new Ajv2020({ strict: false });
const WEATHER = {
  type: 'object',
  properties: {
    city: { type: 'string' },
    unit: { enum: ['celsius', 'fahrenheit'] },
    days: { type: 'integer', minimum: 1, maximum: 7 },
  },
  required: ['city', 'unit', 'days'],
  additionalProperties: false,
};
const TOOLS: Tool[] = [
  { toolSpec: { name: 'get_weather', inputSchema: { json: WEATHER } } },
  {
    toolSpec: {
      name: 'get_time',
      inputSchema: { json: { type: 'object', properties: { zone: { type: 'string' } }, required: ['zone'] } },
    },
  },
];
const SONNET_4_5 = 'us.anthropic.claude-sonnet-4-5-20250929-v1:0';

const ask = (text: string, more: Partial<Ask> = {}): Ask => ({ messages: [user({ text })], ...more });

function textOf(content: readonly ContentBlock[] | undefined): string {
  return (content ?? []).map(({ text }) => text ?? '').join('');
}

/** The content blocks that a stream's events add up to. */
function assembled(events: readonly ConverseStreamOutput[]): unknown[] {
  const blocks: { text?: string; name?: string; input?: string; thought?: string; signature?: string }[] = [];
  for (const { contentBlockStart, contentBlockDelta } of events) {
    const start = contentBlockStart?.start?.toolUse;
    if (start) blocks[contentBlockStart.contentBlockIndex ?? -1] = { name: start.name ?? '', input: '' };
    if (!contentBlockDelta?.delta) continue;
    const block = (blocks[contentBlockDelta.contentBlockIndex ?? -1] ??= {});
    const { text, toolUse, reasoningContent } = contentBlockDelta.delta;
    if (text !== undefined) block.text = (block.text ?? '') + text;
    if (toolUse) block.input = (block.input ?? '') + (toolUse.input ?? '');
    if (reasoningContent?.text !== undefined) block.thought = (block.thought ?? '') + reasoningContent.text;
    if (reasoningContent?.signature !== undefined) block.signature = reasoningContent.signature;
  }
  return blocks;
}

describe("the simulator's answers", () => {
  for (const wire of WIRES) {
    it(`are the same whole and streamed over ${wire}, with tools and thoughts`, async () => {
      await withSimulator({}, async (sim) => {
        const question = ask('What is the weather and the time in Oslo?', {
          toolConfig: { tools: TOOLS },
          additionalModelRequestFields: { thinking: { type: 'enabled', budget_tokens: 1024 } },
        });
        const whole = await converse(sim, question, wire);
        const events = await converseStream(sim, question, wire);
        expect(assembled(events)).to.deep.equal(
          whole.output?.message?.content?.map(({ toolUse, reasoningContent }) =>
            toolUse
              ? { name: toolUse.name, input: JSON.stringify(toolUse.input) }
              : {
                  thought: reasoningContent?.reasoningText?.text,
                  signature: reasoningContent?.reasoningText?.signature,
                },
          ),
        );
        expect(events[0]).to.deep.equal({ messageStart: { role: 'assistant' } });
        expect(events.at(-2)?.messageStop?.stopReason).to.equal('tool_use').and.to.equal(whole.stopReason);
        expect(events.at(-1)?.metadata?.usage).to.deep.equal(whole.usage);
        expect(events.at(-1)?.metadata?.metrics?.latencyMs).to.equal(whole.metrics?.latencyMs);
      });
    });
  }

  it('are the same for the same seed and question, and others for another seed', async () => {
    const texts = await Promise.all(
      [1, 1, 2].map((seed) =>
        withSimulator({ seed }, async (sim) =>
          textOf((await converse(sim, ask('Tell me of tides'))).output?.message?.content),
        ),
      ),
    );
    expect(texts[0]).to.equal(texts[1]).and.to.include('tides');
    expect(texts[2]).not.to.equal(texts[0]);
  });

  it('repeat what they are told to, byte for byte', async () => {
    await withSimulator({}, async (sim) => {
      const said = 'mail bob@example.com  "now"\n\tæøå 🙂';
      const whole = await converse(sim, ask(`Repeat after me: ${said}`));
      expect(textOf(whole.output?.message?.content)).to.equal(said);
      expect(assembled(await converseStream(sim, ask(`Repeat after me: ${said}`)))).to.deep.equal([{ text: said }]);
    });
  });

  describe('with tools', () => {
    for (const [what, text, more, called] of [
      ['call the one that the question speaks of', 'How is the weather in Oslo?', {}, ['get_weather']],
      ['call several at once', 'get_weather and get_time please', {}, ['get_weather', 'get_time']],
      ['call none when none is meant', 'Hello', {}, []],
      ['call one when they must', 'Hello', { toolChoice: { any: {} } }, ['get_weather']],
      [
        'call the one that is forced',
        'How is the weather?',
        { toolChoice: { tool: { name: 'get_time' } } },
        ['get_time'],
      ],
    ] as const) {
      it(what, async () => {
        await withSimulator({}, async (sim) => {
          const { output, stopReason } = await converse(sim, ask(text, { toolConfig: { tools: TOOLS, ...more } }));
          const calls = (output?.message?.content ?? []).flatMap(({ toolUse }) => toolUse ?? []);
          expect(calls.map(({ name }) => name)).to.deep.equal(called);
          expect(stopReason).to.equal(called.length > 0 ? 'tool_use' : 'end_turn');
          expect(new Set(calls.map(({ toolUseId }) => toolUseId)).size).to.equal(called.length);
        });
      });
    }

    it('fill in what the schema asks for, with names from the question', async () => {
      await withSimulator({}, async (sim) => {
        const { output } = await converse(sim, ask('How is the weather in Oslo?', { toolConfig: { tools: TOOLS } }));
        const input = output?.message?.content?.[0]?.toolUse?.input;
        expect(ajv.validate(WEATHER, input), ajv.errorsText()).to.equal(true);
        expect(input).to.have.property('city', 'Oslo');
      });
    });

    it('call one at a time where parallel calls are switched off', async () => {
      await withSimulator({}, async (sim) => {
        const { output } = await converse(
          sim,
          ask('get_weather and get_time', {
            toolConfig: { tools: TOOLS },
            additionalModelRequestFields: { tool_choice: { type: 'auto', disable_parallel_tool_use: true } },
          }),
        );
        expect(output?.message?.content).to.have.length(1);
      });
    });

    it('speak of the results that come back', async () => {
      await withSimulator({}, async (sim) => {
        const call = { toolUse: { toolUseId: 'a', name: 'get_time', input: {} } };
        const result = { toolResult: { toolUseId: 'a', content: [{ text: 'quarter past noon' }] } };
        const messages = [user({ text: 'What time is it?' }), assistant(call), user(result)];
        const { output, stopReason } = await converse(sim, { messages, toolConfig: { tools: TOOLS } });
        expect(textOf(output?.message?.content)).to.include('quarter');
        expect(stopReason).to.equal('end_turn');
      });
    });

    it('have ids of nine characters on Mistral', async () => {
      await withSimulator({}, async (sim) => {
        const { output } = await converse(sim, {
          modelId: 'mistral.mistral-large-2407-v1:0',
          ...ask('weather', { toolConfig: { tools: TOOLS } }),
        });
        expect(output?.message?.content?.[0]?.toolUse?.toolUseId).to.match(/^[a-zA-Z0-9]{9}$/);
      });
    });
  });

  describe('in JSON', () => {
    const schema = JSON.stringify(WEATHER);

    it('follow the schema of outputConfig', async () => {
      await withSimulator({}, async (sim) => {
        const textFormat = { type: 'json_schema' as const, structure: { jsonSchema: { schema } } };
        const { output } = await converse(sim, {
          modelId: SONNET_4_5,
          ...ask('Weather in Rome', { outputConfig: { textFormat } }),
        });
        expect(ajv.validate(WEATHER, JSON.parse(textOf(output?.message?.content)))).to.equal(true);
      });
    });

    it('follow a schema that the system prompt spells out', async () => {
      await withSimulator({}, async (sim) => {
        const system = [{ text: `Answer in JSON {that's all} of this schema:\n${schema}\nand nothing else.` }];
        const { output } = await converse(sim, ask('Weather in Rome', { system }));
        expect(ajv.validate(WEATHER, JSON.parse(textOf(output?.message?.content)))).to.equal(true);
      });
    });

    it('are not held up by a prompt full of braces', async () => {
      await withSimulator({}, async (sim) => {
        const system = [{ text: `JSON ${'{ "a '.repeat(20_000)}` }];
        const { output } = await converse(sim, ask('Hello', { system }));
        expect(JSON.parse(textOf(output?.message?.content))).to.be.an('object');
      });
    });

    it('are an object where the system prompt asks for JSON alone', async () => {
      await withSimulator({}, async (sim) => {
        const { output } = await converse(sim, ask('Hello', { system: [{ text: 'Answer in JSON.' }] }));
        expect(JSON.parse(textOf(output?.message?.content))).to.be.an('object');
      });
    });
  });

  describe('within limits', () => {
    it('stop at maxTokens and say so', async () => {
      await withSimulator({}, async (sim) => {
        const { stopReason, usage } = await converse(sim, ask('Tell me all', { inferenceConfig: { maxTokens: 7 } }));
        expect(stopReason).to.equal('max_tokens');
        expect(usage?.outputTokens).to.be.within(1, 7);
      });
    });

    it('cut the JSON of a call short in a stream', async () => {
      await withSimulator({}, async (sim) => {
        const question = ask('weather', { toolConfig: { tools: TOOLS }, inferenceConfig: { maxTokens: 3 } });
        const [block] = assembled(await converseStream(sim, question)) as [{ input: string }];
        expect(() => JSON.parse(block.input)).to.throw(SyntaxError);
        expect((await converse(sim, question)).stopReason).to.equal('max_tokens');
      });
    });

    it('stop at the first stop sequence, which is not said', async () => {
      await withSimulator({}, async (sim) => {
        const question = ask('Repeat after me: one two three', {
          inferenceConfig: { stopSequences: ['three', ' two'] },
          additionalModelResponseFieldPaths: ['/stop_sequence'],
        });
        const { output, stopReason, additionalModelResponseFields } = await converse(sim, question);
        expect(textOf(output?.message?.content)).to.equal('one');
        expect(stopReason).to.equal('stop_sequence');
        expect(additionalModelResponseFields).to.deep.equal({ stop_sequence: ' two' });
      });
    });
  });

  describe('of models that think', () => {
    for (const [modelId, additionalModelRequestFields, thought] of [
      ['us.amazon.nova-2-lite-v1:0', { reasoningConfig: { type: 'enabled', maxReasoningEffort: 'low' } }, '[REDACTED]'],
      ['us.deepseek.r1-v1:0', undefined, 'lamps'],
      ['openai.gpt-oss-120b-1:0', { reasoning_effort: 'high' }, 'lamps'],
    ] as const) {
      it(`show the thoughts of ${modelId} without a signature`, async () => {
        await withSimulator({}, async (sim) => {
          const { output } = await converse(sim, {
            modelId,
            ...ask('Explain lamps', { additionalModelRequestFields }),
          });
          const shown = output?.message?.content?.[0]?.reasoningContent?.reasoningText;
          expect(shown?.text).to.include(thought);
          expect(shown).not.to.have.property('signature');
        });
      });
    }
  });

  describe('with cache points', () => {
    const cached = (question: string, ttl?: '1h'): Ask =>
      ask(question, {
        system: [{ text: 'a rule '.repeat(20) }, { cachePoint: { type: 'default', ...(ttl && { ttl }) } }],
      });

    it('write a prefix once and read it for as long as it is used', async () => {
      const clock = new FakeClock(Date.now());
      await withSimulator({ clock, cacheMinTokens: 10 }, async (sim) => {
        const first = await converse(sim, cached('First?'));
        const second = await converse(sim, cached('Second?'));
        await clock.advance(299_000);
        const third = await converse(sim, cached('Third?'));
        expect(first.usage).to.include({ cacheReadInputTokens: 0, cacheWriteInputTokens: 40 });
        expect(first.usage?.cacheDetails).to.deep.equal([{ ttl: '5m', inputTokens: 40 }]);
        for (const { usage } of [second, third]) {
          expect(usage).to.include({ cacheReadInputTokens: 40, cacheWriteInputTokens: 0 });
          expect(usage?.totalTokens).to.equal((usage?.inputTokens ?? 0) + (usage?.outputTokens ?? 0) + 40);
        }
      });
    });

    it('do not cache a short prefix', async () => {
      await withSimulator({ cacheMinTokens: 41 }, async (sim) => {
        const { usage } = await converse(sim, cached('First?'));
        expect(usage).to.include({ cacheReadInputTokens: 0, cacheWriteInputTokens: 0 });
      });
    });
  });

  describe('behind a guardrail', () => {
    const guardrailConfig = { guardrailIdentifier: 'gr1', guardrailVersion: '1', trace: 'enabled' as const };

    it('are blocked with the question, unbilled and traced', async () => {
      await withSimulator({}, async (sim) => {
        const { output, stopReason, usage, trace } = await converse(
          sim,
          ask('Say guardrail-block', { guardrailConfig }),
        );
        expect(stopReason).to.equal('guardrail_intervened');
        expect(textOf(output?.message?.content)).to.equal('Sorry, the model cannot answer this question.');
        expect(usage?.totalTokens).to.equal(0);
        expect(trace?.guardrail?.inputAssessment?.['gr1']?.wordPolicy?.customWords?.[0]).to.include({
          action: 'BLOCKED',
        });
      });
    });

    it('are masked, in a stream too', async () => {
      await withSimulator({}, async (sim) => {
        const question = ask('Repeat after me: ask ada@example.com', { guardrailConfig });
        const { output, stopReason, trace } = await converse(sim, question);
        expect(stopReason).to.equal('guardrail_intervened');
        expect(textOf(output?.message?.content)).to.equal('ask {EMAIL}');
        expect(trace?.guardrail?.modelOutput).to.deep.equal(['ask ada@example.com']);
        const events = await converseStream(sim, question);
        expect(assembled(events)).to.deep.equal([{ text: 'ask {EMAIL}' }]);
        expect(events.at(-1)?.metadata?.trace).to.deep.equal(trace);
      });
    });

    it('keep their thoughts when they are masked', async () => {
      await withSimulator({}, async (sim) => {
        const thinking = { thinking: { type: 'enabled', budget_tokens: 1024 } };
        const { output } = await converse(
          sim,
          ask('Repeat after me: ask ada@example.com', { guardrailConfig, additionalModelRequestFields: thinking }),
        );
        expect(output?.message?.content?.[0]).to.have.property('reasoningContent');
        expect(textOf(output?.message?.content)).to.equal('ask {EMAIL}');
      });
    });

    it('come out unmasked first in async mode', async () => {
      await withSimulator({}, async (sim) => {
        const events = await converseStream(sim, {
          ...ask('Repeat after me: ask ada@example.com'),
          guardrailConfig: { ...guardrailConfig, streamProcessingMode: 'async' } as typeof guardrailConfig, // a member of the streaming form
        });
        expect(assembled(events)).to.deep.equal([{ text: 'ask ada@example.com' }]);
        expect(events.at(-2)?.messageStop?.stopReason).to.equal('guardrail_intervened');
      });
    });

    it('are judged by the guarded content alone where there is any', async () => {
      await withSimulator({}, async (sim) => {
        const content = [{ text: 'mail to a@b.co' }, { guardContent: { text: { text: 'harmless' } } }];
        const { stopReason } = await converse(sim, { messages: [user(...content)], guardrailConfig });
        expect(stopReason).to.equal('end_turn');
      });
    });
  });

  it('echo the service tier and the latency that was asked for', async () => {
    await withSimulator({}, async (sim) => {
      const question = ask('Hi', { serviceTier: { type: 'flex' }, performanceConfig: { latency: 'standard' } });
      const { serviceTier, performanceConfig } = await converse(sim, question);
      expect({ serviceTier, performanceConfig }).to.deep.equal({
        serviceTier: { type: 'flex' },
        performanceConfig: { latency: 'standard' },
      });
    });
  });
});
