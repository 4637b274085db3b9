// The input of Converse becomes a body of Anthropic's Messages API. https://docs.claude.com/en/api/messages
import type {
  CachePointBlock,
  ContentBlock,
  ConverseCommandInput,
  DocumentBlock,
  ImageBlock,
  ToolConfiguration,
  ToolResultContentBlock,
} from '@aws-sdk/client-bedrock-runtime';
import { compact } from '../../../core/compact.js';
import { isObject, type Json, type JsonObject } from '../../../core/json.js';
import { GatewayError } from '../../chat/gateway-error.js';

export interface MessagesCall {
  readonly body: JsonObject;
  readonly headers: Readonly<Record<string, string>>;
}

/** The API demands a limit, and every Claude can write so much; thinking comes on top. */
const DEFAULT_MAX_TOKENS = 4096;

/** @throws {GatewayError} `invalid_request` for content that this API cannot carry. */
export function messagesRequest(input: ConverseCommandInput, stream: boolean): MessagesCall {
  const { anthropic_beta: betas, tool_choice: choice, ...fields } = fieldsOf(input);
  const { maxTokens, temperature, topP, stopSequences } = input.inferenceConfig ?? {};
  const tools = input.toolConfig?.tools;
  const body = compact({
    model: input.modelId ?? '',
    max_tokens: maxTokens ?? DEFAULT_MAX_TOKENS + thinkingBudget(fields),
    system: input.system && blocksOf(input.system, ({ text }) => [{ type: 'text', text }]),
    messages: (input.messages ?? []).map(({ role, content }) => ({
      role: role ?? 'user',
      content: blocksOf(content ?? [], contentOf),
    })),
    temperature,
    top_p: topP,
    stop_sequences: stopSequences,
    tools: tools && blocksOf(tools, ({ toolSpec }) => [toolOf(toolSpec)]),
    tool_choice: toolChoiceOf(input.toolConfig, choice),
    stream: stream || undefined,
    ...fields,
  });
  return { body, headers: betaHeader(betas) };
}

function fieldsOf({ additionalModelRequestFields: fields }: ConverseCommandInput): JsonObject {
  return isObject(fields) ? fields : {}; // it was made of checked JSON
}

function thinkingBudget({ thinking }: JsonObject): number {
  return isObject(thinking) && typeof thinking['budget_tokens'] === 'number' ? thinking['budget_tokens'] : 0;
}

/** Bedrock takes betas in the body, Anthropic in a header. */
function betaHeader(betas: Json | undefined): Readonly<Record<string, string>> {
  const names = Array.isArray(betas) ? betas.filter((name) => typeof name === 'string' && /^[\w.-]+$/.test(name)) : [];
  return names.length > 0 ? { 'anthropic-beta': names.join(',') } : {};
}

function toolOf(spec: NonNullable<ToolConfiguration['tools']>[number]['toolSpec']): JsonObject {
  const { name, description, inputSchema } = spec ?? {};
  return compact({ name, description, input_schema: inputSchema?.json });
}

/** @param more `disable_parallel_tool_use`, which belongs beside the choice. */
function toolChoiceOf(config: ToolConfiguration | undefined, more: Json | undefined): JsonObject | undefined {
  const { any, tool, auto } = config?.toolChoice ?? {};
  const beside = isObject(more) ? more : {};
  if (tool) return { type: 'tool', name: tool.name, ...beside };
  if (any) return { type: 'any', ...beside };
  if (auto) return { type: 'auto', ...beside };
  return isObject(more) ? beside : undefined;
}

/** Blocks of which a cache point marks the one before it, as `cache_control`. */
function blocksOf<T extends object>(blocks: readonly T[], convert: (block: T) => JsonObject[]): JsonObject[] {
  const made: JsonObject[] = [];
  for (const block of blocks) {
    const point = cachePointOf(block);
    if (point === undefined) made.push(...convert(block));
    else if (made.length > 0) made.push({ ...made.pop(), cache_control: cacheControl(point) });
  }
  return made;
}

function cachePointOf(block: object): CachePointBlock | undefined {
  return 'cachePoint' in block ? (block.cachePoint as CachePointBlock | undefined) : undefined;
}

function cacheControl({ ttl }: CachePointBlock): JsonObject {
  return ttl === undefined ? { type: 'ephemeral' } : { type: 'ephemeral', ttl };
}

function contentOf(block: ContentBlock): JsonObject[] {
  if (block.text !== undefined) return [{ type: 'text', text: block.text }];
  if (block.image) return [imageOf(block.image)];
  if (block.document) return [documentOf(block.document)];
  if (block.toolUse) {
    const { toolUseId: id, name, input } = block.toolUse;
    return [compact({ type: 'tool_use', id, name, input: input ?? {} })];
  }
  if (block.toolResult) {
    const { toolUseId, content = [], status } = block.toolResult;
    const isError = status === 'error' || undefined;
    const results = content.map(resultOf);
    return [compact({ type: 'tool_result', tool_use_id: toolUseId, content: results, is_error: isError })];
  }
  if (block.reasoningContent?.reasoningText) {
    const { text = '', signature } = block.reasoningContent.reasoningText;
    return [compact({ type: 'thinking', thinking: text, signature })];
  }
  if (block.reasoningContent?.redactedContent) {
    return [{ type: 'redacted_thinking', data: base64(block.reasoningContent.redactedContent) }];
  }
  throw unsupported(block.video ? 'a video' : block.audio ? 'audio' : 'such content');
}

function resultOf(block: ToolResultContentBlock): JsonObject {
  if (block.text !== undefined) return { type: 'text', text: block.text };
  if (block.image) return imageOf(block.image);
  if (block.document) return documentOf(block.document);
  throw unsupported('such a tool result');
}

function imageOf({ format, source }: ImageBlock): JsonObject {
  const data = base64(bytesOf(source));
  return { type: 'image', source: { type: 'base64', media_type: `image/${format}`, data } };
}

/** Formats that are text, which the API takes as plain text. */
const TEXT_FORMATS: ReadonlySet<string | undefined> = new Set(['txt', 'md', 'csv', 'html']);

function documentOf({ format, name, source }: DocumentBlock): JsonObject {
  const bytes = bytesOf(source);
  const title = name === undefined ? {} : { title: name };
  if (format === 'pdf') {
    return {
      type: 'document',
      source: { type: 'base64', media_type: 'application/pdf', data: base64(bytes) },
      ...title,
    };
  }
  if (!TEXT_FORMATS.has(format)) throw unsupported(`a ${format} document`);
  const data = new TextDecoder().decode(bytes);
  return { type: 'document', source: { type: 'text', media_type: 'text/plain', data }, ...title };
}

function bytesOf(source: { readonly bytes?: Uint8Array | undefined } | undefined): Uint8Array {
  if (source?.bytes === undefined) throw unsupported('an s3:// location');
  return source.bytes;
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64');
}

function unsupported(what: string): GatewayError {
  return new GatewayError('invalid_request', `The target's API cannot take ${what}.`);
}
