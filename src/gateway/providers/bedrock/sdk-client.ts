// The AWS SDK's client, set up so that nothing of it but the wire format decides: no retries, no environment, no credential cache.
// Loading this module takes the SDK's 80 ms, so it is imported when the first target needs it.
import {
  ApplyGuardrailCommand,
  BedrockRuntimeClient,
  ConverseCommand,
  ConverseStreamCommand,
  CountTokensCommand,
  InvokeModelCommand,
  type ApplyGuardrailCommandInput,
  type ApplyGuardrailCommandOutput,
  type ConverseCommandInput,
  type ConverseCommandOutput,
  type ConverseStreamCommandInput,
  type CountTokensCommandInput,
  type CountTokensCommandOutput,
  type InvokeModelCommandInput,
} from '@aws-sdk/client-bedrock-runtime';
import { HttpRequest, HttpResponse } from '@smithy/core/protocols';
import type { BuildMiddleware, MetadataBearer, MiddlewareStack } from '@smithy/types';
import { GatewayError } from '../../chat/gateway-error.js';
import type { AwsIdentity } from '../credentials/aws-identity.js';
import type { ClockSkew } from '../credentials/clock-skew.js';
import { authScheme } from '../credentials/request-signer.js';
import type { BedrockCalls, ConverseStream, InvokedModel, TransportCall } from './bedrock-transport.js';
import { sdkSettings } from '../aws/sdk-settings.js';
import { WireHandler, type WireOptions } from '../aws/wire-version.js';

type Headers = Readonly<Record<string, string>>;

export interface SdkClientOptions extends Omit<WireOptions, 'onAnswer'> {
  readonly region: string;
  readonly endpoint: URL;
  readonly skew: ClockSkew;
  /** The credentials of the moment; asked for each signature. */
  readonly identity: () => AwsIdentity;
}

/** Each call is one request. */
export class SdkClient implements BedrockCalls {
  readonly #client: BedrockRuntimeClient;

  constructor(options: SdkClientOptions) {
    const { region, endpoint, skew, identity } = options;
    this.#client = new BedrockRuntimeClient({
      ...sdkSettings(),
      region,
      endpoint: endpoint.href,
      requestHandler: new WireHandler(endpoint, { ...options, onAnswer: (headers) => skew.measure(headers['date']) }),
      httpAuthSchemes: [authScheme({ service: 'bedrock', region, skew, identity })],
    });
  }

  converse(input: ConverseCommandInput, { signal, headers }: TransportCall): Promise<ConverseCommandOutput> {
    const command = new ConverseCommand(input);
    addHeaders(command.middlewareStack, headers);
    return this.#client.send(command, { abortSignal: signal });
  }

  async converseStream(input: ConverseStreamCommandInput, { signal, headers }: TransportCall): Promise<ConverseStream> {
    const command = new ConverseStreamCommand(input);
    addHeaders(command.middlewareStack, headers);
    const output = await this.#client.send(command, { abortSignal: signal });
    if (output.stream === undefined) {
      throw new GatewayError('invalid_upstream_response', 'Bedrock answered a request for a stream without one.');
    }
    return { stream: output.stream, ...requestId(output) };
  }

  async invokeModel(input: InvokeModelCommandInput, { signal, headers }: TransportCall): Promise<InvokedModel> {
    const command = new InvokeModelCommand(input);
    let received: Headers = {};
    addHeaders(command.middlewareStack, headers, (ofAnswer) => (received = ofAnswer));
    const output = await this.#client.send(command, { abortSignal: signal });
    return { body: output.body, headers: received, ...requestId(output) };
  }

  countTokens(input: CountTokensCommandInput, { signal, headers }: TransportCall): Promise<CountTokensCommandOutput> {
    const command = new CountTokensCommand(input);
    addHeaders(command.middlewareStack, headers);
    return this.#client.send(command, { abortSignal: signal });
  }

  applyGuardrail(
    input: ApplyGuardrailCommandInput,
    { signal, headers }: TransportCall,
  ): Promise<ApplyGuardrailCommandOutput> {
    const command = new ApplyGuardrailCommand(input);
    addHeaders(command.middlewareStack, headers);
    return this.#client.send(command, { abortSignal: signal });
  }

  close(): void {
    this.#client.destroy();
  }
}

/** Has headers sent and signed beside the SDK's own, which win. `onAnswer` receives those of the answer, names in lower case. */
function addHeaders<Input extends object, Output extends object>(
  stack: MiddlewareStack<Input, Output>,
  headers: Headers,
  onAnswer?: (headers: Headers) => void,
): void {
  const middleware: BuildMiddleware<Input, Output> = (next) => async (args) => {
    const { request } = args;
    if (HttpRequest.isInstance(request)) request.headers = { ...headers, ...request.headers };
    const result = await next(args);
    if (HttpResponse.isInstance(result.response)) onAnswer?.(result.response.headers);
    return result;
  };
  stack.add(middleware, { step: 'build', priority: 'low' });
}

function requestId({ $metadata }: MetadataBearer): { readonly requestId?: string } {
  return $metadata.requestId === undefined ? {} : { requestId: $metadata.requestId };
}
