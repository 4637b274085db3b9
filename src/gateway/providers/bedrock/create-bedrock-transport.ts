import type { Target } from '../../../config/policy-config-document.js';
import type { Clock } from '../../../core/clock.js';
import type { Environment } from '../../../core/environment.js';
import { proxyFor } from '../../../core/proxy.js';
import { SharedPool, type Lease } from '../../../core/shared-pool.js';
import { GatewayError } from '../../chat/gateway-error.js';
import { resolveEndpoint, type EndpointOrigin } from '../aws/endpoint.js';
import { openNetwork, type Network } from '../aws/network.js';
import { isRegionName, resolveRegion, type RegionOrigin } from '../aws/region.js';
import type { Credential, CredentialObserver, CredentialStatus } from '../credentials/credential.js';
import type { CredentialFields } from '../credentials/credential-plan.js';
import { CredentialPool } from '../credentials/credential-pool.js';
import { profileRegion } from '../credentials/shared-files.js';
import type { BedrockTransport } from './bedrock-transport.js';
import { SdkTransport } from './sdk-transport.js';

/** What the Bedrock targets of a process share, over all revisions of its configuration. */
export interface BedrockShared {
  readonly network: Network;
  readonly credentials: CredentialPool;
  readonly transports: SharedPool<SdkTransport>;
}

export interface BedrockSharedOptions {
  readonly env: Environment;
  readonly clock: Clock;
  /** From 0 (inclusive) to 1 (exclusive); spreads refreshes. */
  readonly random: () => number;
  readonly observer: CredentialObserver;
  /** False in an injected sidecar: the identity of the node is not the application's to use. */
  readonly allowNodeRole: boolean;
}

/** @throws Error naming `AWS_CA_BUNDLE` when it cannot be read. */
export async function openBedrockShared({ env, clock, ...options }: BedrockSharedOptions): Promise<BedrockShared> {
  const network = await openNetwork(env, clock);
  return { network, credentials: new CredentialPool({ network, ...options }), transports: new SharedPool() };
}

/** The fields of a target (or of a `bedrock-guardrail` policy) that say how to reach Bedrock. */
export type BedrockAccessFields = CredentialFields &
  Pick<Target, 'base_url' | 'allow_insecure_http' | 'aws_region' | 'connect_timeout_seconds'>;

export interface BedrockConnection {
  /** Its `close` lets go of this target's share; what other targets use stays. */
  readonly transport: BedrockTransport;
  readonly describe: () => BedrockConnectionStatus;
  /** Loads the AWS SDK ahead of the first call. */
  readonly warmUp: () => Promise<void>;
}

export interface BedrockConnectionStatus {
  readonly region: string;
  readonly regionOrigin: RegionOrigin;
  /** Absent when the settings yield none. */
  readonly endpoint?: string;
  readonly endpointOrigin?: EndpointOrigin;
  /** `unavailable`: no request can succeed until the configuration or the environment changes; `reason` says why. */
  readonly state: 'available' | 'unavailable';
  readonly reason?: string;
  readonly credentials: CredentialStatus;
  /** Bedrock's time less ours, by its last answer. */
  readonly clockSkewMs?: number;
}

const DEFAULT_CONNECT_TIMEOUT_SECONDS = 5;

/** Connects a target on paper: nothing is sent before the first call but, in the background, what fetches its credentials. */
export async function createBedrockTransport(
  target: BedrockAccessFields,
  shared: BedrockShared,
  { packRegion }: { readonly packRegion?: string | undefined } = {},
): Promise<BedrockConnection> {
  const { env } = shared.network;
  const { region, origin: regionOrigin } = await resolveRegion({
    target: target.aws_region,
    pack: packRegion,
    env,
    profile: () => profileRegion(target.aws_profile, env),
  });
  const credential = shared.credentials.lease(target, region);
  const describeCredentials = () => credential.value.describe();
  try {
    const { url, origin } = settle(target, region, env);
    const lease = leaseTransport(target, region, url, credential, shared);
    return {
      transport: sharing(lease, credential),
      describe: () => ({
        region,
        regionOrigin,
        endpoint: url.href,
        endpointOrigin: origin,
        ...stateOf(describeCredentials()),
        ...(lease.value.clockSkewMs !== undefined && { clockSkewMs: lease.value.clockSkewMs }),
      }),
      warmUp: () => lease.value.warmUp(),
    };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return {
      transport: refusing(reason, credential),
      describe: () => ({ region, regionOrigin, state: 'unavailable', reason, credentials: describeCredentials() }),
      warmUp: async () => {},
    };
  }
}

/** @throws Error naming the setting that cannot be used. */
function settle({ base_url, allow_insecure_http }: BedrockAccessFields, region: string, env: Environment) {
  if (!isRegionName(region)) throw new Error(`region ${JSON.stringify(region)} is not an AWS region name`);
  return resolveEndpoint('bedrock-runtime', { base_url, region, env, allowInsecureHttp: allow_insecure_http });
}

function leaseTransport(
  { connect_timeout_seconds = DEFAULT_CONNECT_TIMEOUT_SECONDS }: BedrockAccessFields,
  region: string,
  endpoint: URL,
  credential: Lease<Credential>,
  { network: { env, clock, secureContext }, transports }: BedrockShared,
): Lease<SdkTransport> {
  const connectTimeoutMs = connect_timeout_seconds * 1_000;
  const proxy = proxyFor(endpoint, env);
  const key = JSON.stringify([region, endpoint.href, connectTimeoutMs, credential.key]);
  return transports.acquire(
    key,
    () =>
      new SdkTransport({
        region,
        endpoint,
        credentials: credential.value,
        connectTimeoutMs,
        proxy,
        secureContext,
        clock,
      }),
  );
}

function sharing(lease: Lease<SdkTransport>, credential: Lease<Credential>): BedrockTransport {
  const transport = lease.value;
  return {
    converse: (input, call) => transport.converse(input, call),
    converseStream: (input, call) => transport.converseStream(input, call),
    invokeModel: (input, call) => transport.invokeModel(input, call),
    countTokens: (input, call) => transport.countTokens(input, call),
    applyGuardrail: (input, call) => transport.applyGuardrail(input, call),
    reach: (signal) => transport.reach(signal),
    close: () => {
      lease.release();
      credential.release();
    },
  };
}

function refusing(reason: string, credential: Lease<Credential>): BedrockTransport {
  const refuse = () =>
    Promise.reject(
      new GatewayError('upstream_connection', `This target cannot be reached: ${reason}`, { detail: 'settings' }),
    );
  return {
    converse: refuse,
    converseStream: refuse,
    invokeModel: refuse,
    countTokens: refuse,
    applyGuardrail: refuse,
    reach: refuse,
    close: () => credential.release(),
  };
}

function stateOf(credentials: CredentialStatus): Pick<BedrockConnectionStatus, 'state' | 'reason' | 'credentials'> {
  if (credentials.state !== 'unavailable') return { state: 'available', credentials };
  return {
    state: 'unavailable',
    credentials,
    ...(credentials.failure !== undefined && { reason: credentials.failure.message }),
  };
}
