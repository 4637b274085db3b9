import { ConverseCommand, ConverseStreamCommand, InvokeModelCommand } from '@aws-sdk/client-bedrock-runtime';
import { expect } from 'chai';
import { bedrockClient, WIRES } from './bedrock-client.js';
import { withSimulator } from './with-simulator.js';

describe('the simulator without checks', () => {
  for (const wire of WIRES) {
    it(`answers what the SDK can read over ${wire}, whatever it is asked`, async () => {
      await withSimulator({ checks: false }, async (sim) => {
        const client = bedrockClient(sim, wire, { credentials: { accessKeyId: 'any', secretAccessKey: 'any' } });
        const modelId = 'no-such-model';
        const whole = await client.send(new ConverseCommand({ modelId, messages: [] }));
        expect(whole.output?.message?.content?.[0]?.text).to.match(/^(word ){99}word$/);
        const { stream } = await client.send(new ConverseStreamCommand({ modelId, messages: [] }));
        let deltas = 0;
        for await (const event of stream ?? []) deltas += event.contentBlockDelta ? 1 : 0;
        expect(deltas).to.equal(100);
        const { body } = await client.send(new InvokeModelCommand({ modelId, body: '{}' }));
        client.destroy();
        expect(JSON.parse(Buffer.from(body).toString()))
          .to.have.property('embedding')
          .with.length(256);
      });
    });

    it(`sends its events in lots over ${wire}`, async () => {
      await withSimulator({ checks: false, constant: { events: 7, framesPerWrite: 3 } }, async (sim) => {
        const client = bedrockClient(sim, wire);
        const { stream } = await client.send(new ConverseStreamCommand({ modelId: 'm', messages: [] }));
        const events = [];
        for await (const event of stream ?? []) events.push(event);
        client.destroy();
        expect(events).to.have.length(7 + 4);
        expect(events.at(-1)?.metadata?.usage?.outputTokens).to.equal(7);
      });
    });
  }

  it('has nothing else', async () => {
    await withSimulator({ checks: false }, async (sim) => {
      expect((await fetch(`${sim.url}/_sim/requests`)).status).to.equal(404);
      expect(sim.requests()).to.deep.equal([]);
    });
  });
});
