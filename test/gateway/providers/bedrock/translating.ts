import type { ContentBlock, ConverseStreamCommandInput } from '@aws-sdk/client-bedrock-runtime';
import { parseChatRequest } from '../../../../src/gateway/chat/parse-chat-request.js';
import {
  type TargetOptions,
  toConverse,
  type Translation,
} from '../../../../src/gateway/providers/bedrock/converse-request.js';
import {
  modelCapabilities,
  type ModelOverrides,
} from '../../../../src/gateway/providers/bedrock/model-capabilities.js';

/** One model of each kind that the rules tell apart. */
export const MODELS = {
  claude2: 'anthropic.claude-v2:1',
  claude3: 'anthropic.claude-3-haiku-20240307-v1:0',
  claude37: 'us.anthropic.claude-3-7-sonnet-20250219-v1:0',
  claude4: 'anthropic.claude-sonnet-4-20250514-v1:0',
  claude41: 'us.anthropic.claude-opus-4-1-20250805-v1:0',
  claude45: 'us.anthropic.claude-sonnet-4-5-20250929-v1:0',
  claude46: 'global.anthropic.claude-opus-4-6-v1',
  claude47: 'anthropic.claude-opus-4-7',
  claude5: 'us.anthropic.claude-sonnet-5',
  nova: 'amazon.nova-pro-v1:0',
  novaMicro: 'amazon.nova-micro-v1:0',
  nova2: 'us.amazon.nova-2-lite-v1:0',
  titan: 'amazon.titan-text-premier-v1:0',
  llama3: 'meta.llama3-70b-instruct-v1:0',
  llama31: 'meta.llama3-1-70b-instruct-v1:0',
  mixtral: 'mistral.mixtral-8x7b-instruct-v0:1',
  mistralLarge: 'mistral.mistral-large-2407-v1:0',
  pixtral: 'us.mistral.pixtral-large-2502-v1:0',
  commandR: 'cohere.command-r-plus-v1:0',
  deepseekR1: 'us.deepseek.r1-v1:0',
  deepseekV3: 'deepseek.v3-v1:0',
  gptOss: 'openai.gpt-oss-120b-1:0',
  profile: 'arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/abc123',
  prompt: 'arn:aws:bedrock:us-east-1:123456789012:prompt/PROMPT1234:1',
} as const;

export interface Asked extends Partial<TargetOptions>, ModelOverrides {
  readonly model?: string;
}

/** An OpenAI body, with a user's "hi" for messages unless it has its own, as it is sent to `model`. */
export function translation(body: object, asked: Asked = {}): Translation {
  const model = asked.model ?? MODELS.claude4;
  const request = parseChatRequest({ model, messages: [{ role: 'user', content: 'hi' }], ...body });
  return toConverse(request, modelCapabilities(model, asked), { ...asked, model });
}

export function sent(body: object, asked: Asked = {}): ConverseStreamCommandInput {
  return translation(body, asked).input;
}

/** The turns as `[role, ...blocks]`. */
export function turns(messages: readonly object[], asked: Asked & { readonly body?: object } = {}): unknown[] {
  const { messages: sentMessages = [] } = sent({ messages, ...asked.body }, asked);
  return sentMessages.map(({ role, content = [] }) => [role, ...content]);
}

/** The blocks of the only turn of a user who sends these parts. */
export function blocks(content: unknown, asked: Asked = {}): ContentBlock[] {
  return sent({ messages: [{ role: 'user', content }] }, asked).messages?.[0]?.content ?? [];
}

export function tool(name: string, members: object = {}): object {
  return { type: 'function', function: { name, parameters: { type: 'object', properties: {} }, ...members } };
}

export function call(id: string, name = 'f', text = '{}'): object {
  return { id, type: 'function', function: { name, arguments: text } };
}
