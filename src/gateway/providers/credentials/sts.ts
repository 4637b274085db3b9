// The AWS Security Token Service. Importing this module loads the AWS SDK's client.
import {
  AssumeRoleCommand,
  AssumeRoleWithWebIdentityCommand,
  GetCallerIdentityCommand,
  STSClient,
  type Credentials,
} from '@aws-sdk/client-sts';
import { proxyFor } from '../../../core/proxy.js';
import { resolveEndpoint } from '../aws/endpoint.js';
import type { Network } from '../aws/network.js';
import { sdkSettings } from '../aws/sdk-settings.js';
import { WireHandler } from '../aws/wire-version.js';
import type { AwsKeys } from './aws-identity.js';
import { ClockSkew } from './clock-skew.js';
import { authScheme } from './request-signer.js';
import { refusalOf } from './signature-refusal.js';

export interface RoleRequest {
  readonly roleArn: string;
  readonly sessionName: string;
}

export interface CallerIdentity {
  /** ARN of the user or of the assumed role. */
  readonly arn: string;
}

const CONNECT_TIMEOUT_MS = 3_000;
const ANSWER_TIMEOUT_MS = 5_000;

/** Neither a token nor a session is kept here: each call is one exchange over a connection of its own. */
export class Sts {
  readonly endpoint: URL;
  readonly #region: string;
  readonly #network: Network;
  readonly #skew: ClockSkew;
  readonly #proxy: URL | undefined;

  /** @throws Error when the environment names an endpoint or a proxy that is no usable URL. */
  constructor(region: string, network: Network, { allowInsecureHttp = false } = {}) {
    this.#region = region;
    this.#network = network;
    this.#skew = new ClockSkew(network.clock);
    this.endpoint = resolveEndpoint('sts', { region, env: network.env, allowInsecureHttp }).url;
    this.#proxy = proxyFor(this.endpoint, network.env);
  }

  /** STS's time less ours, in milliseconds, by its last answer. */
  get clockSkewMs(): number | undefined {
    return this.#skew.measuredMs;
  }

  assumeRoleWithWebIdentity({ roleArn, sessionName }: RoleRequest, token: string): Promise<AwsKeys> {
    return this.#exchange(undefined, async (client, options) => {
      const command = new AssumeRoleWithWebIdentityCommand({
        RoleArn: roleArn,
        RoleSessionName: sessionName,
        WebIdentityToken: token,
      });
      return this.#keysOf((await client.send(command, options)).Credentials);
    });
  }

  assumeRole(
    {
      roleArn,
      sessionName,
      externalId,
      durationSeconds,
    }: RoleRequest & {
      readonly externalId?: string | undefined;
      readonly durationSeconds?: number | undefined;
    },
    by: AwsKeys,
  ): Promise<AwsKeys> {
    return this.#exchange(by, async (client, options) => {
      const command = new AssumeRoleCommand({
        RoleArn: roleArn,
        RoleSessionName: sessionName,
        ExternalId: externalId,
        DurationSeconds: durationSeconds,
      });
      return this.#keysOf((await client.send(command, options)).Credentials);
    });
  }

  callerIdentity(by: AwsKeys): Promise<CallerIdentity> {
    return this.#exchange(by, async (client, options) => {
      const { Arn } = await client.send(new GetCallerIdentityCommand({}), options);
      return { arn: Arn ?? '' };
    });
  }

  /** A request that was refused for the date of its signature is signed again with STS's own clock, once. */
  async #exchange<Result>(by: AwsKeys | undefined, send: Send<Result>): Promise<Result> {
    const { clock, secureContext } = this.#network;
    const client = new STSClient({
      ...sdkSettings(),
      region: this.#region,
      endpoint: this.endpoint.href,
      requestHandler: new WireHandler(this.endpoint, {
        wire: 'http/1.1',
        proxy: this.#proxy,
        connectTimeoutMs: CONNECT_TIMEOUT_MS,
        secureContext,
        clock,
        onAnswer: (headers) => this.#skew.measure(headers['date']),
      }),
      httpAuthSchemes: [this.#signing(by), UNSIGNED],
    });
    const late = new AbortController();
    const timer = clock.schedule(ANSWER_TIMEOUT_MS, () => late.abort());
    const options = { abortSignal: late.signal };
    try {
      return await send(client, options).catch((error: unknown) => {
        if (refusalOf(error) === 'clock' && this.#skew.adopt()) return send(client, options);
        throw error;
      });
    } finally {
      timer.cancel();
      client.destroy();
    }
  }

  #signing(by: AwsKeys | undefined) {
    const identity = (): AwsKeys => {
      if (by === undefined) throw new Error('this call to STS is not signed');
      return by;
    };
    return authScheme({ service: 'sts', region: this.#region, skew: this.#skew, identity });
  }

  /** STS's dates are by its own clock; ours may differ. */
  #keysOf(credentials: Credentials | undefined): AwsKeys {
    const { AccessKeyId, SecretAccessKey, SessionToken, Expiration } = credentials ?? {};
    if (!AccessKeyId || !SecretAccessKey || !SessionToken || !Expiration) {
      throw new Error('STS answered without credentials');
    }
    return {
      kind: 'keys',
      accessKeyId: AccessKeyId,
      secretAccessKey: SecretAccessKey,
      sessionToken: SessionToken,
      expiresAt: Expiration.getTime() - (this.#skew.measuredMs ?? 0),
    };
  }
}

type Send<Result> = (client: STSClient, options: { readonly abortSignal: AbortSignal }) => Promise<Result>;

const UNSIGNED = {
  schemeId: 'smithy.api#noAuth',
  identityProvider: () => async () => ({}),
  signer: { sign: async <Request>(request: Request) => request },
};
