import { credentialFailure, type CredentialFailure } from './credential-failure.js';
import type { GatewayError } from '../../chat/gateway-error.js';

interface Explanation {
  readonly reason: CredentialFailure;
  readonly fact: string;
}

// https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html#API_AssumeRoleWithWebIdentity_Errors
const EXPLANATIONS: Readonly<Record<string, Explanation>> = {
  ExpiredTokenException: { reason: 'token_expired', fact: 'the token that asks for it has expired.' },
  InvalidIdentityToken: { reason: 'invalid_identity_token', fact: 'STS does not accept the web identity token.' },
  IDPRejectedClaim: { reason: 'invalid_identity_token', fact: 'the identity provider rejects the web identity token.' },
  AccessDenied: { reason: 'access_denied', fact: 'STS denies it.' },
  InvalidClientTokenId: { reason: 'invalid_keys', fact: 'STS does not know the access key id or its session token.' },
  SignatureDoesNotMatch: {
    reason: 'invalid_keys',
    fact: 'the secret key does not belong to its access key id.',
  },
  Throttling: { reason: 'throttled', fact: 'STS throttles.' },
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
  const { reason, fact } = explain(error, endpoint);
  return credentialFailure(reason, link, fact, error);
}

function explain(error: unknown, endpoint: URL): Explanation {
  const name = error instanceof Error ? error.name : '';
  const known = EXPLANATIONS[ALIASES[name] ?? name];
  if (known !== undefined) return known;
  const status = statusOf(error);
  if (status === undefined) {
    return { reason: 'sts_unreachable', fact: `no answer from STS at ${endpoint.host} (${codeOf(error) ?? name}).` };
  }
  return { reason: 'sts_error', fact: `STS at ${endpoint.host} answered ${status} ${name}.` };
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
