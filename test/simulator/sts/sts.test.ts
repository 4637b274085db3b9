import {
  AssumeRoleCommand,
  AssumeRoleWithWebIdentityCommand,
  GetCallerIdentityCommand,
  STSClient,
  STSServiceException,
  type AssumeRoleCommandInput,
} from '@aws-sdk/client-sts';
import { expect } from 'chai';
import { DEFAULT_ACCESS_KEY } from '../../../src/simulator/access-keys.js';
import type { Simulator } from '../../../src/simulator/simulator.js';
import { FakeClock } from '../../core/fake-clock.js';
import { withSimulator } from '../with-simulator.js';

const ROLE = 'arn:aws:iam::111122223333:role/team/app';

type Credentials = ConstructorParameters<typeof STSClient>[0] & object;

async function withSts<T>(
  sim: Simulator,
  call: (sts: STSClient) => Promise<T>,
  config: Credentials = { credentials: DEFAULT_ACCESS_KEY },
): Promise<T> {
  const sts = new STSClient({ region: 'us-east-1', endpoint: sim.stsUrl, maxAttempts: 1, ...config });
  try {
    return await call(sts);
  } finally {
    sts.destroy();
  }
}

/** `Name (status): message` */
async function complaint(call: Promise<unknown>): Promise<string> {
  try {
    await call;
    return 'answered';
  } catch (error) {
    if (error instanceof STSServiceException)
      return `${error.name} (${error.$metadata.httpStatusCode}): ${error.message}`;
    throw error;
  }
}

const assume = (sim: Simulator, more: Partial<AssumeRoleCommandInput> = {}, config?: Credentials) =>
  withSts(
    sim,
    (sts) => sts.send(new AssumeRoleCommand({ RoleArn: ROLE, RoleSessionName: 'gateway', ...more })),
    config,
  );

const identify = (sim: Simulator, WebIdentityToken: string, RoleArn = ROLE) =>
  withSts(
    sim,
    (sts) => sts.send(new AssumeRoleWithWebIdentityCommand({ RoleArn, RoleSessionName: 'gateway', WebIdentityToken })),
    {},
  );

describe("the simulator's STS", () => {
  it('says who the default key is', async () => {
    await withSimulator({}, async (sim) => {
      const { Arn, Account, UserId } = await withSts(sim, (sts) => sts.send(new GetCallerIdentityCommand({})));
      expect({ Arn, Account, UserId }).to.deep.equal({
        Arn: 'arn:aws:iam::123456789012:user/simulator',
        Account: '123456789012',
        UserId: 'AIDACKCEVSQ6C2EXAMPLE',
      });
    });
  });

  it('assumes a role for as long as it is asked to', async () => {
    const clock = new FakeClock(Math.floor(Date.now() / 1000) * 1000);
    await withSimulator({ clock }, async (sim) => {
      const { Credentials: keys, AssumedRoleUser: assumed } = await assume(sim, { DurationSeconds: 900 });
      expect(keys?.AccessKeyId).to.match(/^ASIA[A-Z2-7]{16}$/);
      expect(keys?.Expiration?.getTime()).to.equal(clock.now() + 900_000);
      expect(assumed?.Arn).to.equal('arn:aws:sts::111122223333:assumed-role/app/gateway');
      expect(assumed?.AssumedRoleId).to.match(/^AROA[A-Z2-7]{17}:gateway$/);
    });
  });

  it('gives other keys each time', async () => {
    await withSimulator({}, async (sim) => {
      const [one, two] = [await assume(sim), await assume(sim)];
      expect(one.Credentials?.AccessKeyId).not.to.equal(two.Credentials?.AccessKeyId);
    });
  });

  it('tells whom a web identity token spoke for', async () => {
    await withSimulator({}, async (sim) => {
      const answer = await identify(sim, sim.webIdentityToken({ sub: 'system:serviceaccount:shop:cart' }));
      expect(answer.SubjectFromWebIdentityToken).to.equal('system:serviceaccount:shop:cart');
      expect(answer.Audience).to.equal('sts.amazonaws.com');
    });
  });

  for (const [what, more, expected] of [
    [
      'a role that is none',
      { RoleArn: 'arn:aws:iam::1:role/x' },
      'ValidationError (400): arn:aws:iam::1:role/x is invalid',
    ],
    [
      'a session name of one letter',
      { RoleSessionName: 'a' },
      "ValidationError (400): 1 validation error detected: Value at 'roleSessionName' failed to satisfy constraint: Member must have length greater than or equal to 2",
    ],
    [
      'a session of fourteen minutes',
      { DurationSeconds: 840 },
      "ValidationError (400): 1 validation error detected: Value '840' at 'durationSeconds' failed to satisfy constraint: Member must have value greater than or equal to 900",
    ],
    [
      'a role that trusts nobody',
      { RoleArn: `${ROLE}-denied` },
      `AccessDenied (403): User: ${DEFAULT_ACCESS_KEY.arn} is not authorized to perform: sts:AssumeRole on resource: ${ROLE}-denied`,
    ],
    [
      'a role whose external id is not given',
      { RoleArn: `${ROLE}-external-id-42` },
      `AccessDenied (403): User: ${DEFAULT_ACCESS_KEY.arn} is not authorized to perform: sts:AssumeRole on resource: ${ROLE}-external-id-42`,
    ],
    ['a role whose external id is given', { RoleArn: `${ROLE}-external-id-42`, ExternalId: '42' }, 'answered'],
  ] as const) {
    it(`${expected === 'answered' ? 'takes' : 'refuses'} ${what}`, async () => {
      await withSimulator({}, async (sim) => {
        expect(await complaint(assume(sim, more))).to.equal(expected);
      });
    });
  }

  it('gives a role that was assumed from a role an hour at most', async () => {
    await withSimulator({}, async (sim) => {
      const { Credentials: keys } = await assume(sim);
      const credentials = {
        accessKeyId: keys?.AccessKeyId ?? '',
        secretAccessKey: keys?.SecretAccessKey ?? '',
        sessionToken: keys?.SessionToken ?? '',
      };
      expect(await complaint(assume(sim, {}, { credentials }))).to.equal('answered');
      expect(await complaint(assume(sim, { DurationSeconds: 3601 }, { credentials }))).to.include('role chaining');
    });
  });

  for (const [what, token, expected] of [
    ['text', () => 'not-a-token', 'InvalidIdentityTokenException (400): The ID Token provided is not a valid JWT.'],
    [
      'three parts of nonsense',
      () => 'a.b.c',
      'InvalidIdentityTokenException (400): The ID Token provided could not be decoded',
    ],
    [
      'a token for another audience',
      (sim: Simulator) => sim.webIdentityToken({ aud: 'vault' }),
      'InvalidIdentityTokenException (400): Incorrect token audience',
    ],
    [
      'a token past its time',
      (sim: Simulator) => sim.webIdentityToken({ expiresInSeconds: -1 }),
      'ExpiredTokenException (400): Token expired: current date/time',
    ],
  ] as const) {
    it(`refuses ${what} as a web identity`, async () => {
      await withSimulator({}, async (sim) => {
        expect(await complaint(identify(sim, token(sim)))).to.include(expected);
      });
    });
  }

  it('refuses a web identity for a role that trusts nobody', async () => {
    await withSimulator({}, async (sim) => {
      expect(await complaint(identify(sim, sim.webIdentityToken(), `${ROLE}-denied`))).to.equal(
        'AccessDenied (403): Not authorized to perform sts:AssumeRoleWithWebIdentity',
      );
    });
  });

  it('has its own names for the errors of signatures', async () => {
    await withSimulator({}, async (sim) => {
      const wrong = { credentials: { ...DEFAULT_ACCESS_KEY, secretAccessKey: 'guess' } };
      expect(await complaint(assume(sim, {}, wrong))).to.match(/^SignatureDoesNotMatch \(403\)/);
      const unknown = { credentials: { ...DEFAULT_ACCESS_KEY, accessKeyId: 'AKIAUNKNOWN' } };
      expect(await complaint(assume(sim, {}, unknown))).to.match(/^InvalidClientTokenId \(403\)/);
    });
  });

  it('has no other operations', async () => {
    await withSimulator({}, async (sim) => {
      const answer = await fetch(sim.stsUrl, { method: 'POST', body: 'Action=GetFederationToken&Version=2011-06-15' });
      expect(answer.status).to.equal(400);
      expect(await answer.text()).to.include('<Code>InvalidAction</Code>');
    });
  });
});
