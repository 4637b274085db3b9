import type { Clock } from '../../../core/clock.js';
import type { ChatRequest } from '../../chat/chat-request.js';
import type { EmbeddingRequest } from '../../chat/embedding.js';
import { GatewayError } from '../../chat/gateway-error.js';
import { type BedrockTarget, createBedrockProvider } from '../bedrock/bedrock-provider.js';
import type { ModelCapabilities } from '../bedrock/capabilities.js';
import { modelCapabilities } from '../bedrock/model-capabilities.js';
import type { KeyedApi, KeyedTarget, KeyedUpstream } from '../http/keyed-upstream.js';
import type { Call, Completed, Embedded, Provider, Streamed } from '../provider.js';
import { MessagesTransport } from './messages-transport.js';

/** https://docs.claude.com/en/api/overview and, for the version, https://docs.claude.com/en/api/versioning */
export const ANTHROPIC: KeyedApi = {
  name: 'Anthropic',
  baseUrl: 'https://api.anthropic.com',
  headers: { 'anthropic-version': '2023-06-01' },
  keyHeaders: (key) => ({ 'x-api-key': key }),
};

export type AnthropicTarget = KeyedTarget & Omit<BedrockTarget, 'guardrail' | 'performance'>;

export interface AnthropicProviderOptions {
  readonly target: AnthropicTarget;
  readonly upstream: KeyedUpstream;
  readonly clock: Clock;
}

/** Claude at Anthropic itself: the rules by which it is asked through Converse, over the Messages API. */
export function createAnthropicProvider({ target, upstream, clock }: AnthropicProviderOptions): Provider {
  // The key's connection sends the target's headers already.
  const { headers: _sentBelow, ...rest } = target;
  const claude = createBedrockProvider({
    target: rest,
    transport: new MessagesTransport(upstream, clock),
    clock,
    capabilities: atAnthropic(modelCapabilities(target.model, target)),
    upstream: { name: upstream.name, extension: 'anthropic' },
  });
  return {
    complete: (request: ChatRequest, call: Call): Promise<Completed> =>
      without(request, (r) => claude.complete(r, call)),
    stream: (request: ChatRequest, call: Call): Promise<Streamed> => without(request, (r) => claude.stream(r, call)),
    embed: (_request: EmbeddingRequest): Promise<Embedded> =>
      Promise.reject(new GatewayError('invalid_request', `${upstream.name} has no embeddings.`, { param: 'model' })),
    probe: (mode, call) => claude.probe(mode, call),
    close: () => claude.close(),
  };
}

/** What every Claude with tools does there, whatever it does on Bedrock. A JSON Schema goes by way of a tool. */
function atAnthropic(capabilities: ModelCapabilities): ModelCapabilities {
  return { ...capabilities, jsonSchema: false, strictTools: false, parallelSwitch: capabilities.tools };
}

/** Asks without the members that only Bedrock knows, and names them as dropped. */
async function without<T extends Completed | Streamed>(
  { metadata, serviceTier, extensions, ...request }: ChatRequest,
  ask: (request: ChatRequest) => Promise<T>,
): Promise<T> {
  const { additionalModelRequestFields: fields, ...bedrocks } = extensions;
  const dropped = [
    ...(metadata === undefined ? [] : ['metadata']),
    ...(serviceTier === undefined ? [] : ['service_tier']),
    ...Object.entries(bedrocks).flatMap(([name, value]) => (value === undefined ? [] : [name])),
  ];
  const kept = fields === undefined ? {} : { additionalModelRequestFields: fields };
  const outcome = await ask({ ...request, extensions: kept });
  return { ...outcome, dropped: [...new Set([...dropped, ...outcome.dropped])] };
}
