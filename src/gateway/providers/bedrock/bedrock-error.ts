// What the AWS SDK throws becomes a failure that a caller can be told about: by the name of the exception first, by status second,
// since an exception in the first frame of a stream has no status. docs/mapping.md has the table.
import { type ErrorReason, GatewayError, type GatewayErrorOptions } from '../../chat/gateway-error.js';
import { connectionFailure } from '../connection-failure.js';
import { retryAfterSeconds } from '../retry-after.js';
import { safeMessage } from '../safe-message.js';
import { modelMessage } from './model-message.js';

export interface CallFacts {
  /** Sent as `modelId`. */
  readonly model: string;
  /** Wall-clock time, for a `retry-after` that is a date. */
  readonly now: number;
}

/** @param error whatever a transport or one of its streams threw. */
export function toGatewayError(error: unknown, call: CallFacts): GatewayError {
  if (error instanceof GatewayError) return error;
  const failure = readFailure(error);
  const known = NAMED.get(failure.name);
  if (known !== undefined) return ofName(known, failure, call);
  const connection = connectionFailure(error, 'Bedrock');
  if (connection !== undefined) {
    const { reason, detail, message } = connection;
    return new GatewayError(reason, message, { detail, ...failure.options });
  }
  return ofStatus(failure, call);
}

// Names of the service model, of AWS's common errors and of its older services.
// https://docs.aws.amazon.com/bedrock/latest/APIReference/CommonErrors.html
const NAMES: Partial<Record<ErrorReason, readonly string[]>> = {
  upstream_invalid_request: ['ValidationException', 'ValidationError', 'ConflictException'],
  access_denied: ['AccessDeniedException', 'AccessDenied', 'NotAuthorized', 'OptInRequired'],
  upstream_model_not_found: ['ResourceNotFoundException'],
  throttled: [
    'ThrottlingException',
    'Throttling',
    'ThrottledException',
    'RequestThrottled',
    'RequestThrottledException',
    'RequestLimitExceeded',
    'TooManyRequestsException',
    'SlowDown',
  ],
  quota_exceeded: ['ServiceQuotaExceededException'],
  model_not_ready: ['ModelNotReadyException'],
  model_timeout: ['ModelTimeoutException'],
  model_error: ['ModelErrorException'],
  model_stream_error: ['ModelStreamErrorException'],
  upstream_internal_error: ['InternalServerException', 'InternalServerError', 'InternalFailure'],
  service_unavailable: ['ServiceUnavailableException', 'ServiceUnavailable'],
  upstream_authentication: [
    'ExpiredToken',
    'ExpiredTokenException',
    'TokenRefreshRequired',
    'UnrecognizedClientException',
    'InvalidClientTokenId',
    'InvalidSignatureException',
    'SignatureDoesNotMatch',
    'IncompleteSignature',
    'IncompleteSignatureException',
    'MissingAuthenticationToken',
    'MissingAuthenticationTokenException',
    'RequestExpired',
    'RequestTimeTooSkewed',
    'RequestInTheFuture',
    'CredentialsProviderError',
    'TokenProviderError',
  ],
};

const NAMED: ReadonlyMap<string, ErrorReason> = new Map(
  Object.entries(NAMES).flatMap(([reason, names]) => names.map((name) => [name, reason as ErrorReason] as const)),
);

interface Failure {
  readonly name: string;
  /** One line that is safe to show; empty when there is none. */
  readonly message: string;
  readonly status: number | undefined;
  /** The answer could not be read: another server's page, or cut JSON. */
  readonly unreadable: boolean;
  readonly headers: Readonly<Record<string, string>>;
  readonly options: Pick<GatewayErrorOptions, 'cause' | 'upstreamName' | 'upstreamRequestId'>;
}

/** What the SDK says, as name or message, where the answer says nothing. */
const NAMELESS: ReadonlySet<unknown> = new Set(['Unknown', 'UnknownError']);

/** What `error` says of itself, as the SDK's exceptions do. */
function readFailure(error: unknown): Failure {
  const thrown: {
    readonly name?: unknown;
    readonly message?: unknown;
    readonly $metadata?: { readonly httpStatusCode?: number; readonly requestId?: string };
    readonly $response?: { readonly headers?: Readonly<Record<string, string>> };
  } = typeof error === 'object' && error !== null ? error : {};
  const name = typeof thrown.name === 'string' ? thrown.name : 'Error';
  const unreadable = error instanceof SyntaxError;
  const headers = thrown.$response?.headers ?? {};
  // The SDK reads the id of no answer that it cannot parse.
  const requestId = thrown.$metadata?.requestId ?? headers['x-amzn-requestid'];
  return {
    name,
    message: unreadable || NAMELESS.has(thrown.message) ? '' : safeMessage(thrown.message),
    status: thrown.$metadata?.httpStatusCode,
    unreadable,
    headers,
    options: { cause: error, upstreamName: name, ...(requestId !== undefined && { upstreamRequestId: requestId }) },
  };
}

function ofName(reason: ErrorReason, failure: Failure, call: CallFacts): GatewayError {
  if (reason === 'upstream_authentication') {
    const message = `Bedrock did not accept the gateway's AWS credentials (${failure.name})`;
    return new GatewayError(reason, message, failure.options);
  }
  const exact = failure.name === 'ValidationException' ? validationReason(failure.message) : reason;
  return described(exact, failure, call);
}

// Wordings of different models: https://docs.aws.amazon.com/bedrock/latest/userguide/troubleshooting-api-error-codes.html
const TOO_LONG =
  /input is too long|prompt is too long|exceeds? context limit|too many total text bytes|maximum context length/i;
const NO_SUCH_MODEL = /provided model identifier is invalid/i;

function validationReason(message: string): ErrorReason {
  if (TOO_LONG.test(message)) return 'context_length_exceeded';
  return NO_SUCH_MODEL.test(message) ? 'upstream_model_not_found' : 'upstream_invalid_request';
}

function ofStatus(failure: Failure, call: CallFacts): GatewayError {
  const { status, unreadable } = failure;
  if (status === undefined) return withoutStatus(failure, call);
  if (status === 429) return described('throttled', failure, call);
  if (status === 503) return described('upstream_unavailable', failure, call);
  if (status === 504) return described('upstream_gateway_timeout', failure, call);
  if (unreadable && status < 300) return described('invalid_upstream_response', failure, call);
  if (unreadable || status < 400 || status >= 500) return described('upstream_error', failure, call);
  return described('upstream_invalid_request', failure, call, status);
}

/** An exception of a stream that the service model does not know has its own name; anything else is a defect, here or in the SDK. */
function withoutStatus(failure: Failure, call: CallFacts): GatewayError {
  if (OWN_DEFECTS.has(failure.name)) {
    return new GatewayError('internal', "The gateway could not handle Bedrock's answer", failure.options);
  }
  const message = failure.name === 'Error' ? '' : failure.message;
  return described('upstream_error', { ...failure, message }, call);
}

const OWN_DEFECTS = new Set(['TypeError', 'RangeError', 'ReferenceError']);

function described(reason: ErrorReason, failure: Failure, call: CallFacts, status?: number): GatewayError {
  const wait = retryAfterSeconds(failure.headers, call.now);
  return new GatewayError(reason, messageOf(failure, call), {
    ...failure.options,
    ...(status !== undefined && { status }),
    ...(wait !== undefined && { retryAfterSeconds: wait }),
  });
}

function messageOf({ message, unreadable, status, name }: Failure, { model }: CallFacts): string {
  if (message !== '') return modelMessage(message, model);
  const answered = status === undefined ? '' : ` with status ${status}`;
  if (unreadable) return `Bedrock answered${answered}, but not in its format`;
  return NAMELESS.has(name) ? `Bedrock answered${answered}, without a reason` : `Bedrock answered${answered}: ${name}`;
}
