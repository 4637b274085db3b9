import type { JsonObject } from '../../core/json.js';
import type { AnswerBlock } from '../answer/model-answer.js';
import type { Call } from '../call.js';
import type { ConverseRequest } from '../shapes/converse-shapes.js';
import { assess, BLOCKED_MESSAGE, requireGuardrail, type Assessed } from './guardrail.js';
import { placedBlocks } from './rules/turns.js';
import type { Turn } from './turn.js';

export interface Guarded {
  readonly turn: Turn;
  /** The question was blocked: the model never saw it, and nothing is charged for it. */
  readonly unasked: boolean;
  /** `ConverseTrace`, when the request asks for one. */
  readonly trace?: JsonObject;
}

const BLOCKED: readonly AnswerBlock[] = [{ type: 'text', text: BLOCKED_MESSAGE }];

/** The turn as the request's guardrail lets it pass. */
export function guarded(turn: Turn, request: ConverseRequest, { forcedGuardrail }: Call): Guarded {
  const config = request.guardrailConfig ?? {};
  const id = config.guardrailIdentifier ?? (forcedGuardrail ? 'simulator' : '');
  if (id === '') return { turn, unasked: false };
  requireGuardrail(id, 'ValidationException');
  const input = assess(guardedInput(request), forcedGuardrail);
  const blocked = input.text === BLOCKED_MESSAGE;
  const output = blocked ? undefined : assess(textOf(turn.blocks));
  const trace =
    config.trace === undefined || config.trace === 'disabled' ? undefined : traceOf(id, input, output, turn);
  return { turn: passed(turn, blocked, output, config), unasked: blocked, ...(trace && { trace }) };
}

function passed(
  turn: Turn,
  blocked: boolean,
  output: Assessed | undefined,
  config: { streamProcessingMode?: string | undefined },
): Turn {
  if (blocked) return { blocks: BLOCKED, stopReason: 'guardrail_intervened' };
  if (!output?.intervened) return turn;
  // Asynchronously the text is out before it has been looked at.
  if (config.streamProcessingMode === 'async') return { ...turn, stopReason: 'guardrail_intervened' };
  const blocks: readonly AnswerBlock[] =
    output.text === BLOCKED_MESSAGE
      ? BLOCKED
      : turn.blocks.map((block) => (block.type === 'text' ? masked(block) : block));
  return { blocks, stopReason: 'guardrail_intervened' };
}

function masked(block: Extract<AnswerBlock, { type: 'text' }>): AnswerBlock {
  return { ...block, text: assess(block.text).text };
}

/** The marked content where any is marked, else every text of the conversation that is not the model's own. */
function guardedInput(request: ConverseRequest): string {
  const blocks = placedBlocks(request).filter(({ role }) => role === 'user');
  const marked = blocks.flatMap(({ block }) => block.guardContent?.text?.text ?? []);
  return (marked.length > 0 ? marked : blocks.flatMap(({ block }) => block.text ?? [])).join('\n');
}

function textOf(blocks: readonly AnswerBlock[]): string {
  return blocks.map((block) => (block.type === 'text' ? block.text : '')).join('');
}

function traceOf(id: string, input: Assessed, output: Assessed | undefined, turn: Turn): JsonObject {
  return {
    guardrail: {
      ...(output?.intervened && { modelOutput: [textOf(turn.blocks)] }),
      inputAssessment: { [id]: input.assessment },
      ...(output && { outputAssessments: { [id]: [output.assessment] } }),
    },
  };
}
