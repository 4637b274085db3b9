import type { SystemContentBlock } from '@aws-sdk/client-bedrock-runtime';
import type { ChatMessage } from '../../chat/chat-request.js';
import { mark } from './cache-points.js';
import { textBlock } from './content-blocks.js';

/** All system and developer messages, wherever they stand: one block a part, blank ones left out. */
export function systemBlocks(messages: readonly ChatMessage[]): SystemContentBlock[] {
  const blocks: SystemContentBlock[] = [];
  for (const message of messages) {
    if (message.role !== 'system') continue;
    for (const part of message.content) {
      const block = textBlock(part);
      if (block !== undefined) blocks.push(block);
      mark(blocks, part.cache);
    }
    mark(blocks, message.cache);
  }
  return blocks;
}
