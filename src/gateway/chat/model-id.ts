// What a Bedrock model id says by itself. Ids reach the upstream verbatim; this is for comparing and describing them.
// https://docs.aws.amazon.com/bedrock/latest/userguide/inference-profiles-support.html

/** Prefixes of system inference profiles; they count only in front of a vendor's name. */
const GEOGRAPHY = /^(?:us|eu|apac|global|jp|au|us-gov|ca|sa|amer)\.(?=[a-z0-9-]+\.)/;

/**
 * The foundation model behind an id: `us.anthropic.claude-…` and the ARNs of foundation models and system inference
 * profiles lose what stands before the vendor. Any other ARN hides its model and yields its last part.
 */
export function baseModelId(id: string): string {
  const name = id.startsWith('arn:') ? id.slice(id.lastIndexOf('/') + 1) : id;
  return name.replace(GEOGRAPHY, '');
}

/** `anthropic` of `us.anthropic.claude-…`; `undefined` for an id that names no vendor, such as an alias. */
export function vendorOf(id: string): string | undefined {
  return /^([a-z0-9-]+)\../.exec(baseModelId(id))?.[1];
}
