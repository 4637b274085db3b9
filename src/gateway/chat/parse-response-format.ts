import { compact } from '../../core/compact.js';
import type { ResponseFormat } from './chat-request.js';
import { readJson } from './parse-extensions.js';
import {
  described,
  member,
  pathOf,
  type Place,
  readBoolean,
  readName,
  readObject,
  readString,
  refused,
  requireObject,
} from './read-member.js';

/** `response_format`; `undefined` for `{type: "text"}`, which asks for nothing. */
export function parseResponseFormat(body: Place): ResponseFormat | undefined {
  const format = readObject(body, 'response_format');
  if (format === undefined) return undefined;
  const type = member(format, 'type');
  switch (type) {
    case 'text':
      return undefined;
    case 'json_object':
      return { type };
    case 'json_schema':
      return parseJsonSchema(requireObject(format, 'json_schema'));
    default:
      throw refused(pathOf(format, 'type'), `expected text, json_object or json_schema, got ${described(type)}`);
  }
}

function parseJsonSchema(format: Place): ResponseFormat {
  const schema = readJson(format, 'schema');
  const name = readName(format, 'name');
  if (schema === undefined) throw refused(pathOf(format, 'schema'), 'expected a JSON Schema object, got nothing');
  return compact({
    type: 'json_schema' as const,
    name,
    description: readString(format, 'description'),
    schema,
    strict: readBoolean(format, 'strict'),
  });
}
