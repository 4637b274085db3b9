import { jsonValue } from '../answer/json-value.js';
import type { AnswerBlock } from '../answer/model-answer.js';
import { names } from '../answer/prose.js';
import type { Random } from '../random.js';
import type { ConverseRequest, WireToolSpec } from '../shapes/converse-shapes.js';
import type { ModelTraits } from './model-traits.js';
import { askedText } from './prompt.js';
import { said } from './said.js';
import { thoughts } from './thinking.js';
import { toolsToCall } from './tool-choice.js';

const BASE64URL = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-';
const ALPHANUMERIC = BASE64URL.slice(0, -2);

/** What the model says in its turn, and why it stops. */
export interface Turn {
  readonly blocks: readonly AnswerBlock[];
  readonly stopReason: string;
  readonly stopSequence?: string;
}

export interface Speaker {
  readonly model: string;
  readonly traits: ModelTraits;
  readonly seed: number;
}

/** A turn as the model means it, before its limits: thoughts, then calls of tools or else text. */
export function turn(request: ConverseRequest, { model, traits, seed }: Speaker, random: Random): Turn {
  const thought = thoughts(request, traits, model, seed, random);
  const tools = toolsToCall(request);
  if (tools.length > 0) {
    const words = names(askedText(request));
    const calls = tools.map((tool) => toolUse(tool, traits, random, words));
    return { blocks: [...thought, ...calls], stopReason: 'tool_use' };
  }
  return { blocks: [...thought, { type: 'text', text: said(request, random) }], stopReason: 'end_turn' };
}

function toolUse(
  { name, inputSchema }: WireToolSpec,
  { family }: ModelTraits,
  random: Random,
  words: readonly string[],
): AnswerBlock {
  const input = jsonValue(inputSchema.json, random, words);
  const id = family === 'mistral' ? random.string(9, ALPHANUMERIC) : `tooluse_${random.string(22, BASE64URL)}`;
  return { type: 'tool_use', id, name, input, inputText: JSON.stringify(input) };
}
