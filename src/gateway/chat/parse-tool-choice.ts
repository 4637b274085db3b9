import { isObject } from '../../core/json.js';
import type { Tool, ToolChoice } from './chat-request.js';
import { described, member, type Place, refused } from './read-member.js';

/** `tool_choice`, or the legacy `function_call`. Without tools there is nothing to choose, so every choice means nothing. */
export function parseToolChoice(body: Place, tools: readonly Tool[]): ToolChoice | undefined {
  const [param, read] = choiceMember(body);
  const value = member(body, param);
  if (value === undefined) return undefined;
  const choice = read(value);
  if (choice === undefined) throw refused(param, `expected ${EXPECTED[param]}, got ${described(value)}`);
  if (tools.length === 0) return undefined;
  const declared = new Set(tools.map(({ name }) => name));
  if (namesOf(choice).every((name) => declared.has(name))) return choice;
  throw refused(param, 'expected names of tools that the request declares, got another');
}

const EXPECTED = {
  tool_choice: 'auto, none, required, {type: "function", function: {name}} or {type: "allowed_tools", …}',
  function_call: 'auto, none or {name}',
};

type Reader = (value: unknown) => ToolChoice | undefined;

function choiceMember(body: Place): readonly [keyof typeof EXPECTED, Reader] {
  if (member(body, 'function_call') === undefined) return ['tool_choice', readToolChoice];
  if (member(body, 'tool_choice') === undefined) return ['function_call', readFunctionCall];
  throw refused('function_call', 'expected either tool_choice or function_call, got both');
}

function readToolChoice(value: unknown): ToolChoice | undefined {
  if (value === 'auto' || value === 'none' || value === 'required') return { mode: value };
  if (!isObject(value)) return undefined;
  return value.type === 'allowed_tools' ? readAllowedTools(value.allowed_tools) : readNamed(value);
}

function readNamed(value: unknown): ToolChoice | undefined {
  const name = functionName(value);
  return name === undefined ? undefined : { mode: 'tool', name };
}

function readAllowedTools(value: unknown): ToolChoice | undefined {
  if (!isObject(value) || !Array.isArray(value.tools) || value.tools.length === 0) return undefined;
  if (value.mode !== 'auto' && value.mode !== 'required') return undefined;
  const names = value.tools.map(functionName).filter((name) => name !== undefined);
  return names.length < value.tools.length
    ? undefined
    : { mode: 'allowed', required: value.mode === 'required', names };
}

/** The name in `{type: "function", function: {name}}`. */
function functionName(value: unknown): string | undefined {
  if (!isObject(value) || value.type !== 'function' || !isObject(value.function)) return undefined;
  return nonEmpty(value.function.name);
}

function readFunctionCall(value: unknown): ToolChoice | undefined {
  if (value === 'auto' || value === 'none') return { mode: value };
  const name = isObject(value) ? nonEmpty(value.name) : undefined;
  return name === undefined ? undefined : { mode: 'tool', name };
}

function nonEmpty(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function namesOf(choice: ToolChoice): readonly string[] {
  if (choice.mode === 'tool') return [choice.name];
  return choice.mode === 'allowed' ? choice.names : [];
}
