import type { ChatRequest, ContentPart } from '../chat/chat-request.js';
import type { EmbeddingRequest } from '../chat/embedding.js';

/** Of English prose; other texts have more tokens. */
const BYTES_PER_TOKEN = 4;

/** What the turns themselves take. */
const TOKENS_PER_MESSAGE = 4;

/**
 * Tokens of a chat's input, at a guess that is meant to be low: the UTF-8 bytes of all texts and tool calls by four, and four
 * for each message. Images, documents and schemas of tools count nothing. A request that is too long by this measure is too long; one that is not
 * may still be, and then the upstream says so.
 */
export function estimateChatTokens({ messages, tools }: Pick<ChatRequest, 'messages' | 'tools'>): number {
  let bytes = 0;
  for (const message of messages) {
    for (const part of message.content) bytes += partBytes(part);
    if (message.role !== 'assistant') continue;
    for (const { name, arguments: text } of message.toolCalls)
      bytes += Buffer.byteLength(name) + Buffer.byteLength(text);
  }
  for (const { name, description = '' } of tools) bytes += Buffer.byteLength(name) + Buffer.byteLength(description);
  return Math.ceil(bytes / BYTES_PER_TOKEN) + messages.length * TOKENS_PER_MESSAGE;
}

/** The same of texts to embed: of the longest, since each is embedded by itself. */
export function estimateEmbeddingTokens({ input }: Pick<EmbeddingRequest, 'input'>): number {
  return Math.ceil(Math.max(...input.map((text) => Buffer.byteLength(text))) / BYTES_PER_TOKEN);
}

function partBytes(part: ContentPart): number {
  return part.type === 'text' ? Buffer.byteLength(part.text) : 0;
}
