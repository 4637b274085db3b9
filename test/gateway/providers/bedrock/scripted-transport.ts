import type {
  ConverseCommandInput,
  ConverseCommandOutput,
  ConverseStreamCommandInput,
  ConverseStreamOutput,
  CountTokensCommandInput,
  CountTokensCommandOutput,
  InvokeModelCommandInput,
} from '@aws-sdk/client-bedrock-runtime';
import type {
  BedrockTransport,
  ConverseStream,
  InvokedModel,
  TransportCall,
} from '../../../../src/gateway/providers/bedrock/bedrock-transport.js';

type Script<Input, Output> = (input: Input, call: TransportCall) => Promise<Output>;

interface Scripts {
  readonly converse?: Script<ConverseCommandInput, Partial<ConverseCommandOutput>>;
  readonly converseStream?: Script<ConverseStreamCommandInput, ConverseStream>;
  readonly invokeModel?: Script<InvokeModelCommandInput, InvokedModel>;
  readonly countTokens?: Script<CountTokensCommandInput, CountTokensCommandOutput>;
  readonly reach?: () => Promise<void>;
}

/** Answers each operation by a function of the test's, and refuses those without one. */
export class ScriptedTransport implements BedrockTransport {
  closed = false;
  readonly #scripts: Scripts;

  constructor(scripts: Scripts) {
    this.#scripts = scripts;
  }

  async converse(input: ConverseCommandInput, call: TransportCall): Promise<ConverseCommandOutput> {
    const output = await this.#scripts.converse?.(input, call);
    return { output: undefined, stopReason: undefined, usage: undefined, metrics: undefined, $metadata: {}, ...output };
  }

  converseStream(input: ConverseStreamCommandInput, call: TransportCall): Promise<ConverseStream> {
    return this.#scripts.converseStream?.(input, call) ?? unexpected('ConverseStream');
  }

  invokeModel(input: InvokeModelCommandInput, call: TransportCall): Promise<InvokedModel> {
    return this.#scripts.invokeModel?.(input, call) ?? unexpected('InvokeModel');
  }

  countTokens(input: CountTokensCommandInput, call: TransportCall): Promise<CountTokensCommandOutput> {
    return this.#scripts.countTokens?.(input, call) ?? unexpected('CountTokens');
  }

  applyGuardrail(): Promise<never> {
    return unexpected('ApplyGuardrail');
  }

  reach(): Promise<void> {
    return this.#scripts.reach?.() ?? unexpected('reach');
  }

  close(): void {
    this.closed = true;
  }
}

function unexpected(operation: string): Promise<never> {
  return Promise.reject(new Error(`unexpected call of ${operation}`));
}

/**
 * A stream whose events come when the test gives them. An abort ends it as HTTP/2 does, quietly, or as HTTP/1.1 does, with an
 * error.
 */
export class GivenStream implements AsyncIterable<ConverseStreamOutput> {
  #steps: (() => void)[] = [];
  readonly #ready: IteratorResult<ConverseStreamOutput, undefined>[] = [];
  #failure: Error | undefined;
  /** How often the next event was asked for. */
  asked = 0;

  constructor(signal: AbortSignal, atAbort: 'quiet' | 'loud' = 'quiet') {
    const stop = (): void => {
      if (atAbort === 'quiet') this.end();
      else this.fail(Object.assign(new Error('aborted'), { code: 'ECONNRESET' }));
    };
    signal.addEventListener('abort', stop, { once: true });
  }

  /** Typed one by one in the SDK, which is tiresome here. */
  give(...events: readonly object[]): void {
    for (const event of events) this.#ready.push({ done: false, value: event as ConverseStreamOutput });
    this.#wake();
  }

  end(): void {
    this.#ready.push({ done: true, value: undefined });
    this.#wake();
  }

  fail(error: Error): void {
    this.#failure = error;
    this.#wake();
  }

  [Symbol.asyncIterator](): AsyncIterator<ConverseStreamOutput, undefined> {
    return { next: () => this.#next() };
  }

  async #next(): Promise<IteratorResult<ConverseStreamOutput, undefined>> {
    this.asked++;
    while (this.#ready.length === 0) {
      if (this.#failure !== undefined) throw this.#failure;
      await new Promise<void>((resolve) => this.#steps.push(resolve));
    }
    return this.#ready.shift() ?? { done: true, value: undefined };
  }

  #wake(): void {
    const steps = this.#steps;
    this.#steps = [];
    for (const step of steps) step();
  }
}
