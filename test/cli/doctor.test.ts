import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { systemClock, type Clock } from '../../src/core/clock.js';
import type { Simulator, SimulatorOptions } from '../../src/simulator/simulator.js';
import { AUTHORITY, connectProxy, tlsFront } from '../gateway/providers/aws/tls-front.js';
import { listening } from '../gateway/providers/aws/wire-server.js';
import { withSimulator } from '../simulator/with-simulator.js';
import { runKt } from './run-kt.js';

interface Check {
  readonly target: string | null;
  readonly check: string;
  readonly status: string;
  readonly reason: string;
  readonly fix: string | null;
}

interface Patient {
  readonly sim: Simulator;
  readonly directory: string;
  readonly tokenFile: string;
  /** Variables that point at the simulator, without keys. */
  readonly env: Record<string, string>;
  readonly keys: Record<string, string>;
  readonly irsa: Record<string, string>;
  /** Examines one target; the answer as people script against it. */
  readonly examine: (
    target?: object,
    env?: Record<string, string>,
  ) => Promise<{ readonly exitCode: number; readonly ok: boolean; readonly checks: readonly Check[] }>;
}

const HAIKU = 'anthropic.claude-3-haiku-20240307-v1:0';
const ROLE = 'arn:aws:iam::123456789012:role/bedrock-invoke';

describe('kt doctor', () => {
  it('finds nothing wrong with a target that works', () =>
    withPatient(async ({ keys, examine }) => {
      const { exitCode, ok, checks } = await examine({}, keys);
      expect({ exitCode, ok }).to.deep.equal({ exitCode: 0, ok: true });
      expect(checks.map(({ check, status }) => `${check} ${status}`)).to.deep.equal([
        'config ok',
        'region ok',
        'credentials ok',
        'identity ok',
        'endpoint ok',
        'clock ok',
        'model ok',
      ]);
      expect(checks.map(({ target }) => target)).to.deep.equal([null, ...Array.from({ length: 6 }, () => 'one')]);
      expect(checks.every(({ fix }) => fix === null)).to.equal(true);
    }));

  it('has nothing generated or billed', () =>
    withPatient(async ({ sim, keys, examine }) => {
      await examine({}, keys);
      expect(sim.ledger().totals.requests).to.equal(0);
    }));

  it('names every link of a role by web identity', () =>
    withPatient(async ({ sim, tokenFile, irsa, examine }) => {
      await writeFile(tokenFile, sim.webIdentityToken());
      const { ok, checks } = await examine({}, irsa);
      expect(ok).to.equal(true);
      expect(reasons(checks, 'token_file')[0]).to.match(
        /^the token of system:serviceaccount:default:app in .*token, good until \d{4}-/,
      );
      expect(reasons(checks, 'credentials')[0]).to.match(
        /^from role "bedrock-invoke" by the web identity in .*token, good until \d{4}-/,
      );
      expect(reasons(checks, 'identity')).to.deep.equal([
        'AWS takes the gateway for arn:aws:sts::123456789012:assumed-role/bedrock-invoke/keeptrusts-gateway.',
      ]);
    }));

  for (const [name, claims, status, words] of [
    ['is missing', undefined, 'fail', 'cannot be read (ENOENT)'],
    ['has expired', { expiresInSeconds: -60 }, 'fail', 'expired at'],
    ['was not renewed', { expiresInSeconds: 120 }, 'warn', 'and was not renewed'],
    ['is for somebody else', { aud: 'vault' }, 'warn', 'is for vault, not for sts.amazonaws.com'],
  ] as const) {
    it(`says that the token ${name}`, () =>
      withPatient(async ({ sim, tokenFile, irsa, examine }) => {
        if (claims !== undefined) await writeFile(tokenFile, sim.webIdentityToken(claims));
        const { checks } = await examine({}, irsa);
        const check = checks.find((candidate) => candidate.check === 'token_file');
        expect(check).to.include({ status });
        expect(check?.reason).to.include(words);
        expect(check?.fix).to.be.a('string').that.has.length.above(20);
      }));
  }

  it('says that the token file holds no token', () =>
    withPatient(async ({ tokenFile, irsa, examine }) => {
      await writeFile(tokenFile, 'not-a-jwt');
      const { exitCode, checks } = await examine({}, irsa);
      expect(exitCode).to.equal(1);
      expect(failures(checks)).to.include(`token_file ${tokenFile} holds no JWT.`);
    }));

  it('says that STS cannot be reached', () =>
    withPatient(async ({ sim, tokenFile, irsa, examine }) => {
      await writeFile(tokenFile, sim.webIdentityToken());
      sim.setFaults([{ fault: { kind: 'reset' }, match: { operation: 'AssumeRoleWithWebIdentity' } }]);
      expect(failures((await examine({}, irsa)).checks)).to.deep.equal([
        `credentials AWS credentials from role "bedrock-invoke": no answer from STS at ${new URL(sim.url).host} (ECONNRESET).`,
      ]);
    }));

  it('says that a role is written wrongly', () =>
    withPatient(async ({ sim, tokenFile, irsa, examine }) => {
      await writeFile(tokenFile, sim.webIdentityToken());
      const { checks } = await examine({}, { ...irsa, AWS_ROLE_ARN: 'bedrock-invoke' });
      expect(failures(checks)[0]).to.equal('credentials "bedrock-invoke" is no ARN of an IAM role.');
    }));

  it('says that the keys are not known', () =>
    withPatient(async ({ keys, examine }) => {
      const { checks } = await examine({}, { ...keys, AWS_SECRET_ACCESS_KEY: 'hunter2' });
      expect(failures(checks)).to.deep.equal([
        'identity AWS credentials from these keys: the secret key does not belong to its access key id.',
      ]);
      expect(JSON.stringify(checks)).to.not.include('hunter2');
    }));

  it('says that a named variable is missing', () =>
    withPatient(async ({ keys, examine }) => {
      const target = { aws_access_key_env: 'OWN_KEY', aws_secret_key_env: 'OWN_SECRET' };
      const { checks } = await examine(target, keys);
      expect(failures(checks)).to.deep.equal([
        'credentials AWS credentials from the environment: OWN_KEY and OWN_SECRET are not set, or blank.',
      ]);
    }));

  it('names the inference profiles of a model that needs one', () =>
    withPatient(async ({ keys, examine }) => {
      const { checks } = await examine(
        { model: 'anthropic.claude-opus-4-1-20250805-v1:0', aws_region: 'eu-west-1' },
        keys,
      );
      const model = checks.find(({ check }) => check === 'model');
      expect(model).to.include({ status: 'fail' });
      expect(model?.fix).to.include('eu.anthropic.claude-opus-4-1-20250805-v1:0 or global.anthropic.claude-opus-4-1');
    }));

  for (const [name, model, words] of [
    ['a model that nobody knows', 'no-such-model', 'model Bedrock knows no model no-such-model.'],
    ['a model that may not be called', 'sim.fault.AccessDeniedException', 'model the credentials may not invoke'],
    ['a model that is not there', 'sim.fault.ResourceNotFoundException', 'model there is no sim.fault'],
  ] as const) {
    it(`says that a target has ${name}`, () =>
      withPatient(async ({ keys, examine }) => {
        expect(failures((await examine({ model }, keys)).checks)[0]).to.include(words);
      }));
  }

  it('accepts a model for embeddings', () =>
    withPatient(async ({ keys, examine }) => {
      expect((await examine({ model: 'amazon.titan-embed-text-v2:0' }, keys)).ok).to.equal(true);
    }));

  it('says that nothing listens at the endpoint', () =>
    withPatient(async ({ keys, examine }) => {
      let gone = '';
      await withSimulator({}, async ({ url }) => void (gone = url));
      expect(failures((await examine({ base_url: gone }, keys)).checks)).to.deep.equal([
        `endpoint ${new URL(gone).host} refuses the connection.`,
      ]);
    }));

  it('says that the name of the endpoint cannot be resolved', () =>
    withPatient(async ({ keys, examine }) => {
      // A label is at most 63 letters long, so no name server is asked.
      const { checks } = await examine({ base_url: `https://${'x'.repeat(64)}.example` }, keys);
      expect(failures(checks)[0]).to.match(/^endpoint the name x+\.example cannot be resolved/);
    }));

  it('says that the certificate is not trusted, and is content when it is', () =>
    withPatient(({ sim, keys, examine }) =>
      listening(tlsFront(new URL(sim.url), ['h2']), async ({ port }) => {
        const target = { base_url: `https://localhost:${port}` };
        expect(failures((await examine(target, keys)).checks)[0]).to.match(
          /^endpoint there is no trusted TLS connection to localhost:\d+ \(UNABLE_TO_VERIFY_LEAF_SIGNATURE\)\.$/,
        );
        const { ok, checks } = await examine(target, { ...keys, AWS_CA_BUNDLE: AUTHORITY });
        expect(ok).to.equal(true);
        expect(reasons(checks, 'endpoint')[0]).to.match(/answers over HTTP\/2 \(/);
      }),
    ));

  it('says that a proxy does not let it through', () =>
    withPatient(({ sim, keys, examine }) =>
      listening(
        connectProxy(new URL(sim.url), () => {}, 403),
        async ({ host }) => {
          const { checks } = await examine(
            { base_url: 'https://vpce.example' },
            { ...keys, HTTPS_PROXY: `http://${host}` },
          );
          expect(failures(checks)).to.deep.equal([
            `endpoint the proxy ${host} answered 403 when asked for vpce.example.`,
          ]);
        },
      ),
    ));

  it('says that the clock is wrong, and that the gateway copes', () => {
    const clock: Clock = { ...systemClock, now: () => Date.now() + 600_000 };
    return withPatient(
      async ({ keys, examine }) => {
        const { ok, checks } = await examine({}, keys);
        expect(ok).to.equal(true);
        const check = checks.find((candidate) => candidate.check === 'clock');
        expect(check).to.include({ status: 'warn' });
        expect(check?.reason).to.match(/^this machine's clock is (599|600) s behind the endpoint's\.$/);
      },
      { clock },
    );
  });

  it('warns of a region that nobody chose', () =>
    withPatient(async ({ keys, examine }) => {
      const { checks } = await examine({ aws_region: undefined }, keys);
      expect(checks.find(({ check }) => check === 'region')).to.include({ status: 'warn' });
    }));

  it('says that a bundle of authorities cannot be read', () =>
    withPatient(async ({ keys, examine }) => {
      const { exitCode, checks } = await examine({}, { ...keys, AWS_CA_BUNDLE: '/nowhere.pem' });
      expect(exitCode).to.equal(1);
      expect(failures(checks)[0]).to.match(
        /^environment AWS_CA_BUNDLE: cannot trust the authorities in \/nowhere\.pem/,
      );
    }));

  it('says what is wrong with the configuration, and ends with 2', () =>
    withPatient(async ({ examine }) => {
      const { exitCode, ok, checks } = await examine({ weihgt: 1 });
      expect({ exitCode, ok }).to.deep.equal({ exitCode: 2, ok: false });
      expect(checks).to.have.length(1);
      expect(checks[0]).to.include({ target: 'one', check: 'config', status: 'fail' });
      expect(checks[0]?.fix).to.include('weight');
    }));

  it('says what this version does not do yet', () =>
    withPatient(async ({ keys, examine }) => {
      const { exitCode, checks } = await examine({ transport: 'lean' }, keys);
      expect(exitCode).to.equal(1);
      expect(failures(checks)[0]).to.match(/^config .*providers\.targets\[0\]\.transport: .*does not obey/);
    }));

  it('speaks to people, with progress beside the answer', () =>
    withPatient(async ({ directory, keys, env }) => {
      const file = join(directory, 'policy-config.yaml');
      const { exitCode, stdout, stderr } = await runKt(['doctor', '--policy-config', file], {
        env: { ...env, ...keys, AWS_SECRET_ACCESS_KEY: 'wrong' },
      });
      expect(exitCode).to.equal(1);
      expect(stdout).to.include('\n  FAIL identity    AWS credentials from these keys');
      expect(stdout).to.include('\n                   → Check that the keys are active');
      expect(stdout).to.match(/\n5 ok, 0 warn, 1 fail\n$/);
      expect(stderr).to.equal('kt doctor: 1 of 1: one\n');
    }));

  it('wants to know which configuration', async () => {
    const { exitCode, stderr } = await runKt(['doctor']);
    expect(exitCode).to.equal(2);
    expect(stderr).to.include('--policy-config');
  });
});

async function withPatient(use: (patient: Patient) => Promise<void>, options: SimulatorOptions = {}): Promise<void> {
  const directory = await mkdtemp(join(tmpdir(), 'kt-doctor-'));
  const file = join(directory, 'policy-config.yaml');
  const tokenFile = join(directory, 'token');
  try {
    await withSimulator(options, async (sim) => {
      const { AWS_ENDPOINT_URL_STS = '', AWS_ACCESS_KEY_ID = '', AWS_SECRET_ACCESS_KEY = '' } = sim.env;
      const write = (target: object) => writeFile(file, policyConfig({ base_url: sim.url, ...target }));
      await write({});
      const env = { HOME: directory, AWS_ENDPOINT_URL_STS };
      await use({
        sim,
        directory,
        tokenFile,
        env,
        keys: { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY },
        irsa: { AWS_ROLE_ARN: ROLE, AWS_WEB_IDENTITY_TOKEN_FILE: tokenFile },
        examine: async (target = {}, more = {}) => {
          await write(target);
          const { exitCode, stdout } = await runKt(['doctor', '--policy-config', file, '--json'], {
            env: { ...env, ...more },
          });
          return { exitCode, ...(JSON.parse(stdout) as { ok: boolean; checks: Check[] }) };
        },
      });
    });
  } finally {
    await rm(directory, { recursive: true });
  }
}

/** JSON is YAML. */
function policyConfig(target: object): string {
  return JSON.stringify({
    pack: { name: 'patient', version: '1.0.0', enabled: true },
    policies: { chain: [] },
    providers: {
      strategy: 'single',
      targets: [{ id: 'one', provider: 'aws-bedrock', model: HAIKU, aws_region: 'us-east-1', ...target }],
    },
  });
}

function failures(checks: readonly Check[]): readonly string[] {
  return checks.filter(({ status }) => status === 'fail').map(({ check, reason }) => `${check} ${reason}`);
}

function reasons(checks: readonly Check[], name: string): readonly string[] {
  return checks.filter(({ check }) => check === name).map(({ reason }) => reason);
}
