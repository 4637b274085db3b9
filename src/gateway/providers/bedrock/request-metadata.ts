// https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Converse.html, requestMetadata
const MAX_ENTRIES = 16;
const MAX_LENGTH = 256;
const OTHER_CHARACTERS = /[^a-zA-Z0-9 \t\n\v\f\r._:/=+$@-]/g;

/**
 * The caller's metadata in the form that Bedrock logs take; it is cut and cleaned rather than let fail the call.
 * @param dropped gains `metadata` when there are more entries than Bedrock takes.
 */
export function requestMetadata(
  metadata: Readonly<Record<string, string>> | undefined,
  dropped: Set<string>,
): Record<string, string> | undefined {
  const entries = Object.entries(metadata ?? {}).filter(([key]) => key !== '');
  if (entries.length === 0) return undefined;
  if (entries.length > MAX_ENTRIES) dropped.add('metadata');
  return Object.fromEntries(entries.slice(0, MAX_ENTRIES).map(([key, value]) => [cleaned(key), cleaned(value)]));
}

function cleaned(text: string): string {
  return text.slice(0, MAX_LENGTH).replace(OTHER_CHARACTERS, '_');
}
