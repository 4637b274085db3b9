// Tools and the choice among them. https://docs.aws.amazon.com/bedrock/latest/userguide/tool-use-inference-call.html
import type {
  Tool as BedrockTool,
  ToolChoice as BedrockChoice,
  ToolSpecification,
} from '@aws-sdk/client-bedrock-runtime';
import { isBlank } from '../../chat/blank-text.js';
import type { JsonObject } from '../../../core/json.js';
import type { ChatRequest, Tool } from '../../chat/chat-request.js';
import { refused } from '../../chat/read-member.js';
import { mark } from './cache-points.js';
import type { ModelCapabilities } from './capabilities.js';
import { documentValue } from './document-value.js';
import { inputSchema } from './json-schema-object.js';
import type { FormatPlan } from './response-format.js';
import type { ToolNames } from './tool-names.js';

export interface ToolPlan {
  /** Empty when the request has no `toolConfig`. */
  readonly tools: readonly BedrockTool[];
  readonly toolChoice?: BedrockChoice;
  /** Claude's own tool choice, for `additionalModelRequestFields`. */
  readonly fields: JsonObject;
  /** Bedrock's name of the tool whose input is the answer's JSON. */
  readonly jsonTool?: string;
  /** The caller wants one call, and only the gateway can see to it. */
  readonly firstCallOnly: boolean;
}

export interface ToolCircumstances {
  readonly capabilities: ModelCapabilities;
  readonly names: ToolNames;
  readonly format: FormatPlan;
  readonly thinking: boolean;
  /** Gains what the model cannot be told. */
  readonly dropped: Set<string>;
}

const JSON_TOOL = 'json_answer';
const JSON_TOOL_DESCRIPTION = 'Gives the final answer to the user. Call it exactly once, when the answer is complete.';

/** True when the model may call tools of the caller's. */
export function offersTools({ tools, toolChoice }: ChatRequest): boolean {
  return tools.length > 0 && toolChoice?.mode !== 'none';
}

/** True when the caller wants a call and no text. */
export function forcesCall({ toolChoice }: ChatRequest): boolean {
  return (
    toolChoice?.mode === 'required' ||
    toolChoice?.mode === 'tool' ||
    (toolChoice?.mode === 'allowed' && toolChoice.required)
  );
}

/** Names of the tools called in earlier turns. */
export function calledTools({ messages }: ChatRequest): Set<string> {
  const names = new Set<string>();
  for (const message of messages) {
    if (message.role === 'assistant') for (const { name } of message.toolCalls) names.add(name);
  }
  return names;
}

/** @throws GatewayError when the model takes no tools. */
export function planTools(request: ChatRequest, circumstances: ToolCircumstances): ToolPlan {
  const { capabilities, names, format } = circumstances;
  const offered = offersTools(request);
  if (offered && !capabilities.tools) throw refused('tools', 'this model takes no tools');
  const tools: BedrockTool[] = [];
  for (const tool of declaredTools(request, circumstances)) {
    tools.push({ toolSpec: specification(tool, circumstances) });
    mark(tools, tool.cache);
  }
  const jsonTool = format.kind === 'tool' ? names.unused(JSON_TOOL) : undefined;
  if (format.kind === 'tool' && jsonTool !== undefined) {
    tools.push({ toolSpec: jsonToolSpecification(jsonTool, format.format) });
  }
  const toolChoice = chooseTool(request, jsonTool, circumstances);
  const onlyOne = request.parallelToolCalls === false && offered;
  return {
    tools,
    ...(toolChoice !== undefined && { toolChoice }),
    fields: onlyOne && capabilities.parallelSwitch ? oneCallField(toolChoice) : {},
    ...(jsonTool !== undefined && { jsonTool }),
    firstCallOnly: onlyOne && !capabilities.parallelSwitch,
  };
}

/** The tools that the model is shown: the caller's, fewer where the choice says so, or what the history needs. */
function declaredTools(request: ChatRequest, { capabilities, thinking }: ToolCircumstances): readonly Tool[] {
  if (!capabilities.tools) return [];
  const { tools, toolChoice } = request;
  const called = calledTools(request);
  if (tools.length === 0) return Array.from(called, inertTool);
  switch (toolChoice?.mode) {
    case 'none':
      // Converse knows no such choice. Tool blocks in the history demand a toolConfig all the same.
      return called.size > 0 ? tools : [];
    case 'allowed':
      return tools.filter(({ name }) => toolChoice.names.includes(name));
    case 'tool':
      if (thinking || capabilities.toolChoice.includes('tool')) return tools;
      return tools.filter(({ name }) => name === toolChoice.name);
    default:
      return tools;
  }
}

/** Stands for a tool that earlier turns called and this request does not offer. */
function inertTool(name: string): Tool {
  return { name, description: 'Used earlier in this conversation. It is no longer available.' };
}

function specification(tool: Tool, { capabilities, names }: ToolCircumstances): ToolSpecification {
  const described = tool.description !== undefined && !isBlank(tool.description);
  return {
    name: names.bedrock(tool.name),
    ...(described && { description: tool.description }),
    inputSchema: { json: documentValue(inputSchema(tool.parameters)) },
    ...(tool.strict === true && capabilities.strictTools && { strict: true }),
  };
}

function jsonToolSpecification(name: string, { description, schema }: { description?: string; schema: JsonObject }) {
  const about = description === undefined || isBlank(description) ? '' : ` ${description}`;
  return {
    name,
    description: JSON_TOOL_DESCRIPTION + about,
    inputSchema: { json: documentValue(inputSchema(schema)) },
  } satisfies ToolSpecification;
}

function chooseTool(
  request: ChatRequest,
  jsonTool: string | undefined,
  { capabilities, names, format, thinking, dropped }: ToolCircumstances,
): BedrockChoice | undefined {
  if (format.kind === 'tool' && jsonTool !== undefined) {
    if (!format.force) return undefined;
    return offersTools(request) ? { any: {} } : { tool: { name: jsonTool } };
  }
  if (!forcesCall(request)) return undefined;
  if (!thinking) {
    const can = capabilities.toolChoice;
    if (request.toolChoice?.mode === 'tool' && can.includes('tool')) {
      return { tool: { name: names.bedrock(request.toolChoice.name) } };
    }
    if (can.includes('any')) return { any: {} };
  }
  dropped.add('tool_choice');
  return undefined;
}

// Bedrock merges this field with `toolConfig.toolChoice`: a second `type` beside that one is a conflict, and none at all where
// there is no choice is refused.
function oneCallField(toolChoice: BedrockChoice | undefined): JsonObject {
  const once = { disable_parallel_tool_use: true };
  return { tool_choice: toolChoice === undefined ? { type: 'auto', ...once } : once };
}
