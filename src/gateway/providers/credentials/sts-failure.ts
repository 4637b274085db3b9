import { credentialFailure, type CredentialFailure } from './credential-failure.js';
import type { GatewayError } from '../../chat/gateway-error.js';

interface Explanation {
  readonly reason: CredentialFailure;
  /** What happened and what to do about it. */
  readonly what: string;
}

// https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html#API_AssumeRoleWithWebIdentity_Errors
const EXPLANATIONS: Readonly<Record<string, Explanation>> = {
  ExpiredTokenException: {
    reason: 'token_expired',
    what: 'the token that asks for the role has expired. A projected token is renewed by the kubelet, a session by its source; look at why this one is old.',
  },
  InvalidIdentityToken: {
    reason: 'invalid_identity_token',
    what: "STS does not accept the web identity token. Compare the token's issuer and audience with the IAM identity provider of the role's account.",
  },
  IDPRejectedClaim: {
    reason: 'invalid_identity_token',
    what: 'the identity provider rejected the web identity token.',
  },
  AccessDenied: {
    reason: 'access_denied',
    what: 'STS denies the role. Check that the role exists and that its trust policy names this identity (issuer, subject, audience, external id).',
  },
  InvalidClientTokenId: {
    reason: 'access_denied',
    what: 'STS does not know the keys that ask for the role. Check that they are active, and of the right partition.',
  },
  SignatureDoesNotMatch: {
    reason: 'access_denied',
    what: 'the secret key that asks for the role does not belong to its access key id.',
  },
  Throttling: { reason: 'throttled', what: 'STS throttles. It is asked again by itself, more and more slowly.' },
};

const ALIASES: Readonly<Record<string, keyof typeof EXPLANATIONS>> = {
  ExpiredToken: 'ExpiredTokenException',
  InvalidIdentityTokenException: 'InvalidIdentityToken',
  IDPRejectedClaimException: 'IDPRejectedClaim',
  AccessDeniedException: 'AccessDenied',
  UnrecognizedClientException: 'InvalidClientTokenId',
  ThrottlingException: 'Throttling',
  TooManyRequestsException: 'Throttling',
  RequestLimitExceeded: 'Throttling',
};

/** @param error as `Sts` throws it. @param link what was asked for, as `credentialFailure` names it. */
export function stsFailure(error: unknown, link: string, endpoint: URL): GatewayError {
  const { reason, what } = explain(error, endpoint);
  return credentialFailure(reason, link, what, error);
}

function explain(error: unknown, endpoint: URL): Explanation {
  const name = error instanceof Error ? error.name : '';
  const known = EXPLANATIONS[ALIASES[name] ?? name];
  if (known !== undefined) return known;
  const status = statusOf(error);
  if (status === undefined) {
    const what = `no answer from STS at ${endpoint.host} (${codeOf(error) ?? name}). Check the route, the proxy and the name resolution to it.`;
    return { reason: 'sts_unreachable', what };
  }
  return { reason: 'sts_error', what: `STS at ${endpoint.host} answered ${status} ${name}.` };
}

/** Absent when there was no answer. */
function statusOf(error: unknown): number | undefined {
  if (typeof error !== 'object' || error === null || !('$metadata' in error)) return undefined;
  const { $metadata } = error;
  if (typeof $metadata !== 'object' || $metadata === null || !('httpStatusCode' in $metadata)) return undefined;
  return typeof $metadata.httpStatusCode === 'number' ? $metadata.httpStatusCode : undefined;
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}
