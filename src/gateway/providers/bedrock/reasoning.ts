// How much the model thinks. Claude: https://docs.aws.amazon.com/bedrock/latest/userguide/claude-messages-extended-thinking.html
// Nova 2: https://docs.aws.amazon.com/nova/latest/nova2-userguide/extended-thinking.html
import { isObject, type JsonObject } from '../../../core/json.js';
import { isBlank } from '../../chat/blank-text.js';
import type { AssistantMessage, ChatMessage, ChatRequest, ReasoningEffort } from '../../chat/chat-request.js';
import type { ModelCapabilities, ReasoningStyle } from './capabilities.js';

export interface Reasoning {
  /** For `additionalModelRequestFields`. */
  readonly fields: JsonObject;
  /** Claude thinks before it answers: no forced tool, no prefill. */
  readonly thinking: boolean;
  /** Members of the body that the model refuses beside its reasoning. */
  readonly excludes: readonly ('max_tokens' | 'temperature' | 'top_p' | 'top_k')[];
}

type Effort = Exclude<ReasoningEffort, 'none'>;

/** Tokens of thought, as other gateways give them, so that a change of gateway changes no cost. */
const BUDGETS: Record<Effort, number> = {
  minimal: 1024,
  low: 1024,
  medium: 2048,
  high: 4096,
  xhigh: 8192,
  max: 16384,
};

/** Claude takes no smaller budget. */
const MIN_BUDGET = 1024;

const THREE_LEVELS: Record<Effort, 'low' | 'medium' | 'high'> = {
  minimal: 'low',
  low: 'low',
  medium: 'medium',
  high: 'high',
  xhigh: 'high',
  max: 'high',
};

const NONE: Reasoning = { fields: {}, thinking: false, excludes: [] };

/** @param dropped gains what the model cannot be told. */
export function reasoning(request: ChatRequest, capabilities: ModelCapabilities, dropped: Set<string>): Reasoning {
  const effort = request.reasoningEffort ?? 'none';
  // What is sent in the end says whether Claude thinks: the caller's own field before the extension before the effort.
  const thinking = request.extensions.additionalModelRequestFields?.thinking ?? request.thinking;
  if (isObject(thinking)) {
    if (effort !== 'none') dropped.add('reasoning_effort');
    return claudeThinking({ thinking });
  }
  if (effort === 'none') return NONE;
  const obeyed = OF_EFFORT[capabilities.reasoning](effort, request);
  if (obeyed === undefined) dropped.add('reasoning_effort');
  return obeyed ?? NONE;
}

function claudeThinking(fields: { readonly thinking: JsonObject }): Reasoning {
  const thinking = fields.thinking.type !== 'disabled';
  return { fields, thinking, excludes: thinking ? ['temperature', 'top_p', 'top_k'] : [] };
}

/** What each style makes of an effort; nothing where the model has no such thing, or no room for it. */
const OF_EFFORT: Record<ReasoningStyle, (effort: Effort, request: ChatRequest) => Reasoning | undefined> = {
  none: () => undefined,
  budget: (effort, { maxTokens = Infinity, messages }) => {
    const budget = Math.min(BUDGETS[effort], maxTokens - 1);
    if (budget < MIN_BUDGET || thoughtIsLost(messages)) return undefined;
    return claudeThinking({ thinking: { type: 'enabled', budget_tokens: budget } });
  },
  adaptive: (effort) => ({
    ...claudeThinking({ thinking: { type: 'adaptive' } }),
    fields: { thinking: { type: 'adaptive' }, output_config: { effort: effort === 'minimal' ? 'low' : effort } },
  }),
  nova: (effort) => {
    const level = THREE_LEVELS[effort];
    return {
      fields: { reasoningConfig: { type: 'enabled', maxReasoningEffort: level } },
      thinking: false,
      excludes: level === 'high' ? ['max_tokens', 'temperature', 'top_p', 'top_k'] : [],
    };
  },
  effort: (effort) => ({ ...NONE, fields: { reasoning_effort: THREE_LEVELS[effort] } }),
  config: (effort) => ({ ...NONE, fields: { reasoning_config: THREE_LEVELS[effort] } }),
};

/**
 * True when the last answer called tools and its signed reasoning did not come back, as with clients who know OpenAI's format alone.
 * With a budget Claude would refuse: "a final `assistant` message must start with a thinking block".
 */
function thoughtIsLost(messages: readonly ChatMessage[]): boolean {
  const last = messages.findLast(isAnswer);
  if (last === undefined || last.toolCalls.length === 0) return false;
  return !last.thinkingBlocks.some((block) => block.type === 'redacted_thinking' || block.signature !== undefined);
}

/** True for an assistant who said or called something; any other message of an assistant's is not sent. */
function isAnswer(message: ChatMessage): message is AssistantMessage {
  if (message.role !== 'assistant') return false;
  return message.toolCalls.length > 0 || message.content.some(({ text }) => !isBlank(text));
}
