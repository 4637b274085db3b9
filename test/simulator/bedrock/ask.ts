import {
  BedrockRuntimeServiceException,
  ConverseCommand,
  ConverseStreamCommand,
  type BedrockRuntimeClient,
  type ConverseCommandInput,
  type ConverseCommandOutput,
  type ConverseStreamOutput,
  type Message,
} from '@aws-sdk/client-bedrock-runtime';
import type { Simulator } from '../../../src/simulator/simulator.js';
import { bedrockClient, type Wire } from '../bedrock-client.js';

export const SONNET_4 = 'anthropic.claude-sonnet-4-20250514-v1:0';

export function user(...content: NonNullable<Message['content']>): Message {
  return { role: 'user', content };
}

export function assistant(...content: NonNullable<Message['content']>): Message {
  return { role: 'assistant', content };
}

export type Ask = Omit<ConverseCommandInput, 'modelId'> & { readonly modelId?: string };

/** A client for one call. */
async function once<T>(sim: Simulator, wire: Wire, call: (client: BedrockRuntimeClient) => Promise<T>): Promise<T> {
  const client = bedrockClient(sim, wire);
  try {
    return await call(client);
  } finally {
    client.destroy();
  }
}

export function converse(sim: Simulator, ask: Ask, wire: Wire = 'HTTP/2'): Promise<ConverseCommandOutput> {
  return once(sim, wire, (client) => client.send(new ConverseCommand({ modelId: SONNET_4, ...ask })));
}

/** Every event of a stream. */
export function converseStream(sim: Simulator, ask: Ask, wire: Wire = 'HTTP/2'): Promise<ConverseStreamOutput[]> {
  return once(sim, wire, async (client) => {
    const { stream } = await client.send(new ConverseStreamCommand({ modelId: SONNET_4, ...ask }));
    const events: ConverseStreamOutput[] = [];
    for await (const event of stream ?? []) events.push(event);
    return events;
  });
}

/** `Name: message` of the error that a call ends with; `answered` when it does not. */
export async function complaint(call: Promise<unknown>): Promise<string> {
  try {
    await call;
    return 'answered';
  } catch (error) {
    if (error instanceof BedrockRuntimeServiceException) return `${error.name}: ${error.message}`;
    throw error;
  }
}
