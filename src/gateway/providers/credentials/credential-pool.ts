import { firstVariable } from '../../../core/environment.js';
import { SharedPool, type Lease } from '../../../core/shared-pool.js';
import { inSamePartition } from '../aws/endpoint.js';
import type { Network } from '../aws/network.js';
import type { AwsKeys } from './aws-identity.js';
import { fixedCredential, unavailableCredential, type Credential, type CredentialObserver } from './credential.js';
import { credentialFailure } from './credential-failure.js';
import { planCredentials, type AssumeRolePlan, type CredentialFields, type CredentialPlan } from './credential-plan.js';
import { ManagedCredential } from './managed-credential.js';
import type { Sts } from './sts.js';

type FetchedPlan = Extract<CredentialPlan, { readonly origin: 'irsa' | 'profile' | 'pod_identity' | 'node' }>;

export interface CredentialPoolOptions {
  readonly network: Network;
  /** From 0 (inclusive) to 1 (exclusive); spreads refreshes. */
  readonly random: () => number;
  readonly observer: CredentialObserver;
  /** False in an injected sidecar: the identity of the node is not the application's to use. */
  readonly allowNodeRole: boolean;
}

/** Which STS is asked for a target. */
interface WhoseSts {
  /** Of the target. */
  readonly region: string;
  /** The target may send credentials over plain http beyond loopback. */
  readonly allowInsecureHttp: boolean;
}

/** The credentials of a process: one a role and identity, whatever the number of targets and regions that use it. */
export class CredentialPool {
  readonly #options: CredentialPoolOptions;
  readonly #pool = new SharedPool<Credential>();
  readonly #stsByRegion = new Map<string, Promise<Sts>>();

  constructor(options: CredentialPoolOptions) {
    this.#options = options;
  }

  /** Which link of the chain a target stands on. */
  plan(target: CredentialFields): CredentialPlan {
    const { network, allowNodeRole } = this.#options;
    return planCredentials(target, { env: network.env, allowNodeRole });
  }

  /** @param region of the target; whose STS is asked, unless the environment names a region. */
  lease(target: CredentialFields, region: string): Lease<Credential> {
    return this.#leasePlan(this.plan(target), { region, allowInsecureHttp: target.allow_insecure_http ?? false });
  }

  /** The ARN that AWS knows the holder of `keys` by. Throws a `credentialFailure`. */
  async callerIdentity(keys: AwsKeys, target: CredentialFields, region: string): Promise<string> {
    const sts = await this.#sts({ region, allowInsecureHttp: target.allow_insecure_http ?? false });
    try {
      return (await sts.callerIdentity(keys)).arn;
    } catch (error) {
      const { stsFailure } = await import('./sts-failure.js');
      throw stsFailure(error, 'these keys', sts.endpoint);
    }
  }

  #leasePlan(plan: CredentialPlan, whose: WhoseSts): Lease<Credential> {
    const key = `${keyOf(plan)}${whose.allowInsecureHttp ? ' over plain http' : ''}`;
    return this.#pool.acquire(key, () => this.#open(plan, whose));
  }

  #open(plan: CredentialPlan, whose: WhoseSts): Credential {
    switch (plan.origin) {
      case 'none':
        return unavailableCredential(plan);
      case 'env':
      case 'bearer':
        return fixedCredential(plan.origin, plan.identity);
      case 'assume_role': {
        const base = this.#leasePlan(plan.base, whose);
        return this.#managed(plan, (sts) => assumeRole(plan, base.value, sts), whose, base);
      }
      default:
        return this.#managed(plan, (sts) => fetchKeys(plan, this.#options.network, sts), whose);
    }
  }

  #managed(
    { origin }: CredentialPlan,
    fetch: (sts: Sts) => Promise<AwsKeys>,
    whose: WhoseSts,
    base?: Lease<Credential>,
  ): Credential {
    const { network, random, observer } = this.#options;
    const credential = new ManagedCredential({
      origin,
      fetch: async () => fetch(await this.#sts(whose)),
      clock: network.clock,
      random,
      observer,
      onClose: () => base?.release(),
    });
    return credential.start();
  }

  /** One STS a region, which remembers how far its clock is from ours. */
  #sts({ region, allowInsecureHttp }: WhoseSts): Promise<Sts> {
    const { network } = this.#options;
    const stsRegion = stsRegionFor(region, network);
    const key = `${stsRegion} ${allowInsecureHttp}`;
    const sts = this.#stsByRegion.get(key) ?? openSts(stsRegion, network, allowInsecureHttp);
    this.#stsByRegion.set(key, sts);
    return sts;
  }
}

/** A plan says all that makes credentials differ, where they come from but not what they are. */
function keyOf(plan: CredentialPlan): string {
  return JSON.stringify(plan, (name, value: unknown) => (name === 'identity' || name === 'token' ? undefined : value));
}

/** Near the gateway rather than near the model, where a private network may have no way to STS; but of the target's partition. */
function stsRegionFor(targetRegion: string, { env }: Network): string {
  const own = firstVariable(env, ['AWS_REGION', 'AWS_DEFAULT_REGION'])?.value;
  return own !== undefined && inSamePartition(own, targetRegion) ? own : targetRegion;
}

// The modules behind these imports load parts of the AWS SDK, so they wait for their first use.

async function openSts(region: string, network: Network, allowInsecureHttp: boolean): Promise<Sts> {
  const { Sts } = await import('./sts.js');
  try {
    return new Sts(region, network, { allowInsecureHttp });
  } catch (error) {
    throw credentialFailure('conflict', 'STS', error instanceof Error ? error.message : String(error), error);
  }
}

async function assumeRole(plan: AssumeRolePlan, base: Credential, sts: Sts): Promise<AwsKeys> {
  const { fetchAssumedRole } = await import('./assume-role.js');
  return fetchAssumedRole(plan, base, sts);
}

async function fetchKeys(plan: FetchedPlan, network: Network, sts: Sts): Promise<AwsKeys> {
  switch (plan.origin) {
    case 'irsa':
      return (await import('./web-identity.js')).fetchWebIdentity(plan, sts);
    case 'profile':
      return (await import('./profile.js')).fetchProfile(plan.profile, network, sts);
    case 'pod_identity':
      return (await import('./container.js')).fetchContainer(plan);
    case 'node':
      return (await import('./node-role.js')).fetchNodeRole(plan, network, sts);
    default:
      return plan satisfies never;
  }
}
