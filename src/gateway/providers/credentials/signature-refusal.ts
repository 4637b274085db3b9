/**
 * Why AWS refused a request before it looked at it: `clock`, the signature's date is more than five minutes from AWS's;
 * `credentials`, those that signed have expired or were withdrawn.
 */
export type SignatureRefusal = 'clock' | 'credentials';

// https://docs.aws.amazon.com/bedrock/latest/APIReference/CommonErrors.html
// https://docs.aws.amazon.com/STS/latest/APIReference/CommonErrors.html
const CLOCK = new Set(['RequestTimeTooSkewed', 'RequestExpired', 'RequestInTheFuture']);
const CREDENTIALS = new Set([
  'ExpiredToken',
  'ExpiredTokenException',
  'TokenRefreshRequired',
  'UnrecognizedClientException',
  'InvalidClientTokenId',
]);
/** How a wrong date is worded where its error has no name of its own: "Signature expired: … is now earlier than …". */
const CLOCK_WORDS = /signature (expired|not yet current)/i;

/** @param error as the AWS SDK throws it; its `name` is the service's error code. */
export function refusalOf(error: unknown): SignatureRefusal | undefined {
  if (!(error instanceof Error)) return undefined;
  if (CLOCK.has(error.name) || CLOCK_WORDS.test(error.message)) return 'clock';
  return CREDENTIALS.has(error.name) ? 'credentials' : undefined;
}
