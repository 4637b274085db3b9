// How an answer is brought into the caller's JSON Schema, by what the model can do:
// natively, as the input of a tool that the caller never sees, or by asking for it.
import type { OutputConfig } from '@aws-sdk/client-bedrock-runtime';
import { compact } from '../../../core/compact.js';
import type { ChatRequest, ResponseFormat } from '../../chat/chat-request.js';
import type { ModelCapabilities } from './capabilities.js';
import { closedSchema, describesObject } from './json-schema-object.js';

type JsonSchemaFormat = Extract<ResponseFormat, { type: 'json_schema' }>;

/** `force`: the tool choice makes the model call the tool. */
export type FormatPlan =
  | { readonly kind: 'free' }
  | { readonly kind: 'native'; readonly outputConfig: OutputConfig }
  | { readonly kind: 'tool'; readonly format: JsonSchemaFormat; readonly force: boolean }
  | { readonly kind: 'instruction'; readonly text: string };

const FREE: FormatPlan = { kind: 'free' };

export interface FormatCircumstances {
  readonly capabilities: ModelCapabilities;
  /** Claude thinks, and so cannot be made to call a tool. */
  readonly thinking: boolean;
  /** The model may call tools of the caller's. */
  readonly offersTools: boolean;
  /** The model must call one of them, so that the answer is no text. */
  readonly mustCall: boolean;
}

export function planFormat(format: ChatRequest['responseFormat'], circumstances: FormatCircumstances): FormatPlan {
  const { capabilities, thinking, offersTools, mustCall } = circumstances;
  if (format === undefined) return FREE;
  if (format.type === 'json_object') return { kind: 'instruction', text: OBJECT_INSTRUCTION };
  if (capabilities.jsonSchema) return { kind: 'native', outputConfig: nativeFormat(format) };
  if (mustCall) return FREE;
  const form = offersTools ? 'any' : 'tool';
  const byTool =
    capabilities.tools &&
    capabilities.toolChoice.includes(form) &&
    (capabilities.jsonToolBesideTools || !offersTools) &&
    describesObject(format.schema);
  return byTool ? { kind: 'tool', format, force: !thinking } : { kind: 'instruction', text: schemaInstruction(format) };
}

const OBJECT_INSTRUCTION = 'Answer with one valid JSON object and nothing else: no prose, no code fence.';

function schemaInstruction(format: JsonSchemaFormat): string {
  const about = format.description === undefined ? '' : ` (${format.description})`;
  return (
    `Answer with one JSON value that is valid against the following JSON Schema${about}, and nothing else: ` +
    `no prose, no code fence.\n${JSON.stringify(format.schema)}`
  );
}

/** For a model that cannot be made to call the tool. */
export function jsonToolInstruction(jsonTool: string): string {
  return `Give your final answer by calling the tool ${jsonTool}, and write nothing beside that call.`;
}

/** @see https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_JsonSchemaDefinition.html */
function nativeFormat({ name, description, schema }: JsonSchemaFormat): OutputConfig {
  const jsonSchema = compact({ schema: JSON.stringify(closedSchema(schema)), name, description });
  return { textFormat: { type: 'json_schema', structure: { jsonSchema } } };
}
