import { hash } from 'node:crypto';
import type { ModelCapabilities } from './capabilities.js';
import { shortHash } from './short-hash.js';

// https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_ToolUseBlock.html; the dot and colon that some versions of
// the page list are left out, since not every model takes them.
const BEDROCK_ID = /^[a-zA-Z0-9_-]{1,64}$/;
const MAX_LENGTH = 64;

// Mistral's models answer "Tool call id has to be defined in format [a-zA-Z0-9]{9}".
const NINE = /^[a-zA-Z0-9]{9}$/;
const LETTERS_AND_DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/**
 * The id of a tool call in the form that the model takes: the caller's own where that is possible, else one derived from all of
 * it, so that a call and its result, which carry the same id, still do.
 */
export function toolUseId(id: string, style: ModelCapabilities['toolCallIds']): string {
  if (style === 'nine') return NINE.test(id) ? id : nineOf(id);
  return BEDROCK_ID.test(id) ? id : cleaned(id);
}

function cleaned(id: string): string {
  const tail = `_${shortHash(id)}`;
  return id.replace(/[^a-zA-Z0-9_-]/g, '_').slice(0, MAX_LENGTH - tail.length) + tail;
}

/** Of the whole id, never its first nine characters: those of `call_…` ids hardly differ. */
function nineOf(id: string): string {
  const digest = hash('sha256', id, 'buffer');
  return Array.from(digest.subarray(0, 9), (byte) => LETTERS_AND_DIGITS[byte % LETTERS_AND_DIGITS.length]).join('');
}
