// Calls of a prompt from Prompt management: the prompt itself says how it is asked.
// https://docs.aws.amazon.com/bedrock/latest/userguide/prompt-management-deploy.html
import type { ConverseStreamCommandInput, PromptVariableValues } from '@aws-sdk/client-bedrock-runtime';
import type { JsonObject } from '../../../core/json.js';
import type { ChatRequest } from '../../chat/chat-request.js';
import { refused } from '../../chat/read-member.js';

/** @throws GatewayError when the request needs what Converse does not take beside a prompt's ARN. */
export function checkPromptRequest(input: ConverseStreamCommandInput, request: ChatRequest): void {
  const forbidden: readonly (readonly [unknown, string])[] = [
    [input.system, request.responseFormat === undefined ? 'messages' : 'response_format'],
    [input.toolConfig, request.tools.length > 0 ? 'tools' : 'messages'],
    [input.inferenceConfig, inferenceMember(request)],
    [input.additionalModelRequestFields, 'additionalModelRequestFields'],
  ];
  for (const [member, param] of forbidden) {
    if (member !== undefined) throw refused(param, 'the model is a managed prompt, which sets this itself');
  }
}

function inferenceMember({ maxTokens, maxTokensParam = 'max_tokens', temperature, topP }: ChatRequest): string {
  if (maxTokens !== undefined) return maxTokensParam;
  if (temperature !== undefined) return 'temperature';
  return topP === undefined ? 'stop' : 'top_p';
}

/** Values may be given as Bedrock's `{text}` or as plain strings. */
export function promptVariables(values: JsonObject | undefined): Record<string, PromptVariableValues> | undefined {
  if (values === undefined) return undefined;
  const named = Object.entries(values).map(([name, value]) => [
    name,
    typeof value === 'string' ? { text: value } : value,
  ]);
  return Object.fromEntries(named) as Record<string, PromptVariableValues>; // other shapes are Bedrock's to refuse
}
