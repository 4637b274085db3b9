import { isObject } from '../../../core/json.js';
import { readModelId } from './model-reference.js';

const MAX_LENGTH = 1000;

// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids
const KEY_ID = /\b(?:ABIA|ACCA|AGPA|AIDA|AIPA|AKIA|ANPA|ANVA|APKA|AROA|ASCA|ASIA)[A-Z0-9]{12,}\b/g;
const ACCOUNT_ID = /(?<!\d)\d{12}(?!\d)/g;

/** The first line of an upstream's message, without markup, key ids and account ids. Empty when there is none. */
export function safeMessage(message: unknown): string {
  if (typeof message !== 'string') return '';
  const [line = ''] = unwrapped(message.slice(0, 10 * MAX_LENGTH))
    .trimStart()
    .split(/[\r\n]/, 1);
  return line
    .replace(/<[/!a-zA-Z][^<>]*>/g, '')
    .replace(KEY_ID, '[access key id]')
    .replace(ACCOUNT_ID, '[account]')
    .trim()
    .slice(0, MAX_LENGTH);
}

/** An exception that the service model does not know comes as its whole body. */
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

const NO_ON_DEMAND = /on-demand throughput isn[’']t supported/i;

/** `message`, with the way out where Bedrock asks for a profile without naming one. */
export function modelMessage(message: string, modelId: string): string {
  const reference = readModelId(modelId);
  if (!NO_ON_DEMAND.test(message) || reference.kind !== 'model') return message;
  const profiles = ['us', 'eu', 'apac', 'global'].map((geography) => `${geography}.${reference.id}`);
  return `${message} Inference profiles to use as the model instead: ${profiles.join(', ')}.`;
}
