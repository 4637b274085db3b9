import type { JsonObject, Json } from '../../../core/json.js';
import type { ChatAnswer, Finish, UrlCitation } from '../../chat/chat-answer.js';
import type { ThinkingBlock } from '../../chat/chat-request.js';
import { judgedWhole } from './answer-lanes.js';
import type { Chain } from './chain.js';
import type { Judgement } from './judgement.js';

/**
 * Judges every text of a whole answer and returns it as the policies left it.
 * @throws {GatewayError} `output_blocked`
 */
export function judgeAnswer(answer: ChatAnswer, chain: Chain, judgement: Judgement): ChatAnswer {
  const judge = new AnswerJudge(chain, judgement);
  return {
    ...answer,
    content: answer.content === null ? null : judge.text(answer.content),
    ...(answer.reasoning !== undefined && { reasoning: judge.reasoning(answer.reasoning, 'reasoning') }),
    thinkingBlocks: answer.thinkingBlocks.map((block, index) => judge.thinkingBlock(block, index)),
    toolCalls: answer.toolCalls.map((call, index) => ({
      ...call,
      arguments: judge.toolArguments(call.arguments, index),
    })),
    annotations: answer.annotations.map((annotation, index) => judge.annotation(annotation, index)),
    finish: judge.finish(answer.finish),
  };
}

/** The parts of an answer that come whole even in a stream. */
export class AnswerJudge {
  readonly #chain: Chain;
  readonly #judgement: Judgement;

  constructor(chain: Chain, judgement: Judgement) {
    this.#chain = chain;
    this.#judgement = judgement;
  }

  text(text: string): string {
    return this.#judged(text, 'assistant', 'content');
  }

  reasoning(text: string, at: string): string {
    return this.#judged(text, 'reasoning', at);
  }

  toolArguments(text: string, index: number): string {
    return this.#judged(text, 'tool_arguments', `tool_calls[${index}].arguments`);
  }

  thinkingBlock(block: ThinkingBlock, index: number): ThinkingBlock {
    if (block.type === 'redacted_thinking') {
      this.#judgement.unscanned('encrypted_reasoning');
      return block;
    }
    const thinking = this.reasoning(block.thinking, `thinking_blocks[${index}]`);
    // The signature is over the text as the model wrote it.
    return thinking === block.thinking ? block : { type: 'thinking', thinking };
  }

  annotation({ url, title, ...rest }: UrlCitation, index: number): UrlCitation {
    return {
      ...rest,
      url: this.#judged(url, 'assistant', `annotations[${index}].url`),
      ...(title !== undefined && { title: this.#judged(title, 'assistant', `annotations[${index}].title`) }),
    };
  }

  /** A guardrail's trace quotes what it found, and additional response fields hold whatever the model says. */
  finish(finish: Finish): Finish {
    const { extension } = finish;
    if (!extension || this.#chain.policies.length === 0) return finish;
    const members = this.#members(extension.members, extension.name);
    return { ...finish, extension: { ...extension, members } };
  }

  #members(members: JsonObject, at: string): JsonObject {
    const judged = Object.entries(members).map(([key, value]) => [key, this.#json(value, `${at}.${key}`)] as const);
    return Object.fromEntries(judged);
  }

  #json(value: Json | undefined, at: string): Json | undefined {
    if (typeof value === 'string') return this.#judged(value, 'assistant', at);
    if (typeof value !== 'object' || value === null) return value;
    if (Array.isArray(value)) return value.map((item: Json, index) => this.#json(item, `${at}[${index}]`) ?? null);
    return this.#members(value as JsonObject, at); // an object: arrays are done
  }

  #judged(text: string, zone: 'assistant' | 'reasoning' | 'tool_arguments', at: string): string {
    return judgedWhole(text, { phase: 'output', zone, at }, this.#chain, this.#judgement);
  }
}
