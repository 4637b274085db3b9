// The messages of a chat become Converse's turns: alternating, without blank text, every call answered in the next turn.
// https://docs.aws.amazon.com/bedrock/latest/userguide/conversation-inference-call.html
import type { ContentBlock, ReasoningContentBlock } from '@aws-sdk/client-bedrock-runtime';
import { isDeeperThan, isObject, type Json } from '../../../core/json.js';
import { isBlank } from '../../chat/blank-text.js';
import type {
  AssistantMessage,
  CacheMark,
  ChatMessage,
  ThinkingBlock,
  ToolCall,
  ToolMessage,
  UserMessage,
} from '../../chat/chat-request.js';
import { mark } from './cache-points.js';
import type { ModelCapabilities } from './capabilities.js';
import { textBlock, toolResultBlock, userBlock } from './content-blocks.js';
import { DocumentNames } from './document-names.js';
import { type DocumentValue, documentValue } from './document-value.js';
import { toolUseId } from './tool-call-ids.js';
import type { ToolNames } from './tool-names.js';

/** Never empty. */
export interface Turn {
  readonly role: 'user' | 'assistant';
  readonly content: ContentBlock[];
}

/** Bedrock takes no blank result, and a call without a result is refused. */
const NO_OUTPUT = '(no output)';

/** Neighbours of one role share a turn. System messages are not among them. */
export function toTurns(
  messages: readonly ChatMessage[],
  capabilities: ModelCapabilities,
  toolNames: ToolNames,
  dropped: Set<string>,
): Turn[] {
  return new TurnList(capabilities, toolNames, dropped).of(messages);
}

interface Result {
  /** Place of its call among the calls of the assistant's message. */
  readonly place: number;
  readonly message: ToolMessage;
  readonly path: string;
}

class TurnList {
  readonly #turns: Turn[] = [];
  readonly #documents = new DocumentNames();
  readonly #capabilities: ModelCapabilities;
  readonly #toolNames: ToolNames;
  readonly #dropped: Set<string>;
  /** Calls of the latest assistant message: their place by id. */
  #calls: ReadonlyMap<string, number> = new Map();
  #results: Result[] = [];

  constructor(capabilities: ModelCapabilities, toolNames: ToolNames, dropped: Set<string>) {
    this.#capabilities = capabilities;
    this.#toolNames = toolNames;
    this.#dropped = dropped;
  }

  of(messages: readonly ChatMessage[]): Turn[] {
    for (const [index, message] of messages.entries()) {
      const path = `messages[${index}].content`;
      switch (message.role) {
        case 'system':
          break;
        case 'user':
          this.#answerCalls();
          this.#user(message, path);
          break;
        case 'assistant':
          this.#answerCalls();
          this.#assistant(message);
          break;
        case 'tool':
          this.#results.push({ place: this.#calls.get(message.toolCallId) ?? this.#calls.size, message, path });
          break;
      }
    }
    this.#answerCalls();
    return this.#turns;
  }

  #user(message: UserMessage, path: string): void {
    for (const [index, part] of message.content.entries()) {
      this.#add('user', userBlock(part, `${path}[${index}]`, this.#capabilities, this.#documents));
      this.#mark('user', part.cache);
    }
    this.#mark('user', message.cache);
  }

  #assistant(message: AssistantMessage): void {
    const texts = message.content.some((part) => textBlock(part) !== undefined);
    this.#calls = new Map(message.toolCalls.map(({ id }, place) => [id, place]));
    if (!texts && message.toolCalls.length === 0) return;
    for (const block of message.thinkingBlocks) this.#reasoning(block);
    for (const part of message.content) {
      this.#add('assistant', textBlock(part));
      this.#mark('assistant', part.cache);
    }
    for (const call of message.toolCalls) this.#add('assistant', this.#toolUse(call));
    this.#mark('assistant', message.cache);
  }

  /** Signed reasoning stands first in its turn and unchanged; what is not signed, or not taken back, is dropped. */
  #reasoning(block: ThinkingBlock): void {
    const reasoningContent = this.#capabilities.reasoningHistory ? signedReasoning(block) : undefined;
    if (reasoningContent === undefined) {
      this.#dropped.add('messages[].thinking_blocks');
      return;
    }
    const { content } = this.#turn('assistant');
    const behind = content.findIndex((other) => other.reasoningContent === undefined);
    content.splice(behind < 0 ? content.length : behind, 0, { reasoningContent });
  }

  #toolUse(call: ToolCall): ContentBlock {
    if (!this.#capabilities.tools) return { text: `[Called the tool ${call.name} with ${call.arguments || '{}'}]` };
    return {
      toolUse: {
        toolUseId: toolUseId(call.id, this.#capabilities.toolCallIds),
        name: this.#toolNames.bedrock(call.name),
        input: toolInput(call.arguments),
      },
    };
  }

  /** The results of the latest calls in the order of the calls, whatever order they came in. */
  #answerCalls(): void {
    for (const { message, path } of this.#results.sort((a, b) => a.place - b.place)) {
      for (const block of this.#toolResult(message, path)) this.#add('user', block);
      // Beside the result, never within it, whichever of its parts was marked.
      for (const part of message.content) this.#mark('user', part.cache);
      this.#mark('user', message.cache);
    }
    this.#results = [];
  }

  #toolResult(message: ToolMessage, path: string): readonly ContentBlock[] {
    const blocks = message.content.flatMap(
      (part, index) => toolResultBlock(part, `${path}[${index}]`, this.#capabilities) ?? [],
    );
    const content = blocks.length > 0 ? blocks : [{ text: NO_OUTPUT }];
    if (!this.#capabilities.tools) return [{ text: '[The tool answered:]' }, ...content];
    return [{ toolResult: { toolUseId: toolUseId(message.toolCallId, this.#capabilities.toolCallIds), content } }];
  }

  #add(role: Turn['role'], block: ContentBlock | undefined): void {
    if (block !== undefined) this.#turn(role).content.push(block);
  }

  #mark(role: Turn['role'], cache: CacheMark | undefined): void {
    const last = this.#turns.at(-1);
    if (last?.role === role) mark(last.content, cache);
  }

  #turn(role: Turn['role']): Turn {
    const last = this.#turns.at(-1);
    if (last?.role === role) return last;
    const turn: Turn = { role, content: [] };
    this.#turns.push(turn);
    return turn;
  }
}

/** The SDK's serializer is recursive. */
const MAX_DEPTH = 200;

/** The arguments as an object, whatever the model once wrote: Converse takes nothing else. */
function toolInput(text: string): DocumentValue {
  if (isBlank(text)) return {};
  let value: Json;
  try {
    value = JSON.parse(text) as Json;
  } catch {
    return { raw_arguments: text };
  }
  if (isDeeperThan(value, MAX_DEPTH)) return { raw_arguments: text };
  return documentValue(isObject(value) ? value : { value });
}

function signedReasoning(block: ThinkingBlock): ReasoningContentBlock | undefined {
  if (block.type === 'redacted_thinking') return { redactedContent: Buffer.from(block.data, 'base64') };
  if (block.signature === undefined) return undefined;
  return { reasoningText: { text: block.thinking, signature: block.signature } };
}
