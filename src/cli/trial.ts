// One exchange put to a chain off line, by the very code that judges live ones.
import { systemClock } from '../core/clock.js';
import type { PolicyVerdict, Verdict } from '../gateway/audit/audit-record.js';
import type { ChatAnswer } from '../gateway/chat/chat-answer.js';
import type { AssistantMessage, ChatMessage, ChatRequest } from '../gateway/chat/chat-request.js';
import { GatewayError } from '../gateway/chat/gateway-error.js';
import type { Chain } from '../gateway/policies/chain/chain.js';
import { judgeRequest } from '../gateway/policies/chain/judge-request.js';
import { judgeWholeAnswer } from '../gateway/policies/chain/judge-whole-answer.js';
import { Judgement, type PolicyObserver } from '../gateway/policies/chain/judgement.js';
import type { Phase, Zone } from '../gateway/policies/chain/policy.js';
import { requestTexts } from '../gateway/policies/chain/request-texts.js';

/** What is tried: a question, and in phase `output` the answer to it. */
export interface Trial {
  readonly question: readonly ChatMessage[];
  readonly answer?: AssistantMessage;
}

/** A text as the policies left it. */
export interface LeftText {
  /** As audit names it: `messages[0].content[0]`, `content`, `tool_calls[0].arguments`. */
  readonly at: string;
  readonly text: string;
}

export interface TrialOutcome {
  /** Of the phase that was tried; `block` as well when a policy failed and `fail_mode` is `block`. */
  readonly verdict: Verdict;
  readonly policies: readonly PolicyVerdict[];
  /** Why nothing left. */
  readonly refusal?: GatewayError;
  /** Empty when nothing left. */
  readonly texts: readonly LeftText[];
}

/** Nobody counts what is tried off line. */
export const UNOBSERVED: PolicyObserver = {
  decided: () => {},
  found: () => {},
  erred: () => {},
  took: () => {},
  unscanned: () => {},
  heldBack: () => {},
};

const VERDICTS: readonly Verdict[] = ['allow', 'log', 'redact', 'block'];

/** In phase `output` the question is judged first: what it replaced by tokens comes back in the answer. */
export async function judgeTrial({ question, answer }: Trial, chain: Chain): Promise<TrialOutcome> {
  const judgement = new Judgement(UNOBSERVED);
  const phase: Phase = answer ? 'output' : 'input';
  try {
    const request = await judgeRequest(asked(question), chain, judgement, systemClock);
    const texts = answer
      ? answerTexts(await judgeWholeAnswer(answered(answer), chain, judgement))
      : requestTexts(request, new Judgement(UNOBSERVED))[0].map(({ at, text }) => ({ at, text }));
    const policies = judgement.policies().filter((verdict) => verdict.phase === phase);
    return { verdict: strongest(policies), policies, texts };
  } catch (error) {
    if (!(error instanceof GatewayError)) throw error;
    return { verdict: 'block', policies: judgement.policies(), refusal: error, texts: [] };
  }
}

/** One text on its own, as if it stood in `zone`. */
export function trialOf(text: string, phase: Phase, zone: Zone): Trial {
  const message = messageOf(text, zone);
  if (phase === 'input') return { question: [message] };
  if (message.role !== 'assistant') throw new RangeError(`no answer has a text in the zone ${zone}`);
  return { question: [], answer: message };
}

function messageOf(text: string, zone: Zone): ChatMessage {
  const content = [{ type: 'text', text }] as const;
  const silent = { role: 'assistant', content: [], toolCalls: [], thinkingBlocks: [] } as const;
  switch (zone) {
    case 'system':
    case 'user':
      return { role: zone, content };
    case 'assistant':
      return { ...silent, content };
    case 'tool_result':
      return { role: 'tool', toolCallId: 'call', content };
    case 'tool_arguments':
      return { ...silent, toolCalls: [{ id: 'call', name: 'tool', arguments: text }] };
    case 'document':
      return { role: 'user', content: [{ type: 'document', format: 'txt', source: { bytes: Buffer.from(text) } }] };
    case 'reasoning':
      return { ...silent, thinkingBlocks: [{ type: 'thinking', thinking: text }] };
  }
}

function asked(messages: readonly ChatMessage[]): ChatRequest {
  return {
    model: 'trial',
    messages,
    tools: [],
    stop: [],
    stream: false,
    includeUsage: false,
    hints: {},
    extensions: {},
    dropped: [],
    ignored: [],
  };
}

function answered({ content, toolCalls, thinkingBlocks }: AssistantMessage): ChatAnswer {
  return {
    content: content.length === 0 ? null : content.map(({ text }) => text).join(''),
    thinkingBlocks,
    toolCalls,
    annotations: [],
    finish: { reason: 'stop' },
  };
}

function answerTexts({ content, thinkingBlocks, toolCalls }: ChatAnswer): readonly LeftText[] {
  return [
    ...thinkingBlocks.flatMap((block, index) =>
      block.type === 'thinking' ? { at: `thinking_blocks[${index}]`, text: block.thinking } : [],
    ),
    ...(content === null ? [] : [{ at: 'content', text: content }]),
    ...toolCalls.map((call, index) => ({ at: `tool_calls[${index}].arguments`, text: call.arguments })),
  ];
}

function strongest(policies: readonly PolicyVerdict[]): Verdict {
  const ranks = policies.map(({ verdict }) => VERDICTS.findIndex((known) => known === verdict));
  return VERDICTS[Math.max(0, ...ranks)] ?? 'allow';
}
