// The events of ConverseStream become neutral ones, each as soon as it can be told. docs/mapping.md has the rules, row by row.
import type {
  Citation,
  CitationsDelta,
  ContentBlockDelta,
  ContentBlockStart,
  ConverseStreamOutput,
  ReasoningContentBlockDelta,
  ToolUseBlockStart,
} from '@aws-sdk/client-bedrock-runtime';
import type { ChatEvent } from '../../chat/chat-answer.js';
import { GatewayError } from '../../chat/gateway-error.js';
import type { AnswerReading } from './converse-request.js';
import type { StreamReader } from '../watched-stream.js';
import { type Ending, finishOf } from './finish.js';
import { urlCitation } from './url-citation.js';

/** A block that holds a tool call: the caller's, with its index among them, or the JSON that is the answer's text. */
interface ToolBlock {
  readonly index: number | 'json';
  hasArguments: boolean;
}

interface ReasoningBlock {
  text: string;
  signature: string;
  readonly redacted: Uint8Array[];
}

/**
 * Reads one stream. Each event of Bedrock's gives none, one or several of ours. The finish comes with the metadata, which is
 * the last event, or else with the end of the stream.
 */
export class ConverseStreamReader implements StreamReader<ConverseStreamOutput> {
  readonly #reading: AnswerReading;
  #out: ChatEvent[] = [];
  #started = false;
  readonly #tools = new Map<number, ToolBlock>();
  #calls = 0;
  readonly #reasoning = new Map<number, ReasoningBlock>();
  readonly #citations: Citation[] = [];
  readonly #ignored = new Set<string>();
  /** UTF-16 units of text so far, and where each block began among them. */
  #textLength = 0;
  readonly #textStarts = new Map<number, number>();
  /** Text that is the answer unless the JSON tool is called behind it. */
  #held = '';
  #jsonSeen = false;
  #ending: Ending | undefined;
  #metadata: Ending | undefined;
  #finished = false;

  constructor(reading: AnswerReading) {
    this.#reading = reading;
  }

  get finished(): boolean {
    return this.#finished;
  }

  get complete(): boolean {
    return this.#ending !== undefined;
  }

  isPrelude({ messageStart }: ConverseStreamOutput): boolean {
    return messageStart !== undefined;
  }

  read(event: ConverseStreamOutput): ChatEvent[] {
    if (this.#finished) return [];
    if (!this.#started) {
      this.#started = true;
      this.#out.push({ type: 'start' });
    }
    if (event.contentBlockDelta) {
      const { contentBlockIndex = 0, delta } = event.contentBlockDelta;
      if (delta) this.#delta(delta, contentBlockIndex);
    } else if (event.contentBlockStart) {
      const { contentBlockIndex = 0, start } = event.contentBlockStart;
      if (start) this.#blockStart(start, contentBlockIndex);
    } else if (event.contentBlockStop) {
      this.#blockStop(event.contentBlockStop.contentBlockIndex ?? 0);
    } else if (event.messageStop) {
      this.#messageStop(event.messageStop);
    } else if (event.metadata) {
      this.#metadata = event.metadata;
      if (this.#ending !== undefined) this.#finish();
    }
    return this.#take();
  }

  /**
   * The stream has ended by itself.
   * @throws GatewayError unless the model had ended before: nothing else tells a whole answer from a cut one.
   */
  end(): ChatEvent[] {
    if (!this.#finished) {
      if (this.#ending === undefined) throw cutShort(this.#reading.upstream.name);
      this.#finish();
    }
    return this.#take();
  }

  #take(): ChatEvent[] {
    const events = this.#out;
    this.#out = [];
    return events;
  }

  #blockStart({ toolUse, $unknown, image }: ContentBlockStart, block: number): void {
    if (toolUse) this.#toolStart(toolUse, block);
    else if (image) this.#ignored.add('image');
    else if ($unknown) this.#ignored.add($unknown[0]);
  }

  #toolStart({ toolUseId, name = '', type }: ToolUseBlockStart, block: number): void {
    if (type === 'server_tool_use') return;
    if (name === this.#reading.jsonTool) {
      if (this.#jsonSeen) return;
      this.#jsonSeen = true;
      this.#held = '';
      this.#tools.set(block, { index: 'json', hasArguments: false });
      return;
    }
    if (this.#reading.firstCallOnly && this.#calls > 0) return;
    this.#releaseText();
    const index = this.#calls++;
    this.#tools.set(block, { index, hasArguments: false });
    const id = toolUseId ?? `call_${index}`;
    this.#out.push({ type: 'tool_call', index, id, name: this.#reading.toolNames.caller(name), arguments: '' });
  }

  #delta({ text, toolUse, reasoningContent, citation, $unknown }: ContentBlockDelta, block: number): void {
    if (text !== undefined) this.#textDelta(text, block);
    else if (toolUse) this.#toolArguments(toolUse.input ?? '', block);
    else if (reasoningContent) this.#reasoningDelta(reasoningContent, block);
    else if (citation) this.#citationDelta(citation, block);
    else if ($unknown) this.#ignored.add($unknown[0]);
  }

  #textDelta(text: string, block: number): void {
    if (!this.#textStarts.has(block)) this.#textStarts.set(block, this.#textLength);
    if (text === '') return;
    if (this.#reading.jsonTool === undefined) this.#emitText(text);
    else if (!this.#jsonSeen) this.#held += text;
  }

  #emitText(text: string): void {
    this.#textLength += text.length;
    this.#out.push({ type: 'text', text });
  }

  #releaseText(): void {
    if (this.#held !== '') this.#emitText(this.#held);
    this.#held = '';
  }

  #toolArguments(text: string, block: number): void {
    const tool = this.#tools.get(block);
    if (tool === undefined || text === '') return;
    tool.hasArguments = true;
    if (tool.index === 'json') this.#emitText(text);
    else this.#out.push({ type: 'tool_arguments', index: tool.index, text });
  }

  #reasoningDelta({ text, signature, redactedContent }: ReasoningContentBlockDelta, block: number): void {
    let collected = this.#reasoning.get(block);
    if (collected === undefined) this.#reasoning.set(block, (collected = { text: '', signature: '', redacted: [] }));
    if (text !== undefined && text !== '') {
      collected.text += text;
      this.#out.push({ type: 'reasoning', text });
    }
    if (signature !== undefined) collected.signature += signature;
    if (redactedContent !== undefined) collected.redacted.push(redactedContent);
  }

  #citationDelta(delta: CitationsDelta, block: number): void {
    // A delta lacks only what its type leaves open.
    const citation = delta as Citation;
    const start = this.#textStarts.get(block) ?? this.#textLength;
    const annotation = urlCitation(citation, start, this.#textLength);
    if (annotation === undefined) this.#citations.push(citation);
    else if (this.#reading.jsonTool === undefined) this.#out.push({ type: 'annotation', annotation });
  }

  #blockStop(block: number): void {
    const tool = this.#tools.get(block);
    if (tool !== undefined) {
      if (!tool.hasArguments) this.#toolArguments('{}', block);
      this.#tools.delete(block);
    }
    const reasoning = this.#reasoning.get(block);
    if (reasoning !== undefined) {
      this.#thinkingBlock(reasoning);
      this.#reasoning.delete(block);
    }
  }

  #thinkingBlock({ text, signature, redacted }: ReasoningBlock): void {
    if (redacted.length > 0) {
      const data = Buffer.concat(redacted).toString('base64');
      this.#out.push({ type: 'thinking_block', block: { type: 'redacted_thinking', data } });
    }
    if (text === '' && signature === '') return;
    const signed = signature === '' ? {} : { signature };
    this.#out.push({ type: 'thinking_block', block: { type: 'thinking', thinking: text, ...signed } });
  }

  #messageStop(ending: Ending): void {
    // Blocks that were never said to stop.
    for (const block of new Set([...this.#tools.keys(), ...this.#reasoning.keys()])) this.#blockStop(block);
    this.#releaseText();
    this.#ending = ending;
    if (this.#metadata !== undefined) this.#finish();
  }

  #finish(): void {
    const { upstream } = this.#reading;
    const seen = { called: this.#calls > 0, citations: this.#citations, ignored: this.#ignored, upstream };
    this.#out.push({ type: 'finish', finish: finishOf({ ...this.#ending, ...this.#metadata }, seen) });
    this.#finished = true;
  }
}

function cutShort(upstream: string): GatewayError {
  return new GatewayError('upstream_connection', `${upstream}'s stream ended before the model had finished`, {
    detail: 'truncated',
  });
}
