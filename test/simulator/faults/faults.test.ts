import { ConverseStreamCommand, type ConverseStreamOutput } from '@aws-sdk/client-bedrock-runtime';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { expect } from 'chai';
import { DEFAULT_ACCESS_KEY } from '../../../src/simulator/access-keys.js';
import { BEDROCK_EXCEPTIONS } from '../../../src/simulator/aws-error.js';
import type { Fault, FaultRule } from '../../../src/simulator/faults/fault.js';
import type { Simulator } from '../../../src/simulator/simulator.js';
import { FakeClock } from '../../core/fake-clock.js';
import { complaint, converse, converseStream, SONNET_4, user, type Ask } from '../bedrock/ask.js';
import { bedrockClient, WIRES, type Wire } from '../bedrock-client.js';
import { withSimulator } from '../with-simulator.js';

const HI: Ask = { messages: [user({ text: 'Repeat after me: a b c d e f g h' })] };

interface Broken {
  readonly events: readonly ConverseStreamOutput[];
  /** Of the error that ended it; `undefined` for a normal end. */
  readonly error: { readonly name: string; readonly message: string; readonly status?: number } | undefined;
}

/** Reads a stream for as long as it goes. */
async function readBroken(sim: Simulator, wire: Wire, ask: Ask = HI): Promise<Broken> {
  const client = bedrockClient(sim, wire);
  const events: ConverseStreamOutput[] = [];
  try {
    const { stream } = await client.send(new ConverseStreamCommand({ modelId: SONNET_4, ...ask }));
    for await (const event of stream ?? []) events.push(event);
    return { events, error: undefined };
  } catch (error) {
    const { name, message, $metadata } = error as Error & { $metadata?: { httpStatusCode?: number } }; // the SDK's errors
    const status = $metadata?.httpStatusCode;
    return { events, error: { name, message, ...(status !== undefined && { status }) } };
  } finally {
    client.destroy();
  }
}

const always = (fault: Fault): readonly FaultRule[] => [{ fault }];

describe("the simulator's faults", () => {
  for (const wire of WIRES) {
    describe(`over ${wire}`, () => {
      for (const [name, status] of Object.entries(BEDROCK_EXCEPTIONS)) {
        it(`answer ${name} with ${status}`, async () => {
          await withSimulator({}, async (sim) => {
            sim.setFaults(always({ kind: 'exception', name, message: 'on demand' }));
            const { error } = await readBroken(sim, wire);
            expect(error).to.deep.equal({ name, message: 'on demand', status });
          });
        });
      }

      for (const name of [
        'InternalServerException',
        'ModelStreamErrorException',
        'ValidationException',
        'ThrottlingException',
        'ServiceUnavailableException',
      ]) {
        it(`end a stream with ${name}`, async () => {
          await withSimulator({}, async (sim) => {
            sim.setFaults(always({ kind: 'stream_exception', name, message: 'in between', after_events: 3 }));
            const { events, error } = await readBroken(sim, wire);
            expect(events).to.have.length(3);
            expect(error).to.include({ name, message: 'in between' });
          });
        });
      }

      it('begin a stream with an exception', async () => {
        await withSimulator({}, async (sim) => {
          sim.setFaults(always({ kind: 'stream_exception', name: 'ThrottlingException' }));
          const { events, error } = await readBroken(sim, wire);
          expect(events).to.have.length(0);
          expect(error?.name).to.equal('ThrottlingException');
        });
      });

      it('end a stream with an exception and an error that nobody declared', async () => {
        await withSimulator({}, async (sim) => {
          for (const fault of [
            { kind: 'stream_exception', name: 'SomethingNewException', message: 'new', after_events: 2 },
            { kind: 'stream_error', code: 'InternalFailure', message: 'new', after_events: 2 },
          ] as const) {
            sim.setFaults(always(fault));
            const { events, error } = await readBroken(sim, wire);
            expect(events).to.have.length(2);
            expect(`${error?.name} ${error?.message}`).to.match(/SomethingNew|InternalFailure|new/i);
          }
        });
      });

      it('put an event nobody knows into a stream', async () => {
        await withSimulator({}, async (sim) => {
          const whole = await readBroken(sim, wire);
          sim.setFaults(always({ kind: 'unknown_event', after_events: 2 }));
          const { events, error } = await readBroken(sim, wire);
          const known = events.filter((event) => !('$unknown' in event));
          expect(known).to.deep.equal(whole.events);
          expect(error).to.equal(undefined);
        });
      });

      it('leave out the end of a stream', async () => {
        await withSimulator({}, async (sim) => {
          sim.setFaults(always({ kind: 'missing_stop' }));
          const { events, error } = await readBroken(sim, wire);
          expect(error).to.equal(undefined);
          expect(events.at(-1)).to.have.property('contentBlockStop');
        });
      });

      it('cut a frame', async () => {
        await withSimulator({}, async (sim) => {
          sim.setFaults(always({ kind: 'cut_frame', after_events: 4, at_byte: 9 }));
          const { events, error } = await readBroken(sim, wire);
          expect(events).to.have.length(4);
          expect(error?.message).to.include('Truncated event message');
        });
      });

      for (const which of ['prelude', 'message'] as const) {
        it(`break the checksum of a frame's ${which}`, async () => {
          await withSimulator({}, async (sim) => {
            sim.setFaults(always({ kind: 'bad_crc', after_events: 2, which }));
            const { events, error } = await readBroken(sim, wire);
            expect(events.length).to.be.at.most(2);
            expect(error?.message).to.match(/checksum/);
          });
        });
      }

      it('reset before the answer, and in the middle of it', async () => {
        await withSimulator({}, async (sim) => {
          for (const fault of [
            { kind: 'reset' },
            { kind: 'reset', after_events: 3 },
            { kind: 'reset', after_bytes: 500 },
          ] as const) {
            sim.setFaults(always(fault));
            const { events, error } = await readBroken(sim, wire);
            expect(error, JSON.stringify(fault)).not.to.equal(undefined);
            expect(events.length).to.be.lessThan(6);
            await sim.idle();
            expect(sim.requests().at(-1)?.aborted, 'the simulator did it, not the client').to.equal(false);
          }
        });
      });

      it('answer with a page of HTML, nothing, and half a JSON', async () => {
        await withSimulator({}, async (sim) => {
          sim.setFaults(always({ kind: 'html_error', status: 502 }));
          const html = await converse(sim, HI, wire).catch((error: unknown) => error);
          expect(html).to.be.instanceOf(SyntaxError).with.nested.property('$metadata.httpStatusCode', 502);
          sim.setFaults(always({ kind: 'malformed_json' }));
          expect(await converse(sim, HI, wire).catch((error: unknown) => error)).to.be.instanceOf(SyntaxError);
          sim.setFaults(always({ kind: 'empty_200' }));
          expect((await converse(sim, HI, wire)).output).to.equal(undefined);
        });
      });

      it('stall a stream until the client leaves, and know that it left', async () => {
        await withSimulator({}, async (sim) => {
          sim.setFaults(always({ kind: 'stall', after_events: 3 }));
          const client = bedrockClient(sim, wire);
          const abort = new AbortController();
          const { stream } = await client.send(new ConverseStreamCommand({ modelId: SONNET_4, ...HI }), {
            abortSignal: abort.signal,
          });
          let seen = 0;
          try {
            for await (const event of stream ?? []) {
              expect(event).not.to.have.property('messageStop');
              seen += 1;
              if (seen === 3) abort.abort();
            }
          } catch (error) {
            expect(error).to.be.instanceOf(Error); // over HTTP/1.1 the SDK throws, over HTTP/2 it just ends
          }
          await sim.idle();
          client.destroy();
          expect(seen).to.equal(3);
          expect(sim.requests()[0]).to.include({ aborted: true, done: true, events_sent: 3 });
          expect(sim.ledger().totals).to.include({ aborted: 1, output_tokens: 2 });
        });
      });
    });
  }

  it('say when to try again', async () => {
    await withSimulator({}, async (sim) => {
      sim.setFaults(always({ kind: 'exception', name: 'ThrottlingException', retry_after: 7 }));
      const answer = await fetchSigned(sim);
      expect(answer?.headers['retry-after']).to.equal('7');
    });
  });

  it('delay the answer, its first event, and each event', async () => {
    const clock = new FakeClock(Date.now());
    await withSimulator({ clock }, async (sim) => {
      for (const [fault, expectedMs] of [
        [{ kind: 'delay', ms: 5_000 }, 5_000],
        [{ kind: 'first_event_delay', ms: 700 }, 700],
        // messageStart, eight words, contentBlockStop, messageStop, metadata
        [{ kind: 'event_delay', ms: 10 }, 110],
      ] as const) {
        sim.setFaults(always(fault));
        const before = clock.monotonic();
        const count = sim.requests().length;
        const reading = readBroken(sim, 'HTTP/2');
        while (!sim.requests()[count]?.done) await clock.advance(1);
        expect((await reading).error, fault.kind).to.equal(undefined);
        expect(clock.monotonic() - before, fault.kind).to.be.at.least(expectedMs);
      }
    });
  });

  it('set the Date of the answer wrong', async () => {
    const clock = new FakeClock(Date.now());
    await withSimulator({ clock }, async (sim) => {
      sim.setFaults(always({ kind: 'clock_skew', seconds: 3600 }));
      const answer = await fetchSigned(sim);
      expect(answer?.headers['date']).to.equal(new Date(clock.now() + 3_600_000).toUTCString());
    });
  });

  it('expire credentials', async () => {
    await withSimulator({}, async (sim) => {
      sim.setFaults(always({ kind: 'expired_credentials' }));
      expect(await complaint(converse(sim, HI))).to.equal(
        'ExpiredTokenException: The security token included in the request is expired',
      );
    });
  });

  it('make a guardrail intervene that nobody asked for', async () => {
    await withSimulator({}, async (sim) => {
      sim.setFaults(always({ kind: 'guardrail_intervened' }));
      expect((await converse(sim, HI)).stopReason).to.equal('guardrail_intervened');
    });
  });

  it('apply to STS as well, in its own words', async () => {
    await withSimulator({}, async (sim) => {
      sim.setFaults([
        {
          match: { operation: 'GetCallerIdentity' },
          fault: { kind: 'exception', name: 'ServiceUnavailable', status: 503 },
        },
      ]);
      const sts = new STSClient({
        region: 'us-east-1',
        endpoint: sim.stsUrl,
        credentials: DEFAULT_ACCESS_KEY,
        maxAttempts: 1,
      });
      const error: unknown = await sts.send(new GetCallerIdentityCommand({})).catch((it: unknown) => it);
      sts.destroy();
      expect(error).to.have.property('name', 'ServiceUnavailable');
      expect(error).to.have.nested.property('$metadata.httpStatusCode', 503);
    });
  });

  describe('that throttle', () => {
    it('let so many requests a minute through', async () => {
      const clock = new FakeClock(Date.now());
      await withSimulator({ clock }, async (sim) => {
        sim.setFaults(always({ kind: 'throttle', requests_per_minute: 2 }));
        const outcomes = [];
        for (let i = 0; i < 3; i += 1) outcomes.push(await complaint(converse(sim, HI)));
        await clock.advance(60_000);
        outcomes.push(await complaint(converse(sim, HI)));
        expect(outcomes).to.deep.equal([
          'answered',
          'answered',
          'ThrottlingException: Too many requests, please wait before trying again.',
          'answered',
        ]);
      });
    });

    it('reserve maxTokens while a call runs, and charge what it used when it is over', async () => {
      const clock = new FakeClock(Date.now());
      await withSimulator({ clock }, async (sim) => {
        sim.setFaults([
          { fault: { kind: 'throttle', tokens_per_minute: 1500 } },
          { match: { nth: 1 }, fault: { kind: 'delay', ms: 1_000 } },
        ]);
        const costly = { ...HI, inferenceConfig: { maxTokens: 1000 } };
        const first = complaint(converse(sim, costly));
        while (sim.requests()[0]?.faults.length !== 1) await clock.advance(0);
        expect(await complaint(converse(sim, costly))).to.equal(
          'ThrottlingException: Too many tokens, please wait before trying again.',
        );
        await clock.advance(1_000);
        expect(await first).to.equal('answered');
        await sim.idle();
        expect(await complaint(converse(sim, costly))).to.equal('answered');
      });
    });
  });

  describe('by model id', () => {
    for (const [modelId, expected] of [
      [
        'sim.fault.ThrottlingException-v1:0',
        'ThrottlingException: Too many requests, please wait before trying again.',
      ],
      ['sim.fault.SomethingElse.418', 'SomethingElse: SomethingElse from the simulator'],
      [
        'sim.fault.expired_credentials-v1:0',
        'ExpiredTokenException: The security token included in the request is expired',
      ],
      ['sim.fault.throttle.0', 'ThrottlingException: Too many requests, please wait before trying again.'],
      ['sim.model-v1:0', 'answered'],
    ] as const) {
      it(`answer ${modelId} with ${expected.split(':')[0]}`, async () => {
        await withSimulator({}, async (sim) => {
          expect(await complaint(converse(sim, { modelId, ...HI }))).to.equal(expected);
        });
      });
    }

    for (const [modelId, events] of [
      ['sim.stream.ModelStreamErrorException.3-v1:0', 3],
      ['sim.fault.cut_frame.5', 5],
      ['sim.fault.missing_stop-v1:0', 10],
    ] as const) {
      it(`break the stream of ${modelId} after ${events} events`, async () => {
        await withSimulator({}, async (sim) => {
          expect((await readBroken(sim, 'HTTP/2', { modelId, ...HI })).events).to.have.length(events);
        });
      });
    }
  });

  it('apply together: a delay before an error', async () => {
    await withSimulator({}, async (sim) => {
      sim.setFaults([
        { fault: { kind: 'delay', ms: 1 } },
        { match: { operation: 'Converse' }, fault: { kind: 'exception', name: 'ModelErrorException', message: 'x' } },
      ]);
      expect(await complaint(converse(sim, HI))).to.equal('ModelErrorException: x');
      expect(sim.requests()[0]).to.deep.include({
        faults: ['delay', 'exception'],
        error: 'ModelErrorException',
        status: 424,
      });
      expect(await complaint(converseStream(sim, HI))).to.equal('answered');
    });
  });

  it('are told apart by the region of the credential scope', async () => {
    await withSimulator({}, async (sim) => {
      sim.setFaults([
        { match: { region: 'eu-west-1' }, fault: { kind: 'exception', name: 'ServiceUnavailableException' } },
      ]);
      const outcomes = await Promise.all(
        ['us-east-1', 'eu-west-1'].map(async (region) => {
          const client = bedrockClient(sim, 'HTTP/2', { region });
          const stream = client.send(new ConverseStreamCommand({ modelId: SONNET_4, ...HI }));
          return complaint(stream).finally(() => client.destroy());
        }),
      );
      expect(outcomes).to.deep.equal([
        'answered',
        'ServiceUnavailableException: Bedrock is unable to process your request.',
      ]);
    });
  });

  it('end when they are taken away', async () => {
    await withSimulator({}, async (sim) => {
      sim.setFaults(always({ kind: 'expired_credentials' }));
      sim.setFaults([]);
      expect(await complaint(converseStream(sim, HI))).to.equal('answered');
    });
  });
});

/** The raw answer to a signed request. */
async function fetchSigned(sim: Simulator): Promise<{ headers: Record<string, string> } | undefined> {
  const client = bedrockClient(sim, 'HTTP/1.1');
  let response: { headers: Record<string, string> } | undefined;
  client.middlewareStack.add(
    (next) => async (args) => {
      const result = await next(args);
      response = result.response as { headers: Record<string, string> }; // an HttpResponse of the SDK
      return result;
    },
    { step: 'deserialize', priority: 'low' },
  );
  await complaint(client.send(new ConverseStreamCommand({ modelId: SONNET_4, ...HI })));
  client.destroy();
  return response;
}
