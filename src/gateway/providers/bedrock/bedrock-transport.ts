import type {
  ApplyGuardrailCommandInput,
  ApplyGuardrailCommandOutput,
  ConverseCommandInput,
  ConverseCommandOutput,
  ConverseStreamCommandInput,
  ConverseStreamOutput,
  CountTokensCommandInput,
  CountTokensCommandOutput,
  InvokeModelCommandInput,
} from '@aws-sdk/client-bedrock-runtime';

/**
 * The way to one Bedrock Runtime endpoint: signs, sends, decodes, and makes exactly one attempt a call. It throws what the
 * AWS SDK throws; `bedrock-error.ts` gives those errors their meaning. Model ids are handed over raw, never URL-encoded.
 */
export interface BedrockTransport {
  converse(input: ConverseCommandInput, call: TransportCall): Promise<ConverseCommandOutput>;
  /** Resolves with the status line; an exception in the first frame may reject here or be thrown by the stream. */
  converseStream(input: ConverseStreamCommandInput, call: TransportCall): Promise<ConverseStream>;
  invokeModel(input: InvokeModelCommandInput, call: TransportCall): Promise<InvokedModel>;
  countTokens(input: CountTokensCommandInput, call: TransportCall): Promise<CountTokensCommandOutput>;
  applyGuardrail(input: ApplyGuardrailCommandInput, call: TransportCall): Promise<ApplyGuardrailCommandOutput>;
  /** Resolves when the endpoint answers HTTP at all; sends no credentials, and nothing that is billed. */
  reach(signal: AbortSignal): Promise<void>;
  /** Lets go of sockets and timers. Calls under way are not cut. */
  close(): void;
}

/** The calls of Bedrock's own API. */
export type BedrockCalls = Omit<BedrockTransport, 'reach'>;

export interface TransportCall {
  /** Closes the exchange at once, also after `converseStream` resolved. Over HTTP/2 an aborted stream may end without an error. */
  readonly signal: AbortSignal;
  /** Sent and signed beside the transport's own: the target's `headers` and `traceparent`. Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
}

export interface ConverseStream {
  readonly stream: AsyncIterable<ConverseStreamOutput>;
  /** `x-amzn-requestid` */
  readonly requestId?: string;
}

export interface InvokedModel {
  readonly body: Uint8Array;
  /** Of the response, names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** `x-amzn-requestid` */
  readonly requestId?: string;
}
