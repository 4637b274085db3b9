import { readModelId } from './model-reference.js';

const NO_ON_DEMAND = /on-demand throughput isn[’']t supported/i;

/** `message`, with the way out where Bedrock asks for a profile without naming one. */
export function modelMessage(message: string, modelId: string): string {
  const reference = readModelId(modelId);
  if (!NO_ON_DEMAND.test(message) || reference.kind !== 'model') return message;
  const profiles = ['us', 'eu', 'apac', 'global'].map((geography) => `${geography}.${reference.id}`);
  return `${message} Inference profiles to use as the model instead: ${profiles.join(', ')}.`;
}
