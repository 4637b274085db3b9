import { compact } from '../../core/compact.js';
import type { EmbeddingRequest } from './embedding.js';
import { parseBody } from './parse-body.js';
import {
  described,
  member,
  type Place,
  readBoolean,
  readInteger,
  readName,
  readString,
  readWord,
  refused,
} from './read-member.js';
import { hintsOf, ignoredMembers } from './request-members.js';

/** OpenAI's own limit; each text may cost a call of its own. */
const MAX_TEXTS = 2048;

const HINTS = ['user'];
const KNOWN = new Set([...HINTS, 'model', 'input', 'dimensions', 'encoding_format', 'input_type', 'normalize']);

/**
 * @param body what `JSON.parse` made of the request's body.
 * @throws GatewayError `invalid_request` with the path of the first member that is wrong.
 */
export function parseEmbeddingRequest(body: unknown): EmbeddingRequest {
  const root = parseBody(body);
  return compact({
    model: readName(root, 'model'),
    input: parseInput(root),
    dimensions: readInteger(root, 'dimensions', 1),
    encodingFormat: readWord(root, 'encoding_format', ['float', 'base64']) ?? 'float',
    inputType: readString(root, 'input_type'),
    normalize: readBoolean(root, 'normalize'),
    hints: hintsOf(root, HINTS),
    ignored: ignoredMembers(root, KNOWN),
  });
}

function parseInput(body: Place): readonly string[] {
  const input = member(body, 'input');
  const texts: readonly unknown[] = Array.isArray(input) ? input : [input];
  if (texts.length === 0 || texts.length > MAX_TEXTS) {
    throw refused('input', `expected 1 to ${MAX_TEXTS} texts, got ${texts.length}`);
  }
  return texts.map((text) => {
    if (typeof text === 'string' && text !== '') return text;
    const note = typeof text === 'number' || Array.isArray(text) ? ' (token ids are not taken)' : '';
    throw refused('input', `expected non-empty text, got ${described(text)}${note}`);
  });
}
