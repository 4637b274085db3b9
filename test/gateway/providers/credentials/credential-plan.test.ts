import { expect } from 'chai';
import {
  planCredentials,
  type CredentialFields,
  type CredentialPlan,
} from '../../../../src/gateway/providers/credentials/credential-plan.js';
import type { Environment } from '../../../../src/core/environment.js';

const ROLE = 'arn:aws:iam::123456789012:role/bedrock-invoke';
const OTHER_ROLE = 'arn:aws:iam::210987654321:role/partner';
const KEYS = { AWS_ACCESS_KEY_ID: 'AKIA1', AWS_SECRET_ACCESS_KEY: 's1' };
const SESSION = { ...KEYS, AWS_SESSION_TOKEN: 't1' };
const IRSA = { AWS_ROLE_ARN: ROLE, AWS_WEB_IDENTITY_TOKEN_FILE: '/token' };
const POD_IDENTITY = {
  AWS_CONTAINER_CREDENTIALS_FULL_URI: 'http://169.254.170.23/v1/credentials',
  AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE: '/pod-token',
};
const BEARER = { AWS_BEARER_TOKEN_BEDROCK: 'api-key' };
const EVERYTHING = { ...BEARER, ...SESSION, ...IRSA, ...POD_IDENTITY };
const OWN = { OWN_KEY: 'AKIA2', OWN_SECRET: 's2', OWN_TOKEN: 't2' };
const irsa = { origin: 'irsa', roleArn: ROLE, tokenFile: '/token', sessionName: 'keeptrusts-gateway' } as const;
const podIdentity = {
  origin: 'pod_identity',
  uri: POD_IDENTITY.AWS_CONTAINER_CREDENTIALS_FULL_URI,
  tokenFile: '/pod-token',
};

function keys(accessKeyId: string, secretAccessKey: string, sessionToken?: string) {
  return { kind: 'keys', accessKeyId, secretAccessKey, ...(sessionToken !== undefined && { sessionToken }) };
}

function env(variables: readonly string[], identity: object) {
  return { origin: 'env', variables, identity };
}

const standard = ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY'];

describe('planCredentials', () => {
  for (const [name, target, environment, expected] of [
    [
      'takes the variables that the target names before all else',
      { aws_access_key_env: 'OWN_KEY', aws_secret_key_env: 'OWN_SECRET', aws_profile: 'dev' },
      { ...EVERYTHING, ...OWN },
      env(['OWN_KEY', 'OWN_SECRET'], keys('AKIA2', 's2')),
    ],
    [
      'takes a session token that the target names',
      { aws_access_key_env: 'OWN_KEY', aws_secret_key_env: 'OWN_SECRET', aws_session_token_env: 'OWN_TOKEN' },
      OWN,
      env(['OWN_KEY', 'OWN_SECRET', 'OWN_TOKEN'], keys('AKIA2', 's2', 't2')),
    ],
    [
      'takes the standard session token with the standard keys when the target names those',
      { aws_access_key_env: 'AWS_ACCESS_KEY_ID' },
      SESSION,
      env([...standard, 'AWS_SESSION_TOKEN'], keys('AKIA1', 's1', 't1')),
    ],
    ['then the profile', { aws_profile: 'dev' }, EVERYTHING, { origin: 'profile', profile: 'dev' }],
    [
      'then the role with the web identity of the environment',
      { aws_role_arn: OTHER_ROLE },
      EVERYTHING,
      { ...irsa, roleArn: OTHER_ROLE },
    ],
    [
      'or with a token file of its own, under its own session name',
      { aws_role_arn: OTHER_ROLE, aws_web_identity_token_file: '/own', aws_role_session_name: 'me' },
      EVERYTHING,
      { origin: 'irsa', roleArn: OTHER_ROLE, tokenFile: '/own', sessionName: 'me' },
    ],
    [
      'or without a web identity from the keys below it, an API key being none',
      { aws_role_arn: OTHER_ROLE },
      { ...KEYS, ...BEARER },
      {
        origin: 'assume_role',
        roleArn: OTHER_ROLE,
        sessionName: 'keeptrusts-gateway',
        base: env(standard, keys('AKIA1', 's1')),
      },
    ],
    [
      'or from the keys that the target names',
      { aws_role_arn: OTHER_ROLE, aws_access_key_env: 'OWN_KEY', aws_secret_key_env: 'OWN_SECRET' },
      { ...EVERYTHING, ...OWN },
      {
        origin: 'assume_role',
        roleArn: OTHER_ROLE,
        sessionName: 'keeptrusts-gateway',
        base: env(['OWN_KEY', 'OWN_SECRET'], keys('AKIA2', 's2')),
      },
    ],
    [
      'or from the profile that the target names',
      { aws_role_arn: OTHER_ROLE, aws_profile: 'dev' },
      EVERYTHING,
      {
        origin: 'assume_role',
        roleArn: OTHER_ROLE,
        sessionName: 'keeptrusts-gateway',
        base: { origin: 'profile', profile: 'dev' },
      },
    ],
    [
      'assumes a role with an external id from the web identity role, since a web identity cannot give one',
      { aws_role_arn: OTHER_ROLE, aws_external_id: 'shared-word' },
      { ...IRSA, AWS_ROLE_SESSION_NAME: 'kt-shop-pod-1' },
      {
        origin: 'assume_role',
        roleArn: OTHER_ROLE,
        externalId: 'shared-word',
        sessionName: 'kt-shop-pod-1',
        base: { ...irsa, sessionName: 'kt-shop-pod-1' },
      },
    ],
    ['then the Bedrock API key', {}, EVERYTHING, { origin: 'bearer', identity: { kind: 'bearer', token: 'api-key' } }],
    [
      'then the standard keys, an empty API key being none',
      {},
      { ...EVERYTHING, AWS_BEARER_TOKEN_BEDROCK: '' },
      env([...standard, 'AWS_SESSION_TOKEN'], keys('AKIA1', 's1', 't1')),
    ],
    ['then the web identity of the environment', {}, { ...IRSA, ...POD_IDENTITY }, irsa],
    [
      "under the target's session name",
      { aws_role_session_name: 'me' },
      { ...IRSA, AWS_ROLE_SESSION_NAME: 'kt' },
      { ...irsa, sessionName: 'me' },
    ],
    ['then Pod Identity', {}, POD_IDENTITY, podIdentity],
    [
      'or the role of an ECS task',
      {},
      { AWS_CONTAINER_CREDENTIALS_RELATIVE_URI: '/v2/credentials/x', AWS_CONTAINER_AUTHORIZATION_TOKEN: 'secret' },
      { origin: 'pod_identity', uri: 'http://169.254.170.2/v2/credentials/x', token: 'secret' },
    ],
    ['and at last the node', {}, {}, { origin: 'node' }],
    ['with the profile of the environment', {}, { AWS_PROFILE: 'dev' }, { origin: 'node', profile: 'dev' }],
  ] satisfies [string, CredentialFields, Environment, object][]) {
    it(name, () => {
      expect(planCredentials(target, { env: environment, allowNodeRole: true })).to.deep.equal(expected);
    });
  }

  for (const [name, target, environment, reason, words] of [
    [
      'does not fall through when a named variable is missing',
      { aws_access_key_env: 'OWN_KEY', aws_secret_key_env: 'OWN_SECRET' },
      EVERYTHING,
      'env_missing',
      'OWN_KEY and OWN_SECRET are not set',
    ],
    [
      'does not fall through when a named variable is blank',
      { aws_access_key_env: 'OWN_KEY', aws_secret_key_env: 'OWN_SECRET' },
      { ...EVERYTHING, ...OWN, OWN_SECRET: '  ' },
      'env_missing',
      'OWN_SECRET is not set, or blank',
    ],
    [
      'does not fall through when a named session token is missing',
      { aws_session_token_env: 'OWN_TOKEN' },
      EVERYTHING,
      'env_missing',
      'OWN_TOKEN is not set',
    ],
    [
      'does not fall through from half of the standard pair',
      {},
      { ...IRSA, AWS_ACCESS_KEY_ID: 'AKIA1' },
      'env_missing',
      'AWS_SECRET_ACCESS_KEY is not set',
    ],
    [
      'wants a role for the token file of the environment',
      {},
      { AWS_WEB_IDENTITY_TOKEN_FILE: '/token' },
      'env_missing',
      'AWS_ROLE_ARN is not',
    ],
    [
      'wants a role for a token file',
      { aws_web_identity_token_file: '/own' },
      KEYS,
      'conflict',
      'aws_web_identity_token_file is given without aws_role_arn',
    ],
    [
      'wants a role for an external id',
      { aws_external_id: 'word' },
      KEYS,
      'conflict',
      'aws_external_id is given without',
    ],
    [
      'refuses a web identity with an external id',
      { aws_role_arn: ROLE, aws_web_identity_token_file: '/own', aws_external_id: 'word' },
      {},
      'conflict',
      'aws_web_identity_token_file and aws_external_id',
    ],
    [
      'refuses a web identity beside a profile',
      { aws_role_arn: ROLE, aws_web_identity_token_file: '/own', aws_profile: 'dev' },
      {},
      'conflict',
      'aws_web_identity_token_file and aws_profile',
    ],
    ['never falls through to the role of the node in a sidecar', {}, {}, 'no_credentials', 'none are configured'],
    ['not even to assume a role', { aws_role_arn: ROLE }, {}, 'no_credentials', 'none are configured'],
  ] satisfies [string, CredentialFields, Environment, string, string][]) {
    it(name, () => {
      const plan: CredentialPlan = planCredentials(target, { env: environment, allowNodeRole: false });
      expect(plan).to.include({ origin: 'none', reason });
      expect(plan.origin === 'none' && plan.message).to.include(words);
    });
  }
});
