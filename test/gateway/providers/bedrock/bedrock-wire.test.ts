// The provider, the real AWS SDK and a Bedrock that is not ours to script: what is sent is accepted, and what comes back is read.
import { expect } from 'chai';
import { GatewayError } from '../../../../src/gateway/chat/gateway-error.js';
import { parseEmbeddingRequest } from '../../../../src/gateway/chat/parse-embedding-request.js';
import type { BedrockTarget } from '../../../../src/gateway/providers/bedrock/bedrock-provider.js';
import type { Provider } from '../../../../src/gateway/providers/provider.js';
import type { FaultRule } from '../../../../src/simulator/faults/fault.js';
import { withSimulator } from '../../../simulator/with-simulator.js';
import { calling, chat, collected, failure } from './outcomes.js';
import { MODELS, tool } from './translating.js';
import { withProvider } from './with-provider.js';

/** Events come one by one where a fault between them is to be seen. */
const PACED = { pace: { eventMs: 2 } };

function against<T>(
  target: BedrockTarget,
  faults: readonly FaultRule['fault'][],
  use: (provider: Provider) => Promise<T>,
): Promise<T> {
  return withSimulator(faults.length > 0 ? PACED : {}, async (sim) => {
    sim.setFaults(faults.map((fault) => ({ fault })));
    return withProvider(sim.url, target, use);
  });
}

const CLAUDE: BedrockTarget = { model: MODELS.claude4 };

describe('BedrockProvider on the wire', () => {
  it('answers whole and streamed', async () => {
    await against(CLAUDE, [], async (provider) => {
      const { answer, upstreamRequestId } = await provider.complete(chat(), calling());
      expect(answer.content).to.match(/\S/);
      expect(answer.finish.reason).to.equal('stop');
      expect(upstreamRequestId).to.match(/\S/);
      const { events } = await provider.stream(chat({ stream: true }), calling());
      const all = await collected(events);
      expect(all[0]).to.deep.equal({ type: 'start' });
      expect(all.at(-1)).to.have.nested.property('finish.usage.inputTokens').that.is.greaterThan(0);
      expect(all.filter(({ type }) => type === 'text').length).to.be.greaterThan(1);
    });
  });

  for (const model of [MODELS.claude4, MODELS.nova, MODELS.llama31, MODELS.mistralLarge, MODELS.commandR]) {
    it(`calls tools of ${model}, streamed or not, and takes their results`, async () => {
      await against({ model }, [], async (provider) => {
        const tools = [
          tool('get weather', { parameters: { type: 'object', properties: { city: { type: 'string' } } } }),
        ];
        const { answer } = await provider.complete(chat({ tools }), calling());
        const [call] = answer.toolCalls;
        expect([call?.name, answer.finish.reason]).to.deep.equal(['get weather', 'tool_calls']);
        const all = await collected((await provider.stream(chat({ tools, stream: true }), calling())).events);
        expect(all.find(({ type }) => type === 'tool_call')).to.deep.include({ index: 0, name: 'get weather' });
        const messages = [
          { role: 'user', content: 'What is the weather like?' },
          { role: 'assistant', tool_calls: [{ id: call?.id, type: 'function', function: call }] },
          { role: 'tool', tool_call_id: call?.id, content: 'rain' },
        ];
        const after = await provider.complete(chat({ messages, tools }), calling());
        expect(after.answer.finish.reason).to.be.oneOf(['stop', 'tool_calls']);
      });
    });
  }

  for (const model of [MODELS.claude4, MODELS.claude45, MODELS.nova, MODELS.gptOss]) {
    it(`answers in the schema on ${model}, streamed or not`, async () => {
      const schema = { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] };
      const body = { response_format: { type: 'json_schema', json_schema: { name: 'place', schema } } };
      await against({ model }, [], async (provider) => {
        const { answer } = await provider.complete(chat(body), calling());
        expect(JSON.parse(answer.content ?? ''))
          .to.have.property('city')
          .that.is.a('string');
        expect([answer.toolCalls, answer.finish.reason]).to.deep.equal([[], 'stop']);
        const all = await collected((await provider.stream(chat({ ...body, stream: true }), calling())).events);
        const text = all.map((event) => (event.type === 'text' ? event.text : '')).join('');
        expect(JSON.parse(text)).to.have.property('city');
      });
    });
  }

  it('takes its own reasoning back with the results of tools', async () => {
    await against(CLAUDE, [], async (provider) => {
      const body = { tools: [tool('weather')], reasoning_effort: 'low' };
      const { answer } = await provider.complete(chat(body), calling());
      expect(answer.reasoning).to.match(/\S/);
      const [call] = answer.toolCalls;
      const conversation = (thoughts: object) => [
        { role: 'user', content: 'What is the weather like?' },
        { role: 'assistant', tool_calls: [{ id: call?.id, type: 'function', function: call }], ...thoughts },
        { role: 'tool', tool_call_id: call?.id, content: 'rain' },
      ];
      const dropped = async (messages: object) =>
        (await provider.complete(chat({ ...body, messages }), calling())).dropped;
      expect(await dropped(conversation({ thinking_blocks: answer.thinkingBlocks }))).to.deep.equal([]);
      expect(await dropped(conversation({}))).to.deep.equal(['reasoning_effort']);
    });
  });

  it('sends images as bytes, once encoded', async () => {
    await withSimulator({}, async (sim) => {
      const content = [
        { type: 'text', text: 'What is this?' },
        { type: 'image_url', image_url: { url: 'data:image/png;base64,iVBORw0KGgo=' } },
      ];
      await withProvider(sim.url, CLAUDE, (provider) =>
        provider.complete(chat({ messages: [{ role: 'user', content }] }), calling()),
      );
      expect(sim.requests()[0]?.body).to.have.nested.property(
        'messages[0].content[1].image.source.bytes',
        'iVBORw0KGgo=',
      );
    });
  });

  it('passes the intervention of a guardrail on', async () => {
    const target = { ...CLAUDE, guardrail: { id: 'abc123', version: '1', trace: 'enabled' } } as const;
    await against(target, [{ kind: 'guardrail_intervened' }], async (provider) => {
      const { answer } = await provider.complete(chat(), calling());
      const all = await collected((await provider.stream(chat({ stream: true }), calling())).events);
      const last = all.at(-1);
      for (const finish of [answer.finish, last?.type === 'finish' ? last.finish : undefined]) {
        expect(finish?.reason).to.equal('content_filter');
        expect(finish?.extension?.members).to.have.nested.property('trace.guardrail');
      }
    });
  });

  for (const model of ['amazon.titan-embed-text-v1', 'amazon.titan-embed-text-v2:0', 'cohere.embed-english-v3']) {
    it(`embeds with ${model}`, async () => {
      await against({ model }, [], async (provider) => {
        const request = parseEmbeddingRequest({ model, input: ['one', 'two', 'one'] });
        const { vectors, inputTokens } = (await provider.embed(request, calling())).answer;
        expect(vectors).to.have.length(3);
        expect(vectors[0]).to.deep.equal(vectors[2]);
        expect(vectors[0]).not.to.deep.equal(vectors[1]);
        expect(inputTokens).to.be.greaterThan(0);
      });
    });
  }

  describe('failures', () => {
    for (const [name, status, reason] of [
      ['ValidationException', 400, 'upstream_invalid_request'],
      ['AccessDeniedException', 403, 'access_denied'],
      ['ResourceNotFoundException', 404, 'upstream_model_not_found'],
      ['ThrottlingException', 429, 'throttled'],
      ['ServiceQuotaExceededException', 429, 'quota_exceeded'],
      ['ModelNotReadyException', 503, 'model_not_ready'],
      ['ModelTimeoutException', 504, 'model_timeout'],
      ['ModelErrorException', 502, 'model_error'],
      ['InternalServerException', 500, 'upstream_internal_error'],
      ['ServiceUnavailableException', 503, 'service_unavailable'],
      ['UnrecognizedClientException', 502, 'upstream_authentication'],
    ] as const) {
      it(`of the name ${name} are ${reason}, before a stream too`, async () => {
        await against(CLAUDE, [{ kind: 'exception', name, retry_after: 3 }], async (provider) => {
          for (const work of [
            provider.complete(chat(), calling()),
            provider.stream(chat({ stream: true }), calling()),
          ]) {
            const error = await failure(work);
            expect([error.status, error.reason]).to.deep.equal([status, reason]);
            if (reason === 'throttled') expect(error.retryAfterSeconds).to.equal(3);
          }
        });
      });
    }

    for (const [name, reason] of [
      ['ThrottlingException', 'throttled'],
      ['ModelStreamErrorException', 'model_stream_error'],
      ['InternalServerException', 'upstream_internal_error'],
      ['SomethingNewException', 'upstream_error'],
    ] as const) {
      it(`in the first frame of a stream are ordinary errors: ${name}`, async () => {
        await against(CLAUDE, [{ kind: 'stream_exception', name, after_events: 0 }], async (provider) => {
          expect((await failure(provider.stream(chat({ stream: true }), calling()))).reason).to.equal(reason);
        });
      });

      it(`in the middle of a stream break it: ${name}`, async () => {
        await against(CLAUDE, [{ kind: 'stream_exception', name, after_events: 3 }], async (provider) => {
          const { events } = await provider.stream(chat({ stream: true }), calling());
          expect((await failure(collected(events))).reason).to.equal(reason);
        });
      });
    }

    for (const [fault, reason, detail] of [
      [{ kind: 'cut_frame', after_events: 3 }, 'upstream_connection', 'truncated'],
      [{ kind: 'bad_crc', after_events: 3 }, 'invalid_upstream_response', 'damaged'],
      [{ kind: 'missing_stop' }, 'upstream_connection', 'truncated'],
      [{ kind: 'reset', after_events: 3 }, 'upstream_connection', 'reset'],
    ] as const) {
      it(`of the kind ${fault.kind} break a stream`, async () => {
        await against(CLAUDE, [fault], async (provider) => {
          const { events } = await provider.stream(chat({ stream: true }), calling());
          const error = await failure(collected(events));
          expect([error.reason, error.detail]).to.deep.equal([reason, detail]);
        });
      });
    }

    for (const [fault, reason] of [
      [{ kind: 'html_error', status: 503 }, 'upstream_unavailable'],
      [{ kind: 'html_error', status: 500 }, 'upstream_error'],
      [{ kind: 'empty_200' }, 'invalid_upstream_response'],
      [{ kind: 'malformed_json' }, 'invalid_upstream_response'],
      [{ kind: 'reset' }, 'upstream_connection'],
    ] as const) {
      it(`of the kind ${fault.kind} are ${reason}`, async () => {
        await against(CLAUDE, [fault], async (provider) => {
          expect((await failure(provider.complete(chat(), calling()))).reason).to.equal(reason);
        });
      });
    }

    it('of an unknown event are none', async () => {
      await against(CLAUDE, [{ kind: 'unknown_event', after_events: 2 }], async (provider) => {
        const { events } = await provider.stream(chat({ stream: true }), calling());
        expect((await collected(events)).at(-1)?.type).to.equal('finish');
      });
    });

    it('name the profiles of a model without throughput of its own', async () => {
      await against({ model: MODELS.claude47 }, [], async (provider) => {
        const error = await failure(provider.complete(chat(), calling()));
        expect(error.status).to.equal(400);
        expect(error.message).to.include(`us.${MODELS.claude47}`);
      });
    });
  });

  it('aborts the upstream with the caller', async () => {
    await withSimulator({ pace: { eventMs: 50 } }, async (sim) => {
      const caller = new AbortController();
      await withProvider(sim.url, CLAUDE, async (provider) => {
        const { events } = await provider.stream(chat({ stream: true }), calling(caller.signal));
        const rest = failure(collected(events));
        caller.abort(new GatewayError('upstream_timeout', 'too long', { detail: 'total' }));
        expect((await rest).detail).to.equal('total');
        while (!sim.requests()[0]?.done) await new Promise((resolve) => setImmediate(resolve));
      });
      expect(sim.requests()[0]?.aborted).to.equal(true);
    });
  });
});
