// How OpenAI, Anthropic and servers like theirs say no.
import { isObject } from '../../../core/json.js';
import { type ErrorReason, GatewayError } from '../../chat/gateway-error.js';
import { connectionFailure } from '../connection-failure.js';
import { retryAfterSeconds } from '../retry-after.js';
import { safeMessage } from '../safe-message.js';

export interface RefusalFacts {
  /** Absent for an error within a stream. */
  readonly status?: number;
  /** Names in lower case. */
  readonly headers?: Readonly<Record<string, string>>;
  /** JSON where it was JSON. */
  readonly body?: unknown;
}

/** The upstream answered that it will not. */
export class HttpRefusal extends Error {
  override readonly name = 'HttpRefusal';
  readonly status: number | undefined;
  readonly headers: Readonly<Record<string, string>>;
  readonly words: ErrorWords | undefined;

  constructor({ status, headers = {}, body }: RefusalFacts) {
    super(status === undefined ? 'an error within a stream' : `status ${status}`);
    this.status = status;
    this.headers = headers;
    this.words = errorWords(body);
  }
}

interface ErrorWords {
  /** `code` and `type`, as far as they are there. */
  readonly names: readonly string[];
  /** One line that is safe to show; empty when there is none. */
  readonly message: string;
}

/** `{error: {message, type, code}}`, or what compatible servers make of it: `{error: text}`, `{message}`, `{detail}`. */
function errorWords(body: unknown): ErrorWords | undefined {
  if (!isObject(body)) return undefined;
  const error = isObject(body['error']) ? body['error'] : body;
  const message = error['message'] ?? error['detail'] ?? error['error'];
  const names = [error['code'], error['type']].filter((name) => typeof name === 'string');
  return { names, message: safeMessage(message) };
}

/** Says more than the status does. */
const TELLING: Readonly<Record<string, ErrorReason>> = {
  insufficient_quota: 'quota_exceeded',
  billing_hard_limit_reached: 'quota_exceeded',
  billing_not_active: 'quota_exceeded',
  billing_error: 'quota_exceeded',
  context_length_exceeded: 'context_length_exceeded',
  model_not_found: 'upstream_model_not_found',
  invalid_api_key: 'upstream_authentication',
  rate_limit_exceeded: 'throttled',
  overloaded_error: 'service_unavailable',
};

const OF_STATUS: Readonly<Record<number, ErrorReason>> = {
  401: 'upstream_authentication',
  402: 'quota_exceeded',
  403: 'access_denied',
  404: 'upstream_model_not_found',
  408: 'upstream_gateway_timeout',
  429: 'throttled',
  500: 'upstream_internal_error',
  503: 'service_unavailable',
  504: 'upstream_gateway_timeout',
  // Anthropic's own: overloaded.
  529: 'service_unavailable',
};

/** For errors within a stream, which have no status. */
const OF_TYPE: Readonly<Record<string, ErrorReason>> = {
  invalid_request_error: 'upstream_invalid_request',
  request_too_large: 'upstream_invalid_request',
  authentication_error: 'upstream_authentication',
  permission_error: 'access_denied',
  not_found_error: 'upstream_model_not_found',
  rate_limit_error: 'throttled',
  api_error: 'upstream_internal_error',
  server_error: 'upstream_internal_error',
  timeout_error: 'upstream_gateway_timeout',
};

// What has no code of its own. vLLM and others: "maximum context length is"; Anthropic: "prompt is too long", "credit balance is too low".
const WORDINGS: readonly (readonly [RegExp, ErrorReason])[] = [
  [/maximum context length|prompt is too long|exceeds? (?:the )?context (?:limit|window)/i, 'context_length_exceeded'],
  [/credit balance is too low/i, 'quota_exceeded'],
];

export interface Upstream {
  /** For messages. */
  readonly name: string;
  /** Wall-clock time, for a `retry-after` that is a date. */
  readonly now: number;
}

/**
 * What a call that failed means to the caller: refused, cut, or answered in no known format.
 * @see https://platform.openai.com/docs/guides/error-codes
 * @see https://docs.claude.com/en/api/errors
 */
export function toGatewayError(error: unknown, upstream: Upstream): GatewayError {
  if (error instanceof GatewayError) return error;
  if (error instanceof HttpRefusal) return refused(error, upstream);
  if (error instanceof SyntaxError) {
    const message = `${upstream.name} answered, but not in its format`;
    return new GatewayError('invalid_upstream_response', message, { cause: error });
  }
  const failure = connectionFailure(error, upstream.name);
  if (failure === undefined) {
    const message = `The gateway could not handle the answer of ${upstream.name}`;
    return new GatewayError('internal', message, { cause: error });
  }
  return new GatewayError(failure.reason, failure.message, { detail: failure.detail, cause: error });
}

function refused(refusal: HttpRefusal, { name, now }: Upstream): GatewayError {
  const { status, headers, words } = refusal;
  const reason = reasonOf(refusal);
  const wait = retryAfterSeconds(headers, now);
  return new GatewayError(reason, messageOf(refusal, reason, name), {
    cause: refusal,
    upstreamName: words?.names[0] ?? `HTTP ${status}`,
    ...(wait !== undefined && { retryAfterSeconds: wait }),
    // "Other 4xx" keep their status.
    ...(reason === 'upstream_invalid_request' && status !== undefined && { status }),
  });
}

function reasonOf({ status, words }: HttpRefusal): ErrorReason {
  if (words === undefined) return ofForeignPage(status);
  const telling = named(TELLING, words) ?? ofWording(status, words);
  if (telling !== undefined) return telling;
  if (status === undefined) return named(OF_TYPE, words) ?? 'model_stream_error';
  return OF_STATUS[status] ?? (status >= 400 && status < 500 ? 'upstream_invalid_request' : 'upstream_error');
}

/** Something on the way answered, such as a proxy or a load balancer; only what every server means by a status is believed. */
function ofForeignPage(status: number | undefined): ErrorReason {
  if (status === 401) return 'upstream_authentication';
  if (status === 403) return 'access_denied';
  if (status === 429) return 'throttled';
  if (status === 503) return 'upstream_unavailable';
  if (status === 504) return 'upstream_gateway_timeout';
  return 'upstream_error';
}

function named(table: Readonly<Record<string, ErrorReason>>, { names }: ErrorWords): ErrorReason | undefined {
  const name = names.find((candidate) => Object.hasOwn(table, candidate));
  return name === undefined ? undefined : table[name];
}

/** A wording counts only where the request itself is refused. */
function ofWording(status: number | undefined, { message }: ErrorWords): ErrorReason | undefined {
  if (status !== undefined && status !== 400 && status !== 422) return undefined;
  return WORDINGS.find(([wording]) => wording.test(message))?.[1];
}

function messageOf({ status, words }: HttpRefusal, reason: ErrorReason, name: string): string {
  if (reason === 'upstream_authentication') return `${name} did not accept the gateway's API key`;
  if (words?.message) return words.message;
  if (status === undefined) return `${name} ended the stream with an error`;
  return `${name} answered with status ${status}${words ? '' : ', but not in its format'}`;
}
