import { compact } from '../../core/compact.js';
import type { ChatAnswer } from './chat-answer.js';
import {
  type ChatCompletion,
  type CompletionMessage,
  type Envelope,
  renderAnnotation,
  renderFinishMembers,
  renderToolCall,
} from './chat-completion.js';
import { renderUsage } from './render-usage.js';

/** A whole answer as OpenAI's JSON. Usage that the provider did not report is left out, never guessed. */
export function renderChatCompletion(answer: ChatAnswer, { id, created, model }: Envelope): ChatCompletion {
  const { finish } = answer;
  return {
    id,
    object: 'chat.completion',
    created,
    model,
    choices: [{ index: 0, message: renderMessage(answer), logprobs: null, finish_reason: finish.reason }],
    ...(finish.usage && { usage: renderUsage(finish.usage) }),
    ...renderFinishMembers(finish),
  };
}

function renderMessage({ content, reasoning, thinkingBlocks, toolCalls, annotations }: ChatAnswer): CompletionMessage {
  return compact({
    role: 'assistant' as const,
    content,
    refusal: null,
    tool_calls: filled(toolCalls.map(renderToolCall)),
    reasoning_content: reasoning,
    thinking_blocks: filled(thinkingBlocks),
    annotations: filled(annotations.map(renderAnnotation)),
  });
}

/** Empty lists are left out, as OpenAI does. */
function filled<T extends readonly unknown[]>(list: T): T | undefined {
  return list.length > 0 ? list : undefined;
}
