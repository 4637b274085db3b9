import { baseModelId } from '../../chat/model-id.js';

/**
 * What a Bedrock `modelId` names. `model`: a foundation model, its geography aside. `prompt`: a managed prompt. `opaque`: an ARN
 * that does not say which model answers.
 */
export type ModelReference =
  { readonly kind: 'model'; readonly id: string } | { readonly kind: 'prompt' } | { readonly kind: 'opaque' };

/** The kind of resource that an ARN names. https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonbedrock.html */
const ARN_RESOURCE = /^arn:[a-z-]+:[a-z0-9-]+:[a-z0-9-]*:\d*:([a-z-]+)\//;

/** Resources whose last part is a model id or the id of a system-defined profile. */
const TELLING_RESOURCES = new Set(['foundation-model', 'inference-profile']);

/** The id itself is always sent verbatim; this reading only chooses capabilities. */
export function readModelId(modelId: string): ModelReference {
  if (modelId.startsWith('arn:')) {
    const resource = ARN_RESOURCE.exec(modelId)?.[1] ?? '';
    if (resource === 'prompt') return { kind: 'prompt' };
    if (!TELLING_RESOURCES.has(resource)) return { kind: 'opaque' };
  }
  return { kind: 'model', id: baseModelId(modelId) };
}
