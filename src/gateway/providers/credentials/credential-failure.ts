import { GatewayError } from '../../chat/gateway-error.js';

/** Why there are no credentials, and what to do. The names are the closed list of `detail`, and of the metric label `result`. */
const FIXES = {
  /** A variable that the configuration names, or half of a pair, is absent or blank. */
  env_missing: 'Set it in the environment of the gateway, or correct its name in the configuration.',
  /** Settings contradict each other. */
  conflict: 'Correct these settings.',
  /** No link of the chain applies. */
  no_credentials:
    'Give the target a role (aws_role_arn), a profile or keys, or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.',
  profile_not_found: 'Add the profile to one of them, or name another one.',
  /** The profile is there and yields nothing: an SSO session that ended, a `credential_process` that failed. */
  profile_failed:
    'Run "aws sts get-caller-identity" with this profile, which says why; for SSO run "aws sso login" first.',
  /** The web identity token file is absent, unreadable or empty. */
  token_missing: 'Mount the projected service account token there, readable by the user of the gateway.',
  token_expired: 'A projected token is renewed by the kubelet, a session by its source: look at why this one is old.',
  /** STS does not accept the token: audience, issuer, signature. */
  invalid_identity_token:
    "Compare the token's issuer and audience with the IAM identity provider in the role's account.",
  /** The role's trust policy says no. */
  access_denied:
    'Check that the role exists, and that its trust policy names the identity that asks (issuer, subject, audience, external id).',
  /** AWS does not know the keys, or the secret is not theirs. */
  invalid_keys:
    'Check that the keys are active and of this partition, and that secret and session token belong to them.',
  throttled: 'Nothing to do: it is asked again by itself, less and less often.',
  /** No connection, or no answer in time. */
  sts_unreachable:
    'Check the route, the proxy and the name resolution to it; in a private network, the VPC endpoint for STS.',
  /** STS answered with something else than credentials. */
  sts_error: 'Check AWS_ENDPOINT_URL_STS, and what stands between the gateway and STS.',
  /** The endpoint of EKS Pod Identity or of an ECS task did not give credentials. */
  container_failed: 'Check that the agent runs, and that a role is associated with this workload.',
  /** The instance metadata service did not give credentials. */
  instance_failed: 'Configure keys, a profile or a role, or give the machine a role.',
} as const;

export type CredentialFailure = keyof typeof FIXES;

export const CREDENTIAL_FAILURES = Object.keys(FIXES) as readonly CredentialFailure[];

/**
 * The error for a link of the chain that yields nothing. None of its words may be secret: applications read them.
 * @param link what was asked, such as `role "bedrock-invoke"`.
 * @param fact what went wrong, as a sentence; what to do about it is added.
 */
export function credentialFailure(
  reason: CredentialFailure,
  link: string,
  fact: string,
  cause?: unknown,
): GatewayError {
  return new GatewayError('upstream_authentication', `AWS credentials from ${link}: ${fact} ${FIXES[reason]}`, {
    detail: reason,
    ...(cause !== undefined && { cause }),
  });
}

/** The reason that a `credentialFailure` carries; for any other error `undefined`: it is a bug. */
export function reasonOf(error: unknown): CredentialFailure | undefined {
  if (!(error instanceof GatewayError)) return undefined;
  return CREDENTIAL_FAILURES.find((reason) => reason === error.detail);
}

/** The two halves of the message of a `credentialFailure`. */
export function factAndFix(
  reason: CredentialFailure,
  message: string,
): { readonly fact: string; readonly fix: string } {
  const fix = FIXES[reason];
  return { fact: message.slice(0, -fix.length).trimEnd(), fix };
}
