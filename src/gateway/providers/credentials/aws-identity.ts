/** What a request to AWS is authenticated with. Never logged, never part of a message. */
export type AwsIdentity = AwsKeys | BearerToken;

export interface AwsKeys {
  readonly kind: 'keys';
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
  /** Milliseconds since the epoch, by the issuer's clock; absent for keys without an end. */
  readonly expiresAt?: number;
}

/** An Amazon Bedrock API key. */
export interface BearerToken {
  readonly kind: 'bearer';
  readonly token: string;
  readonly expiresAt?: number;
}

/** Credentials as the users of a request see them. */
export interface CredentialSource {
  /**
   * The identity to use now; waits for the first one, at most until `signal` aborts.
   * @throws GatewayError `upstream_authentication` whose `detail` is a `CredentialFailure` reason.
   */
  get(signal: AbortSignal): Promise<AwsIdentity>;
  /**
   * Says that AWS refused `identity` as expired. Resolves with a fresh one, fetched once however many callers ask; throws as `get` does.
   */
  replace(identity: AwsIdentity, signal: AbortSignal): Promise<AwsIdentity>;
}
