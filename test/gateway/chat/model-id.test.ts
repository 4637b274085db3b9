import { expect } from 'chai';
import { baseModelId, vendorOf } from '../../../src/gateway/chat/model-id.js';

describe('a model id', () => {
  for (const [id, base, vendor] of [
    ['anthropic.claude-sonnet-4-20250514-v1:0', 'anthropic.claude-sonnet-4-20250514-v1:0', 'anthropic'],
    ['us.anthropic.claude-sonnet-4-20250514-v1:0', 'anthropic.claude-sonnet-4-20250514-v1:0', 'anthropic'],
    ['us-gov.amazon.nova-pro-v1:0', 'amazon.nova-pro-v1:0', 'amazon'],
    ['global.anthropic.claude-opus-4-5', 'anthropic.claude-opus-4-5', 'anthropic'],
    ['zai.glm-4.6', 'zai.glm-4.6', 'zai'],
    ['us.model', 'us.model', 'us'],
    ['my-alias', 'my-alias', undefined],
    ['arn:aws:bedrock:us-east-1::foundation-model/amazon.nova-lite-v1:0', 'amazon.nova-lite-v1:0', 'amazon'],
    [
      'arn:aws:bedrock:us-east-1:123456789012:inference-profile/eu.meta.llama3-1-70b-instruct-v1:0',
      'meta.llama3-1-70b-instruct-v1:0',
      'meta',
    ],
    ['arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/a1b2c3', 'a1b2c3', undefined],
  ] as const) {
    it(`${id} is ${base} of ${vendor ?? 'no vendor'}`, () => {
      expect([baseModelId(id), vendorOf(id)]).to.deep.equal([base, vendor]);
    });
  }
});
