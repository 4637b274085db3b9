import { createHmac } from 'node:crypto';
import type { ChatMessage, ContentPart } from '../chat/chat-request.js';

/**
 * `hmac-sha256:<hex>` of a prompt under the installation's key: tells that two prompts are the same, and, without the key,
 * nothing about what they say. Covers roles, texts, media and tool calls, in order.
 */
export function promptHash(messages: readonly ChatMessage[], key: Uint8Array): string {
  const hmac = createHmac('sha256', key);
  // Lengths keep parts apart: ["ab", "c"] is not ["a", "bc"].
  const add = (bytes: string | Uint8Array): void => void hmac.update(`${bytes.length}:`).update(bytes);
  for (const message of messages) {
    add(message.role);
    for (const part of message.content) add(contentOf(part));
    if (message.role !== 'assistant') continue;
    for (const { name, arguments: args } of message.toolCalls) {
      add(name);
      add(args);
    }
  }
  return `hmac-sha256:${hmac.digest('hex')}`;
}

/** The same for the inputs of an embedding. */
export function inputHash(texts: readonly string[], key: Uint8Array): string {
  return promptHash([{ role: 'user', content: texts.map((text) => ({ type: 'text', text })) }], key);
}

function contentOf(part: ContentPart): string | Uint8Array {
  if (part.type === 'text') return part.text;
  return 'bytes' in part.source ? part.source.bytes : part.source.s3Uri;
}
