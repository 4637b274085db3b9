import type {
  ApplyGuardrailCommandInput,
  ApplyGuardrailCommandOutput,
  ConverseCommandInput,
  ConverseCommandOutput,
  ConverseStreamCommandInput,
  CountTokensCommandInput,
  CountTokensCommandOutput,
  InvokeModelCommandInput,
} from '@aws-sdk/client-bedrock-runtime';
import type { AwsIdentity, CredentialSource } from '../credentials/aws-identity.js';
import { ClockSkew } from '../credentials/clock-skew.js';
import { refusalOf } from '../credentials/signature-refusal.js';
import type {
  BedrockCalls,
  BedrockTransport,
  ConverseStream,
  InvokedModel,
  TransportCall,
} from './bedrock-transport.js';
import type { DialOptions } from '../aws/dial.js';
import { dialFailure } from '../aws/dial-failure.js';
import { reach } from '../aws/reach.js';

export interface SdkTransportOptions extends DialOptions {
  readonly region: string;
  readonly endpoint: URL;
  readonly credentials: CredentialSource;
  readonly proxy?: URL | undefined;
}

/**
 * Bedrock over the AWS SDK, loaded with the first call. One attempt a call, with one exception: a request that was refused for the
 * date of its signature, or for credentials that had expired, was not processed; it is mended and sent again, once.
 */
export class SdkTransport implements BedrockTransport {
  readonly #options: SdkTransportOptions;
  readonly #skew: ClockSkew;
  #client: Promise<BedrockCalls> | undefined;
  #identity: AwsIdentity | undefined;

  constructor(options: SdkTransportOptions) {
    this.#options = options;
    this.#skew = new ClockSkew(options.clock);
  }

  /** Bedrock's time less ours, in milliseconds, by its last answer. */
  get clockSkewMs(): number | undefined {
    return this.#skew.measuredMs;
  }

  /** Loads the SDK ahead of the first call. */
  async warmUp(): Promise<void> {
    await this.#load();
  }

  converse(input: ConverseCommandInput, call: TransportCall): Promise<ConverseCommandOutput> {
    return this.#call(call, (client) => client.converse(input, call));
  }

  converseStream(input: ConverseStreamCommandInput, call: TransportCall): Promise<ConverseStream> {
    return this.#call(call, (client) => client.converseStream(input, call));
  }

  invokeModel(input: InvokeModelCommandInput, call: TransportCall): Promise<InvokedModel> {
    return this.#call(call, (client) => client.invokeModel(input, call));
  }

  countTokens(input: CountTokensCommandInput, call: TransportCall): Promise<CountTokensCommandOutput> {
    return this.#call(call, (client) => client.countTokens(input, call));
  }

  applyGuardrail(input: ApplyGuardrailCommandInput, call: TransportCall): Promise<ApplyGuardrailCommandOutput> {
    return this.#call(call, (client) => client.applyGuardrail(input, call));
  }

  async reach(signal: AbortSignal): Promise<void> {
    try {
      await reach(this.#options.endpoint, { ...this.#options, signal });
    } catch (error) {
      throw this.#explained(error);
    }
  }

  close(): void {
    // Callers have seen it when the client failed to load.
    this.#client?.then(
      (client) => client.close(),
      () => {},
    );
  }

  async #call<Output>({ signal }: TransportCall, send: (client: BedrockCalls) => Promise<Output>): Promise<Output> {
    const [identity, client] = await Promise.all([this.#options.credentials.get(signal), this.#load()]);
    this.#identity = identity;
    try {
      return await send(client);
    } catch (error) {
      if (signal.aborted || !(await this.#mend(error, identity, signal))) throw this.#explained(error);
    }
    try {
      return await send(client);
    } catch (error) {
      throw this.#explained(error);
    }
  }

  /** False when the same request would fail again. */
  async #mend(error: unknown, identity: AwsIdentity, signal: AbortSignal): Promise<boolean> {
    const refusal = refusalOf(error);
    if (refusal === 'clock') return this.#skew.adopt();
    if (refusal === undefined) return false;
    const fresh = await this.#options.credentials.replace(identity, signal);
    this.#identity = fresh;
    return fresh !== identity;
  }

  #explained(error: unknown): unknown {
    const { endpoint, connectTimeoutMs } = this.#options;
    return dialFailure(error, endpoint, connectTimeoutMs) ?? error;
  }

  #load(): Promise<BedrockCalls> {
    this.#client ??= import('./sdk-client.js').then(
      ({ SdkClient }) => new SdkClient({ ...this.#options, skew: this.#skew, identity: () => this.#current() }),
    );
    return this.#client;
  }

  #current(): AwsIdentity {
    if (this.#identity === undefined) throw new Error('a request was signed before there were credentials');
    return this.#identity;
  }
}
