// A neutral chat becomes the input of Converse or ConverseStream. docs/mapping.md has the rules, row by row.
import type {
  ConverseStreamCommandInput,
  PerformanceConfiguration,
  SystemContentBlock,
  Tool,
  ToolConfiguration,
} from '@aws-sdk/client-bedrock-runtime';
import type { PromptCache, TargetGuardrail } from '../../../config/policy-config-document.js';
import { compact } from '../../../core/compact.js';
import type { JsonObject } from '../../../core/json.js';
import type { ChatMessage, ChatRequest } from '../../chat/chat-request.js';
import { type CacheableLists, hasCachePoint, settleCachePoints, withOwnPoints } from './cache-points.js';
import type { ModelCapabilities } from './capabilities.js';
import { type DocumentValue, documentValue } from './document-value.js';
import { guardrailConfig } from './guardrail-config.js';
import { inference } from './inference-config.js';
import { readModelId } from './model-reference.js';
import { checkPromptRequest, promptVariables } from './prompt-request.js';
import { type Reasoning, reasoning } from './reasoning.js';
import { endedForAnswer, foldSystem, openedByUser, withDocumentText } from './repair-turns.js';
import { requestMetadata } from './request-metadata.js';
import { type FormatCircumstances, type FormatPlan, jsonToolInstruction, planFormat } from './response-format.js';
import { systemBlocks } from './system-blocks.js';
import { calledTools, forcesCall, offersTools, planTools, type ToolPlan } from './tool-config.js';
import { ToolNames } from './tool-names.js';
import { toTurns } from './turns.js';
import { BEDROCK, type Upstream } from './upstream.js';

/** What the target adds to each of its calls. */
export interface TargetOptions {
  /** Absent: Bedrock itself. */
  readonly upstream?: Upstream;
  /** Model id, profile id or ARN, sent verbatim. */
  readonly model: string;
  readonly guardrail?: TargetGuardrail;
  readonly performance?: PerformanceConfiguration['latency'];
  readonly cache?: PromptCache;
}

export interface Translation {
  /** For Converse as well: it has no member that Converse does not know unless `mode` is `stream`. */
  readonly input: ConverseStreamCommandInput;
  /** `synthetic`: asked whole, because the model cannot stream this, and then played as a stream. */
  readonly mode: 'whole' | 'stream' | 'synthetic';
  /** Members of the body that are not obeyed, in the order met; those that parsing left out are not among them. */
  readonly dropped: readonly string[];
  readonly reading: AnswerReading;
}

/** What must be known of a request to read its answer. */
export interface AnswerReading {
  readonly upstream: Upstream;
  readonly toolNames: ToolNames;
  /** Bedrock's name of the hidden tool whose input is the answer's text. */
  readonly jsonTool?: string;
  /** Only the first tool call is the caller's. */
  readonly firstCallOnly: boolean;
}

/** @throws GatewayError when the model or prompt cannot be asked this. */
export function toConverse(request: ChatRequest, capabilities: ModelCapabilities, target: TargetOptions): Translation {
  const dropped = new Set(Object.keys(request.hints));
  const names = new ToolNames([...request.tools.map(({ name }) => name), ...calledTools(request)]);
  const thought = reasoning(request, capabilities, dropped);
  const format = planFormat(request.responseFormat, circumstances(request, capabilities, thought));
  const plan = planTools(request, { capabilities, names, format, thinking: thought.thinking, dropped });
  const mode = modeOf(request, plan, capabilities);
  const lists = cacheableLists(request, { capabilities, names, format, thought, plan, cache: target.cache, dropped });
  const { inferenceConfig, fields } = inference(request, capabilities, thought, dropped);
  const { extensions } = request;
  const input: ConverseStreamCommandInput = compact({
    modelId: target.model,
    messages: [...lists.turns],
    system: unlessEmpty(lists.system),
    inferenceConfig,
    toolConfig: toolConfig(lists.tools, plan),
    guardrailConfig: guardrailConfig(extensions.guardrailConfig, target.guardrail, mode === 'stream', dropped),
    // The caller's own fields win over what was made of other members.
    additionalModelRequestFields: unlessBare({
      ...thought.fields,
      ...fields,
      ...plan.fields,
      ...extensions.additionalModelRequestFields,
    }),
    additionalModelResponseFieldPaths: unlessEmpty(extensions.additionalModelResponseFieldPaths ?? []),
    promptVariables: promptVariables(extensions.promptVariables),
    requestMetadata: requestMetadata(request.metadata, dropped),
    performanceConfig: performanceConfig(extensions.performanceConfig, target.performance),
    serviceTier: request.serviceTier === undefined ? undefined : { type: request.serviceTier },
    outputConfig: format.kind === 'native' ? format.outputConfig : undefined,
  });
  if (readModelId(target.model).kind === 'prompt') checkPromptRequest(input, request);
  return {
    input,
    mode,
    dropped: [...dropped],
    reading: compact({
      upstream: target.upstream ?? BEDROCK,
      toolNames: names,
      jsonTool: plan.jsonTool,
      firstCallOnly: plan.firstCallOnly,
    }),
  };
}

function circumstances(
  request: ChatRequest,
  capabilities: ModelCapabilities,
  { thinking }: Reasoning,
): FormatCircumstances {
  const offered = offersTools(request);
  return { capabilities, thinking, offersTools: offered, mustCall: offered && forcesCall(request) && !thinking };
}

function modeOf(request: ChatRequest, { tools }: ToolPlan, { streamingTools }: ModelCapabilities): Translation['mode'] {
  if (!request.stream) return 'whole';
  return tools.length > 0 && !streamingTools ? 'synthetic' : 'stream';
}

interface Parts {
  readonly capabilities: ModelCapabilities;
  readonly names: ToolNames;
  readonly format: FormatPlan;
  readonly thought: Reasoning;
  readonly plan: ToolPlan;
  readonly cache: PromptCache | undefined;
  readonly dropped: Set<string>;
}

/** Tools, system and turns, repaired and with the cache points that the model takes. */
function cacheableLists(request: ChatRequest, parts: Parts): CacheableLists {
  const { capabilities, names, thought, plan, cache, dropped } = parts;
  const texts = [...systemBlocks(request.messages), ...instructions(parts)];
  const said = toTurns(request.messages, capabilities, names, dropped);
  const marked = hasCachePoint({ tools: plan.tools, system: texts, turns: said });
  if (marked && capabilities.cachePoints.length === 0) dropped.add('cache_control');
  const asked = capabilities.system ? said : foldSystem(texts, said);
  const continues = capabilities.prefill && !thought.thinking && lastSpeaker(request) === 'assistant';
  const turns = endedForAnswer(openedByUser(asked).map(withDocumentText), continues);
  const lists = { tools: plan.tools, system: capabilities.system ? texts : [], turns };
  return settleCachePoints(marked ? lists : withOwnPoints(lists, cache), capabilities);
}

/** What the model is told in words about the form of its answer. */
function instructions({ format, plan }: Parts): SystemContentBlock[] {
  if (format.kind === 'instruction') return [{ text: format.text }];
  if (format.kind === 'tool' && !format.force && plan.jsonTool !== undefined) {
    return [{ text: jsonToolInstruction(plan.jsonTool) }];
  }
  return [];
}

function lastSpeaker({ messages }: ChatRequest): ChatMessage['role'] | undefined {
  return messages.findLast(({ role }) => role !== 'system')?.role;
}

function toolConfig(tools: readonly Tool[], { toolChoice }: ToolPlan): ToolConfiguration | undefined {
  return tools.length === 0 ? undefined : compact({ tools: [...tools], toolChoice });
}

function performanceConfig(
  callers: JsonObject | undefined,
  latency: TargetOptions['performance'],
): PerformanceConfiguration | undefined {
  return callers ?? (latency === undefined ? undefined : { latency });
}

function unlessEmpty<T>(list: readonly T[]): T[] | undefined {
  return list.length === 0 ? undefined : [...list];
}

function unlessBare(fields: JsonObject): DocumentValue | undefined {
  return Object.keys(fields).length === 0 ? undefined : documentValue(fields);
}
