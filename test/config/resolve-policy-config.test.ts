import { expect } from 'chai';
import type { PolicyConfigDocument } from '../../src/config/policy-config-document.js';
import { validate } from '../../src/config/policy-config-validator.js';
import { resolvePolicyConfig } from '../../src/config/resolve-policy-config.js';

const DOCUMENT: PolicyConfigDocument = {
  pack: { name: 'base', version: '1.0.0' },
  policies: { chain: ['audit-logger'] },
  providers: {
    targets: [{ id: 'one', provider: 'aws-bedrock', model: 'm', timeout_seconds: 5, health_probe: { enabled: true } }],
  },
};

describe('resolvePolicyConfig', () => {
  it('fills in defaults at every depth, in lists too', () => {
    const config = resolvePolicyConfig(DOCUMENT);
    expect(config.server.auth).to.deep.equal({ mode: 'none', keys: [] });
    expect(config.policy['prompt-injection'].encoding.decode_base64).to.equal(true);
    expect(config.providers.targets[0]?.health_probe).to.deep.equal({
      enabled: true,
      interval_seconds: 30,
      timeout_seconds: 5,
      unhealthy_threshold: 3,
      healthy_threshold: 1,
      mode: 'endpoint',
    });
  });

  it('leaves out what has no default', () => {
    const config = resolvePolicyConfig(DOCUMENT);
    expect(config.policy).not.to.have.property('bedrock-guardrail');
    expect(config.providers.targets[0]).not.to.have.property('aws_region');
    expect(config.providers).not.to.have.property('ab_test');
  });

  it('derives defaults from other fields', () => {
    const { providers } = resolvePolicyConfig(DOCUMENT);
    expect(providers.strategy).to.equal('single');
    expect(providers.targets[0]?.first_event_timeout_seconds).to.equal(5);
  });

  it('changes nothing in what it is given, and gives nothing that can change', () => {
    const before = structuredClone(DOCUMENT);
    const config = resolvePolicyConfig(DOCUMENT);
    expect(DOCUMENT).to.deep.equal(before);
    expect(() => (config.policies.chain as string[]).push('x')).to.throw(TypeError);
    expect(resolvePolicyConfig(DOCUMENT).policies.chain).not.to.equal(config.policies.chain);
  });

  it('gives a document that is valid itself, and resolves to the same', () => {
    const config: unknown = resolvePolicyConfig(DOCUMENT);
    expect(validate(config), JSON.stringify(validate.errors)).to.equal(true);
    if (validate(config)) expect(resolvePolicyConfig(config)).to.deep.equal(config);
  });
});
