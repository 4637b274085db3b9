import { isObject } from '../../core/json.js';
import { jsonValue } from '../answer/json-value.js';
import { names, prose } from '../answer/prose.js';
import type { Random } from '../random.js';
import type { ConverseRequest } from '../shapes/converse-shapes.js';
import { askedText, systemText, toolResultText } from './prompt.js';

const ANY_ANSWER = {
  type: 'object',
  properties: { answer: { type: 'string' }, confidence: { type: 'number', minimum: 0, maximum: 1 } },
  required: ['answer', 'confidence'],
};

/**
 * The text of the model's turn: what follows `Repeat after me:` word for word; JSON where the request's text format or its system
 * prompt asks for it (of the schema found there); what the tools gave back; else prose about the question.
 */
export function said(request: ConverseRequest, random: Random): string {
  const asked = askedText(request);
  const repeated = /repeat after me:\s*([^]*\S)/i.exec(asked)?.[1];
  if (repeated !== undefined) return repeated;
  const schema = wantedSchema(request);
  if (schema !== undefined) return JSON.stringify(jsonValue(schema, random, names(asked)));
  const results = toolResultText(request);
  return results === undefined ? prose(asked, random) : `I looked it up. ${prose(results, random)}`;
}

function wantedSchema(request: ConverseRequest): unknown {
  const format = request.outputConfig?.textFormat?.structure.jsonSchema?.schema;
  if (format !== undefined) return JSON.parse(format);
  const system = systemText(request);
  if (!/\bJSON\b/.test(system)) return undefined;
  return schemaWithin(system) ?? ANY_ANSWER;
}

/** Braces to look behind: enough for a prompt with examples, few enough for one full of code. */
const MAX_STARTS = 50;

/** The first JSON object in a text, if it looks like a schema. */
function schemaWithin(text: string): unknown {
  let start = text.indexOf('{');
  for (let tries = 0; start >= 0 && tries < MAX_STARTS; tries += 1) {
    const value = parsed(text.slice(start, closingBrace(text, start) + 1));
    if (isObject(value)) return 'type' in value || 'properties' in value || '$ref' in value ? value : undefined;
    start = text.indexOf('{', start + 1);
  }
  return undefined;
}

/** The place of the brace that closes the one at `start`, braces within strings aside; the end of the text where there is none. */
function closingBrace(text: string, start: number): number {
  let depth = 0;
  for (const { 0: token, index } of text.slice(start).matchAll(/"(?:[^"\\]|\\.)*"|[{}]/g)) {
    if (token === '{') depth += 1;
    if (token === '}') depth -= 1;
    if (depth === 0) return start + index;
  }
  return text.length;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // braces that are not JSON: the search goes on
  }
}
