import { GatewayError } from '../../chat/gateway-error.js';

/** Why there are no credentials: the closed list of `detail`, of the metric label `result` and of `kt doctor`'s findings. */
export const CREDENTIAL_FAILURES = [
  /** A variable that the configuration names, or half of a pair, is absent or blank. */
  'env_missing',
  /** Fields of the target contradict each other. */
  'conflict',
  /** No link of the chain applies. */
  'no_credentials',
  'profile_not_found',
  /** The profile is there and yields nothing: an SSO session that ended, a `credential_process` that failed. */
  'profile_failed',
  /** The web identity token file is absent, unreadable or empty. */
  'token_missing',
  'token_expired',
  /** STS does not accept the token: audience, issuer, signature. */
  'invalid_identity_token',
  /** The role's trust policy says no. */
  'access_denied',
  'throttled',
  /** No connection, or no answer in time. */
  'sts_unreachable',
  /** STS answered with something else than credentials. */
  'sts_error',
  /** The endpoint of EKS Pod Identity or of an ECS task did not give credentials. */
  'container_failed',
  /** The instance metadata service did not give credentials. */
  'instance_failed',
] as const;

export type CredentialFailure = (typeof CREDENTIAL_FAILURES)[number];

/**
 * The error for a link of the chain that yields nothing. None of its words may be secret: applications read them.
 * @param link what was asked, such as `role "bedrock-invoke"`.
 * @param what went wrong, and what to do about it, as sentences.
 */
export function credentialFailure(
  reason: CredentialFailure,
  link: string,
  what: string,
  cause?: unknown,
): GatewayError {
  return new GatewayError('upstream_authentication', `AWS credentials from ${link}: ${what}`, {
    detail: reason,
    ...(cause !== undefined && { cause }),
  });
}

/** The reason that a `credentialFailure` carries; for any other error `undefined`: it is a bug. */
export function reasonOf(error: unknown): CredentialFailure | undefined {
  if (!(error instanceof GatewayError)) return undefined;
  return CREDENTIAL_FAILURES.find((reason) => reason === error.detail);
}
