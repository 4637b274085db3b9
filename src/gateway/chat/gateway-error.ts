/** May a failed attempt be repeated: `no`, `once`, or as often as the retry policy allows (`yes`)? */
export type Retryability = 'no' | 'once' | 'yes';

interface CatalogueEntry {
  readonly status: number;
  readonly type: string;
  /** `error.code` of the body. */
  readonly code: string | null;
  /** On the same target. */
  readonly retry: Retryability;
  /** May the next target of a `fallback` strategy serve the request instead? */
  readonly fallback: boolean;
  /** Fault domain, the prefix of `keeptrusts_errors_total{type}`. */
  readonly domain: 'caller' | 'policy' | 'limit' | 'credentials' | 'bedrock' | 'network' | 'gateway';
}

const OURS = { retry: 'no', fallback: false } as const;
const NEXT = { retry: 'no', fallback: true } as const;
const AGAIN = { retry: 'yes', fallback: true } as const;

// Every failure a caller can be told about. Statuses and words: the mapping of Bedrock's exceptions to OpenAI's, and the
// gateway's own refusals. The openai client repeats 408, 409, 429 and >= 500 unless `x-should-retry: false` says otherwise.
const CATALOGUE = {
  // the caller's request
  invalid_request: { status: 400, type: 'invalid_request_error', code: null, ...OURS, domain: 'caller' },
  request_too_large: {
    status: 413,
    type: 'invalid_request_error',
    code: 'request_too_large',
    ...OURS,
    domain: 'caller',
  },
  model_not_found: { status: 404, type: 'invalid_request_error', code: 'model_not_found', ...OURS, domain: 'caller' },
  unknown_url: { status: 404, type: 'invalid_request_error', code: 'unknown_url', ...OURS, domain: 'caller' },
  method_not_allowed: {
    status: 405,
    type: 'invalid_request_error',
    code: 'method_not_allowed',
    ...OURS,
    domain: 'caller',
  },
  request_timeout: { status: 408, type: 'invalid_request_error', code: 'request_timeout', ...OURS, domain: 'caller' },
  invalid_api_key: { status: 401, type: 'authentication_error', code: 'invalid_api_key', ...OURS, domain: 'caller' },
  permission_denied: { status: 403, type: 'permission_error', code: 'permission_denied', ...OURS, domain: 'caller' },
  // policies
  input_blocked: { status: 400, type: 'policy_violation', code: 'input_blocked', ...OURS, domain: 'policy' },
  output_blocked: { status: 400, type: 'policy_violation', code: 'output_blocked', ...OURS, domain: 'policy' },
  no_compliant_target: {
    status: 403,
    type: 'policy_violation',
    code: 'no_compliant_target',
    ...OURS,
    domain: 'policy',
  },
  // limits
  rate_limited: { status: 429, type: 'rate_limit_error', code: 'rate_limit_exceeded', ...OURS, domain: 'limit' },
  budget_exceeded: { status: 402, type: 'budget_exceeded', code: 'budget_exceeded', ...OURS, domain: 'limit' },
  overloaded: { status: 503, type: 'service_unavailable_error', code: 'overloaded', ...OURS, domain: 'limit' },
  // the gateway's own state
  config_not_loaded: {
    status: 503,
    type: 'service_unavailable_error',
    code: 'config_not_loaded',
    ...OURS,
    domain: 'gateway',
  },
  pack_disabled: { status: 503, type: 'service_unavailable_error', code: 'pack_disabled', ...OURS, domain: 'gateway' },
  pack_deleted: { status: 503, type: 'service_unavailable_error', code: 'pack_deleted', ...OURS, domain: 'gateway' },
  draining: { status: 503, type: 'service_unavailable_error', code: 'draining', ...OURS, domain: 'gateway' },
  audit_unavailable: {
    status: 503,
    type: 'service_unavailable_error',
    code: 'audit_unavailable',
    ...OURS,
    domain: 'gateway',
  },
  no_available_target: {
    status: 503,
    type: 'service_unavailable_error',
    code: 'no_available_target',
    ...OURS,
    domain: 'gateway',
  },
  internal: { status: 500, type: 'server_error', code: 'internal_error', ...OURS, domain: 'gateway' },
  // the upstream
  upstream_invalid_request: { status: 400, type: 'invalid_request_error', code: null, ...OURS, domain: 'bedrock' },
  context_length_exceeded: {
    status: 400,
    type: 'invalid_request_error',
    code: 'context_length_exceeded',
    ...OURS,
    domain: 'bedrock',
  },
  upstream_model_not_found: {
    status: 404,
    type: 'invalid_request_error',
    code: 'model_not_found',
    ...NEXT,
    domain: 'bedrock',
  },
  access_denied: { status: 403, type: 'permission_error', code: 'access_denied', ...NEXT, domain: 'bedrock' },
  throttled: { status: 429, type: 'rate_limit_error', code: 'rate_limit_exceeded', ...AGAIN, domain: 'bedrock' },
  quota_exceeded: { status: 429, type: 'insufficient_quota', code: 'insufficient_quota', ...NEXT, domain: 'bedrock' },
  model_not_ready: {
    status: 503,
    type: 'service_unavailable_error',
    code: 'model_not_ready',
    ...AGAIN,
    domain: 'bedrock',
  },
  model_timeout: { status: 504, type: 'timeout_error', code: 'model_timeout', ...NEXT, domain: 'bedrock' },
  model_error: {
    status: 502,
    type: 'server_error',
    code: 'model_error',
    retry: 'once',
    fallback: true,
    domain: 'bedrock',
  },
  model_stream_error: { status: 502, type: 'server_error', code: 'model_stream_error', ...AGAIN, domain: 'bedrock' },
  upstream_internal_error: { status: 500, type: 'server_error', code: 'internal_error', ...AGAIN, domain: 'bedrock' },
  service_unavailable: {
    status: 503,
    type: 'service_unavailable_error',
    code: 'service_unavailable',
    ...AGAIN,
    domain: 'bedrock',
  },
  upstream_error: { status: 502, type: 'server_error', code: 'upstream_error', ...AGAIN, domain: 'bedrock' },
  upstream_unavailable: {
    status: 503,
    type: 'service_unavailable_error',
    code: 'upstream_error',
    ...AGAIN,
    domain: 'bedrock',
  },
  upstream_gateway_timeout: { status: 504, type: 'timeout_error', code: 'upstream_error', ...AGAIN, domain: 'bedrock' },
  invalid_upstream_response: {
    status: 502,
    type: 'server_error',
    code: 'invalid_upstream_response',
    ...NEXT,
    domain: 'bedrock',
  },
  // the way there
  upstream_authentication: {
    status: 502,
    type: 'server_error',
    code: 'upstream_authentication_error',
    ...NEXT,
    domain: 'credentials',
  },
  upstream_connection: {
    status: 502,
    type: 'server_error',
    code: 'upstream_connection_error',
    ...AGAIN,
    domain: 'network',
  },
  upstream_timeout: { status: 504, type: 'timeout_error', code: 'upstream_timeout', ...NEXT, domain: 'network' },
} as const satisfies Record<string, CatalogueEntry>;

export type ErrorReason = keyof typeof CATALOGUE;

/** The closed list of failures, for metrics and docs. */
export const ERROR_REASONS = Object.keys(CATALOGUE) as readonly ErrorReason[];

/** Body of every refusal: OpenAI's four members, `null` where empty, and `policy` where one decided. */
export interface ErrorBody {
  readonly error: {
    readonly message: string;
    readonly type: string;
    readonly param: string | null;
    readonly code: string | null;
    readonly policy?: string;
  };
}

export interface GatewayErrorOptions extends ErrorOptions {
  /** Path of the offending member in the caller's body, such as `messages[2].content[0].type`. */
  readonly param?: string;
  /** Kind of the policy that refused. */
  readonly policy?: string;
  /** The wait that the upstream or a limiter asked for, in seconds; may be fractional. */
  readonly retryAfterSeconds?: number;
  /** Status where the upstream's own is passed on ("other 4xx" of the mapping). */
  readonly status?: number;
  /** Which clock or which link of a chain failed, from a closed list, for logs and metrics: `connect`, `first_event`, `idle`, `total` … */
  readonly detail?: string;
  /** The upstream's own error name, for logs. */
  readonly upstreamName?: string;
  /** The upstream's id of the call that failed, where it gave one. */
  readonly upstreamRequestId?: string;
}

/** A failure whose message is safe to show the caller. Any other error is a bug and answers a bare 500. */
export class GatewayError extends Error {
  override readonly name = 'GatewayError';
  readonly reason: ErrorReason;
  readonly status: number;
  readonly param: string | undefined;
  readonly policy: string | undefined;
  readonly retryAfterSeconds: number | undefined;
  readonly detail: string | undefined;
  readonly upstreamName: string | undefined;
  /** Whoever knows the call may add its id later. */
  upstreamRequestId: string | undefined;

  /** @param options `cause` holds the upstream's own error: logged by name, never sent. */
  constructor(reason: ErrorReason, message: string, options: GatewayErrorOptions = {}) {
    super(message, options);
    this.reason = reason;
    this.status = options.status ?? CATALOGUE[reason].status;
    this.param = options.param;
    this.policy = options.policy;
    this.retryAfterSeconds = options.retryAfterSeconds;
    this.detail = options.detail;
    this.upstreamName = options.upstreamName;
    this.upstreamRequestId = options.upstreamRequestId;
  }

  get retry(): Retryability {
    return CATALOGUE[this.reason].retry;
  }

  get fallback(): boolean {
    return CATALOGUE[this.reason].fallback;
  }

  /** Whose fault it is. */
  get domain(): CatalogueEntry['domain'] {
    return CATALOGUE[this.reason].domain;
  }

  /** `keeptrusts_errors_total{type}`. */
  get metricType(): string {
    return `${this.domain}_${this.reason}`;
  }

  body(): ErrorBody {
    const { type, code } = CATALOGUE[this.reason];
    return {
      error: {
        message: this.message,
        type,
        param: this.param ?? null,
        code,
        ...(this.policy !== undefined && { policy: this.policy }),
      },
    };
  }
}
