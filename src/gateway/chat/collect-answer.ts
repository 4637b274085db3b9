import type { ChatAnswer, ChatEvent, Finish, UrlCitation } from './chat-answer.js';
import type { ThinkingBlock, ToolCall } from './chat-request.js';

/** The events of a stream as the whole answer that they are. */
export class AnswerCollector {
  #content: string | null = null;
  #reasoning: string | undefined;
  #finish: Finish | undefined;
  readonly #thinkingBlocks: ThinkingBlock[] = [];
  readonly #toolCalls: ToolCall[] = [];
  readonly #annotations: UrlCitation[] = [];

  add(event: ChatEvent): void {
    switch (event.type) {
      case 'start':
        return;
      case 'text':
        this.#content = (this.#content ?? '') + event.text;
        return;
      case 'reasoning':
        this.#reasoning = (this.#reasoning ?? '') + event.text;
        return;
      case 'thinking_block':
        this.#thinkingBlocks.push(event.block);
        return;
      case 'tool_call': {
        const { id, name, arguments: begun } = event;
        this.#toolCalls[event.index] = { id, name, arguments: begun };
        return;
      }
      case 'tool_arguments': {
        const call = this.#toolCalls[event.index];
        if (call) this.#toolCalls[event.index] = { ...call, arguments: call.arguments + event.text };
        return;
      }
      case 'annotation':
        this.#annotations.push(event.annotation);
        return;
      case 'finish':
        this.#finish = event.finish;
    }
  }

  /** @throws RangeError before `finish` was added. */
  answer(): ChatAnswer {
    if (!this.#finish) throw new RangeError('the stream has not finished');
    return {
      content: this.#content,
      ...(this.#reasoning !== undefined && { reasoning: this.#reasoning }),
      thinkingBlocks: this.#thinkingBlocks,
      toolCalls: this.#toolCalls,
      annotations: this.#annotations,
      finish: this.#finish,
    };
  }
}
