import type { BedrockTransport } from '../bedrock/bedrock-transport.js';
import { readModelId } from '../bedrock/model-reference.js';
import { refusalOf } from '../credentials/signature-refusal.js';
import { failed, passed, warned, type Check } from './check.js';

/**
 * Asks Bedrock for the model with a request that it must refuse, as it has no messages: nothing is generated and nothing is
 * billed, but identity, permission and model id are judged on the way to that refusal.
 */
export async function diagnoseModel(
  model: string,
  region: string,
  transport: BedrockTransport,
  signal: AbortSignal,
): Promise<Check> {
  try {
    await transport.converse(
      { modelId: model, messages: [], inferenceConfig: { maxTokens: 1 } },
      { signal, headers: {} },
    );
    return passed('model', `${model} answers.`);
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const known = REFUSALS.find(({ means }) => means(error));
    return known === undefined ? unknown(model, error) : known.check(model, region);
  }
}

interface Refusal {
  readonly means: (error: Error) => boolean;
  readonly check: (model: string, region: string) => Check;
}

const REFUSALS: readonly Refusal[] = [
  {
    means: ({ message }) => /on-demand throughput isn[’']t supported/i.test(message),
    check: (model, region) =>
      failed(
        'model',
        `${model} cannot be called by its own id, but through an inference profile.`,
        useProfile(model, region),
      ),
  },
  {
    means: ({ message }) => /model identifier is invalid/i.test(message),
    check: (model) =>
      failed(
        'model',
        `Bedrock knows no model ${model}.`,
        'Correct `model`: "aws bedrock list-foundation-models" lists the ids.',
      ),
  },
  {
    means: ({ name }) => name === 'ResourceNotFoundException',
    check: (model) =>
      failed(
        'model',
        `there is no ${model} in this region, or not any more.`,
        'Choose another region or a newer model.',
      ),
  },
  {
    means: ({ name }) => name === 'AccessDeniedException',
    check: (model) =>
      failed(
        'model',
        `the credentials may not invoke ${model}.`,
        'Allow bedrock:InvokeModel and bedrock:InvokeModelWithResponseStream on its ARN (for an inference profile, on the profile and on the model in each of its regions), and ask for access to the model in the Bedrock console.',
      ),
  },
  {
    means: (error) => refusalOf(error) === 'credentials' || error.name === 'InvalidSignatureException',
    check: () =>
      failed(
        'model',
        'Bedrock does not accept the credentials.',
        'Check that they are active, of this partition, and that secret and key id belong together.',
      ),
  },
  {
    means: ({ name }) => name === 'ValidationException',
    check: (model) => passed('model', `${model} can be called: Bedrock looked at the request.`),
  },
  {
    means: ({ name }) => name === 'ThrottlingException' || name === 'ServiceQuotaExceededException',
    check: (model) =>
      warned(
        'model',
        `${model} can be called, but the account is being throttled.`,
        'Ask for a higher quota, or add a target in another region.',
      ),
  },
];

function unknown(model: string, { name }: Error): Check {
  return warned(
    'model',
    `whether ${model} can be called is not known: ${name}.`,
    'Run this again; if it stays, look at the AWS Health Dashboard.',
  );
}

// https://docs.aws.amazon.com/bedrock/latest/userguide/inference-profiles-support.html
const GEOGRAPHIES: readonly (readonly [RegExp, readonly string[]])[] = [
  [/^us-gov-/, ['us-gov']],
  [/^(us|ca)-/, ['us', 'global']],
  [/^(eu|il)-/, ['eu', 'global']],
  [/^ap-northeast-[13]$/, ['jp', 'apac', 'global']],
  [/^ap-southeast-[24]$/, ['au', 'apac', 'global']],
  [/^(ap|me)-/, ['apac', 'global']],
];

function useProfile(model: string, region: string): string {
  const reference = readModelId(model);
  const id = reference.kind === 'model' ? reference.id : model;
  const geographies = GEOGRAPHIES.find(([regions]) => regions.test(region))?.[1] ?? ['global'];
  const ids = geographies.map((geography) => `${geography}.${id}`);
  return `Use a profile that contains it as \`model\`: ${ids.join(' or ')} ("aws bedrock list-inference-profiles" lists them).`;
}
