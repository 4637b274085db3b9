import { compact } from '../../core/compact.js';
import type { Tool } from './chat-request.js';
import type { DroppedMembers } from './dropped-members.js';
import { cacheMark } from './parse-cache-mark.js';
import { readJson } from './parse-extensions.js';
import {
  described,
  member,
  pathOf,
  type Place,
  placeOf,
  readArray,
  readBoolean,
  readName,
  readString,
  refused,
  requireObject,
} from './read-member.js';

/** `tools`, or the legacy `functions`, in the caller's order. Names are not checked against any upstream's pattern. */
export function parseTools(body: Place, dropped: DroppedMembers): readonly Tool[] {
  const tools = (readArray(body, 'tools') ?? []).map((value, index) =>
    parseTool(placeOf(value, `tools[${index}]`), dropped),
  );
  const functions = readArray(body, 'functions') ?? [];
  if (functions.length === 0) return unique(tools, (index) => `tools[${index}].function.name`);
  if (tools.length > 0) throw refused('functions', 'expected either tools or functions, got both');
  return unique(
    functions.map((value, index) => parseFunction(placeOf(value, `functions[${index}]`))),
    (index) => `functions[${index}].name`,
  );
}

function parseTool(tool: Place, dropped: DroppedMembers): Tool {
  const type = member(tool, 'type');
  if (type !== 'function') throw refused(pathOf(tool, 'type'), `expected function, got ${described(type)}`);
  const definition = requireObject(tool, 'function');
  return { ...parseFunction(definition), ...cacheMark(definition, dropped), ...cacheMark(tool, dropped) };
}

function parseFunction(definition: Place): Tool {
  return compact({
    name: readName(definition, 'name'),
    description: readString(definition, 'description'),
    parameters: readJson(definition, 'parameters'),
    strict: readBoolean(definition, 'strict'),
  });
}

function unique(tools: readonly Tool[], pathAt: (index: number) => string): readonly Tool[] {
  const names = new Set<string>();
  for (const [index, { name }] of tools.entries()) {
    if (names.has(name)) throw refused(pathAt(index), 'expected a name that no other tool has');
    names.add(name);
  }
  return tools;
}
