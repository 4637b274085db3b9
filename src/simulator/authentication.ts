import type { AccessKeys } from './access-keys.js';
import { AwsError } from './aws-error.js';
import {
  ALGORITHM,
  canonicalRequest,
  parseAuthorization,
  sameSignature,
  sha256,
  signature,
  signingKey,
  stringToSign,
  type Authorization,
} from './sigv4.js';
import { headerOf, type WireRequest } from './wire-request.js';

/** Who called, and for which region. */
export interface Identity {
  readonly arn: string;
  readonly userId: string;
  /** Absent for a bearer token. */
  readonly accessKeyId?: string;
  readonly region: string;
}

export interface Verifier {
  readonly keys: AccessKeys;
  /** The name that the credential scope must carry: `bedrock`, `sts`. */
  readonly service: string;
  /** The server's time, in milliseconds since the epoch. */
  readonly now: number;
}

/** AWS refuses a signature whose time is further away than this. */
const MAX_SKEW_MS = 5 * 60_000;
/** A bearer token names no region. */
export const BEARER_REGION = 'us-east-1';

/** Throws the `AwsError` that AWS would answer. */
export function authenticate(request: WireRequest, verifier: Verifier): Identity {
  const header = headerOf(request, 'authorization');
  if (header?.startsWith('Bearer ')) return authenticateBearer(header.slice('Bearer '.length), verifier);
  if (!header?.startsWith(ALGORITHM)) {
    throw new AwsError('MissingAuthenticationTokenException', 'Missing Authentication Token');
  }
  const authorization = parseAuthorization(header);
  const time = requireTime(request, authorization);
  checkScope(authorization, verifier.service);
  const key = verifier.keys.require(authorization.accessKeyId, headerOf(request, 'x-amz-security-token'), verifier.now);
  checkSignedHeaders(request, authorization);
  checkSkew(time, verifier.now);
  const canonical = canonicalRequest(request, authorization.signedHeaders, payloadHash(request));
  const expected = signature(
    signingKey(key.secretAccessKey, authorization.scope),
    stringToSign(time, authorization.scope, canonical),
  );
  if (!sameSignature(expected, authorization.signature)) throw mismatch();
  const { arn, userId, accessKeyId } = key;
  return { arn, userId, accessKeyId, region: authorization.scope.region };
}

/** The region that a request names in its credential scope, whether or not it is signed rightly. */
export function claimedRegion(request: WireRequest): string {
  const scope = /Credential=[^/]*\/\d*\/([^/]*)\//.exec(headerOf(request, 'authorization') ?? '');
  return scope?.[1] ?? BEARER_REGION;
}

function authenticateBearer(token: string, { keys }: Verifier): Identity {
  if (!keys.hasBearerToken(token)) {
    const text = 'Authentication failed: Please make sure your API Key is valid.';
    throw new AwsError('AccessDeniedException', text);
  }
  return {
    arn: 'arn:aws:iam::123456789012:user/BedrockAPIKey',
    userId: 'AIDACKCEVSQ6CBEARER00',
    region: BEARER_REGION,
  };
}

function requireTime(request: WireRequest, { scope }: Authorization): string {
  const time = headerOf(request, 'x-amz-date');
  if (!time) {
    const text = "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header.";
    throw new AwsError('IncompleteSignatureException', text);
  }
  if (!/^\d{8}T\d{6}Z$/.test(time)) {
    throw new AwsError('IncompleteSignatureException', 'Date must be in ISO-8601 basic format.');
  }
  if (!time.startsWith(scope.date)) {
    const text = `Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '${scope.date}' != '${time.slice(0, 8)}', from '${time}'.`;
    throw new AwsError('InvalidSignatureException', text);
  }
  return time;
}

function checkScope({ scope }: Authorization, service: string): void {
  if (scope.service !== service) {
    throw new AwsError('InvalidSignatureException', `Credential should be scoped to correct service: '${service}'. `);
  }
  if (!/^[a-z]{2}(-[a-z]+)+-\d$/.test(scope.region)) {
    throw new AwsError('InvalidSignatureException', 'Credential should be scoped to a valid region. ');
  }
}

// The host and every x-amz- header that is sent must be among the signed ones, else they could be changed on the way.
// Over HTTP/2 the AWS SDKs sign `:authority` in place of `host`.
function checkSignedHeaders(request: WireRequest, { signedHeaders }: Authorization): void {
  const host = signedHeaders.includes(':authority') ? ':authority' : 'host';
  const required = [host, ...request.headers.map(([name]) => name).filter((name) => name.startsWith('x-amz-'))];
  const unsigned = required.find((name) => !signedHeaders.includes(name));
  if (unsigned !== undefined) {
    const text = `'${unsigned}' must be a 'SignedHeader' in the AWS Authorization.`;
    throw new AwsError('InvalidSignatureException', text);
  }
}

function checkSkew(time: string, now: number): void {
  const signedAt = parseBasic(time);
  const [earliest, latest] = [now - MAX_SKEW_MS, now + MAX_SKEW_MS];
  if (signedAt < earliest) {
    const text = `Signature expired: ${time} is now earlier than ${formatBasic(earliest)} (${formatBasic(now)} - 5 min.)`;
    throw new AwsError('InvalidSignatureException', text);
  }
  if (signedAt > latest) {
    const text = `Signature not yet current: ${time} is still later than ${formatBasic(latest)} (${formatBasic(now)} + 5 min.)`;
    throw new AwsError('InvalidSignatureException', text);
  }
}

// A declared hash must be the body's own; the signature then covers the body through it.
function payloadHash(request: WireRequest): string {
  const actual = sha256(request.body);
  const declared = headerOf(request, 'x-amz-content-sha256');
  if (declared !== undefined && declared !== actual) throw mismatch();
  return actual;
}

function mismatch(): AwsError {
  const text =
    'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.';
  return new AwsError('InvalidSignatureException', text);
}

/** `20150830T123600Z` to milliseconds since the epoch. */
function parseBasic(time: string): number {
  const [, year, month, day, hour, minute, second] = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(time) ?? [];
  return Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second));
}

function formatBasic(time: number): string {
  return new Date(time).toISOString().replaceAll(/[-:]|\.\d{3}/g, '');
}
