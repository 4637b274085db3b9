import { ConverseCommand, type BedrockRuntimeClient } from '@aws-sdk/client-bedrock-runtime';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { expect } from 'chai';
import { DEFAULT_ACCESS_KEY } from '../../src/simulator/access-keys.js';
import type { Simulator, SimulatorOptions } from '../../src/simulator/simulator.js';
import { FakeClock } from '../core/fake-clock.js';
import { bedrockClient, WIRES, type Wire } from './bedrock-client.js';
import { withSimulator } from './with-simulator.js';

const ASK = new ConverseCommand({
  modelId: 'anthropic.claude-3-haiku-20240307-v1:0',
  messages: [{ role: 'user', content: [{ text: 'Hello' }] }],
});

interface SignedRequest {
  headers: Record<string, string>;
  body: Uint8Array;
  path: string;
  query: Record<string, string>;
}

/** Changes a request after the SDK has signed it. */
function tampering(client: BedrockRuntimeClient, tamper: (request: SignedRequest) => void): BedrockRuntimeClient {
  client.middlewareStack.add(
    (next) => (args) => {
      tamper(args.request as SignedRequest); // an HttpRequest of the SDK
      return next(args);
    },
    { step: 'finalizeRequest', priority: 'low' },
  );
  return client;
}

interface Refusal {
  readonly name: string;
  readonly message: string;
  readonly status: number | undefined;
}

async function refusal(client: BedrockRuntimeClient): Promise<Refusal> {
  try {
    await client.send(ASK);
  } catch (error) {
    const { name, message, $metadata } = error as Error & { $metadata?: { httpStatusCode?: number } }; // the SDK's errors
    return { name, message, status: $metadata?.httpStatusCode };
  } finally {
    client.destroy();
  }
  throw new Error('expected a refusal, but the request was answered');
}

function authorization(change: (header: string) => string): (request: SignedRequest) => void {
  return ({ headers }) => {
    headers['authorization'] = change(headers['authorization'] ?? '');
  };
}

const MISMATCH = 'The request signature we calculated does not match the signature you provided.';

const TAMPERINGS: readonly (readonly [string, (request: SignedRequest) => void, string, string])[] = [
  [
    'a changed body',
    (request) => (request.body = Buffer.from(Buffer.from(request.body).toString().replace('Hello', 'Hallo'))),
    'InvalidSignatureException',
    MISMATCH,
  ],
  [
    'a changed body with a hash to match',
    (request) => delete request.headers['x-amz-content-sha256'],
    'InvalidSignatureException',
    MISMATCH,
  ],
  [
    'a changed path',
    (request) => (request.path = request.path.replace('haiku', 'opus1')),
    'InvalidSignatureException',
    MISMATCH,
  ],
  ['a query that was not signed', (request) => (request.query['a'] = 'b'), 'InvalidSignatureException', MISMATCH],
  [
    'a changed signature',
    authorization((header) => header.replace(/.$/, (last) => (last === '0' ? '1' : '0'))),
    'InvalidSignatureException',
    MISMATCH,
  ],
  [
    'an x-amz- header that is not signed',
    ({ headers }) => (headers['x-amz-extra'] = 'yes'),
    'InvalidSignatureException',
    "'x-amz-extra' must be a 'SignedHeader'",
  ],
  [
    'another service in the scope',
    authorization((header) => header.replace('/bedrock/', '/s3/')),
    'InvalidSignatureException',
    "Credential should be scoped to correct service: 'bedrock'.",
  ],
  [
    'a region that is none',
    authorization((header) => header.replace('us-east-1', 'mars')),
    'InvalidSignatureException',
    'Credential should be scoped to a valid region.',
  ],
  [
    'another region than was signed for',
    authorization((header) => header.replace('us-east-1', 'eu-west-1')),
    'InvalidSignatureException',
    MISMATCH,
  ],
  [
    'a scope of another day',
    authorization((header) => header.replace(/\/\d{8}\//, '/20200101/')),
    'InvalidSignatureException',
    'Date in Credential scope does not match',
  ],
  [
    'a session token that belongs to no key',
    ({ headers }) => (headers['x-amz-security-token'] = 'stolen'),
    'UnrecognizedClientException',
    'The security token included in the request is invalid.',
  ],
  [
    'no date',
    ({ headers }) => delete headers['x-amz-date'],
    'IncompleteSignatureException',
    "requires existence of either a 'X-Amz-Date'",
  ],
  [
    'a date of another form',
    ({ headers }) => (headers['x-amz-date'] = 'today'),
    'IncompleteSignatureException',
    'ISO-8601',
  ],
  [
    'no signature in the header',
    authorization((header) => header.replace(/, Signature=.*/, '')),
    'IncompleteSignatureException',
    "Authorization header requires 'Signature' parameter.",
  ],
  [
    'no Authorization header',
    ({ headers }) => delete headers['authorization'],
    'MissingAuthenticationTokenException',
    'Missing Authentication Token',
  ],
];

describe("the simulator's authentication", () => {
  for (const wire of WIRES) {
    for (const [what, tamper, name, message] of TAMPERINGS) {
      it(`refuses ${what} over ${wire}`, async () => {
        await withSimulator({}, async (sim) => {
          const refused = await refusal(tampering(bedrockClient(sim, wire), tamper));
          expect(refused.name).to.equal(name);
          expect(refused.message).to.include(message);
          expect(refused.status).to.equal(403);
        });
      });
    }
  }

  for (const [minutes, name, message] of [
    [4.9, undefined, ''],
    [-4.9, undefined, ''],
    [
      5.1,
      'InvalidSignatureException',
      /^Signature expired: \d{8}T\d{6}Z is now earlier than \d{8}T\d{6}Z \(.* - 5 min\.\)$/,
    ],
    [-5.1, 'InvalidSignatureException', /^Signature not yet current: .* is still later than .* \(.* \+ 5 min\.\)$/],
  ] as const) {
    it(`${name ? 'refuses' : 'takes'} a signature ${minutes} minutes old`, async () => {
      await withSimulator({ clock: new FakeClock(Date.now() + minutes * 60_000) }, async (sim) => {
        const client = bedrockClient(sim);
        if (name === undefined) {
          await client.send(ASK);
          client.destroy();
          return;
        }
        const refused = await refusal(client);
        expect(refused.name).to.equal(name);
        expect(refused.message).to.match(message);
      });
    });
  }

  it('refuses a key nobody gave out, and one with the wrong secret', async () => {
    await withSimulator({}, async (sim) => {
      const { accessKeyId, secretAccessKey } = DEFAULT_ACCESS_KEY;
      const unknown = await refusal(
        bedrockClient(sim, 'HTTP/2', { credentials: { accessKeyId: 'AKIAUNKNOWN', secretAccessKey } }),
      );
      expect(unknown).to.deep.equal({
        name: 'UnrecognizedClientException',
        message: 'The security token included in the request is invalid.',
        status: 403,
      });
      const wrong = await refusal(
        bedrockClient(sim, 'HTTP/2', { credentials: { accessKeyId, secretAccessKey: 'guess' } }),
      );
      expect(wrong.name).to.equal('InvalidSignatureException');
    });
  });

  it('takes further keys that it was told about', async () => {
    const key = {
      ...DEFAULT_ACCESS_KEY,
      accessKeyId: 'AKIASECOND',
      secretAccessKey: 'second',
      arn: 'arn:aws:iam::1:user/b',
    };
    await withSimulator({ accessKeys: [key] }, async (sim) => {
      const client = bedrockClient(sim, 'HTTP/2', { credentials: key });
      await client.send(ASK);
      client.destroy();
      expect(sim.requests()[0]?.caller).to.equal('arn:aws:iam::1:user/b');
    });
  });

  it('lets temporary keys in until they expire, and only with their own token', async () => {
    const clock = new FakeClock(Date.now());
    await withSimulator({ clock }, async (sim) => {
      const keys = await assumedKeys(sim);
      const good = bedrockClient(sim, 'HTTP/2', { credentials: keys });
      await good.send(ASK);
      good.destroy();
      const { sessionToken: _token, ...withoutToken } = keys;
      for (const credentials of [withoutToken, { ...keys, sessionToken: 'another' }]) {
        expect((await refusal(bedrockClient(sim, 'HTTP/2', { credentials }))).name).to.equal(
          'UnrecognizedClientException',
        );
      }
      await clock.advance(900_000);
      const expired = await refusal(bedrockClient(sim, 'HTTP/2', { credentials: keys, systemClockOffset: 900_000 }));
      expect(expired).to.deep.equal({
        name: 'ExpiredTokenException',
        message: 'The security token included in the request is expired',
        status: 403,
      });
    });
  });

  describe('with bearer tokens', () => {
    const bearer = (sim: Simulator, wire: Wire, token: string): BedrockRuntimeClient =>
      bedrockClient(sim, wire, { token: { token }, authSchemePreference: ['httpBearerAuth'] });
    const options: SimulatorOptions = { bearerTokens: ['ABSKknown'] };

    for (const wire of WIRES) {
      it(`takes one that it was told about over ${wire}`, async () => {
        await withSimulator(options, async (sim) => {
          const client = bearer(sim, wire, 'ABSKknown');
          await client.send(ASK);
          client.destroy();
          expect(sim.requests()[0]?.headers['authorization']).to.equal('[redacted]');
        });
      });
    }

    it('refuses any other', async () => {
      await withSimulator(options, async (sim) => {
        expect(await refusal(bearer(sim, 'HTTP/2', 'ABSKother'))).to.deep.equal({
          name: 'AccessDeniedException',
          message: 'Authentication failed: Please make sure your API Key is valid.',
          status: 403,
        });
      });
    });
  });
});

async function assumedKeys(sim: Simulator) {
  const sts = new STSClient({ region: 'us-east-1', endpoint: sim.stsUrl, credentials: DEFAULT_ACCESS_KEY });
  const { Credentials: issued } = await sts.send(
    new AssumeRoleCommand({
      RoleArn: 'arn:aws:iam::111122223333:role/app',
      RoleSessionName: 'test',
      DurationSeconds: 900,
    }),
  );
  sts.destroy();
  return {
    accessKeyId: issued?.AccessKeyId ?? '',
    secretAccessKey: issued?.SecretAccessKey ?? '',
    sessionToken: issued?.SessionToken ?? '',
  };
}
