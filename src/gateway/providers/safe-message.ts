import { isObject } from '../../core/json.js';

const MAX_LENGTH = 1000;

// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids
const KEY_ID = /\b(?:ABIA|ACCA|AGPA|AIDA|AIPA|AKIA|ANPA|ANVA|APKA|AROA|ASCA|ASIA)[A-Z0-9]{12,}\b/g;
/** Of OpenAI and Anthropic, whose refusals repeat them in part. */
const API_KEY = /\bsk-[\w*-]{4,}/g;
const ACCOUNT_ID = /(?<!\d)\d{12}(?!\d)/g;

/** The first line of an upstream's message, without markup, API keys, key ids and account ids. Empty when there is none. */
export function safeMessage(message: unknown): string {
  if (typeof message !== 'string') return '';
  const [line = ''] = unwrapped(message.slice(0, 10 * MAX_LENGTH))
    .trimStart()
    .split(/[\r\n]/, 1);
  return line
    .replace(/<[/!a-zA-Z][^<>]*>/g, '')
    .replace(KEY_ID, '[access key id]')
    .replace(API_KEY, '[api key]')
    .replace(ACCOUNT_ID, '[account]')
    .trim()
    .slice(0, MAX_LENGTH);
}

/** An exception that Bedrock's service model does not know comes as its whole body. */
function unwrapped(message: string): string {
  if (!message.startsWith('{')) return message;
  try {
    const body: unknown = JSON.parse(message);
    const inner = isObject(body) ? (body.message ?? body.Message) : undefined;
    return typeof inner === 'string' ? inner : message;
  } catch {
    return message;
  }
}
