import { expect } from 'chai';
import type { BedrockGuardrail, PolicyConfig } from '../../src/config/policy-config.js';
import { systemClock } from '../../src/core/clock.js';
import type { ChatAnswer, ChatEvent } from '../../src/gateway/chat/chat-answer.js';
import { openConnector } from '../../src/gateway/connect-target.js';
import { createDataApp } from '../../src/gateway/http/data-app.js';
import type { Chain } from '../../src/gateway/policies/chain/chain.js';
import type { Policy } from '../../src/gateway/policies/chain/policy.js';
import { compilePii } from '../../src/gateway/policies/pii/compile.js';
import type { Simulator } from '../../src/simulator/simulator.js';
import { withSimulator } from '../simulator/with-simulator.js';
import { MODEL, testGateway, type TestGateway } from './gateway-fixture.js';
import { literalPolicy } from './policies/chain/test-chain.js';
import { answerOf, FINISH, ScriptedProvider } from './scripted-provider.js';
import { serving } from './serving.js';

const SETTINGS: BedrockGuardrail = {
  id: 'gr1',
  version: '1',
  aws_region: 'us-east-1',
  action: 'block',
  timeout_seconds: 5,
};

interface Judged {
  readonly post: (body: object) => Promise<Response>;
  readonly provider: ScriptedProvider;
  readonly sim: Simulator;
  readonly gateway: TestGateway;
}

interface Setting {
  readonly action?: BedrockGuardrail['action'];
  readonly id?: string;
  readonly timeout_seconds?: number;
  readonly failMode?: Chain['failMode'];
  readonly answer?: ChatAnswer;
  /** Stand before the guardrail. */
  readonly before?: readonly Policy[];
}

/** A gateway whose chain asks a simulated guardrail, and whose target is none of Bedrock's. */
function judged(
  { answer, before = [], failMode = 'block', ...settings }: Setting,
  use: (run: Judged) => Promise<void>,
) {
  return withSimulator({}, async (sim) => {
    const { credentials } = await testGateway({ loaded: false });
    const { guardrail } = await openConnector({ env: sim.env, clock: systemClock, random: Math.random, credentials });
    const { policy, close } = await guardrail({ ...SETTINGS, ...settings });
    const provider = new ScriptedProvider({
      ...(answer && { complete: async () => answer, stream: () => streamOf(answer) }),
    });
    const chain: Chain = { policies: [...before, policy], failMode, close };
    const gateway = await testGateway({ provider, runtime: { chain } });
    await serving(createDataApp(gateway), (url) =>
      use({
        sim,
        provider,
        gateway,
        post: (body) =>
          fetch(`${url}/v1/chat/completions`, {
            method: 'POST',
            headers: { 'content-type': 'application/json' },
            body: JSON.stringify({ model: MODEL, ...body }),
          }),
      }),
    );
    gateway.active.swap(undefined);
    await gateway.active.closed();
  });
}

async function* streamOf({ content, toolCalls }: ChatAnswer): AsyncGenerator<ChatEvent> {
  for (const text of content ?? '') yield { type: 'text', text };
  for (const [index, call] of toolCalls.entries()) {
    yield { type: 'tool_call', index, id: call.id, name: call.name, arguments: '' };
    for (const text of call.arguments) yield { type: 'tool_arguments', index, text };
  }
  yield { type: 'finish', finish: FINISH };
}

function saying(content: string) {
  return {
    messages: [
      { role: 'system', content: 'about guardrail-block' },
      { role: 'user', content },
    ],
  };
}

function asked(sim: Simulator): readonly unknown[] {
  return sim
    .requests()
    .filter(({ operation }) => operation === 'ApplyGuardrail')
    .map(({ body }) => body);
}

describe('the policy bedrock-guardrail', () => {
  it('blocks a question that the guardrail intervenes on, before any target sees it', () =>
    judged({}, async ({ post, provider, sim }) => {
      const res = await post(saying('a guardrail-block'));
      expect(res.status).to.equal(400);
      expect(await res.json()).to.deep.include({
        error: {
          message: 'The gateway blocked this: a guardrail of Amazon Bedrock intervened.',
          type: 'policy_violation',
          param: null,
          code: 'input_blocked',
          policy: 'bedrock-guardrail',
        },
      });
      expect(provider.calls).to.deep.equal([]);
      expect(asked(sim)).to.deep.equal([{ source: 'INPUT', content: [{ text: { text: 'a guardrail-block' } }] }]);
    }));

  it('lets pass what the guardrail lets pass', () =>
    judged({}, async ({ post }) => {
      const res = await post(saying('hello'));
      expect(res.status).to.equal(200);
      expect(res.headers.get('x-keeptrusts-verdict')).to.equal('allow');
    }));

  it('puts what the guardrail masked in the place of the text', () =>
    judged({ action: 'redact' }, async ({ post, provider }) => {
      const res = await post(saying('write to ann@example.org'));
      expect(res.headers.get('x-keeptrusts-verdict')).to.equal('redact');
      const [call] = provider.calls;
      expect(JSON.stringify(call?.request)).to.include('write to {EMAIL}').and.not.include('ann@');
    }));

  it('blocks under action: redact what the guardrail blocks as a whole', () =>
    judged({ action: 'redact' }, async ({ post }) => {
      const res = await post(saying('ann@example.org guardrail-block'));
      expect(res.status).to.equal(400);
      expect(res.headers.get('x-keeptrusts-verdict')).to.equal('block');
    }));

  it('only tells of it under action: log', () =>
    judged({ action: 'log' }, async ({ post, provider }) => {
      const res = await post(saying('write to ann@example.org'));
      expect(res.headers.get('x-keeptrusts-verdict')).to.equal('log');
      expect(JSON.stringify(provider.calls[0]?.request)).to.include('ann@example.org');
    }));

  it('asks at its place in the chain, about what the policies before it left', () =>
    judged({ before: [literalPolicy({ word: 'secret' })] }, async ({ post, sim }) => {
      await post(saying('my secret'));
      expect(asked(sim)[0]).to.deep.include({ content: [{ text: { text: 'my [WORD]' } }] });
    }));

  describe('judges answers', () => {
    const call = { id: 'c', name: 'mail', arguments: '{"to":"ann@example.org"}' };
    const answer: ChatAnswer = { ...answerOf('write to bob@example.org'), toolCalls: [call] };

    it('whole ones', () =>
      judged({ action: 'redact', answer }, async ({ post, sim }) => {
        const text = await (await post(saying('hello'))).text();
        expect(text).to.include('write to {EMAIL}').and.include('{EMAIL}\\"}').and.not.include('@example.org');
        expect(asked(sim)).to.deep.include({ source: 'OUTPUT', content: [{ text: { text: call.arguments } }] });
      }));

    it('streams, which are kept back until they are judged', () =>
      judged({ action: 'redact', answer }, async ({ post }) => {
        const text = await (await post({ ...saying('hello'), stream: true })).text();
        expect(text).to.include('write to {EMAIL}').and.include('[DONE]').and.not.include('@example.org');
        expect(text).to.include('"verdict":"redact"');
      }));

    it('streams that it blocks: nothing of them leaves', () =>
      judged({ answer: answerOf('fine until guardrail-block') }, async ({ post }) => {
        const text = await (await post({ ...saying('hello'), stream: true })).text();
        expect(text).to.include('output_blocked').and.not.include('fine').and.not.include('[DONE]');
      }));

    it('without seeing what a redacting policy before it gives back to the caller', async () => {
      const pii = compilePii(TOKENS, undefined);
      const mail = literalPolicy({ word: 'ann@example.org', redactor: () => pii.redactor() });
      await judged(
        { before: [mail], answer: answerOf('sent to <WORD_1>, not ann@example.org') },
        async ({ post, sim }) => {
          const res = await post(saying('write to ann@example.org'));
          expect(asked(sim)).to.deep.equal([
            { source: 'INPUT', content: [{ text: { text: 'write to <WORD_1>' } }] },
            { source: 'OUTPUT', content: [{ text: { text: 'sent to <WORD_1>, not <WORD_1>' } }] },
          ]);
          expect(await res.text()).to.include('sent to ann@example.org, not ann@example.org');
        },
      );
    });
  });

  describe('when the guardrail cannot be asked', () => {
    it('refuses under fail_mode: block, and says no more', () =>
      judged({ id: 'missing' }, async ({ post, provider }) => {
        const res = await post(saying('hello'));
        expect(res.status).to.equal(400);
        expect(await res.text())
          .to.include('could not judge')
          .and.not.include('missing');
        expect(provider.calls).to.deep.equal([]);
      }));

    it('goes on under fail_mode: allow', () =>
      judged({ id: 'missing', failMode: 'allow' }, async ({ post }) => {
        expect((await post(saying('hello'))).status).to.equal(200);
      }));

    it('gives up after timeout_seconds', () =>
      judged({ timeout_seconds: 0.05 }, async ({ post, sim }) => {
        sim.setFaults([{ match: { operation: 'ApplyGuardrail' }, fault: { kind: 'delay', ms: 60_000 } }]);
        const res = await post(saying('hello'));
        expect(res.status).to.equal(400);
        expect(await res.text()).to.include('could not judge');
      }));
  });
});

const TOKENS: PolicyConfig['policy']['pii-detector'] = {
  action: 'redact',
  exclude: [],
  detect_patterns: [],
  pci_mode: false,
  healthcare_mode: false,
  redaction: { marker_format: 'token', preserve_length: false, custom_markers: {} },
  allow_list: [],
};
