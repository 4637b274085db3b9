import { blockTokens, type AnswerBlock } from '../answer/model-answer.js';
import { clip, countTokens } from '../answer/tokens.js';
import type { ConverseRequest } from '../shapes/converse-shapes.js';
import type { Turn } from './turn.js';

/** What a model generates at most when it is not told. */
const DEFAULT_MAX_TOKENS = 4096;

/** The turn cut at the first stop sequence, and where its tokens run out. */
export function limited({ blocks, stopReason }: Turn, { inferenceConfig = {} }: ConverseRequest): Turn {
  const { stopSequences = [], maxTokens = DEFAULT_MAX_TOKENS } = inferenceConfig;
  const kept: AnswerBlock[] = [];
  let left = maxTokens;
  for (const block of blocks) {
    const stop = block.type === 'text' ? firstStop(block.text, stopSequences) : undefined;
    const meant = block.type === 'text' && stop ? { ...block, text: block.text.slice(0, stop.at) } : block;
    const tokens = blockTokens(meant);
    if (tokens > left) return { blocks: [...kept, ...clipped(meant, left)], stopReason: 'max_tokens' };
    if (meant.type !== 'text' || meant.text !== '') kept.push(meant);
    if (stop) return { blocks: kept, stopReason: 'stop_sequence', stopSequence: stop.sequence };
    left -= tokens;
  }
  return { blocks: kept, stopReason };
}

function firstStop(text: string, sequences: readonly string[]): { at: number; sequence: string } | undefined {
  return sequences
    .map((sequence) => ({ at: text.indexOf(sequence), sequence }))
    .filter(({ at }) => at >= 0)
    .toSorted((a, b) => a.at - b.at)[0];
}

function clipped(block: AnswerBlock, maxTokens: number): readonly AnswerBlock[] {
  if (block.type === 'redacted_thought') return [block];
  // Half a JSON object can be streamed, but not be a member of a whole answer.
  if (block.type === 'tool_use') return [{ ...block, input: {}, inputText: clipJson(block.inputText, maxTokens) }];
  const { text } = clip(block.text, maxTokens);
  return text === '' ? [] : [{ ...block, text }];
}

function clipJson(text: string, maxTokens: number): string {
  let end = text.length;
  while (end > 0 && countTokens(text.slice(0, end)) > maxTokens) end -= 1;
  return text.slice(0, end);
}
