import { expect } from 'chai';
import { parseChatRequest } from '../../../../src/gateway/chat/parse-chat-request.js';
import { GatewayError } from '../../../../src/gateway/chat/gateway-error.js';
import type { Policy } from '../../../../src/gateway/policies/chain/policy.js';
import { judgeEmbedding, judgeRequest } from '../../../../src/gateway/policies/chain/judge-request.js';
import { FakeClock } from '../../../core/fake-clock.js';
import { chainOf, judgement, literalPolicy } from './test-chain.js';

const clock = new FakeClock();

const REQUEST = parseChatRequest({
  model: 'm',
  messages: [
    { role: 'system', content: 'sys secret' },
    {
      role: 'user',
      content: [
        { type: 'text', text: 'a secret, a secret' },
        { type: 'image_url', image_url: { url: 'data:image/png;base64,AAAA' } },
        { type: 'file', file: { filename: 'a.txt', file_data: `data:text/plain;base64,${btoa('doc secret')}` } },
        { type: 'file', file: { filename: 'a.pdf', file_data: `data:application/pdf;base64,${btoa('secret')}` } },
      ],
    },
    {
      role: 'assistant',
      content: 'said secret',
      thinking_blocks: [{ type: 'thinking', thinking: 'a secret', signature: 'c2ln' }],
      tool_calls: [{ id: 'c1', type: 'function', function: { name: 'f', arguments: '{"q":"secr\\u0065t"}' } }],
    },
    { role: 'tool', tool_call_id: 'c1', content: 'result secret' },
  ],
  tools: [{ type: 'function', function: { name: 'f', description: 'knows secret' } }],
});

describe('judgeRequest', () => {
  it('redacts in every zone and says where', async () => {
    const verdicts = judgement();
    const judged = await judgeRequest(REQUEST, chainOf(literalPolicy({ word: 'secret' })), verdicts, clock);
    const [system, user, assistant, tool] = judged.messages;
    expect(system?.content).to.deep.equal([{ type: 'text', text: 'sys [WORD]' }]);
    expect(user?.content[0]).to.deep.equal({ type: 'text', text: 'a [WORD], a [WORD]' });
    const document = user?.content[2];
    expect(
      document?.type === 'document' && 'bytes' in document.source && Buffer.from(document.source.bytes).toString(),
    ).to.equal('doc [WORD]');
    expect(assistant?.role === 'assistant' && assistant.toolCalls[0]?.arguments).to.equal('{"q":"[WORD]"}');
    expect(assistant?.role === 'assistant' && assistant.thinkingBlocks).to.deep.equal([
      { type: 'thinking', thinking: 'a [WORD]' },
    ]);
    expect(tool?.content).to.deep.equal([{ type: 'text', text: 'result [WORD]' }]);
    expect(judged.tools[0]?.description).to.equal('knows [WORD]');

    expect(verdicts.verdict).to.equal('redact');
    const [verdict] = verdicts.policies();
    expect(verdict).to.deep.include({ policy: 'pii-detector', phase: 'input', verdict: 'redact', score: 1 });
    expect(verdict?.findings.map(({ at, start }) => `${at}:${start}`)).to.deep.equal([
      'messages[0].content[0]:4',
      'messages[1].content[0]:2',
      'messages[1].content[0]:12',
      'messages[1].content[2]:4',
      'messages[2].content[0]:5',
      'messages[2].tool_calls[0].function.arguments:6',
      'messages[2].thinking_blocks[0]:2',
      'messages[3].content[0]:7',
      'tools[0].function.description:6',
    ]);
    expect(verdicts.unscannedCounts()).to.deep.equal({ image: 1, document: 1 });
  });

  it('looks only where the policy does, and returns the very request when nothing changed', async () => {
    const verdicts = judgement();
    const policy = literalPolicy({ word: 'nothing of it', zones: ['user'] });
    expect(await judgeRequest(REQUEST, chainOf(policy), verdicts, clock)).to.equal(REQUEST);
    expect(verdicts.policies()).to.deep.equal([
      { policy: 'pii-detector', phase: 'input', verdict: 'allow', findings: [] },
    ]);
  });

  it('ends the chain at the first block and records the rest as skipped', async () => {
    const verdicts = judgement();
    const chain = chainOf(
      literalPolicy({
        word: 'secret',
        kind: 'prompt-injection',
        action: 'block',
        zones: ['user'],
        blockMessage: 'No.',
      }),
      literalPolicy({ word: 'secret' }),
    );
    const error = await judgeRequest(REQUEST, chain, verdicts, clock).catch((caught: unknown) => caught);
    expect(error).to.be.instanceOf(GatewayError);
    expect((error as GatewayError).body()).to.deep.equal({
      error: {
        message: 'No.',
        type: 'policy_violation',
        param: null,
        code: 'input_blocked',
        policy: 'prompt-injection',
      },
    });
    expect(verdicts.policies().map(({ policy, verdict }) => `${policy} ${verdict}`)).to.deep.equal([
      'prompt-injection block',
      'pii-detector skipped',
    ]);
  });

  it('only notes what a monitoring policy finds', async () => {
    const verdicts = judgement();
    expect(
      await judgeRequest(REQUEST, chainOf(literalPolicy({ word: 'secret', action: 'log' })), verdicts, clock),
    ).to.equal(REQUEST);
    expect(verdicts.verdict).to.equal('log');
  });

  it('hands each policy what the one before it left', async () => {
    const chain = chainOf(
      literalPolicy({ word: 'secret' }),
      literalPolicy({ word: 'secret', kind: 'safety-filter', action: 'block' }),
    );
    await judgeRequest(REQUEST, chain, judgement(), clock);
  });

  it('judges a long text in slices like a whole one', async () => {
    const text = `${'x'.repeat(32 * 1024 - 3)}secret${'y'.repeat(100_000)}secret`;
    const request = parseChatRequest({ model: 'm', messages: [{ role: 'user', content: text }] });
    const judged = await judgeRequest(request, chainOf(literalPolicy({ word: 'secret' })), judgement(), clock);
    const [part] = judged.messages[0]?.content ?? [];
    expect(part?.type === 'text' && part.text).to.equal(text.replaceAll('secret', '[WORD]'));
  });

  describe('with a policy that throws', () => {
    const broken: Policy = {
      ...literalPolicy({ word: 'x' }),
      detector: () => ({
        lane: () => ({
          decided: 0,
          push: () => {
            throw new Error('secret detail');
          },
          flush: () => [],
        }),
      }),
    };

    it('refuses by default and says nothing of the reason', async () => {
      const verdicts = judgement();
      const error = await judgeRequest(REQUEST, chainOf(broken), verdicts, clock).catch((caught: unknown) => caught);
      expect((error as GatewayError).reason).to.equal('input_blocked');
      expect((error as GatewayError).message).to.not.include('secret');
      expect(verdicts.policies()[0]?.verdict).to.equal('error');
      expect(verdicts.verdict).to.equal('block');
    });

    it('lets everything through under fail_mode: allow, and the other policies judge', async () => {
      const verdicts = judgement();
      const chain = {
        policies: [broken, literalPolicy({ word: 'secret', kind: 'safety-filter' })],
        failMode: 'allow',
      } as const;
      const judged = await judgeRequest(REQUEST, chain, verdicts, clock);
      expect(judged.messages[0]?.content[0]).to.deep.include({ text: 'sys [WORD]' });
      expect(verdicts.policies().map(({ verdict }) => verdict)).to.deep.equal(['error', 'redact']);
      expect(verdicts.verdict).to.equal('redact');
    });
  });
});

describe('judgeEmbedding', () => {
  it('judges each input as the user’s', async () => {
    const request = { model: 'm', input: ['a secret', 'b'], encodingFormat: 'float', hints: {}, ignored: [] } as const;
    const chain = chainOf(literalPolicy({ word: 'secret', zones: ['user'] }));
    expect((await judgeEmbedding(request, chain, judgement(), clock)).input).to.deep.equal(['a [WORD]', 'b']);
  });
});
