import { isObject } from '../../core/json.js';
import type { ConverseRequest, WireContentBlock, WireMessage } from '../shapes/converse-shapes.js';

/** What the last user turn says in words, without the results of tools. */
export function askedText({ messages = [] }: ConverseRequest): string {
  const last = messages.findLast(({ role }) => role === 'user');
  return textOf(last?.content ?? []);
}

export function systemText({ system = [] }: ConverseRequest): string {
  return system.map(({ text, guardContent }) => text ?? guardContent?.text?.text ?? '').join('\n');
}

/** The texts that tools gave back in the last turn, if it has any. */
export function toolResultText({ messages = [] }: ConverseRequest): string | undefined {
  const results = messages.at(-1)?.content.flatMap(({ toolResult }) => toolResult ?? []) ?? [];
  if (results.length === 0) return undefined;
  return results
    .flatMap(({ content }) => content)
    .map(({ text, json }) => text ?? (json ? JSON.stringify(json) : ''))
    .join(' ');
}

export function additionalFields({
  additionalModelRequestFields: fields,
}: ConverseRequest): Readonly<Record<string, unknown>> {
  return isObject(fields) ? fields : {};
}

export function textOf(content: WireMessage['content']): string {
  return content.map(spoken).filter(Boolean).join('\n');
}

function spoken({ text, guardContent }: WireContentBlock): string {
  return text ?? guardContent?.text?.text ?? '';
}
