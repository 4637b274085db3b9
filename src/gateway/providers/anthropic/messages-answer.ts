// Answers of Anthropic's Messages API, whole and as events, become those of Converse. What comes is not taken on trust.
// https://docs.claude.com/en/api/messages · https://docs.claude.com/en/docs/build-with-claude/streaming
import type {
  ContentBlock,
  ConverseResponse,
  ConverseStreamOutput,
  StopReason,
  TokenUsage,
} from '@aws-sdk/client-bedrock-runtime';
import { isObject } from '../../../core/json.js';
import { documentValue } from '../bedrock/document-value.js';
import type { Json } from '../../../core/json.js';
import { HttpRefusal } from '../http/http-refusal.js';

type Members = Readonly<Record<string, unknown>>;

/** What Converse calls differently. */
const STOP_REASONS: Readonly<Record<string, StopReason>> = { refusal: 'content_filtered', pause_turn: 'end_turn' };

export function converseAnswer(body: unknown): Pick<ConverseResponse, 'output' | 'stopReason' | 'usage' | 'metrics'> {
  const message = isObject(body) ? body : {};
  const content = Array.isArray(message['content']) ? message['content'].filter(isObject) : undefined;
  return {
    output: content && { message: { role: 'assistant', content: content.map(blockOf) } },
    stopReason: stopReason(message['stop_reason']),
    usage: usageOf(message['usage']),
    metrics: undefined,
  };
}

function blockOf(block: Members): ContentBlock {
  switch (block['type']) {
    case 'text':
      return { text: text(block['text']) };
    case 'tool_use':
      return {
        toolUse: {
          toolUseId: text(block['id']),
          name: text(block['name']),
          input: documentValue((block['input'] ?? {}) as Json), // parsed JSON
        },
      };
    case 'thinking':
      return {
        reasoningContent: { reasoningText: { text: text(block['thinking']), signature: text(block['signature']) } },
      };
    case 'redacted_thinking':
      return { reasoningContent: { redactedContent: Buffer.from(text(block['data']), 'base64') } };
    default:
      return { $unknown: [text(block['type']), block] };
  }
}

/** Events of one stream, in Converse's terms. The end of the model is told only when `message_stop` has come. */
export class MessagesEvents {
  #usage: Members = {};
  #stopReason: unknown;

  /** @throws {HttpRefusal} for an error within the stream. */
  *read(event: unknown): Generator<ConverseStreamOutput> {
    if (!isObject(event)) throw new SyntaxError('an event is no object');
    const contentBlockIndex = typeof event['index'] === 'number' ? event['index'] : 0;
    switch (event['type']) {
      case 'message_start':
        this.#count(isObject(event['message']) ? event['message']['usage'] : undefined);
        yield { messageStart: { role: 'assistant' } };
        break;
      case 'content_block_start':
        if (isObject(event['content_block'])) yield* blockStart(event['content_block'], contentBlockIndex);
        break;
      case 'content_block_delta':
        if (isObject(event['delta'])) yield* blockDelta(event['delta'], contentBlockIndex);
        break;
      case 'content_block_stop':
        yield { contentBlockStop: { contentBlockIndex } };
        break;
      case 'message_delta':
        this.#count(event['usage']);
        if (isObject(event['delta'])) this.#stopReason = event['delta']['stop_reason'] ?? this.#stopReason;
        break;
      case 'message_stop':
        yield { messageStop: { stopReason: stopReason(this.#stopReason) } };
        yield { metadata: { usage: usageOf(this.#usage), metrics: undefined } };
        break;
      case 'error':
        throw new HttpRefusal({ body: event });
      // `ping`, and what later versions add: https://docs.claude.com/en/api/versioning
    }
  }

  /** Counts are totals so far, and not all of them come again. */
  #count(usage: unknown): void {
    if (!isObject(usage)) return;
    const told = Object.entries(usage).filter(([, value]) => value !== null);
    this.#usage = { ...this.#usage, ...Object.fromEntries(told) };
  }
}

function* blockStart(block: Members, contentBlockIndex: number): Generator<ConverseStreamOutput> {
  switch (block['type']) {
    case 'text':
      if (block['text']) yield { contentBlockDelta: { contentBlockIndex, delta: { text: text(block['text']) } } };
      break;
    case 'tool_use': {
      const toolUse = { toolUseId: text(block['id']), name: text(block['name']) };
      yield { contentBlockStart: { contentBlockIndex, start: { toolUse } } };
      break;
    }
    case 'redacted_thinking': {
      const redactedContent = Buffer.from(text(block['data']), 'base64');
      yield { contentBlockDelta: { contentBlockIndex, delta: { reasoningContent: { redactedContent } } } };
      break;
    }
    case 'thinking':
      break;
    default:
      yield { contentBlockStart: { contentBlockIndex, start: { $unknown: [text(block['type']), block] } } };
  }
}

function* blockDelta(delta: Members, contentBlockIndex: number): Generator<ConverseStreamOutput> {
  switch (delta['type']) {
    case 'text_delta':
      yield { contentBlockDelta: { contentBlockIndex, delta: { text: text(delta['text']) } } };
      break;
    case 'input_json_delta':
      yield { contentBlockDelta: { contentBlockIndex, delta: { toolUse: { input: text(delta['partial_json']) } } } };
      break;
    case 'thinking_delta': {
      const reasoningContent = { text: text(delta['thinking']) };
      yield { contentBlockDelta: { contentBlockIndex, delta: { reasoningContent } } };
      break;
    }
    case 'signature_delta': {
      const reasoningContent = { signature: text(delta['signature']) };
      yield { contentBlockDelta: { contentBlockIndex, delta: { reasoningContent } } };
      break;
    }
  }
}

function stopReason(reason: unknown): StopReason {
  const name = text(reason);
  return Object.hasOwn(STOP_REASONS, name) ? STOP_REASONS[name]! : (name as StopReason); // an unknown one is read as `stop`
}

function usageOf(reported: unknown): TokenUsage {
  const usage = isObject(reported) ? reported : {};
  const [inputTokens, outputTokens] = [count(usage['input_tokens']), count(usage['output_tokens'])];
  const cacheReadInputTokens = count(usage['cache_read_input_tokens']);
  const cacheWriteInputTokens = count(usage['cache_creation_input_tokens']);
  const written = isObject(usage['cache_creation']) ? usage['cache_creation'] : {};
  const hourly = count(written['ephemeral_1h_input_tokens']);
  return {
    inputTokens,
    outputTokens,
    totalTokens: inputTokens + outputTokens + cacheReadInputTokens + cacheWriteInputTokens,
    cacheReadInputTokens,
    cacheWriteInputTokens,
    ...(hourly > 0 && { cacheDetails: [{ ttl: '1h', inputTokens: hourly }] }),
  };
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function count(value: unknown): number {
  return typeof value === 'number' && value > 0 ? value : 0;
}
