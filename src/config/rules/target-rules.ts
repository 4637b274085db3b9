import type { Finding, Path } from '../problem.js';
import type { Target } from '../policy-config.js';
import { isGatewaysHeader } from './headers.js';
import { duplicates, error, warning, type Rule, type RuleContext } from './rule.js';
import { urlFindings } from './url.js';

/** Each target by itself. */
export const targetRules: Rule = function* (context) {
  const { targets } = context.config.providers;
  yield* duplicates(targets.map(({ id }, i) => ({ name: id, path: [...targetPath(i), 'id'] })));
  for (const [i, target] of targets.entries()) {
    const path = targetPath(i);
    yield* provider(target, path);
    yield* endpoint(target, path);
    yield* credentials(target, path, context);
    yield* times(target, path);
    yield* probe(target, path, context);
  }
};

export function targetPath(i: number): Path {
  return ['providers', 'targets', i];
}

/** The names of each provider. */
const PROVIDER_TYPES: Record<Target['provider'], readonly string[]> = {
  'aws-bedrock': ['aws-bedrock', 'bedrock', 'aws_bedrock', 'amazon-bedrock'],
  anthropic: ['anthropic'],
  openai: ['openai', 'openai-compatible'],
};

/** Fields that mean something to Amazon Bedrock alone. */
const BEDROCK_ONLY = [
  'aws_region',
  'aws_access_key_env',
  'aws_secret_key_env',
  'aws_session_token_env',
  'aws_profile',
  'aws_role_arn',
  'aws_external_id',
  'aws_role_session_name',
  'aws_web_identity_token_file',
  'guardrail',
  'performance',
] as const satisfies readonly (keyof Target)[];

function* provider(target: Target, path: Path): Generator<Finding> {
  const names = PROVIDER_TYPES[target.provider];
  if (target.provider_type !== undefined && !names.includes(target.provider_type)) {
    const message = `\`provider: ${target.provider}\` and \`provider_type: ${target.provider_type}\` are not the same`;
    yield error('provider_mismatch', [...path, 'provider_type'], message, { suggestion: 'leave `provider_type` out' });
  }
  if (target.provider === 'aws-bedrock') {
    if (target.secret_key_ref !== undefined) {
      yield error(
        'provider_mismatch',
        [...path, 'secret_key_ref'],
        'Amazon Bedrock takes AWS credentials, not an API key',
        {
          atKey: true,
          suggestion: 'leave it out, or name keys with `aws_access_key_env` and `aws_secret_key_env`',
        },
      );
    }
    return;
  }
  for (const field of BEDROCK_ONLY) {
    if (target[field] === undefined) continue;
    const message = `works with \`provider: aws-bedrock\` only, not with \`${target.provider}\``;
    yield error('provider_mismatch', [...path, field], message, { atKey: true });
  }
}

function* endpoint(target: Target, path: Path): Generator<Finding> {
  if (target.base_url !== undefined) {
    yield* urlFindings([...path, 'base_url'], target.base_url, target.allow_insecure_http);
  }
  for (const name of Object.keys(target.headers)) {
    if (!isGatewaysHeader(name)) continue;
    yield error('forbidden_header', [...path, 'headers', name], 'the gateway sets this header itself', { atKey: true });
  }
}

function* credentials(target: Target, path: Path, { form }: RuleContext): Generator<Finding> {
  const { aws_access_key_env, aws_secret_key_env, aws_session_token_env, aws_profile, aws_role_arn } = target;
  const hasKey = aws_access_key_env !== undefined;
  const hasSecret = aws_secret_key_env !== undefined;
  if (hasKey !== hasSecret) {
    const [there, missing] = hasKey ? ['access', 'secret'] : ['secret', 'access'];
    const message = `needs \`aws_${missing}_key_env\` beside it`;
    yield error('incomplete_credentials', [...path, `aws_${there}_key_env`], message, { atKey: true });
  }
  if (aws_session_token_env !== undefined && !hasKey && !hasSecret) {
    const message = 'needs `aws_access_key_env` and `aws_secret_key_env` beside it';
    yield error('incomplete_credentials', [...path, 'aws_session_token_env'], message, { atKey: true });
  }
  if (hasKey && aws_profile !== undefined) {
    yield warning('unused_field', [...path, 'aws_profile'], 'keys that are named by variable come before a profile', {
      atKey: true,
    });
  }
  for (const field of ['aws_external_id', 'aws_role_session_name', 'aws_web_identity_token_file'] as const) {
    if (target[field] === undefined || aws_role_arn !== undefined) continue;
    yield error('incomplete_credentials', [...path, field], 'needs `aws_role_arn` beside it', { atKey: true });
  }
  const { aws_web_identity_token_file: tokenFile, aws_external_id } = target;
  if (tokenFile !== undefined && (hasKey || aws_profile !== undefined || aws_external_id !== undefined)) {
    const message = 'cannot stand beside keys, a profile or an external id: each is another way to the role';
    yield error('contradiction', [...path, 'aws_web_identity_token_file'], message, { atKey: true });
  }
  if (target.secret_key_ref?.secret !== undefined && form === 'file') {
    yield error('only_in_policy_pack', [...path, 'secret_key_ref', 'secret'], 'a file has no Secrets to refer to', {
      atKey: true,
      suggestion: 'name an environment variable: `secret_key_ref: {env: …}`',
    });
  }
}

/** Pairs of clocks of which the first should be the shorter one. */
const NESTED_TIMES = [
  ['connect_timeout_seconds', 'timeout_seconds'],
  ['first_event_timeout_seconds', 'stream_timeout_seconds'],
] as const;

function* times(target: Target, path: Path): Generator<Finding> {
  for (const [inner, outer] of NESTED_TIMES) {
    const [short, long] = [target[inner], target[outer]];
    if (long === undefined || short <= long) continue;
    yield warning(
      'unused_field',
      [...path, inner],
      `${short} s never pass, since \`${outer}\` ends all after ${long} s`,
    );
  }
}

function* probe(target: Target, path: Path, { isWritten }: RuleContext): Generator<Finding> {
  const settings = target.health_probe;
  if (settings === undefined) return;
  const at = [...path, 'health_probe'];
  if (!settings.enabled && !isWritten([...at, 'enabled'])) {
    yield warning('unused_field', at, 'there are no probes', { atKey: true, suggestion: 'add `enabled: true`' });
  }
  if (settings.enabled && settings.timeout_seconds > settings.interval_seconds) {
    const message = `must not be longer than \`interval_seconds\` (${settings.interval_seconds}), got ${settings.timeout_seconds}`;
    yield error('contradiction', [...at, 'timeout_seconds'], message);
  }
}
