// A whole answer of Converse becomes a neutral one. docs/mapping.md has the rules, row by row.
import type {
  Citation,
  CitationsContentBlock,
  ContentBlock,
  ConverseCommandOutput,
  ConverseResponse,
  ReasoningContentBlock,
  ToolUseBlock,
} from '@aws-sdk/client-bedrock-runtime';
import type { ChatAnswer, UrlCitation } from '../../chat/chat-answer.js';
import type { ThinkingBlock, ToolCall } from '../../chat/chat-request.js';
import { GatewayError } from '../../chat/gateway-error.js';
import type { AnswerReading } from './converse-request.js';
import { finishOf } from './finish.js';
import { urlCitation } from './url-citation.js';

/** @throws GatewayError when the answer holds no message. */
export function toChatAnswer(response: Partial<ConverseCommandOutput>, reading: AnswerReading): ChatAnswer {
  const blocks = response.output?.message?.content;
  if (blocks === undefined) {
    const upstreamRequestId = response.$metadata?.requestId;
    const options = upstreamRequestId === undefined ? {} : { upstreamRequestId };
    throw new GatewayError('invalid_upstream_response', `${reading.upstream.name}'s answer holds no message`, options);
  }
  const content = new AnswerContent(reading);
  for (const block of blocks) content.add(block);
  return content.answer(response);
}

/** Collects the blocks of one answer. */
class AnswerContent {
  #text = '';
  #json: string | undefined;
  readonly #reasoning: string[] = [];
  readonly #thinkingBlocks: ThinkingBlock[] = [];
  readonly #toolCalls: ToolCall[] = [];
  readonly #annotations: UrlCitation[] = [];
  readonly #citations: Citation[] = [];
  readonly #ignored = new Set<string>();
  readonly #reading: AnswerReading;

  constructor(reading: AnswerReading) {
    this.#reading = reading;
  }

  add(block: ContentBlock): void {
    if (block.text !== undefined) this.#text += block.text;
    else if (block.toolUse) this.#toolUse(block.toolUse);
    else if (block.reasoningContent) this.#reason(block.reasoningContent);
    else if (block.citationsContent) this.#cited(block.citationsContent);
    else if (!block.toolResult) this.#ignored.add(block.$unknown?.[0] ?? Object.keys(block)[0] ?? 'unknown');
  }

  answer(ending: Partial<ConverseResponse>): ChatAnswer {
    const called = this.#toolCalls.length > 0;
    const content = this.#json ?? this.#text;
    return {
      content: content === '' && called ? null : content,
      ...(this.#reasoning.length > 0 && { reasoning: this.#reasoning.join('') }),
      thinkingBlocks: this.#thinkingBlocks,
      toolCalls: this.#toolCalls,
      // Text beside the JSON is left out, and what it cites with it.
      annotations: this.#json === undefined ? this.#annotations : [],
      finish: finishOf(ending, {
        called,
        citations: this.#citations,
        ignored: this.#ignored,
        upstream: this.#reading.upstream,
      }),
    };
  }

  #toolUse({ toolUseId, name = '', input, type }: ToolUseBlock): void {
    if (type === 'server_tool_use') return;
    // Cut short by a token limit, an input may be the text so far instead of an object.
    const text = typeof input === 'string' ? input : JSON.stringify(input ?? {});
    if (name === this.#reading.jsonTool) this.#json ??= text;
    else if (!this.#reading.firstCallOnly || this.#toolCalls.length === 0) {
      const id = toolUseId ?? `call_${this.#toolCalls.length}`;
      this.#toolCalls.push({ id, name: this.#reading.toolNames.caller(name), arguments: text });
    }
  }

  #reason({ reasoningText, redactedContent }: ReasoningContentBlock): void {
    if (reasoningText) {
      const { text = '', signature } = reasoningText;
      this.#reasoning.push(text);
      this.#thinkingBlocks.push({ type: 'thinking', thinking: text, ...(signature !== undefined && { signature }) });
    } else if (redactedContent) {
      this.#thinkingBlocks.push({ type: 'redacted_thinking', data: Buffer.from(redactedContent).toString('base64') });
    }
  }

  #cited({ content = [], citations = [] }: CitationsContentBlock): void {
    const start = this.#text.length;
    this.#text += content.map(({ text }) => text ?? '').join('');
    for (const citation of citations) {
      const annotation = urlCitation(citation, start, this.#text.length);
      if (annotation === undefined) this.#citations.push(citation);
      else this.#annotations.push(annotation);
    }
  }
}
