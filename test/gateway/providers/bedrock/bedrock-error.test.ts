import { ModelErrorException, ThrottlingException, ValidationException } from '@aws-sdk/client-bedrock-runtime';
import { expect } from 'chai';
import { GatewayError } from '../../../../src/gateway/chat/gateway-error.js';
import { toGatewayError } from '../../../../src/gateway/providers/bedrock/bedrock-error.js';

// docs/mapping.md, "Errors". The tests of the provider show the same through the SDK.

const CALL = { model: 'us.anthropic.claude-sonnet-4-20250514-v1:0', now: Date.UTC(2026, 0, 1) };

interface Thrown {
  readonly name?: string;
  readonly message?: string;
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
}

/** An error as the SDK makes it of an answer. */
function thrown({ name = 'Error', message = 'said Bedrock', status, headers = {} }: Thrown): Error {
  const $metadata = status === undefined ? {} : { httpStatusCode: status };
  return Object.assign(new Error(message), { name, $metadata, $response: { headers } });
}

function mapped(failure: Thrown): GatewayError {
  return toGatewayError(thrown(failure), CALL);
}

/** Status, `type` and `code` of the answer, and whether the attempt may be repeated here and elsewhere. */
function facts(error: GatewayError): unknown[] {
  const { type, code } = error.body().error;
  return [error.status, type, code, error.retry, error.fallback];
}

describe('toGatewayError', () => {
  for (const [name, status, expected] of [
    ['ValidationException', 400, [400, 'invalid_request_error', null, 'no', false]],
    ['AccessDeniedException', 403, [403, 'permission_error', 'access_denied', 'no', true]],
    ['ResourceNotFoundException', 404, [404, 'invalid_request_error', 'model_not_found', 'no', true]],
    ['ThrottlingException', 429, [429, 'rate_limit_error', 'rate_limit_exceeded', 'yes', true]],
    ['TooManyRequestsException', 429, [429, 'rate_limit_error', 'rate_limit_exceeded', 'yes', true]],
    ['ServiceQuotaExceededException', 400, [429, 'insufficient_quota', 'insufficient_quota', 'no', true]],
    ['ModelNotReadyException', 429, [503, 'service_unavailable_error', 'model_not_ready', 'yes', true]],
    ['ModelTimeoutException', 408, [504, 'timeout_error', 'model_timeout', 'no', true]],
    ['ModelErrorException', 424, [502, 'server_error', 'model_error', 'once', true]],
    ['ModelStreamErrorException', 424, [502, 'server_error', 'model_stream_error', 'yes', true]],
    ['InternalServerException', 500, [500, 'server_error', 'internal_error', 'yes', true]],
    ['ServiceUnavailableException', 503, [503, 'service_unavailable_error', 'service_unavailable', 'yes', true]],
    ['ConflictException', 400, [400, 'invalid_request_error', null, 'no', false]],
    ['ExpiredTokenException', 403, [502, 'server_error', 'upstream_authentication_error', 'no', true]],
    ['UnrecognizedClientException', 403, [502, 'server_error', 'upstream_authentication_error', 'no', true]],
    ['InvalidSignatureException', 403, [502, 'server_error', 'upstream_authentication_error', 'no', true]],
    ['IncompleteSignatureException', 400, [502, 'server_error', 'upstream_authentication_error', 'no', true]],
    ['MissingAuthenticationTokenException', 403, [502, 'server_error', 'upstream_authentication_error', 'no', true]],
    ['CredentialsProviderError', undefined, [502, 'server_error', 'upstream_authentication_error', 'no', true]],
    ['UnknownOperationException', 404, [404, 'invalid_request_error', null, 'no', false]],
    ['TeapotException', 418, [418, 'invalid_request_error', null, 'no', false]],
    ['AnyException', 429, [429, 'rate_limit_error', 'rate_limit_exceeded', 'yes', true]],
    ['AnyException', 500, [502, 'server_error', 'upstream_error', 'yes', true]],
    ['AnyException', 502, [502, 'server_error', 'upstream_error', 'yes', true]],
    ['AnyException', 503, [503, 'service_unavailable_error', 'upstream_error', 'yes', true]],
    ['AnyException', 504, [504, 'timeout_error', 'upstream_error', 'yes', true]],
    ['AnyException', 301, [502, 'server_error', 'upstream_error', 'yes', true]],
    ['AnyStreamException', undefined, [502, 'server_error', 'upstream_error', 'yes', true]],
  ] as const) {
    it(`maps ${name} ${status ?? 'without a status'}`, () => {
      const error = mapped({ name, ...(status !== undefined && { status }) });
      expect(facts(error)).to.deep.equal(expected);
      expect(error.upstreamName).to.equal(name);
    });
  }

  it('says that a refusal gave no reason', () => {
    const error = mapped({ name: 'Unknown', status: 403, message: 'UnknownError' });
    expect(error.message).to.equal('Bedrock answered with status 403, without a reason');
  });

  it("keeps AWS's id of the call, read by the SDK or not", () => {
    const read = Object.assign(thrown({ status: 400 }), { $metadata: { httpStatusCode: 400, requestId: 'r-1' } });
    const page = Object.assign(new SyntaxError('<'), {
      $metadata: { httpStatusCode: 502 },
      $response: { headers: { 'x-amzn-requestid': 'r-2' } },
    });
    expect([read, page, thrown({})].map((error) => toGatewayError(error, CALL).upstreamRequestId)).to.deep.equal([
      'r-1',
      'r-2',
      undefined,
    ]);
  });

  it('goes by the name where the first frame of a stream left no status', () => {
    const exceptions = [
      [new ThrottlingException({ message: 'slow down', $metadata: {} }), 429],
      [new ModelErrorException({ message: 'oops', $metadata: {} }), 502],
      [new ValidationException({ message: 'bad', $metadata: {} }), 400],
    ] as const;
    for (const [exception, status] of exceptions) expect(toGatewayError(exception, CALL).status).to.equal(status);
  });

  for (const message of [
    'Input is too long for requested model.',
    'The model returned the following errors: prompt is too long: 250000 tokens > 200000 maximum',
    'input length and `max_tokens` exceed context limit: 190000 + 20000 > 200000',
    '400 Bad Request: Too many total text bytes: 30000000 > 25000000',
    "This model's maximum context length is 128000 tokens",
  ]) {
    it(`knows the context window in "${message}"`, () => {
      const error = mapped({ name: 'ValidationException', status: 400, message });
      expect(facts(error)).to.deep.equal([400, 'invalid_request_error', 'context_length_exceeded', 'no', false]);
      expect(error.message).to.equal(message);
    });
  }

  it('knows an invalid model id', () => {
    const error = mapped({
      name: 'ValidationException',
      status: 400,
      message: 'The provided model identifier is invalid.',
    });
    expect(facts(error)).to.deep.equal([404, 'invalid_request_error', 'model_not_found', 'no', true]);
  });

  it('names the inference profiles where on-demand throughput is not supported', () => {
    const message =
      "Invocation of model ID anthropic.claude-sonnet-4-20250514-v1:0 with on-demand throughput isn't supported. Retry " +
      'your request with the ID or ARN of an inference profile that contains this model.';
    const error = mapped({ name: 'ValidationException', status: 400, message });
    expect(error.status).to.equal(400);
    for (const geography of ['us', 'eu', 'apac', 'global']) {
      expect(error.message).to.include(`${geography}.anthropic.claude-sonnet-4-20250514-v1:0`);
    }
  });

  describe('retry-after', () => {
    for (const [row, headers, expected] of [
      ['seconds', { 'retry-after': '7' }, 7],
      ['fractions of a second', { 'Retry-After': '0.5' }, 0.5],
      ['a date', { 'retry-after': 'Thu, 01 Jan 2026 00:00:30 GMT' }, 30],
      ['milliseconds of AWS', { 'x-amz-retry-after': '1500' }, 1.5],
      ['the longer of two', { 'retry-after': '1', 'x-amz-retry-after': '2500' }, 2.5],
      ['a date gone by', { 'retry-after': 'Wed, 31 Dec 2025 00:00:00 GMT' }, undefined],
      ['nonsense', { 'retry-after': 'soon' }, undefined],
      ['none', {}, undefined],
    ] as const) {
      it(`reads ${row}`, () => {
        const error = mapped({ name: 'ThrottlingException', status: 429, headers });
        expect(error.retryAfterSeconds).to.equal(expected);
      });
    }
  });

  describe('messages', () => {
    for (const [row, message, expected] of [
      ['one line', 'First.\n    at stack (line:1)', 'First.'],
      ['no markup', '<b>Bad</b> <script>x</script>thing', 'Bad xthing'],
      ['comparisons', 'temperature: 3 < 0 or 3 > 1', 'temperature: 3 < 0 or 3 > 1'],
      [
        'no account ids',
        'User: arn:aws:sts::123456789012:assumed-role/app/session is not authorized',
        'User: arn:aws:sts::[account]:assumed-role/app/session is not authorized',
      ],
      ['no access key ids', 'The key AKIAIOSFODNN7EXAMPLE is bad', 'The key [access key id] is bad'],
      ['the message of a body', '{"message":"from a body"}', 'from a body'],
      ['the Message of a body', '{"Message":"from a body"}', 'from a body'],
      ['no endless text', 'x'.repeat(5000), 'x'.repeat(1000)],
    ] as const) {
      it(`have ${row}`, () => {
        expect(mapped({ name: 'ValidationException', status: 400, message }).message).to.equal(expected);
      });
    }

    it('say something when Bedrock says nothing', () => {
      const error = mapped({ name: 'AnyException', status: 500, message: '' });
      expect(error.message).to.equal('Bedrock answered with status 500: AnyException');
    });

    it('say nothing of credentials', () => {
      const error = mapped({ name: 'CredentialsProviderError', message: 'Could not load /home/ann/.aws/credentials' });
      expect(error.message).to.equal("Bedrock did not accept the gateway's AWS credentials (CredentialsProviderError)");
    });
  });

  describe('an answer that could not be read', () => {
    function unreadable(status: number): GatewayError {
      const error = new SyntaxError('Unexpected token < in JSON at position 0: <html>secret</html>');
      return toGatewayError(Object.assign(error, { $metadata: { httpStatusCode: status } }), CALL);
    }

    for (const [status, expected] of [
      [200, [502, 'server_error', 'invalid_upstream_response', 'no', true]],
      [403, [502, 'server_error', 'upstream_error', 'yes', true]],
      [500, [502, 'server_error', 'upstream_error', 'yes', true]],
      [503, [503, 'service_unavailable_error', 'upstream_error', 'yes', true]],
      [504, [504, 'timeout_error', 'upstream_error', 'yes', true]],
    ] as const) {
      it(`with status ${status}`, () => {
        const error = unreadable(status);
        expect(facts(error)).to.deep.equal(expected);
        expect(error.message).to.equal(`Bedrock answered with status ${status}, but not in its format`);
      });
    }
  });

  describe('failures on the way', () => {
    for (const [code, detail] of [
      ['ECONNREFUSED', 'refused'],
      ['ECONNRESET', 'reset'],
      ['EPIPE', 'reset'],
      ['ERR_HTTP2_STREAM_ERROR', 'reset'],
      ['ENOTFOUND', 'dns'],
      ['EAI_AGAIN', 'dns'],
      ['EHOSTUNREACH', 'unreachable'],
      ['CERT_HAS_EXPIRED', 'tls'],
      ['DEPTH_ZERO_SELF_SIGNED_CERT', 'tls'],
      ['ERR_TLS_CERT_ALTNAME_INVALID', 'tls'],
      ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'tls'],
    ] as const) {
      it(`with ${code}`, () => {
        const cause = Object.assign(new Error('connect 10.0.0.1:443'), { code });
        for (const error of [cause, new Error('failed', { cause }), new AggregateError([cause])]) {
          const failure = toGatewayError(error, CALL);
          expect(facts(failure)).to.deep.equal([502, 'server_error', 'upstream_connection_error', 'yes', true]);
          expect(failure.detail).to.equal(detail);
          expect(failure.message).not.to.include('10.0.0.1');
        }
      });
    }

    it('with a clock of the SDK', () => {
      const error = mapped({ name: 'TimeoutError', message: 'Socket timed out' });
      expect([error.status, error.detail]).to.deep.equal([504, 'connect']);
    });

    it('with a cut frame or a damaged one', () => {
      expect(mapped({ message: 'Truncated event message received.' }).detail).to.equal('truncated');
      const damaged = mapped({ message: 'The message checksum (1) did not match the expected value of 2' });
      expect([damaged.body().error.code, damaged.detail]).to.deep.equal(['invalid_upstream_response', 'damaged']);
    });
  });

  it('lets a failure that has its meaning be', () => {
    const error = new GatewayError('upstream_timeout', 'late', { detail: 'connect' });
    expect(toGatewayError(error, CALL)).to.equal(error);
  });

  it('tells nothing of a defect', () => {
    const defect = toGatewayError(new TypeError("Cannot read properties of undefined (reading 'secret')"), CALL);
    expect(facts(defect)).to.deep.equal([500, 'server_error', 'internal_error', 'no', false]);
    expect(defect.message).not.to.include('secret');
    expect(toGatewayError(new Error('secret detail'), CALL).message).not.to.include('secret');
  });

  for (const nothing of [undefined, null, 'text', 7, {}]) {
    it(`survives ${JSON.stringify(nothing) ?? 'undefined'}`, () => {
      expect(toGatewayError(nothing, CALL).status).to.equal(502);
    });
  }
});
