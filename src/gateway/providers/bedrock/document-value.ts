import type { ConverseCommandInput } from '@aws-sdk/client-bedrock-runtime';
import type { Json } from '../../../core/json.js';

/** The SDK's free-form JSON. */
export type DocumentValue = NonNullable<ConverseCommandInput['additionalModelRequestFields']>;

/** Checked JSON as the SDK's free-form kind. The SDK only reads it, so that the missing `readonly` of its type is harmless. */
export function documentValue(json: Json): DocumentValue {
  return json as DocumentValue;
}
