import { isObject } from '../../core/json.js';
import type { ConverseRequest, WireToolSpec } from '../shapes/converse-shapes.js';
import { additionalFields, askedText } from './prompt.js';

/** Words of a tool's name that say nothing about what it is for. */
const EMPTY_WORDS = new Set('call data find from function info json list make tool with'.split(' '));

/**
 * The tools that the model calls in its turn, in the order they were offered. It calls those that the last user turn speaks of:
 * by their name, or by a word of at least four letters of it (`get_weather`: "weather"). If the choice is `any` and
 * none is meant, the first; if a tool is forced, that one. One at most where parallel calls are switched off.
 */
export function toolsToCall(request: ConverseRequest): readonly WireToolSpec[] {
  const { toolConfig } = request;
  if (!toolConfig) return [];
  const tools = toolConfig.tools.flatMap(({ toolSpec }) => toolSpec ?? []);
  const forced = toolConfig.toolChoice?.tool?.name;
  if (forced !== undefined) return tools.filter(({ name }) => name === forced);
  const asked = askedText(request).toLowerCase();
  const meant = tools.filter(({ name }) => isMeant(name, asked));
  const called = meant.length === 0 && toolConfig.toolChoice?.any ? tools.slice(0, 1) : meant;
  const choice = additionalFields(request)['tool_choice'];
  return isObject(choice) && choice['disable_parallel_tool_use'] === true ? called.slice(0, 1) : called;
}

function isMeant(name: string, asked: string): boolean {
  if (asked.includes(name.toLowerCase())) return true;
  const words = name
    .replaceAll(/([a-z])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .split(/[^a-z]+/);
  return words.some((word) => word.length >= 4 && !EMPTY_WORDS.has(word) && asked.includes(word));
}
