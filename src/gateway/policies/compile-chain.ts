// From the configuration's `policies` and `policy` to what judges.
import type { PolicyConfig, PolicyKind } from '../../config/policy-config.js';
import { variable, type Environment } from '../../core/environment.js';
import type { Chain } from './chain/chain.js';
import type { Policy } from './chain/policy.js';
import { injectionPolicy } from './injection/compile.js';
import { compilePii } from './pii/compile.js';
import { safetyPolicy } from './safety/safety-policy.js';

type Compile = (config: PolicyConfig, env: Environment) => Policy | undefined;

/** Kinds that judge texts. The others of the chain act elsewhere: audit-logger at the end of an exchange, data-routing-policy on its way. */
const COMPILERS: Partial<Record<PolicyKind, Compile>> = {
  'prompt-injection': ({ policy }) => injectionPolicy(policy['prompt-injection']),
  'pii-detector': piiPolicy,
  'safety-filter': ({ policy }) => safetyPolicy(policy['safety-filter']),
};

/**
 * Takes some milliseconds: once for each revision.
 * @param guardrail what judges as `bedrock-guardrail`, where the chain names it.
 * @throws Error naming the field and variable of a key that is missing.
 */
export function compileChain(config: PolicyConfig, env: Environment, guardrail?: Policy): Chain {
  const policies = config.policies.chain.flatMap((kind) => {
    if (kind !== 'bedrock-guardrail') return COMPILERS[kind]?.(config, env) ?? [];
    if (!guardrail) throw new Error('policies.chain: bedrock-guardrail has nobody to ask');
    return guardrail;
  });
  return { policies, failMode: config.server.fail_mode };
}

function piiPolicy({ policy }: PolicyConfig, env: Environment): Policy {
  const settings = policy['pii-detector'];
  const compiled = compilePii(settings, hashKey(settings.redaction.hash_key_env, env));
  return {
    kind: 'pii-detector',
    action: settings.action,
    blockMessage: 'The gateway blocked this: it holds personal data or secrets.',
    detector: () => compiled.detector,
    redactor: () => compiled.redactor(),
  };
}

function hashKey(name: string | undefined, env: Environment): string | undefined {
  if (name === undefined) return undefined;
  const key = variable(env, name);
  if (key === undefined) throw new Error(`policy.pii-detector.redaction.hash_key_env: the variable ${name} is not set`);
  return key;
}
