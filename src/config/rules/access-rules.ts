import type { Finding } from '../problem.js';
import { isGatewaysHeader } from './headers.js';
import { duplicates, error, warning, type Rule, type RuleContext } from './rule.js';
import { urlFindings } from './url.js';

/** Who may call, how often, and for how much. */
export const accessRules: Rule = function* (context) {
  yield* server(context);
  yield* auth(context);
  yield* rateLimits(context);
  yield* budgets(context);
};

function* server({ config }: RuleContext): Generator<Finding> {
  const { max_body_bytes, max_inflight_bytes, request_id_header } = config.server;
  if (max_inflight_bytes < max_body_bytes) {
    const message = `must hold at least one body of \`max_body_bytes\` (${max_body_bytes}), got ${max_inflight_bytes}`;
    yield error('contradiction', ['server', 'max_inflight_bytes'], message);
  }
  if (isGatewaysHeader(request_id_header)) {
    yield error('forbidden_header', ['server', 'request_id_header'], 'this header has a meaning of its own');
  }
}

function* auth({ config, isWritten }: RuleContext): Generator<Finding> {
  const { mode, keys, jwt } = config.server.auth;
  const at = ['server', 'auth'];
  if (mode === 'api_keys' && keys.length === 0) {
    yield error('missing_field', [...at, 'keys'], '`mode: api_keys` without keys lets nobody in');
  }
  if (mode === 'jwt' && jwt === undefined) {
    yield error('missing_field', [...at, 'jwt'], '`mode: jwt` needs to know which tokens to accept');
  }
  const unused = [...(mode === 'api_keys' ? [] : ['keys']), ...(mode === 'jwt' ? [] : ['jwt'])];
  for (const field of unused) {
    if (!isWritten([...at, field])) continue;
    yield warning('unused_field', [...at, field], `\`mode: ${mode}\` does not look at it`, { atKey: true });
  }
  yield* duplicates(keys.map(({ name }, i) => ({ name, path: [...at, 'keys', i, 'name'] })));
  for (const [i, { hash_env, hash_file }] of keys.entries()) {
    if ((hash_env === undefined) === (hash_file === undefined)) {
      yield error('contradiction', [...at, 'keys', i], 'expected exactly one of `hash_env` and `hash_file`');
    }
  }
  if (jwt === undefined) return;
  if ((jwt.jwks_url === undefined) === (jwt.jwks_file === undefined)) {
    yield error('contradiction', [...at, 'jwt'], 'expected exactly one of `jwks_url` and `jwks_file`', { atKey: true });
  }
  if (jwt.jwks_url !== undefined) yield* urlFindings([...at, 'jwt', 'jwks_url'], jwt.jwks_url, false);
}

function* rateLimits({ config }: RuleContext): Generator<Finding> {
  const { store, per_key } = config.rate_limits;
  if (store.type === 'redis' && store.url_env === undefined) {
    const message = '`type: redis` needs the variable that holds its URL';
    yield error('missing_field', ['rate_limits', 'store', 'url_env'], message);
  }
  if (store.type === 'memory' && store.url_env !== undefined) {
    yield warning('unused_field', ['rate_limits', 'store', 'url_env'], '`type: memory` has no URL', {
      atKey: true,
      suggestion: 'add `type: redis`',
    });
  }
  if (per_key !== undefined && config.server.auth.mode !== 'api_keys') {
    const message = `no caller has a key with \`server.auth.mode: ${config.server.auth.mode}\``;
    yield warning('unused_field', ['rate_limits', 'per_key'], message, { atKey: true });
  }
}

function* budgets({ config }: RuleContext): Generator<Finding> {
  yield* duplicates(config.budgets.map(({ name }, i) => ({ name, path: ['budgets', i, 'name'] })));
  for (const [i, { on_exceeded, downgrade_to }] of config.budgets.entries()) {
    const path = ['budgets', i, 'downgrade_to'];
    if (on_exceeded === 'downgrade' && downgrade_to === undefined) {
      yield error('missing_field', path, '`on_exceeded: downgrade` needs the id of a target');
    }
    if (on_exceeded === 'reject' && downgrade_to !== undefined) {
      yield warning('unused_field', path, '`on_exceeded: reject` does not look at it', {
        atKey: true,
        suggestion: 'add `on_exceeded: downgrade`',
      });
    }
  }
}
