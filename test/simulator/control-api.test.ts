import { expect } from 'chai';
import type { Simulator } from '../../src/simulator/simulator.js';
import { complaint, converse, converseStream, SONNET_4, user, type Ask } from './bedrock/ask.js';
import { withSimulator } from './with-simulator.js';

const HI: Ask = { messages: [user({ text: 'Hi' })] };

async function control(sim: Simulator, method: string, path: string, body?: unknown) {
  const answer = await fetch(`${sim.url}/_sim/${path}`, {
    method,
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> }; // every answer is an object
}

describe("the simulator's control API", () => {
  it('puts faults in force and takes them away', async () => {
    await withSimulator({}, async (sim) => {
      const rules = [{ match: { times: 5 }, fault: { kind: 'exception', name: 'ThrottlingException' } }];
      expect(await control(sim, 'PUT', 'faults', rules)).to.deep.equal({ status: 200, body: { ok: true, rules: 1 } });
      expect(await complaint(converse(sim, HI))).to.match(/^ThrottlingException/);
      expect((await control(sim, 'DELETE', 'faults')).status).to.equal(200);
      expect(await complaint(converse(sim, HI))).to.equal('answered');
    });
  });

  for (const [what, path, body, message] of [
    ['what is no JSON', 'faults', '[{', 'the body is not valid JSON'],
    ['what is no list', 'faults', {}, 'the body: must be a list, got a value of type object'],
    ['a rule without a fault', 'faults', [{ match: {} }], '[0].fault: is missing'],
    [
      'a fault without a kind',
      'faults',
      [{ fault: {} }],
      '[0].fault.kind: must be a string, got a value of type undefined',
    ],
    [
      'a fault of a kind that is none',
      'faults',
      [{ fault: { kind: 'nope' } }],
      '[0].fault.kind: must satisfy enum value set: [exception, ',
    ],
    [
      "a fault's member that is none",
      'faults',
      [{ fault: { kind: 'delay', ms: 1, s: 1 } }],
      "[0].fault: has no member 's'",
    ],
    [
      'a match that is none',
      'faults',
      [{ match: { modle: 'x' }, fault: { kind: 'stall' } }],
      "[0].match: has no member 'modle'",
    ],
    [
      'a probability of 2',
      'faults',
      [{ match: { probability: 2 }, fault: { kind: 'stall' } }],
      '[0].match.probability: must have value less than or equal to 1',
    ],
    [
      'events of two members',
      'answers',
      [{ events: [{ a: {}, b: {} }] }],
      '[0].events[0]: must be an object with one member',
    ],
  ] as const) {
    it(`refuses ${what} and says where`, async () => {
      await withSimulator({}, async (sim) => {
        const answer = await control(sim, 'PUT', path, body);
        expect(answer.status).to.equal(400);
        expect(answer.body).to.have.nested.property('error.message').that.includes(message);
      });
    });
  }

  it('reports every problem of a body at once, and changes nothing', async () => {
    await withSimulator({}, async (sim) => {
      sim.setFaults([{ fault: { kind: 'expired_credentials' } }]);
      const { body } = await control(sim, 'PUT', 'faults', [{ fault: { kind: 'delay' } }, { fault: { kind: 'x' } }]);
      expect(body)
        .to.have.nested.property('error.message')
        .that.includes('[0].fault.ms')
        .and.includes('[1].fault.kind');
      expect(await complaint(converse(sim, HI))).to.match(/^ExpiredTokenException/);
    });
  });

  it('knows its paths and methods', async () => {
    await withSimulator({}, async (sim) => {
      expect((await control(sim, 'GET', 'nothing')).status).to.equal(404);
      expect((await control(sim, 'GET', 'faults')).status).to.equal(405);
    });
  });

  describe('shows the requests', () => {
    it('with what was sent, without secrets', async () => {
      await withSimulator({}, async (sim) => {
        await converse(sim, HI);
        await complaint(converse(sim, { messages: [] }));
        await sim.idle();
        const { body } = await control(sim, 'GET', 'requests');
        const [first, second] = body['requests'] as Record<string, unknown>[];
        expect(first).to.deep.include({
          operation: 'Converse',
          model: SONNET_4,
          region: 'us-east-1',
          caller: 'arn:aws:iam::123456789012:user/simulator',
          path: '/model/anthropic.claude-sonnet-4-20250514-v1%3A0/converse',
          wire_version: '2',
          body: { messages: [{ role: 'user', content: [{ text: 'Hi' }] }] },
          status: 200,
          error: null,
          done: true,
        });
        expect(first?.['headers']).to.include({ authorization: '[redacted]', 'content-type': 'application/json' });
        expect(second).to.deep.include({ status: 400, error: 'ValidationException' });
      });
    });

    it('up to a number, the oldest forgotten', async () => {
      await withSimulator({ remembered: 2 }, async (sim) => {
        for (const text of ['one', 'two', 'three']) await converse(sim, { messages: [user({ text })] });
        const bodies = sim.requests().map(({ body }) => JSON.stringify(body));
        expect(bodies).to.have.length(2);
        expect(bodies[0]).to.include('two');
        expect(sim.ledger()).to.have.nested.property('totals.requests', 3);
        expect(sim.ledger().requests).to.have.length(2);
      });
    });

    it('until they are cleared', async () => {
      await withSimulator({}, async (sim) => {
        await converse(sim, HI);
        await control(sim, 'DELETE', 'requests');
        await control(sim, 'DELETE', 'ledger');
        expect(sim.requests()).to.deep.equal([]);
        expect(sim.ledger().totals.requests).to.equal(0);
      });
    });
  });

  it('keeps a ledger of tokens by request and by model', async () => {
    await withSimulator({}, async (sim) => {
      const usages = [
        (await converse(sim, HI)).usage,
        (await converse(sim, { modelId: 'amazon.nova-lite-v1:0', ...HI })).usage,
        (await converseStream(sim, HI)).at(-1)?.metadata?.usage,
      ];
      await sim.idle();
      const { body } = await control(sim, 'GET', 'ledger');
      const sum = (name: 'inputTokens' | 'outputTokens') =>
        usages.reduce((total, usage) => total + (usage?.[name] ?? 0), 0);
      expect(body['totals']).to.deep.equal({
        requests: 3,
        aborted: 0,
        input_tokens: sum('inputTokens'),
        output_tokens: sum('outputTokens'),
        cache_read_tokens: 0,
        cache_write_tokens: 0,
      });
      expect(body['models']).to.have.all.keys(SONNET_4, 'amazon.nova-lite-v1:0');
    });
  });

  describe('programs answers', () => {
    const whole = {
      output: { message: { role: 'assistant', content: [{ text: 'as told' }] } },
      stopReason: 'content_filtered',
      usage: { inputTokens: 1, outputTokens: 2, totalTokens: 3 },
      metrics: { latencyMs: 4 },
      trace: { promptRouter: { invokedModelId: 'm' } },
    };

    it('of Converse word for word, also as a stream', async () => {
      await withSimulator({}, async (sim) => {
        expect((await control(sim, 'PUT', 'answers', [{ converse: whole }])).status).to.equal(200);
        const { $metadata: _metadata, ...answer } = await converse(sim, HI);
        expect(answer).to.deep.equal(whole);
        const events = await converseStream(sim, HI);
        expect(events).to.deep.equal([
          { messageStart: { role: 'assistant' } },
          { contentBlockDelta: { contentBlockIndex: 0, delta: { text: 'as' } } },
          { contentBlockDelta: { contentBlockIndex: 0, delta: { text: ' told' } } },
          { contentBlockStop: { contentBlockIndex: 0 } },
          { messageStop: { stopReason: 'content_filtered' } },
          { metadata: { usage: whole.usage, metrics: whole.metrics, trace: whole.trace } },
        ]);
        expect(sim.ledger().totals).to.include({ input_tokens: 2, output_tokens: 4 });
      });
    });

    it('of ConverseStream event for event, the nth time', async () => {
      await withSimulator({}, async (sim) => {
        const events = [{ messageStart: { role: 'assistant' } }, { messageStop: { stopReason: 'end_turn' } }];
        sim.setAnswers([{ match: { nth: 2 }, events }]);
        expect((await converseStream(sim, HI)).length).to.be.greaterThan(2);
        expect(await converseStream(sim, HI)).to.deep.equal(events);
        expect((await converseStream(sim, HI)).length).to.be.greaterThan(2);
      });
    });

    it('only after the request has been checked', async () => {
      await withSimulator({}, async (sim) => {
        sim.setAnswers([{ converse: whole }]);
        expect(await complaint(converse(sim, { messages: [] }))).to.match(/^ValidationException/);
      });
    });

    it('that are spoilt by faults like any other', async () => {
      await withSimulator({}, async (sim) => {
        sim.setAnswers([{ converse: whole }]);
        sim.setFaults([{ fault: { kind: 'stream_exception', name: 'ThrottlingException', after_events: 2 } }]);
        expect(await complaint(converseStream(sim, HI))).to.match(/^ThrottlingException/);
      });
    });
  });
});
