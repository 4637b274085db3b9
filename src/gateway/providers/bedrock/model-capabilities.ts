import type { Capabilities } from '../../../config/policy-config-document.js';
import { compact } from '../../../core/compact.js';
import type { ModelCapabilities } from './capabilities.js';
import { readModelId } from './model-reference.js';
import { CLAUDE_EXCEPTIONS, CLAUDE_SINCE, MODELS, type ModelRow, UNKNOWN_MODEL } from './models.js';

/** The members of a target that say which model answers and what it can do. */
export interface ModelOverrides {
  /** Looked up instead of the model's own id. */
  readonly base_model?: string;
  readonly capabilities?: Capabilities;
}

/** What the model behind a Bedrock `modelId` can do. A model that the table does not know can do everything common. */
export function modelCapabilities(modelId: string, overrides: ModelOverrides = {}): ModelCapabilities {
  const entry = tableEntry(overrides.base_model ?? modelId);
  return overrides.capabilities ? overruled(entry, overrides.capabilities) : entry;
}

function tableEntry(modelId: string): ModelCapabilities {
  const reference = readModelId(modelId);
  if (reference.kind !== 'model') return UNKNOWN_MODEL;
  const id = reference.id.toLowerCase();
  const entry = matching(MODELS, id, UNKNOWN_MODEL);
  return entry.family === 'claude' ? matching(CLAUDE_EXCEPTIONS, id, asOfVersion(entry, claudeVersion(id))) : entry;
}

function matching(rows: readonly ModelRow[], id: string, from: ModelCapabilities): ModelCapabilities {
  return rows.reduce((entry, row) => (row.id.test(id) ? { ...entry, ...row.can } : entry), from);
}

function asOfVersion(from: ModelCapabilities, version: number): ModelCapabilities {
  return CLAUDE_SINCE.reduce((entry, { since, can }) => (since <= version ? { ...entry, ...can } : entry), from);
}

// claude-v2:1, claude-instant-v1 · claude-3-5-sonnet-20241022 · claude-sonnet-4-20250514, claude-opus-4-6-v1, claude-sonnet-5
const FIRST_NAMES = /claude-(?:instant-)?v(\d)/;
const LATER_NAMES = /claude-(?:[a-z]+-)?(\d{1,2})(?:[.-](\d{1,2}))?(?!\d)/;

/** 305 for 3.5. A Claude whose id tells no version is taken for the newest. */
function claudeVersion(id: string): number {
  const [, major, minor = '0'] = FIRST_NAMES.exec(id) ?? LATER_NAMES.exec(id) ?? [];
  return major === undefined ? Infinity : Number(major) * 100 + Number(minor);
}

function overruled(entry: ModelCapabilities, said: Capabilities): ModelCapabilities {
  return {
    ...entry,
    ...compact({
      system: said.system,
      tools: said.tools,
      streamingTools: said.streaming_tools,
      toolChoice: said.tool_choice,
      images: said.images,
      toolResultImages: said.images === false ? false : undefined,
      documents: said.documents,
      cachePoints: said.cache === undefined ? undefined : cachePlaces(entry, said.cache),
      strictTools: said.strict_tools,
      jsonSchema: said.json_schema,
      prefill: said.prefill,
    }),
  };
}

/** A model said to take cache points takes them where its line does, or everywhere if its line takes none. */
function cachePlaces(entry: ModelCapabilities, takesThem: boolean): ModelCapabilities['cachePoints'] {
  if (!takesThem) return [];
  return entry.cachePoints.length > 0 ? entry.cachePoints : UNKNOWN_MODEL.cachePoints;
}
