import { expect } from 'chai';
import { askJudge, type AskingPolicy } from '../../../../src/gateway/policies/chain/ask-judge.js';
import type { Opinion, Zone } from '../../../../src/gateway/policies/chain/policy.js';
import { thrown } from '../../../thrown.js';
import { chainOf, judgement, literalPolicy } from './test-chain.js';

const FINDING = { label: 'pii', start: 0, end: 1, score: 1 };

function redacting(ask: () => Promise<readonly Opinion[]>): AskingPolicy {
  return { ...literalPolicy({ word: 'x' }), judge: { looksAt: (zone) => zone !== 'system', ask } };
}

function masking(masked: string): AskingPolicy {
  return redacting(async () => [{ findings: [FINDING], masked }]);
}

async function asked(policy: AskingPolicy, zone: Zone, text: string, signal?: AbortSignal): Promise<string> {
  const texts = [{ zone, at: 'text', text }];
  await askJudge(policy, texts, 'output', chainOf(), judgement(), signal);
  return texts[0]?.text ?? '';
}

describe('askJudge', () => {
  for (const [name, zone, text, masked, expected] of [
    ['masks a text', 'assistant', 'a@b', '{EMAIL}', '{EMAIL}'],
    ['masks tool arguments that stay JSON', 'tool_arguments', '{"a":"a@b"}', '{"a":"{EMAIL}"}', '{"a":"{EMAIL}"}'],
    ['does not ask about zones that the policy does not look at', 'system', 'a@b', '{EMAIL}', 'a@b'],
    ['does not ask about blank texts', 'assistant', ' \n', '{EMAIL}', ' \n'],
  ] as const) {
    it(name, async () => {
      expect(await asked(masking(masked), zone, text)).to.equal(expected);
    });
  }

  it('blocks tool arguments that would be JSON no longer', async () => {
    const error = await thrown(asked(masking('{"n":{PHONE}}'), 'tool_arguments', '{"n":5550100}'));
    expect(error).to.include({ reason: 'output_blocked' });
  });

  it('fails for the reason of the exchange when that was cut, which is no fault of the policy', async () => {
    const gone = new Error('the caller left');
    const policy = redacting(() => Promise.reject(new Error('aborted')));
    expect(await thrown(asked(policy, 'assistant', 'a', AbortSignal.abort(gone)))).to.equal(gone);
  });
});
