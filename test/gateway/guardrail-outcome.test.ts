import { expect } from 'chai';
import type { TargetGuardrail } from '../../src/config/policy-config.js';
import { Exchange } from '../../src/gateway/exchange.js';
import { systemClock } from '../../src/core/clock.js';
import type { GuardrailOutcome } from '../../src/gateway/audit/audit-record.js';
import { answerChat } from '../../src/gateway/pipeline.js';
import { withSimulator } from '../simulator/with-simulator.js';
import { DOCUMENT, MODEL, runtimeOf } from './gateway-fixture.js';
import { withProvider } from './providers/bedrock/with-provider.js';

const GUARDRAIL: TargetGuardrail = {
  id: 'gr1example',
  version: '3',
  trace: 'enabled',
  stream_mode: 'sync',
  required: true,
};

interface Outcome {
  readonly guardrail: GuardrailOutcome | undefined;
  readonly finishReason: string | undefined;
  /** The answer's JSON, or all of the stream. */
  readonly answer: string;
}

/** Asks a simulated Bedrock through the whole pipeline. */
function asked(body: object, guardrail?: TargetGuardrail): Promise<Outcome> {
  return withSimulator({}, ({ url }) =>
    withProvider(url, { model: MODEL, ...(guardrail && { guardrail }) }, async (provider) => {
      const [target] = DOCUMENT.providers.targets;
      const targets = [
        { ...target, id: 'sonnet', provider: 'aws-bedrock', model: MODEL, ...(guardrail && { guardrail }) },
      ] as const;
      const runtime = await runtimeOf({ ...DOCUMENT, providers: { targets } }, provider);
      const exchange = new Exchange({ requestId: 'r', route: '/v1/chat/completions', clock: systemClock });
      const reply = await answerChat(exchange, runtime, { model: MODEL, ...body });
      let answer = reply.kind === 'json' ? reply.text : '';
      if (reply.kind === 'events') for await (const event of reply.events) answer += event;
      return { guardrail: exchange.guardrail, finishReason: exchange.finishReason, answer };
    }),
  );
}

function saying(content: string): { readonly messages: readonly object[] } {
  return { messages: [{ role: 'user', content }] };
}

describe('guardrailOutcome', () => {
  for (const stream of [false, true]) {
    describe(stream ? 'of a stream' : 'of a whole answer', () => {
      it('says which guardrail intervened and why, without the text', async () => {
        const { guardrail, finishReason, answer } = await asked(
          { ...saying('a guardrail-block please'), stream },
          GUARDRAIL,
        );
        expect(finishReason).to.equal('content_filter');
        expect(guardrail).to.deep.equal({
          action: 'GUARDRAIL_INTERVENED',
          guardrail_id: 'gr1example',
          guardrail_version: '3',
          reasons: ['word'],
        });
        expect(answer).to.include('"stop_reason":"guardrail_intervened"').and.include('"wordPolicy"');
      });

      it('says that the guardrail let the exchange pass', async () => {
        const { guardrail, finishReason } = await asked(
          { ...saying('hello'), stream },
          { ...GUARDRAIL, trace: 'disabled' },
        );
        expect(finishReason).to.equal('stop');
        expect(guardrail).to.deep.equal({ action: 'NONE', guardrail_id: 'gr1example', guardrail_version: '3' });
      });
    });
  }

  it('is silent where no guardrail was sent', async () => {
    expect((await asked(saying('a guardrail-block please'))).guardrail).to.equal(undefined);
  });

  const callers = { guardrailConfig: { guardrailIdentifier: 'callers', guardrailVersion: '1' } };
  for (const [required, id] of [
    [true, 'gr1example'],
    [false, 'callers'],
  ] as const) {
    it(`names the guardrail that was sent: required ${required}, the caller asks for its own`, async () => {
      const { guardrail } = await asked(
        { ...saying('a guardrail-block please'), ...callers },
        { ...GUARDRAIL, required },
      );
      expect(guardrail).to.include({ action: 'GUARDRAIL_INTERVENED', guardrail_id: id });
    });
  }
});
