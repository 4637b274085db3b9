// Statuses: https://docs.aws.amazon.com/bedrock/latest/APIReference/CommonErrors.html and the error sections of
// https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_ConverseStream.html

/** The exceptions that Amazon Bedrock Runtime's API declares, with their HTTP statuses. */
export const BEDROCK_EXCEPTIONS = {
  AccessDeniedException: 403,
  ConflictException: 400,
  InternalServerException: 500,
  ModelErrorException: 424,
  ModelNotReadyException: 429,
  ModelStreamErrorException: 424,
  ModelTimeoutException: 408,
  ResourceNotFoundException: 404,
  ServiceQuotaExceededException: 400,
  ServiceUnavailableException: 503,
  ThrottlingException: 429,
  ValidationException: 400,
} as const satisfies Record<string, number>;

const ERROR_STATUSES = {
  ...BEDROCK_EXCEPTIONS,
  // common to all services
  ExpiredTokenException: 403,
  IncompleteSignatureException: 403,
  InvalidSignatureException: 403,
  MissingAuthenticationTokenException: 403,
  RequestEntityTooLargeException: 413,
  SerializationException: 400,
  UnknownOperationException: 404,
  UnrecognizedClientException: 403,
} as const satisfies Record<string, number>;

export type ErrorName = keyof typeof ERROR_STATUSES;

const USUAL_MESSAGES: Readonly<Partial<Record<string, string>>> = {
  AccessDeniedException: "You don't have access to the model with the specified model ID.",
  ExpiredTokenException: 'The security token included in the request is expired',
  InternalServerException: 'The system encountered an unexpected error during processing. Try your request again.',
  ModelErrorException: 'The system encountered an unexpected error during processing. Try your request again.',
  ModelNotReadyException: 'Model is not ready for inference. Wait and try your request again.',
  ModelStreamErrorException: 'The system encountered an unexpected error during processing. Try your request again.',
  ModelTimeoutException: 'Model processing timed out. Try your request again.',
  ResourceNotFoundException: 'Could not resolve the foundation model from the provided model identifier.',
  ServiceQuotaExceededException: 'Your request exceeds the service quota for your account.',
  ServiceUnavailableException: 'Bedrock is unable to process your request.',
  ThrottlingException: 'Too many requests, please wait before trying again.',
  UnrecognizedClientException: 'The security token included in the request is invalid.',
  ValidationException: 'The request is not valid.',
};

/** What the service says with an error of that name when nobody asked for other words. */
export function usualMessage(code: string): string {
  return USUAL_MESSAGES[code] ?? `${code} from the simulator`;
}

export interface AwsErrorOptions extends ErrorOptions {
  readonly status?: number;
  readonly retryAfterSeconds?: number;
}

/** A failure to be answered the way AWS answers it. Anything else that is thrown is a bug of the simulator. */
export class AwsError extends Error {
  override readonly name = 'AwsError';
  /** Such as `ValidationException`; need not be one that the API declares. */
  readonly code: string;
  readonly status: number;
  readonly retryAfterSeconds: number | undefined;

  /** @param options `status` defaults to the declared one, else 400. */
  constructor(code: ErrorName | (string & {}), message: string, options: AwsErrorOptions = {}) {
    super(message, options);
    this.code = code;
    this.status = options.status ?? statusOf(code);
    this.retryAfterSeconds = options.retryAfterSeconds;
  }
}

function statusOf(code: string): number {
  return code in ERROR_STATUSES ? ERROR_STATUSES[code as ErrorName] : 400; // narrowed by the line itself
}
