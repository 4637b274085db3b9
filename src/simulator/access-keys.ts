import { AwsError, usualMessage } from './aws-error.js';

/** The pair of AWS's own documentation: https://docs.aws.amazon.com/IAM/latest/UserGuide/security-creds.html */
export const DEFAULT_ACCESS_KEY: AccessKey = {
  accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
  arn: 'arn:aws:iam::123456789012:user/simulator',
  userId: 'AIDACKCEVSQ6C2EXAMPLE',
};

export interface AccessKey {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** Temporary keys have one, and it must be sent with every request. */
  readonly sessionToken?: string;
  /** Milliseconds since the epoch; absent for keys that do not expire. */
  readonly expiresAt?: number;
  /** Whom the key speaks for. */
  readonly arn: string;
  readonly userId: string;
}

/** The keys and bearer tokens that the simulator knows. Temporary keys that expired are kept, so that they get the right error. */
export class AccessKeys {
  readonly #keys = new Map<string, AccessKey>();
  readonly #bearerTokens: ReadonlySet<string>;

  constructor(keys: readonly AccessKey[], bearerTokens: readonly string[]) {
    for (const key of keys) this.#keys.set(key.accessKeyId, key);
    this.#bearerTokens = new Set(bearerTokens);
  }

  add(key: AccessKey): void {
    this.#keys.set(key.accessKeyId, key);
    // A long soak refreshes credentials for days; the oldest temporary ones are forgotten.
    if (this.#keys.size <= MAX_KEYS) return;
    const oldest = [...this.#keys.values()].find(({ expiresAt }) => expiresAt !== undefined);
    if (oldest) this.#keys.delete(oldest.accessKeyId);
  }

  /** Throws what AWS answers to a key it does not know, a session token that is not its own, and a key past its time. */
  require(accessKeyId: string, sessionToken: string | undefined, now: number): AccessKey {
    const key = this.#keys.get(accessKeyId);
    if (!key || key.sessionToken !== sessionToken) {
      throw new AwsError('UnrecognizedClientException', usualMessage('UnrecognizedClientException'));
    }
    if (key.expiresAt !== undefined && key.expiresAt <= now) {
      throw new AwsError('ExpiredTokenException', usualMessage('ExpiredTokenException'));
    }
    return key;
  }

  hasBearerToken(token: string): boolean {
    return this.#bearerTokens.has(token);
  }
}

const MAX_KEYS = 10_000;
