import type { AwsIdentity, CredentialSource } from './aws-identity.js';
import { credentialFailure, type CredentialFailure } from './credential-failure.js';
import type { CredentialOrigin, UnavailablePlan } from './credential-plan.js';

/** One link of the chain at work. */
export interface Credential extends CredentialSource {
  describe(): CredentialStatus;
  /** Stops refreshing. What was handed out stays good. */
  close(): void;
}

/** For metrics, `/keeptrusts/targets` and `kt doctor`. Times are milliseconds since the epoch. */
export interface CredentialStatus {
  readonly origin: CredentialOrigin;
  /**
   * `ready`: usable now, though a refresh may be failing; `pending`: the first fetch has not ended; `failing`: none usable, tried again
   * in the background; `unavailable`: none, until the configuration or the environment changes.
   */
  readonly state: 'ready' | 'pending' | 'failing' | 'unavailable';
  /** Absent for what has no end. */
  readonly expiresAt?: number;
  /** Of the last attempt, until one succeeds. */
  readonly failure?: { readonly reason: CredentialFailure; readonly message: string; readonly at?: number };
  readonly refreshes: { readonly succeeded: number; readonly failed: number };
}

/** Told of every attempt, for metrics. */
export interface CredentialObserver {
  refreshed(origin: CredentialOrigin, result: 'ok' | CredentialFailure): void;
  /** @param at milliseconds since the epoch; `undefined` for what has no end. */
  expiry(origin: CredentialOrigin, at: number | undefined): void;
}

const NEVER = { succeeded: 0, failed: 0 };

/** Keys or a token that never change: there is nothing to fetch and nothing to replace them with. */
export function fixedCredential(origin: CredentialOrigin, identity: AwsIdentity): Credential {
  return {
    get: async () => identity,
    replace: async () => identity,
    describe: () => ({ origin, state: 'ready', refreshes: NEVER }),
    close: () => {},
  };
}

/** Refuses with the reason why there is nothing to try. */
export function unavailableCredential({ origin, reason, link, message }: UnavailablePlan): Credential {
  const failure = credentialFailure(reason, link, message);
  return {
    get: () => Promise.reject(failure),
    replace: () => Promise.reject(failure),
    describe: () => ({
      origin,
      state: 'unavailable',
      failure: { reason, message: failure.message },
      refreshes: NEVER,
    }),
    close: () => {},
  };
}
