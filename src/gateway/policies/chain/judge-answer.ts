import type { JsonObject, Json } from '../../../core/json.js';
import type { ChatAnswer, Finish, UrlCitation } from '../../chat/chat-answer.js';
import type { ThinkingBlock } from '../../chat/chat-request.js';
import { answerLane } from './answer-lanes.js';
import type { Chain, TextPlace } from './chain.js';
import type { Judgement } from './judgement.js';

/**
 * Judges every text of a whole answer and returns it as the policies left it.
 * @param isLast false where other policies are yet to judge, which shall not see the caller's own words.
 * @throws {GatewayError} `output_blocked`
 */
export function judgeAnswer(answer: ChatAnswer, chain: Chain, judgement: Judgement, isLast = true): ChatAnswer {
  const judge = answerJudge(chain, judgement, isLast);
  return { ...rewriteAnswer(answer, judge), finish: judge.finish(answer.finish) };
}

/** Judges the parts of an answer one by one. */
export function answerJudge(chain: Chain, judgement: Judgement, isLast = true): AnswerRewriter {
  const judge: RewriteText = (text, place) => {
    const lane = answerLane(place, chain, judgement, isLast);
    return lane.push(text) + lane.flush();
  };
  return new AnswerRewriter(judge, () => {
    if (isLast) judgement.unscanned('encrypted_reasoning');
  });
}

/** What becomes of one text. */
export type RewriteText = (text: string, place: TextPlace) => string;

/** The answer with each of its texts as `rewriter` leaves it, but for those of its finish. */
export function rewriteAnswer(answer: ChatAnswer, rewriter: AnswerRewriter): ChatAnswer {
  return {
    ...answer,
    content: answer.content === null ? null : rewriter.text(answer.content),
    ...(answer.reasoning !== undefined && { reasoning: rewriter.reasoning(answer.reasoning, 'reasoning') }),
    thinkingBlocks: answer.thinkingBlocks.map((block, index) => rewriter.thinkingBlock(block, index)),
    toolCalls: answer.toolCalls.map((call, index) => ({
      ...call,
      arguments: rewriter.toolArguments(call.arguments, index),
    })),
    annotations: answer.annotations.map((annotation, index) => rewriter.annotation(annotation, index)),
  };
}

/** Knows where texts stand in the parts of an answer that come whole even in a stream. */
export class AnswerRewriter {
  readonly #rewrite: RewriteText;
  readonly #encrypted: () => void;

  /** @param encrypted told of each thinking block that cannot be read. */
  constructor(rewrite: RewriteText, encrypted: () => void = () => {}) {
    this.#rewrite = rewrite;
    this.#encrypted = encrypted;
  }

  text(text: string): string {
    return this.#rewritten(text, 'assistant', 'content');
  }

  reasoning(text: string, at: string): string {
    return this.#rewritten(text, 'reasoning', at);
  }

  toolArguments(text: string, index: number): string {
    return this.#rewritten(text, 'tool_arguments', `tool_calls[${index}].arguments`);
  }

  thinkingBlock(block: ThinkingBlock, index: number): ThinkingBlock {
    if (block.type === 'redacted_thinking') {
      this.#encrypted();
      return block;
    }
    const thinking = this.reasoning(block.thinking, `thinking_blocks[${index}]`);
    // The signature is over the text as the model wrote it.
    return thinking === block.thinking ? block : { type: 'thinking', thinking };
  }

  annotation({ url, title, ...rest }: UrlCitation, index: number): UrlCitation {
    return {
      ...rest,
      url: this.#rewritten(url, 'assistant', `annotations[${index}].url`),
      ...(title !== undefined && { title: this.#rewritten(title, 'assistant', `annotations[${index}].title`) }),
    };
  }

  /** A guardrail's trace quotes what it found, and additional response fields hold whatever the model says. */
  finish(finish: Finish): Finish {
    const { extension } = finish;
    if (!extension) return finish;
    const members = this.#members(extension.members, extension.name);
    return { ...finish, extension: { ...extension, members } };
  }

  #members(members: JsonObject, at: string): JsonObject {
    const rewritten = Object.entries(members).map(([key, value]) => [key, this.#json(value, `${at}.${key}`)] as const);
    return Object.fromEntries(rewritten);
  }

  #json(value: Json | undefined, at: string): Json | undefined {
    if (typeof value === 'string') return this.#rewritten(value, 'assistant', at);
    if (typeof value !== 'object' || value === null) return value;
    if (Array.isArray(value)) return value.map((item: Json, index) => this.#json(item, `${at}[${index}]`) ?? null);
    return this.#members(value as JsonObject, at); // an object: arrays are done
  }

  #rewritten(text: string, zone: 'assistant' | 'reasoning' | 'tool_arguments', at: string): string {
    return this.#rewrite(text, { phase: 'output', zone, at });
  }
}
