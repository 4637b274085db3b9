import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import type { AuditLogger } from '../../src/config/policy-config.js';
import { systemClock } from '../../src/core/clock.js';
import { AuditSinks } from '../../src/gateway/audit/audit-sinks.js';
import { verifyLog } from '../../src/gateway/audit/verify-log.js';
import { loadPublicKey } from '../../src/gateway/audit/signing-key.js';
import type { Installation } from '../../src/gateway/audit/installation.js';
import { GatewayError } from '../../src/gateway/chat/gateway-error.js';
import { createDataApp } from '../../src/gateway/http/data-app.js';
import type { RuntimeParts } from '../../src/gateway/runtime.js';
import { Collected } from '../cli/run-kt.js';
import { RecordingObserver } from './audit/sample-log.js';
import { inTempDirectory } from './audit/temp-directory.js';
import { MODEL, testGateway, type GatewayParts } from './gateway-fixture.js';
import { literalPolicy } from './policies/chain/test-chain.js';
import { ScriptedProvider } from './scripted-provider.js';
import { serving } from './serving.js';

interface AuditedRun {
  readonly post: (body: object | string, path?: string) => Promise<Response>;
  /** Stops the gateway, verifies its log and returns the records of exchanges. */
  readonly records: () => Promise<Record<string, unknown>[]>;
}

async function audited(
  use: (run: AuditedRun) => Promise<void>,
  settings: Partial<AuditLogger> = {},
  parts: GatewayParts = {},
): Promise<void> {
  await inTempDirectory(async (root) => {
    const sinks = new AuditSinks({
      stateDirectory: join(root, 'state'),
      stdout: new Collected(),
      clock: systemClock,
      observe: () => new RecordingObserver(),
      pid: process.pid,
    });
    const openAudit: RuntimeParts['openAudit'] = () =>
      sinks.acquire({
        sink: 'file',
        directory: join(root, 'log'),
        immutable: false,
        log_all_access: false,
        on_failure: 'refuse',
        ...settings,
      });
    const gateway = await testGateway({ ...parts, runtime: { openAudit, ...parts.runtime } });
    await serving(createDataApp(gateway), async (url) => {
      await use({
        post: (body, path = '/v1/chat/completions') =>
          fetch(`${url}${path}`, {
            method: 'POST',
            headers: { 'content-type': 'application/json' },
            body: typeof body === 'string' ? body : JSON.stringify(body),
          }),
        records: async () => {
          gateway.active.swap(undefined);
          await gateway.active.closed();
          const { publicKey } = loadPublicKey(readFileSync(join(root, 'state', 'audit-key.pem.pub'), 'utf8'), 'key');
          const verification = await verifyLog(join(root, 'log'), publicKey);
          expect(verification).to.deep.include({ ok: true, first_bad: null });
          return readFileSync(join(root, 'log', 'segment-00000001.jsonl'), 'utf8')
            .trim()
            .split('\n')
            .map((line) => JSON.parse(line) as Record<string, unknown>)
            .filter(({ kind }) => kind !== 'segment' && kind !== 'checkpoint');
        },
      });
    });
  });
}

const CHAT = { model: MODEL, messages: [{ role: 'user', content: 'tell me the secret' }] };

describe('audit of exchanges', () => {
  it('records a chat before its answer leaves', async () => {
    await audited(async ({ post, records }) => {
      const res = await post(CHAT);
      expect(res.status).to.equal(200);
      const [record, ...others] = await records();
      expect(others).to.deep.equal([]);
      expect(record).to.deep.include({
        kind: 'exchange',
        id: res.headers.get('x-request-id'),
        route: 'chat',
        pack: 'test',
        model: MODEL,
        target: 'sonnet',
        provider: 'aws-bedrock',
        status: 200,
        outcome: 'ok',
        verdict: 'allow',
      });
      expect(record?.['prompt_hash']).to.match(/^hmac-sha256:[0-9a-f]{64}$/);
      expect(JSON.stringify(record)).to.not.include('secret');
    });
  });

  it('records a stream twice: before its first byte, and at its end', async () => {
    await audited(async ({ post, records }) => {
      const res = await post({ ...CHAT, stream: true });
      expect(await res.text()).to.include('[DONE]');
      const kept = await records();
      expect(kept.map(({ kind, status }) => [kind, status])).to.deep.equal([
        ['open', undefined],
        ['close', 200],
      ]);
      expect(kept[0]?.['id']).to.equal(kept[1]?.['id']);
    });
  });

  it('records what the policies found, without the text', async () => {
    const chain = { policies: [literalPolicy({ word: 'secret', action: 'block' })], failMode: 'block' } as const;
    await audited(
      async ({ post, records }) => {
        const res = await post(CHAT);
        expect(res.status).to.equal(400);
        expect(res.headers.get('x-keeptrusts-verdict')).to.equal('block');
        const [record] = await records();
        expect(record).to.deep.include({
          kind: 'exchange',
          status: 400,
          outcome: 'blocked',
          error: 'input_blocked',
          verdict: 'block',
        });
        expect(record?.['policies']).to.deep.equal([
          {
            policy: 'pii-detector',
            phase: 'input',
            verdict: 'block',
            score: 1,
            findings: [{ label: 'WORD', start: 12, end: 18, score: 1, at: 'messages[0].content[0]' }],
          },
        ]);
      },
      {},
      { runtime: { chain } },
    );
  });

  it('redacts what goes up and says so', async () => {
    const chain = { policies: [literalPolicy({ word: 'secret' })], failMode: 'block' } as const;
    await audited(
      async ({ post, records }) => {
        const res = await post(CHAT);
        expect(res.headers.get('x-keeptrusts-verdict')).to.equal('redact');
        expect((await records())[0]).to.deep.include({ outcome: 'redacted', verdict: 'redact' });
      },
      {},
      { runtime: { chain } },
    );
  });

  for (const [log_all_access, expected] of [
    [false, []],
    [true, ['access']],
  ] as const) {
    it(`${log_all_access ? 'records' : 'passes over'} refused calls with log_all_access: ${log_all_access}`, async () => {
      await audited(
        async ({ post, records }) => {
          expect((await post('{')).status).to.equal(400);
          expect((await records()).map(({ kind }) => kind)).to.deep.equal(expected);
        },
        { log_all_access },
      );
    });
  }

  it('answers 503 and calls no upstream when the log cannot be written', async () => {
    const provider = new ScriptedProvider();
    const fail = (): Promise<never> =>
      Promise.reject(new GatewayError('audit_unavailable', 'No log.', { retryAfterSeconds: 1 }));
    const audit = {
      sink: { admit: fail, append: fail, close: () => Promise.resolve() },
      settings: { sink: 'file', directory: 'log', immutable: true, log_all_access: true, on_failure: 'refuse' },
      installation: { hmacKey: new Uint8Array(32) } as Installation,
      release: () => Promise.resolve(),
    } as const;
    const gateway = await testGateway({ provider, runtime: { openAudit: async () => audit } });
    await serving(createDataApp(gateway), async (url) => {
      const res = await fetch(`${url}/v1/models`);
      expect(res.status).to.equal(503);
      expect(res.headers.get('retry-after')).to.equal('1');
      expect(await res.json()).to.deep.include({
        error: { message: 'No log.', type: 'service_unavailable_error', param: null, code: 'audit_unavailable' },
      });
    });
  });
});
