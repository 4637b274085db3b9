import { ConverseCommand, ConverseStreamCommand, type ConverseStreamOutput } from '@aws-sdk/client-bedrock-runtime';
import { AssumeRoleWithWebIdentityCommand, GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { expect } from 'chai';
import { bedrockClient, WIRES } from './bedrock-client.js';
import { withSimulator } from './with-simulator.js';

const MODEL = 'anthropic.claude-sonnet-4-20250514-v1:0';
const ask = (text: string) => ({ modelId: MODEL, messages: [{ role: 'user' as const, content: [{ text }] }] });

describe('the simulator, called by the AWS SDK', () => {
  for (const wire of WIRES) {
    describe(`over ${wire}`, () => {
      it('answers Converse', async () => {
        await withSimulator({}, async (sim) => {
          const client = bedrockClient(sim, wire);
          const answer = await client.send(new ConverseCommand(ask('What is a lighthouse for?')));
          client.destroy();
          expect(answer.output?.message?.content?.[0]?.text).to.include('lighthouse');
          expect(answer.stopReason).to.equal('end_turn');
          expect(answer.$metadata.requestId).to.equal(sim.requests()[0]?.request_id);
          expect(sim.requests()[0]?.wire_version).to.equal(wire.slice('HTTP/'.length).replace('.0', ''));
        });
      });

      it('streams the same words as it answers whole', async () => {
        await withSimulator({}, async (sim) => {
          const client = bedrockClient(sim, wire);
          const whole = await client.send(new ConverseCommand(ask('Tell me about rivers and bridges')));
          const streamed = await client.send(new ConverseStreamCommand(ask('Tell me about rivers and bridges')));
          const events: ConverseStreamOutput[] = [];
          for await (const event of streamed.stream ?? []) events.push(event);
          client.destroy();
          const text = events.map((event) => event.contentBlockDelta?.delta?.text ?? '').join('');
          expect(text).to.equal(whole.output?.message?.content?.[0]?.text);
          expect(events.length).to.be.greaterThan(10);
          expect(events.at(-1)?.metadata?.usage).to.deep.equal(whole.usage);
        });
      });
    });
  }

  it('gives temporary keys for a web identity token, and knows whose they are', async () => {
    await withSimulator({ sts: {} }, async (sim) => {
      const sts = new STSClient({ region: 'eu-west-1', endpoint: sim.stsUrl });
      const issued = await sts.send(
        new AssumeRoleWithWebIdentityCommand({
          RoleArn: 'arn:aws:iam::111122223333:role/app',
          RoleSessionName: 'gateway',
          WebIdentityToken: sim.webIdentityToken(),
        }),
      );
      const credentials = {
        accessKeyId: issued.Credentials?.AccessKeyId ?? '',
        secretAccessKey: issued.Credentials?.SecretAccessKey ?? '',
        sessionToken: issued.Credentials?.SessionToken ?? '',
      };
      const own = new STSClient({ region: 'eu-west-1', endpoint: sim.stsUrl, credentials });
      const identity = await own.send(new GetCallerIdentityCommand({}));
      expect(identity.Arn).to.equal('arn:aws:sts::111122223333:assumed-role/app/gateway');
      const client = bedrockClient(sim, 'HTTP/2', { credentials });
      await client.send(new ConverseCommand(ask('Hello there')));
      for (const it of [sts, own, client]) it.destroy();
      expect(sim.requests().at(-1)?.caller).to.equal(identity.Arn);
    });
  });
});
