import { expect } from 'chai';
import OpenAI from 'openai';
import type { Simulator } from '../../src/simulator/simulator.js';
import type { TestGateway } from '../gateway/gateway-fixture.js';
import { CLAUDE, TITAN, withWholeGateway } from './whole-gateway.js';

const PNG = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

const TOOLS: OpenAI.ChatCompletionTool[] = ['weather', 'clock'].map((what) => ({
  type: 'function',
  function: {
    name: `get_${what}`,
    description: `The ${what} of a city`,
    parameters: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
  },
}));

function asking(content: string): OpenAI.ChatCompletionMessageParam[] {
  return [{ role: 'user', content }];
}

describe('the openai client of npm, through the gateway to Bedrock', () => {
  function withClient<T>(
    use: (client: OpenAI, sim: Simulator, gateway: TestGateway) => Promise<T>,
    options: { maxRetries?: number } = {},
  ): Promise<T> {
    return withWholeGateway((url, sim, gateway) =>
      use(new OpenAI({ baseURL: `${url}/v1`, apiKey: 'unused', maxRetries: 0, ...options }), sim, gateway),
    );
  }

  it('chats', () =>
    withClient(async (client, sim) => {
      const completion = await client.chat.completions.create({
        model: CLAUDE,
        messages: [{ role: 'system', content: 'Be brief.' }, ...asking('Repeat after me: Grüße, 世界 👋')],
        temperature: 0.2,
        max_tokens: 100,
      });
      expect(completion.choices[0]?.message.content).to.equal('Grüße, 世界 👋');
      expect(completion.choices[0]?.finish_reason).to.equal('stop');
      expect(completion.usage?.total_tokens).to.be.greaterThan(0);
      expect(sim.requests()).to.have.length(1);
    }));

  it('streams text, chunk by chunk', () =>
    withClient(async (client) => {
      const stream = await client.chat.completions.create({
        model: 'gpt-4o',
        messages: asking('Repeat after me: one two three'),
        stream: true,
        stream_options: { include_usage: true },
      });
      let text = '';
      let usage: OpenAI.CompletionUsage | null | undefined;
      for await (const chunk of stream) {
        text += chunk.choices[0]?.delta.content ?? '';
        usage = chunk.usage ?? usage;
        expect(chunk.model).to.equal('gpt-4o');
      }
      expect(text).to.equal('one two three');
      expect(usage?.completion_tokens).to.be.greaterThan(0);
    }));

  it('takes tool calls in parallel, as a stream too, and brings their results back', () =>
    withClient(async (client) => {
      const messages = asking('What are the weather and the clock in Paris?');
      const whole = await client.chat.completions.create({ model: CLAUDE, messages, tools: TOOLS });
      const streamed = await client.chat.completions
        .stream({ model: CLAUDE, messages, tools: TOOLS })
        .finalChatCompletion();
      for (const { choices } of [whole, streamed]) {
        expect(choices[0]?.finish_reason).to.equal('tool_calls');
        const calls = choices[0]?.message.tool_calls ?? [];
        expect(calls.map((call) => call.type === 'function' && call.function.name)).to.have.members([
          'get_weather',
          'get_clock',
        ]);
        for (const call of calls)
          if (call.type === 'function') expect(JSON.parse(call.function.arguments)).to.have.key('city');
      }
      const asked = whole.choices[0]?.message;
      if (!asked) throw new Error('no message');
      const results = (asked.tool_calls ?? []).map(
        ({ id }) => ({ role: 'tool', tool_call_id: id, content: 'fine' }) as const,
      );
      const answer = await client.chat.completions.create({
        model: CLAUDE,
        messages: [...messages, asked, ...results],
        tools: TOOLS,
      });
      expect(answer.choices[0]?.finish_reason).to.equal('stop');
      expect(answer.choices[0]?.message.content).to.be.a('string');
    }));

  it('gets JSON of a schema', () =>
    withClient(async (client) => {
      const schema = {
        type: 'object',
        properties: { name: { type: 'string' }, age: { type: 'integer' } },
        required: ['name', 'age'],
        additionalProperties: false,
      };
      const { choices } = await client.chat.completions.create({
        model: CLAUDE,
        messages: asking('Make a person up.'),
        response_format: { type: 'json_schema', json_schema: { name: 'person', schema, strict: true } },
      });
      expect(JSON.parse(choices[0]?.message.content ?? '')).to.have.keys('name', 'age');
    }));

  it('shows an image', () =>
    withClient(async (client, sim) => {
      await client.chat.completions.create({
        model: CLAUDE,
        messages: [
          {
            role: 'user',
            content: [
              { type: 'text', text: 'What is this?' },
              { type: 'image_url', image_url: { url: `data:image/png;base64,${PNG}` } },
            ],
          },
        ],
      });
      expect(JSON.stringify(sim.requests()[0])).to.include(PNG);
    }));

  it('gets embeddings, in the order of the texts', () =>
    withClient(async (client) => {
      const one = await client.embeddings.create({ model: TITAN, input: 'a lighthouse' });
      const both = await client.embeddings.create({
        model: TITAN,
        input: ['a harbour', 'a lighthouse'],
        dimensions: 256,
      });
      expect(one.data[0]?.embedding).to.have.length(1024);
      expect(both.data.map(({ index, embedding }) => [index, embedding.length])).to.deep.equal([
        [0, 256],
        [1, 256],
      ]);
    }));

  it('lists models and looks one up', () =>
    withClient(async (client) => {
      const ids = [];
      for await (const { id } of client.models.list()) ids.push(id);
      expect(ids).to.deep.equal(['smart', 'gpt-4o', CLAUDE, TITAN]);
      expect(await client.models.retrieve(CLAUDE)).to.include({ id: CLAUDE, owned_by: 'anthropic' });
    }));

  describe('throws its own error class for', () => {
    for (const [name, fault, expected, code] of [
      ['a request that Bedrock finds invalid', 'ValidationException', OpenAI.BadRequestError, null],
      ['a model that may not be called', 'AccessDeniedException', OpenAI.PermissionDeniedError, 'access_denied'],
      ['throttling', 'ThrottlingException', OpenAI.RateLimitError, 'rate_limit_exceeded'],
      ['a failure inside Bedrock', 'InternalServerException', OpenAI.InternalServerError, 'internal_error'],
    ] as const) {
      it(name, () =>
        withClient(async (client, sim) => {
          sim.setFaults([{ fault: { kind: 'exception', name: fault } }]);
          for (const stream of [false, true]) {
            const error = await client.chat.completions.create({ model: CLAUDE, messages: asking('Hi'), stream }).then(
              () => undefined,
              (thrown: unknown) => thrown,
            );
            expect(error).to.be.instanceOf(expected);
            expect(error).to.include({ code });
            expect((error as InstanceType<typeof OpenAI.APIError>).requestID).to.be.a('string');
          }
        }),
      );
    }

    it('a model that is not offered', () =>
      withClient(async (client) => {
        const error = await client.chat.completions.create({ model: 'nope', messages: asking('Hi') }).then(
          () => undefined,
          (thrown: unknown) => thrown,
        );
        expect(error).to.be.instanceOf(OpenAI.NotFoundError).and.include({ code: 'model_not_found', param: 'model' });
      }));

    it('a stream that breaks', () =>
      withClient(async (client, sim) => {
        sim.setFaults([{ fault: { kind: 'stream_exception', name: 'ModelStreamErrorException', after_events: 4 } }]);
        const stream = await client.chat.completions.create({
          model: CLAUDE,
          messages: asking('Hi there'),
          stream: true,
        });
        let error: unknown;
        try {
          for await (const { choices } of stream) expect(choices).to.have.length(1);
        } catch (thrown) {
          error = thrown;
        }
        expect(error).to.be.instanceOf(OpenAI.APIError).and.include({ code: 'model_stream_error' });
      }));
  });

  it('repeats a throttled request by itself, after the time it was told', () =>
    withClient(
      async (client, sim) => {
        sim.setFaults([
          { match: { times: 1 }, fault: { kind: 'exception', name: 'ThrottlingException', retry_after: 1 } },
        ]);
        const { choices } = await client.chat.completions.create({
          model: CLAUDE,
          messages: asking('Repeat after me: done'),
        });
        expect(choices[0]?.message.content).to.equal('done');
        expect(sim.requests()).to.have.length(2);
      },
      { maxRetries: 1 },
    ));

  it('may leave in the middle of a stream, which ends the upstream too', () =>
    withClient(async (client, sim, gateway) => {
      sim.setFaults([{ fault: { kind: 'stall', after_events: 4 } }]);
      const stream = await client.chat.completions.create({
        model: CLAUDE,
        messages: asking('Hi there'),
        stream: true,
      });
      for await (const { choices } of stream) if (choices[0]?.delta.content) break;
      await gateway.inFlight.whenIdle();
      expect(gateway.lines.at(-1)).to.include({ outcome: 'client_cancelled', msg: 'exchange' });
    }));
});
