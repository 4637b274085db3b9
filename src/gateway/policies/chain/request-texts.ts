// Which texts a request holds. Each is judged where it stands and put back in its place.
import type { ChatMessage, ChatRequest, ContentPart, ThinkingBlock, Tool } from '../../chat/chat-request.js';
import type { Judgement } from './judgement.js';
import type { Zone } from './policy.js';

/** One text of a request, as it is now. */
export interface RequestText {
  readonly zone: Zone;
  readonly at: string;
  text: string;
}

/** Documents whose bytes are text. Others cannot be looked into. */
const TEXT_DOCUMENTS: ReadonlySet<string> = new Set(['txt', 'md', 'csv', 'html']);

/**
 * Takes the texts out of a request; the second value puts them back once they have been judged. What cannot be judged is
 * counted.
 */
export function requestTexts(request: ChatRequest, judgement: Judgement): readonly [RequestText[], () => ChatRequest] {
  const texts = new Texts(judgement);
  const messages = request.messages.map((message, index) => texts.message(message, `messages[${index}]`));
  const tools = request.tools.map((tool, index) => texts.tool(tool, `tools[${index}].function.description`));
  const rebuild = (): ChatRequest =>
    texts.all.every(({ isUnchanged }) => isUnchanged())
      ? request
      : { ...request, messages: messages.map((build) => build()), tools: tools.map((build) => build()) };
  return [texts.all, rebuild];
}

interface TrackedText extends RequestText {
  readonly isUnchanged: () => boolean;
}

class Texts {
  readonly all: TrackedText[] = [];
  readonly #judgement: Judgement;

  constructor(judgement: Judgement) {
    this.#judgement = judgement;
  }

  message(message: ChatMessage, at: string): () => ChatMessage {
    switch (message.role) {
      case 'system': {
        const parts = this.#parts(message.content, 'system', at);
        return () => ({ ...message, content: parts() });
      }
      case 'user': {
        const parts = this.#parts(message.content, 'user', at);
        return () => ({ ...message, content: parts() });
      }
      case 'tool': {
        const parts = this.#parts(message.content, 'tool_result', at);
        return () => ({ ...message, content: parts() });
      }
      case 'assistant': {
        const parts = this.#parts(message.content, 'assistant', at);
        const calls = message.toolCalls.map((call, index) => {
          const text = this.#add('tool_arguments', `${at}.tool_calls[${index}].function.arguments`, call.arguments);
          return () => ({ ...call, arguments: text.text });
        });
        const thinking = message.thinkingBlocks.map((block, index) =>
          this.#thinking(block, `${at}.thinking_blocks[${index}]`),
        );
        return () => ({
          ...message,
          content: parts(),
          toolCalls: calls.map((build) => build()),
          thinkingBlocks: thinking.map((build) => build()),
        });
      }
    }
  }

  tool(tool: Tool, at: string): () => Tool {
    if (tool.description === undefined) return () => tool;
    const text = this.#add('system', at, tool.description);
    return () => ({ ...tool, description: text.text });
  }

  #parts<T extends ContentPart>(parts: readonly T[], zone: Zone, at: string): () => readonly T[] {
    const builders = parts.map((part, index) => this.#part(part, zone, `${at}.content[${index}]`));
    return () => builders.map((build) => build());
  }

  #part<T extends ContentPart>(part: T, zone: Zone, at: string): () => T {
    if (part.type === 'text') {
      const text = this.#add(zone, at, part.text);
      return () => ({ ...part, text: text.text });
    }
    if (part.type === 'document' && TEXT_DOCUMENTS.has(part.format) && 'bytes' in part.source) {
      const text = this.#add('document', at, Buffer.from(part.source.bytes).toString('utf8'));
      return () => (text.isUnchanged() ? part : { ...part, source: { bytes: Buffer.from(text.text, 'utf8') } });
    }
    this.#judgement.unscanned(part.type);
    return () => part;
  }

  #thinking(block: ThinkingBlock, at: string): () => ThinkingBlock {
    if (block.type === 'redacted_thinking') {
      this.#judgement.unscanned('encrypted_reasoning');
      return () => block;
    }
    const text = this.#add('reasoning', at, block.thinking);
    // The signature is over the text as the model wrote it; a block without one is not sent up.
    return () => (text.isUnchanged() ? block : { type: 'thinking', thinking: text.text });
  }

  #add(zone: Zone, at: string, original: string): TrackedText {
    const text: TrackedText = { zone, at, text: original, isUnchanged: () => text.text === original };
    this.all.push(text);
    return text;
  }
}
