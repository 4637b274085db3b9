import { expect } from 'chai';
import { readModelId } from '../../../../src/gateway/providers/bedrock/model-reference.js';

const CLAUDE = 'anthropic.claude-sonnet-4-20250514-v1:0';

describe('readModelId', () => {
  for (const [modelId, expected] of [
    [CLAUDE, { kind: 'model', id: CLAUDE }],
    [`us.${CLAUDE}`, { kind: 'model', id: CLAUDE }],
    [`arn:aws:bedrock:us-east-1::foundation-model/${CLAUDE}`, { kind: 'model', id: CLAUDE }],
    [`arn:aws:bedrock:eu-west-1:123456789012:inference-profile/eu.${CLAUDE}`, { kind: 'model', id: CLAUDE }],
    [`arn:aws-us-gov:bedrock:us-gov-west-1::foundation-model/${CLAUDE}`, { kind: 'model', id: CLAUDE }],
    ['arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/a1b2', { kind: 'opaque' }],
    ['arn:aws:bedrock:us-east-1:123456789012:provisioned-model/a1b2', { kind: 'opaque' }],
    ['arn:aws:bedrock:us-east-1:123456789012:imported-model/a1b2', { kind: 'opaque' }],
    ['arn:aws:bedrock:us-east-1:123456789012:default-prompt-router/anthropic.claude:1', { kind: 'opaque' }],
    ['arn:aws:sagemaker:us-east-1:123456789012:endpoint/claude', { kind: 'opaque' }],
    ['arn:nonsense', { kind: 'opaque' }],
    ['arn:aws:bedrock:us-east-1:123456789012:prompt/PROMPT1234:1', { kind: 'prompt' }],
  ] as const) {
    it(`reads ${modelId}`, () => {
      expect(readModelId(modelId)).to.deep.equal(expected);
    });
  }
});
