import { BedrockRuntimeClient, type BedrockRuntimeClientConfig } from '@aws-sdk/client-bedrock-runtime';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { DEFAULT_ACCESS_KEY } from '../../src/simulator/access-keys.js';
import type { Simulator } from '../../src/simulator/simulator.js';

export const WIRES = ['HTTP/2', 'HTTP/1.1'] as const;
export type Wire = (typeof WIRES)[number];

/** The real SDK's client, pointed at a simulator, trying once. Without a handler of its own it speaks HTTP/2. */
export function bedrockClient(
  sim: Simulator,
  wire: Wire = 'HTTP/2',
  config: BedrockRuntimeClientConfig = {},
): BedrockRuntimeClient {
  return bedrockClientFor(sim.url, {
    ...(wire === 'HTTP/1.1' && { requestHandler: new NodeHttpHandler() }),
    ...config,
  });
}

export function bedrockClientFor(endpoint: string, config: BedrockRuntimeClientConfig = {}): BedrockRuntimeClient {
  const { accessKeyId, secretAccessKey } = DEFAULT_ACCESS_KEY;
  return new BedrockRuntimeClient({
    region: 'us-east-1',
    endpoint,
    credentials: { accessKeyId, secretAccessKey },
    maxAttempts: 1,
    ...config,
  });
}
