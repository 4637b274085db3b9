// Credentials with an end, kept fresh in the background.
//
// They are fetched anew at about half of their life, and those at hand serve until they truly expire: with credentials of an hour, an
// outage of STS has some 25 minutes before a request notices. Failures back off, shared by every caller: while the next attempt is
// pending, a caller without credentials is told at once why there are none. Nothing waits for the first fetch but a request.
import { orAborted } from '../../../core/abort.js';
import { backoffMs } from '../../../core/backoff.js';
import type { Clock, Timer } from '../../../core/clock.js';
import type { GatewayError } from '../../chat/gateway-error.js';
import type { AwsIdentity, AwsKeys } from './aws-identity.js';
import type { Credential, CredentialObserver, CredentialStatus } from './credential.js';
import { reasonOf, type CredentialFailure } from './credential-failure.js';
import type { CredentialOrigin } from './credential-plan.js';

export interface ManagedCredentialOptions {
  readonly origin: CredentialOrigin;
  /** One attempt; rejects with a `credentialFailure`. */
  readonly fetch: () => Promise<AwsKeys>;
  readonly clock: Clock;
  /** From 0 (inclusive) to 1 (exclusive). */
  readonly random: () => number;
  readonly observer: CredentialObserver;
  /** Lets go of what `fetch` stands on. */
  readonly onClose?: () => void;
}

/** Refreshed at this share of their life, give or take the jitter, so that a thousand Pods do not ask STS in step. */
const REFRESH_AT = 0.5;
const JITTER = 0.1;
/**
 * What has just been issued is good for so long whatever its date says: a date in the past means that our clock is wrong, and AWS
 * itself will say when it does not accept the credentials.
 */
const MIN_LIFE_MS = 60_000;
/** A replacement younger than this is not replaced again: AWS refuses it for another reason than age. */
const MIN_AGE_MS = 10_000;

/** Loading the part of the AWS SDK that fetches takes about so long itself. */
const START_DELAY_MS = 100;
/** Full jitter may say "now". */
const MIN_WAIT_MS = 100;
const REMOTE_BACKOFF = { baseMs: 1_000, maxMs: 30_000 };
/** Looking at a file again costs nothing, and people wait for it. */
const LOCAL_BACKOFF = { baseMs: 250, maxMs: 2_000 };
const LOCAL: ReadonlySet<CredentialFailure> = new Set(['token_missing', 'profile_not_found']);

interface Held {
  readonly identity: AwsKeys;
  readonly fetchedAt: number;
  /** Milliseconds since the epoch; infinite for keys without an end. */
  readonly goodUntil: number;
}

interface Failure {
  readonly error: GatewayError;
  readonly reason: CredentialFailure;
  readonly at: number;
}

export class ManagedCredential implements Credential {
  readonly #options: ManagedCredentialOptions;
  #held: Held | undefined;
  /** What was handed out last, even if AWS refused it since. */
  #latest: AwsKeys | undefined;
  #fetching: Promise<AwsKeys> | undefined;
  /** The last attempt's, until one succeeds. */
  #failure: Failure | undefined;
  #failuresInARow = 0;
  #timer: Timer | undefined;
  #succeeded = 0;
  #failed = 0;
  #closed = false;

  constructor(options: ManagedCredentialOptions) {
    this.#options = options;
  }

  /** Fetches the first credentials in the background, soon: a process that starts has its ports to open first. */
  start(): this {
    this.#schedule(START_DELAY_MS);
    return this;
  }

  async get(signal: AbortSignal): Promise<AwsIdentity> {
    const held = this.#good();
    if (held !== undefined) return held.identity;
    if (this.#fetching === undefined && this.#failure !== undefined) throw this.#failure.error;
    return orAborted(this.#refresh(), signal);
  }

  async replace(identity: AwsIdentity, signal: AbortSignal): Promise<AwsIdentity> {
    const held = this.#good();
    if (held !== undefined && held.identity !== identity) return held.identity;
    if (held !== undefined && this.#options.clock.now() - held.fetchedAt < MIN_AGE_MS) return identity;
    this.#held = undefined;
    return orAborted(this.#refresh(), signal);
  }

  describe(): CredentialStatus {
    const held = this.#good();
    return {
      origin: this.#options.origin,
      state: held !== undefined ? 'ready' : this.#failure === undefined ? 'pending' : 'failing',
      ...(held?.identity.expiresAt !== undefined && { expiresAt: held.identity.expiresAt }),
      ...(this.#failure && {
        failure: { reason: this.#failure.reason, message: this.#failure.error.message, at: this.#failure.at },
      }),
      refreshes: { succeeded: this.#succeeded, failed: this.#failed },
    };
  }

  close(): void {
    this.#closed = true;
    this.#timer?.cancel();
    this.#options.onClose?.();
  }

  #good(): Held | undefined {
    return this.#held !== undefined && this.#options.clock.now() < this.#held.goodUntil ? this.#held : undefined;
  }

  /** One fetch at a time, whoever asks. */
  #refresh(): Promise<AwsKeys> {
    this.#timer?.cancel();
    this.#fetching ??= this.#options
      .fetch()
      .then((identity) => this.#keep(identity))
      .catch((error: unknown) => this.#fail(error))
      .finally(() => (this.#fetching = undefined));
    return this.#fetching;
  }

  #refreshInBackground(): void {
    // The failure is recorded, and waits for the next caller.
    this.#refresh().catch(() => {});
  }

  #keep(fetched: AwsKeys): AwsKeys {
    const now = this.#options.clock.now();
    // The same keys again are the same identity, so that `replace` can tell that nothing changed.
    const identity = this.#latest !== undefined && isSame(this.#latest, fetched) ? this.#latest : fetched;
    this.#latest = identity;
    this.#held = { identity, fetchedAt: now, goodUntil: Math.max(fetched.expiresAt ?? Infinity, now + MIN_LIFE_MS) };
    this.#failure = undefined;
    this.#failuresInARow = 0;
    this.#succeeded++;
    const { observer, origin, random } = this.#options;
    observer.refreshed(origin, 'ok');
    observer.expiry(origin, fetched.expiresAt);
    if (this.#held.goodUntil !== Infinity) {
      const share = REFRESH_AT + JITTER * (2 * random() - 1);
      this.#schedule((this.#held.goodUntil - now) * share);
    }
    return identity;
  }

  #fail(error: unknown): never {
    const { clock, observer, origin, random } = this.#options;
    const reason = reasonOf(error);
    // Not one of ours: a bug, which must not stop the refreshing for good.
    if (reason === undefined) {
      this.#schedule(REMOTE_BACKOFF.maxMs);
      throw error;
    }
    this.#failure = { error: error as GatewayError, reason, at: clock.now() };
    this.#failed++;
    this.#failuresInARow++;
    observer.refreshed(origin, reason);
    const backoff = LOCAL.has(reason) ? LOCAL_BACKOFF : REMOTE_BACKOFF;
    this.#schedule(Math.max(MIN_WAIT_MS, backoffMs(this.#failuresInARow, backoff, random)));
    throw error;
  }

  #schedule(delayMs: number): void {
    if (this.#closed) return;
    this.#timer = this.#options.clock.schedule(delayMs, () => this.#refreshInBackground());
  }
}

function isSame(one: AwsKeys, other: AwsKeys): boolean {
  return one.accessKeyId === other.accessKeyId && one.sessionToken === other.sessionToken;
}
