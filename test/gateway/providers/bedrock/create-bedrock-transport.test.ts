import { once } from 'node:events';
import { mkdtemp, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import {
  createBedrockTransport,
  openBedrockShared,
  type BedrockAccessFields,
  type BedrockConnection,
  type BedrockShared,
} from '../../../../src/gateway/providers/bedrock/create-bedrock-transport.js';
import type { Simulator, SimulatorOptions } from '../../../../src/simulator/simulator.js';
import { withSimulator } from '../../../simulator/with-simulator.js';
import { FakeClock } from '../../../core/fake-clock.js';
import { AUTHORITY, connectProxy, tlsFront } from '../aws/tls-front.js';
import { listening } from '../aws/wire-server.js';
import { thrown } from '../../../thrown.js';
import { until } from '../../../until.js';

const MINUTE = 60_000;
const ROLE = 'arn:aws:iam::123456789012:role/bedrock-invoke';
const PARTNER = 'arn:aws:iam::210987654321:role/partner-external-id-shared-word';
const POD_KEY = {
  accessKeyId: 'ASIAPODIDENTITY',
  secretAccessKey: 'pod-secret',
  sessionToken: 'pod-session',
  arn: 'arn:aws:sts::123456789012:assumed-role/pod/session',
  userId: 'AROAPOD:session',
};
const CHAT = {
  modelId: 'anthropic.claude-3-haiku-20240307-v1:0',
  messages: [{ role: 'user' as const, content: [{ text: 'hi' }] }],
};

/** A simulator, a clock that it shares with the gateway, a directory for files, and what the gateway's process would hold. */
class World {
  readonly clock: FakeClock;
  /** The gateway's clock may be wrong. */
  skewMs = 0;
  readonly refreshes: string[] = [];
  readonly connections: BedrockConnection[] = [];
  readonly sim: Simulator;
  readonly directory: string;
  readonly tokenFile: string;
  env: Record<string, string>;
  #shared: Promise<BedrockShared> | undefined;

  constructor(sim: Simulator, directory: string, clock: FakeClock) {
    this.sim = sim;
    this.clock = clock;
    this.directory = directory;
    this.tokenFile = join(directory, 'token');
    const { AWS_ENDPOINT_URL_BEDROCK_RUNTIME = '', AWS_ENDPOINT_URL_STS = '' } = sim.env;
    this.env = { HOME: directory, AWS_ENDPOINT_URL_BEDROCK_RUNTIME, AWS_ENDPOINT_URL_STS };
  }

  get keys() {
    const { AWS_ACCESS_KEY_ID = '', AWS_SECRET_ACCESS_KEY = '' } = this.sim.env;
    return { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY };
  }

  get irsa() {
    return { AWS_ROLE_ARN: ROLE, AWS_WEB_IDENTITY_TOKEN_FILE: this.tokenFile };
  }

  async connect(target: BedrockAccessFields = {}, env: Record<string, string> = {}): Promise<BedrockConnection> {
    Object.assign(this.env, env);
    this.#shared ??= openBedrockShared({
      env: this.env,
      clock: {
        now: () => this.clock.now() + this.skewMs,
        monotonic: () => this.clock.monotonic(),
        schedule: (delayMs, run) => this.clock.schedule(delayMs, run),
      },
      random: () => 0.5,
      observer: { refreshed: (origin, result) => void this.refreshes.push(`${origin} ${result}`), expiry: () => {} },
      allowNodeRole: true,
    });
    const connection = await createBedrockTransport(target, await this.#shared);
    this.connections.push(connection);
    return connection;
  }

  /** Callers of Converse, as the simulator knows them, and how it answered. */
  chats(): readonly (string | number | null)[][] {
    return this.sim
      .requests()
      .filter(({ operation }) => operation === 'Converse')
      .map(({ caller, status }) => [caller?.split('/').slice(1).join('/') ?? null, status]);
  }

  stsCalls(): number {
    return this.sim.requests().filter(({ path }) => path === '/').length;
  }

  writeToken(claims?: Parameters<Simulator['webIdentityToken']>[0]): Promise<void> {
    return writeFile(this.tokenFile, this.sim.webIdentityToken(claims));
  }

  writeFiles(files: Readonly<Record<string, string>>): Promise<unknown> {
    return Promise.all(Object.entries(files).map(([name, text]) => writeFile(join(this.directory, name), text)));
  }
}

describe('createBedrockTransport', () => {
  describe('finds credentials', () => {
    it('by exchanging a web identity token, once for two regions', () =>
      inWorld(async (world) => {
        await world.writeToken();
        const connections = [
          await world.connect({ aws_region: 'us-east-1' }, world.irsa),
          await world.connect({ aws_region: 'eu-west-1' }),
        ];
        await Promise.all(connections.map(chat));
        const call = ['bedrock-invoke/keeptrusts-gateway', 200];
        expect(world.chats()).to.deep.equal([call, call]);
        expect(world.stsCalls()).to.equal(1);
        expect(world.refreshes).to.deep.equal(['irsa ok']);
        expect(connections[1]?.describe()).to.deep.include({
          region: 'eu-west-1',
          regionOrigin: 'target',
          state: 'available',
        });
        expect(connections[1]?.describe().credentials).to.deep.equal({
          origin: 'irsa',
          state: 'ready',
          expiresAt: world.clock.now() + 60 * MINUTE,
          refreshes: { succeeded: 1, failed: 0 },
        });
      }));

    it("by assuming a partner's role from the web identity role, with the external id that it wants", () =>
      inWorld(async (world) => {
        await world.writeToken();
        const target = { aws_role_arn: PARTNER, aws_external_id: 'shared-word', aws_role_session_name: 'me' };
        await chat(await world.connect(target, world.irsa));
        expect(world.chats()).to.deep.equal([['partner-external-id-shared-word/me', 200]]);
        expect(world.refreshes).to.deep.equal(['irsa ok', 'assume_role ok']);
      }));

    it('by assuming a role from the standard keys', () =>
      inWorld(async (world) => {
        await chat(await world.connect({ aws_role_arn: ROLE }, world.keys));
        expect(world.chats()).to.deep.equal([['bedrock-invoke/keeptrusts-gateway', 200]]);
      }));

    it('in variables that the target names', () =>
      inWorld(async (world) => {
        const { AWS_ACCESS_KEY_ID: OWN_KEY, AWS_SECRET_ACCESS_KEY: OWN_SECRET } = world.keys;
        const target = { aws_access_key_env: 'OWN_KEY', aws_secret_key_env: 'OWN_SECRET' };
        await chat(await world.connect(target, { OWN_KEY, OWN_SECRET }));
        expect(world.chats()).to.deep.equal([['simulator', 200]]);
      }));

    it('in a Bedrock API key', () =>
      inWorld(
        async (world) => {
          await chat(await world.connect({}, { AWS_BEARER_TOKEN_BEDROCK: 'api-key' }));
          expect(world.chats()).to.deep.equal([['BedrockAPIKey', 200]]);
        },
        { bearerTokens: ['api-key'] },
      ));

    it('in the keys beside an empty API key', () =>
      inWorld(async (world) => {
        await chat(await world.connect({}, { ...world.keys, AWS_BEARER_TOKEN_BEDROCK: '' }));
        expect(world.chats()).to.deep.equal([['simulator', 200]]);
      }));

    for (const [name, config, credentials, expected] of [
      ['with keys', '[profile work]', '[work]\nKEYS', 'simulator'],
      [
        'with a role and a source',
        `[profile work]\nrole_arn = ${ROLE}\nsource_profile = base\nrole_session_name = me`,
        '[base]\nKEYS',
        'bedrock-invoke/me',
      ],
      [
        'with a role and a web identity',
        `[profile work]\nrole_arn = ${ROLE}\nweb_identity_token_file = TOKEN\nrole_session_name = me`,
        '',
        'bedrock-invoke/me',
      ],
      ['with a credential_process', '[profile work]\ncredential_process = cat PROCESS', '', 'simulator'],
    ] as const) {
      it(`in a profile ${name}, and its region`, () =>
        inWorld(async (world) => {
          const { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY } = world.keys;
          const fill = (text: string) =>
            text
              .replace('KEYS', `aws_access_key_id=${AWS_ACCESS_KEY_ID}\naws_secret_access_key=${AWS_SECRET_ACCESS_KEY}`)
              .replace('TOKEN', world.tokenFile)
              .replace('PROCESS', join(world.directory, 'process.json'));
          const process = { Version: 1, AccessKeyId: AWS_ACCESS_KEY_ID, SecretAccessKey: AWS_SECRET_ACCESS_KEY };
          await world.writeToken();
          await world.writeFiles({
            config: `${fill(config)}\nregion = eu-central-1\n`,
            credentials: fill(credentials),
            'process.json': JSON.stringify(process),
          });
          const env = {
            AWS_CONFIG_FILE: join(world.directory, 'config'),
            AWS_SHARED_CREDENTIALS_FILE: join(world.directory, 'credentials'),
          };
          const connection = await world.connect({ aws_profile: 'work' }, env);
          await chat(connection);
          expect(world.chats()).to.deep.equal([[expected, 200]]);
          expect(connection.describe()).to.include({ region: 'eu-central-1', regionOrigin: 'profile' });
          expect(world.refreshes).to.deep.equal(['profile ok']);
        }));
    }

    it('at the agent of EKS Pod Identity, reading its token afresh', () =>
      inWorld(
        async (world) => {
          const tokens: (string | undefined)[] = [];
          const agent = createServer((request, response) => {
            tokens.push(request.headers.authorization);
            const { accessKeyId, secretAccessKey, sessionToken } = POD_KEY;
            const Expiration = new Date(world.clock.now() + 60 * MINUTE).toISOString();
            response.end(
              JSON.stringify({
                AccessKeyId: accessKeyId,
                SecretAccessKey: secretAccessKey,
                Token: sessionToken,
                Expiration,
              }),
            );
          });
          await listening(agent, async (url) => {
            await world.writeFiles({ 'pod-token': 'first' });
            const connection = await world.connect(
              {},
              {
                AWS_CONTAINER_CREDENTIALS_FULL_URI: `${url.origin}/v1/credentials`,
                AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE: join(world.directory, 'pod-token'),
              },
            );
            await chat(connection);
            await world.writeFiles({ 'pod-token': 'second' });
            await world.clock.advance(30 * MINUTE);
            await until(() => world.refreshes.length === 2);
            await chat(connection);
          });
          expect(tokens).to.deep.equal(['first', 'second']);
          const call = ['pod/session', 200];
          expect(world.chats()).to.deep.equal([call, call]);
        },
        { accessKeys: [POD_KEY] },
      ));
  });

  describe('when credentials fail', () => {
    for (const [name, reason, prepare] of [
      ['the token file is missing', 'token_missing', async () => {}],
      ['the token file is empty', 'token_missing', (world) => writeFile(world.tokenFile, '\n')],
      ['the token has expired', 'token_expired', (world) => world.writeToken({ expiresInSeconds: -1 })],
      ['the token is for somebody else', 'invalid_identity_token', (world) => world.writeToken({ aud: 'vault' })],
    ] satisfies [string, string, (world: World) => Promise<void>][]) {
      it(`says that ${name}, and recovers by itself when it is not any more`, () =>
        inWorld(async (world) => {
          await prepare(world);
          const connection = await world.connect({}, world.irsa);
          const error = await thrown(chat(connection));
          expect(error).to.include({ reason: 'upstream_authentication', detail: reason, status: 502 });
          expect(error.message).to.match(/^AWS credentials from role "bedrock-invoke": .*token/);
          expect(world.refreshes).to.deep.equal([`irsa ${reason}`]);
          expect(connection.describe()).to.include({ state: 'available' });
          expect(connection.describe().credentials).to.include({ state: 'failing' });

          await world.writeToken();
          await world.clock.advance(MINUTE);
          await until(() => world.refreshes.includes('irsa ok'));
          await chat(connection);
        }));
    }

    it('says that the role denies', () =>
      inWorld(async (world) => {
        await world.writeToken();
        const connection = await world.connect({}, { ...world.irsa, AWS_ROLE_ARN: `${ROLE}-denied` });
        expect(await thrown(chat(connection))).to.include({ detail: 'access_denied' });
      }));

    for (const [name, fault, reason] of [
      ['STS hangs up', { kind: 'reset' }, 'sts_unreachable'],
      ['STS throttles', { kind: 'exception', name: 'ThrottlingException' }, 'throttled'],
      ['STS is broken', { kind: 'exception', name: 'InternalFailure', status: 500 }, 'sts_error'],
      ['STS is behind a broken proxy', { kind: 'html_error' }, 'sts_error'],
    ] as const) {
      it(`says that ${name}`, () =>
        inWorld(async (world) => {
          await world.writeToken();
          world.sim.setFaults([{ fault, match: { operation: 'AssumeRoleWithWebIdentity' } }]);
          const error = await thrown(chat(await world.connect({}, world.irsa)));
          expect(error).to.include({ reason: 'upstream_authentication', detail: reason });
        }));
    }

    it('says that STS does not answer in time', () =>
      inWorld(async (world) => {
        await world.writeToken();
        world.sim.setFaults([
          { fault: { kind: 'delay', ms: MINUTE }, match: { operation: 'AssumeRoleWithWebIdentity' } },
        ]);
        const outcome = thrown(chat(await world.connect({}, world.irsa)));
        await until(() => world.stsCalls() === 1);
        await world.clock.advance(5_000);
        expect(await outcome).to.include({ detail: 'sts_unreachable' });
      }));

    it('does not send a token over plain http beyond loopback, unless the target says so', () =>
      inWorld(async (world) => {
        await world.writeToken();
        world.env['AWS_ENDPOINT_URL_STS'] = 'http://sts.example';
        const guarded = await world.connect({}, world.irsa);
        const error = await thrown(chat(guarded));
        expect(error).to.include({ detail: 'conflict' });
        expect(error.message).to.include('AWS_ENDPOINT_URL_STS: plain http is for loopback only');

        world.env['HTTP_PROXY'] = 'http://127.0.0.1:1';
        const open = await world.connect({ allow_insecure_http: true });
        expect(await thrown(chat(open))).to.include({ detail: 'sts_unreachable' });
      }));

    it('says that the profile does not exist, and finds it when it does', () =>
      inWorld(async (world) => {
        const file = join(world.directory, 'credentials');
        const connection = await world.connect({ aws_profile: 'work' }, { AWS_SHARED_CREDENTIALS_FILE: file });
        expect(await thrown(chat(connection))).to.include({ detail: 'profile_not_found' });
        const { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY } = world.keys;
        await writeFile(
          file,
          `[work]\naws_access_key_id = ${AWS_ACCESS_KEY_ID}\naws_secret_access_key = ${AWS_SECRET_ACCESS_KEY}\n`,
        );
        await world.clock.advance(2_000);
        await until(() => world.refreshes.includes('profile ok'));
        await chat(connection);
      }));

    it('does not repeat the command of a credential_process that fails', () =>
      inWorld(async (world) => {
        const file = join(world.directory, 'config');
        await writeFile(file, '[profile work]\ncredential_process = false --password hunter2\n');
        const error = await thrown(chat(await world.connect({ aws_profile: 'work' }, { AWS_CONFIG_FILE: file })));
        expect(error).to.include({ detail: 'profile_failed' });
        expect(error.message).to.not.include('hunter2');
      }));

    it('says that a named variable is missing, and does not fall through', () =>
      inWorld(async (world) => {
        const connection = await world.connect({ aws_access_key_env: 'OWN_KEY' }, world.keys);
        expect(await thrown(chat(connection))).to.include({
          reason: 'upstream_authentication',
          detail: 'env_missing',
        });
        expect(connection.describe()).to.include({
          state: 'unavailable',
          reason:
            'AWS credentials from the environment: OWN_KEY is not set, or blank. Set it in the environment of the gateway, or correct its name in the configuration.',
        });
      }));
  });

  describe('in the long run', () => {
    it('takes up a token that was rotated as the kubelet does it', () =>
      inWorld(async (world) => {
        const [first, second] = [join(world.directory, '..first'), join(world.directory, '..second')];
        const link = join(world.directory, '..data');
        await writeFile(first, world.sim.webIdentityToken({ expiresInSeconds: 600 }));
        await symlink(first, link);
        await symlink(link, world.tokenFile);
        const connection = await world.connect({}, world.irsa);
        await chat(connection);

        await writeFile(second, world.sim.webIdentityToken({ expiresInSeconds: 7_200 }));
        await symlink(second, `${link}.new`);
        await rename(`${link}.new`, link);
        await world.clock.advance(30 * MINUTE);
        await until(() => world.refreshes.length === 2);
        expect(world.refreshes).to.deep.equal(['irsa ok', 'irsa ok']);
        await chat(connection);
      }));

    it('loses no request to an STS that is down for 20 minutes, over the AWS SDK', () =>
      inWorld(async (world) => {
        await world.writeToken({ expiresInSeconds: 86_400 });
        const connection = await world.connect({}, world.irsa);
        await chat(connection);
        await world.clock.advance(29 * MINUTE);
        world.sim.setFaults([{ fault: { kind: 'reset' }, match: { operation: 'AssumeRoleWithWebIdentity' } }]);
        for (let minute = 0; minute < 20; minute++) {
          await world.clock.advance(MINUTE);
          await chat(connection);
        }
        expect(connection.describe().credentials.failure?.reason).to.equal('sts_unreachable');
        world.sim.setFaults([]);
        for (let minute = 0; minute < 60; minute++) {
          await world.clock.advance(MINUTE);
          await chat(connection);
          await until(() => world.refreshes.at(-1) === 'irsa ok');
        }
        expect(new Set(world.chats().map(([, status]) => status))).to.deep.equal(new Set([200]));
      }));

    it('serves to the last second of credentials when STS stays down, which the SDK would not', () =>
      inWorld(async (world) => {
        await world.writeToken({ expiresInSeconds: 86_400 });
        const connection = await world.connect({}, world.irsa);
        await chat(connection);
        await rm(world.tokenFile);
        await world.clock.advance(60 * MINUTE - 1_000);
        await chat(connection);
        await world.clock.advance(1_000);
        expect(await thrown(chat(connection))).to.include({ detail: 'token_missing' });
      }));

    it('fetches new credentials at once when Bedrock says that they have expired', () =>
      inWorld(async (world) => {
        await world.writeToken();
        const connection = await world.connect({}, world.irsa);
        await chat(connection);
        await world.clock.advance(MINUTE);
        world.sim.setFaults([{ fault: { kind: 'expired_credentials' }, match: { operation: 'Converse', nth: 1 } }]);
        await chat(connection);
        expect(world.chats().map(([, status]) => status)).to.deep.equal([200, 403, 200]);
        expect(world.stsCalls()).to.equal(2);
      }));

    for (const minutes of [-10, 10]) {
      it(`signs rightly with a clock that is ${Math.abs(minutes)} minutes ${minutes < 0 ? 'behind' : 'ahead'}`, () =>
        inWorld(async (world) => {
          world.skewMs = minutes * MINUTE;
          const connection = await world.connect({ aws_role_arn: ROLE }, world.keys);
          await chat(connection);
          await chat(connection);
          expect(world.chats().map(([, status]) => status)).to.deep.equal([403, 200, 200]);
          expect(connection.describe().clockSkewMs).to.equal(-minutes * MINUTE);
          // The end of the credentials is by the gateway's own clock.
          expect(connection.describe().credentials.expiresAt).to.equal(world.clock.now() + world.skewMs + 60 * MINUTE);

          world.skewMs = 0;
          await chat(connection);
          expect(world.chats().map(([, status]) => status)).to.deep.equal([403, 200, 200, 403, 200]);
        }));
    }

    it('keeps clients and credentials for the targets that remain', () =>
      inWorld(async (world) => {
        await world.writeToken({ expiresInSeconds: 86_400 });
        const [first, second] = [await world.connect({}, world.irsa), await world.connect()];
        first.transport.close();
        await chat(second);
        await world.clock.advance(31 * MINUTE);
        await until(() => world.refreshes.length === 2);
        second.transport.close();
        await world.clock.advance(24 * 60 * MINUTE);
        expect(world.refreshes).to.have.length(2);
      }));
  });

  describe('over TLS', () => {
    for (const [speaks, wire] of [
      ['h2', '2'],
      ['http/1.1', '1.1'],
    ] as const) {
      it(`trusts the authorities in AWS_CA_BUNDLE and takes the server's ${speaks}`, () =>
        inWorld((world) =>
          listening(tlsFront(new URL(world.sim.url), [speaks]), async ({ port }) => {
            const target = { base_url: `https://localhost:${port}` };
            const connection = await world.connect(target, { ...world.keys, AWS_CA_BUNDLE: AUTHORITY });
            await chat(connection);
            await chat(connection);
            expect(world.sim.requests().map(({ wire_version, status }) => [wire_version, status])).to.deep.equal([
              [wire, 200],
              [wire, 200],
            ]);
          }),
        ));
    }

    it('does not trust an authority that nobody named', () =>
      inWorld((world) =>
        listening(tlsFront(new URL(world.sim.url), ['h2']), async ({ port }) => {
          const connection = await world.connect({ base_url: `https://localhost:${port}` }, world.keys);
          expect(await thrown(chat(connection))).to.have.property('code', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE');
          expect(world.sim.requests()).to.deep.equal([]);
        }),
      ));

    it('does not take the certificate of another name', () =>
      inWorld((world) =>
        listening(tlsFront(new URL(world.sim.url), ['h2']), async ({ port }) => {
          const env = { ...world.keys, AWS_CA_BUNDLE: AUTHORITY };
          const connection = await world.connect({ base_url: `https://[::ffff:127.0.0.1]:${port}` }, env);
          expect(await thrown(chat(connection))).to.have.property('code', 'ERR_TLS_CERT_ALTNAME_INVALID');
        }),
      ));
  });

  describe('through a proxy', () => {
    it('reaches the endpoints of Bedrock and STS by their names', () =>
      inWorld((world) =>
        listening(tlsFront(new URL(world.sim.url), ['http/1.1']), async (front) => {
          const asked: (readonly (string | undefined)[])[] = [];
          await listening(
            connectProxy(front, (...what) => asked.push(what)),
            async ({ host }) => {
              await world.writeToken();
              world.env = { HTTPS_PROXY: `http://user:pa%3Ass@${host}`, AWS_CA_BUNDLE: AUTHORITY, ...world.irsa };
              const connection = await world.connect();
              await chat(connection);
              await chat(connection);
            },
          );
          const password = `Basic ${Buffer.from('user:pa:ss').toString('base64')}`;
          expect(asked).to.deep.equal([
            ['sts.us-east-1.amazonaws.com:443', password],
            ['bedrock-runtime.us-east-1.amazonaws.com:443', password],
          ]);
          expect(world.chats().map(([, status]) => status)).to.deep.equal([200, 200]);
        }),
      ));

    it('says that the proxy does not let it through', () =>
      inWorld((world) =>
        listening(
          connectProxy(new URL(world.sim.url), () => {}, 407),
          async ({ host }) => {
            world.env = { HTTPS_PROXY: `http://user:hunter2@${host}`, ...world.keys };
            const error = await thrown(chat(await world.connect()));
            expect(error).to.include({ reason: 'upstream_connection', detail: 'proxy' });
            expect(error.message).to.equal(
              `No connection: the proxy ${host} answered 407 when asked for bedrock-runtime.us-east-1.amazonaws.com.`,
            );
          },
        ),
      ));

    it('says that the proxy does not answer in time', () =>
      inWorld(async (world) => {
        const silent = createServer();
        silent.on('connect', () => {});
        await listening(silent, async ({ host }) => {
          world.env = { HTTPS_PROXY: `http://${host}`, ...world.keys };
          const outcome = thrown(chat(await world.connect({ connect_timeout_seconds: 2 })));
          await once(silent, 'connect');
          await world.clock.advance(2_000);
          expect(await outcome).to.include({ reason: 'upstream_timeout', detail: 'connect' });
        });
      }));
  });

  describe('refuses a target that cannot work', () => {
    for (const [name, target, env, words] of [
      [
        'over plain http beyond loopback',
        { base_url: 'http://10.0.0.7' },
        {},
        'base_url: plain http is for loopback only',
      ],
      ['in a region that is none', { aws_region: 'us-east-1.evil.example/#' }, {}, 'is not an AWS region name'],
      ['through a proxy that is none', { base_url: 'https://10.0.0.7' }, { HTTPS_PROXY: 'socks5://x' }, 'HTTPS_PROXY'],
    ] satisfies [string, BedrockAccessFields, Record<string, string>, string][]) {
      it(name, () =>
        inWorld(async (world) => {
          const connection = await world.connect(target, { ...world.keys, ...env });
          const status = connection.describe();
          expect(status.state).to.equal('unavailable');
          expect(status.reason).to.include(words);
          expect((await thrown(chat(connection))).message).to.include(words);
          expect(world.sim.requests()).to.deep.equal([]);
        }),
      );
    }

    it('with a bundle of authorities that cannot be read', () =>
      inWorld(async (world) => {
        const error = await thrown(world.connect({}, { AWS_CA_BUNDLE: join(world.directory, 'none.pem') }));
        expect(error.message).to.match(/^AWS_CA_BUNDLE: cannot trust the authorities in/);
      }));
  });
});

async function inWorld(use: (world: World) => Promise<void>, options: SimulatorOptions = {}): Promise<void> {
  const directory = await mkdtemp(join(tmpdir(), 'kt-credentials-'));
  const clock = new FakeClock();
  try {
    await withSimulator({ clock, ...options }, async (sim) => {
      const world = new World(sim, directory, clock);
      try {
        await use(world);
      } finally {
        for (const { transport } of world.connections) transport.close();
      }
    });
  } finally {
    await rm(directory, { recursive: true });
  }
}

function chat({ transport }: BedrockConnection) {
  return transport.converse(CHAT, { signal: new AbortController().signal, headers: {} });
}
