import { expect } from 'chai';
import fc from 'fast-check';
import { loadPolicyConfig, type LoadedPolicyConfig } from '../../src/config/load-policy-config.js';
import type { Problem } from '../../src/config/problem.js';

const BASE = `
pack: {name: base, version: 1.0.0}
policies: {chain: [audit-logger]}
providers:
  targets:
    - {id: one, provider: aws-bedrock, model: anthropic.claude-sonnet-4-20250514-v1:0}
`;

/** Two targets and every policy, for cases that need them. */
const RICH = `
pack: {name: rich, version: 1.0.0}
policies: {chain: [prompt-injection, pii-detector, safety-filter, data-routing-policy, audit-logger]}
providers:
  targets:
    - {id: one, provider: aws-bedrock, model: anthropic.claude-sonnet-4-20250514-v1:0}
    - {id: two, provider: anthropic, model: claude-sonnet-4-20250514}
`;

function target(fields: string): string {
  return `providers: {targets: [{id: one, provider: aws-bedrock, model: m.x, ${fields}}]}`;
}

function load(...texts: readonly string[]) {
  return loadPolicyConfig(texts.map((text, i) => ({ name: `${i}.yaml`, text })));
}

function loaded(...texts: readonly string[]): LoadedPolicyConfig {
  const result = load(...texts);
  if (result.config === undefined) throw new Error(JSON.stringify(result.problems));
  return result;
}

/** `code path`, as many tests as can be read at once. */
function brief({ severity, code, path }: Problem): string {
  return `${severity === 'warning' ? 'warning ' : ''}${code} ${path}`.trim();
}

describe('loadPolicyConfig', () => {
  it('accepts the smallest configuration and fills in its defaults', () => {
    const { config, document, problems } = loaded(BASE);
    expect(problems).to.deep.equal([]);
    expect(config.providers.strategy).to.equal('single');
    expect(config.providers.retry).to.deep.equal({
      max_attempts: 3,
      base_delay_ms: 100,
      max_delay_ms: 2000,
      budget_ratio: 0.2,
    });
    expect(config.server.max_body_bytes).to.equal(33_554_432);
    expect(config.providers.targets[0]).to.include({ timeout_seconds: 60, first_event_timeout_seconds: 60, weight: 1 });
    expect(document.providers).not.to.have.property('retry');
  });

  it('gives nothing that can be changed', () => {
    const { config, document } = loaded(BASE);
    for (const value of [config, config.providers.targets[0], config.policy, document, document.providers.targets]) {
      expect(Object.isFrozen(value)).to.equal(true);
    }
  });

  it('falls back by default when there are several targets', () => {
    expect(loaded(RICH).config.providers.strategy).to.equal('fallback');
  });

  describe('reports what the schema refuses, where it stands', () => {
    for (const [name, text, expected, message, suggestion] of [
      [
        'an unknown field',
        'server: {fail_mod: block}',
        'unknown_field server.fail_mod 1:10',
        /no such field/,
        /`fail_mode`/,
      ],
      [
        'a field of another object',
        'strategy: single',
        'unknown_field strategy 1:1',
        /no such field/,
        /belongs to `providers`/,
      ],
      [
        'a wrong word',
        'server: {fail_mode: blok}',
        'not_one_of server.fail_mode 1:21',
        /`block`, `allow`, got "blok"/,
        /`block`/,
      ],
      ['a word for a boolean', 'pack: {enabled: yes}', 'wrong_type pack.enabled 1:17', /true or false/, /`true`/],
      ['a number for a text', 'pack: {version: 1.0}', 'wrong_type pack.version 1:17', /a text, got 1/, /quotes/],
      [
        'a text for a number',
        'server: {max_body_bytes: "2048"}',
        'wrong_type server.max_body_bytes 1:26',
        /whole number/,
        /without quotes/,
      ],
      [
        'a fraction',
        'server: {max_body_bytes: 2048.5}',
        'wrong_type server.max_body_bytes 1:26',
        /whole number, got 2048.5/,
        undefined,
      ],
      [
        'infinity',
        'providers: {retry: {max_delay_ms: .inf}}',
        'wrong_type providers.retry.max_delay_ms 1:35',
        /a number/,
        undefined,
      ],
      ['nothing', 'server:\n', 'wrong_type server 1:8', /a map, got nothing/, /leave the line out/],
      ['a map for a list', 'budgets: {}', 'wrong_type budgets 1:10', /a list, got a map/, undefined],
      ['a word for a list', 'policies: {chain: audit-logger}', 'wrong_type policies.chain 1:19', /a list/, /\[…\]/],
      [
        'too small',
        'providers: {retry: {max_attempts: 0}}',
        'out_of_range providers.retry.max_attempts 1:35',
        /≥ 1 and ≤ 10, got 0/,
        undefined,
      ],
      [
        'not above',
        'budgets: [{name: b, limit_usd: 0, period: day}]',
        'out_of_range budgets[0].limit_usd 1:32',
        /> 0/,
        undefined,
      ],
      [
        'twice the same',
        'policies: {chain: [audit-logger, audit-logger]}',
        'duplicate policies.chain 1:19',
        /0 and 1/,
        undefined,
      ],
      ['no version', 'pack: {version: "1"}', 'bad_format pack.version 1:17', /a version such as 1.0.0/, undefined],
      [
        'an empty limit',
        'rate_limits: {global: {}}',
        'out_of_range rate_limits.global 1:23',
        /at least one of `requests_per_minute`/,
        undefined,
      ],
      [
        'a missing field',
        'budgets:\n  - name: b\n    limit_usd: 5\n',
        'missing_field budgets[0].period 2:5',
        /Calendar period/,
        undefined,
      ],
      [
        'a misspelt field that is needed',
        'budgets: [{name: b, limit: 5, period: day}]',
        'missing_field budgets[0].limit_usd 1:11',
        /a number/,
        /rename `limit`/,
      ],
      [
        'a header that is none',
        target('headers: {"a b": x}'),
        'bad_format providers.targets[0].headers["a b"] 1:78',
        /name of a header/,
        undefined,
      ],
      [
        'a variable that is none',
        target('aws_access_key_env: "AK/IA+secret"'),
        'bad_format providers.targets[0].aws_access_key_env 1:88',
        /environment variable/,
        undefined,
      ],
    ] as const) {
      it(name, () => {
        const { problems } = load(BASE, text);
        const found = problems.find((problem) => expected.startsWith(`${brief(problem)} `));
        expect(found, problems.map(brief).join('\n')).not.to.equal(undefined);
        expect(`${found?.line}:${found?.column}`).to.equal(expected.split(' ').at(-1));
        expect(found?.file).to.equal('1.yaml');
        expect(found?.message).to.match(message);
        if (suggestion !== undefined) expect(found?.suggestion).to.match(suggestion);
        expect(found?.message).not.to.contain('secret');
      });
    }
  });

  describe('knows how fields go together', () => {
    const perTarget = (fields: string, problem: string, rest = '') =>
      [fields, [target(fields), rest].join('\n'), problem === '' ? [] : [problem]] as const;
    const t = 'providers.targets[0]';

    for (const [name, text, expected] of [
      perTarget('provider_type: bedrock', ''),
      perTarget('provider_type: anthropic', `provider_mismatch ${t}.provider_type`),
      perTarget('secret_key_ref: {env: KEY}', `provider_mismatch ${t}.secret_key_ref`),
      perTarget('base_url: "http://127.0.0.1:8080"', ''),
      perTarget('base_url: "http://[::1]:8080"', ''),
      perTarget('base_url: "http://localhost"', ''),
      perTarget('base_url: "http://bedrock.example.com"', `insecure_url ${t}.base_url`),
      perTarget('base_url: "http://127.0.0.1.example.com"', `insecure_url ${t}.base_url`),
      perTarget('base_url: "http://bedrock.example.com", allow_insecure_http: true', ''),
      perTarget('base_url: "https://user:pass@example.com"', `bad_url ${t}.base_url`),
      perTarget('base_url: "https://example.com/?a=b"', `bad_url ${t}.base_url`),
      perTarget('base_url: "https://:443"', `bad_url ${t}.base_url`),
      perTarget('headers: {x-team: blue}', ''),
      perTarget('headers: {Host: x}', `forbidden_header ${t}.headers.Host`),
      perTarget('headers: {authorization: x}', `forbidden_header ${t}.headers.authorization`),
      perTarget('headers: {content-md5: x}', `forbidden_header ${t}.headers.content-md5`),
      perTarget('headers: {X-Amz-Target: x}', `forbidden_header ${t}.headers.X-Amz-Target`),
      perTarget('headers: {__proto__: x}', `forbidden_header ${t}.headers.__proto__`),
      perTarget('aws_access_key_env: A', `incomplete_credentials ${t}.aws_access_key_env`),
      perTarget('aws_secret_key_env: A', `incomplete_credentials ${t}.aws_secret_key_env`),
      perTarget('aws_session_token_env: A', `incomplete_credentials ${t}.aws_session_token_env`),
      perTarget('aws_access_key_env: A, aws_secret_key_env: B, aws_session_token_env: C', ''),
      perTarget(
        'aws_access_key_env: A, aws_secret_key_env: B, aws_profile: p',
        `warning unused_field ${t}.aws_profile`,
      ),
      perTarget('aws_external_id: "12"', `incomplete_credentials ${t}.aws_external_id`),
      perTarget('aws_role_arn: "arn:aws:iam::123456789012:role/r", aws_external_id: "12"', ''),
      perTarget('aws_role_arn: "arn:aws:iam::123456789012:role/r", aws_web_identity_token_file: /t', ''),
      perTarget(
        'aws_role_arn: "arn:aws:iam::123456789012:role/r", aws_web_identity_token_file: /t, aws_profile: p',
        `contradiction ${t}.aws_web_identity_token_file`,
      ),
      perTarget('guardrail: {id: gr1}', `missing_field ${t}.guardrail.version`),
      perTarget('guardrail: {version: "1"}', `missing_field ${t}.guardrail.id`),
      perTarget('guardrail: {id: gr1, version: DRAFT}', ''),
      perTarget('connect_timeout_seconds: 90', `warning unused_field ${t}.connect_timeout_seconds`),
      perTarget('stream_timeout_seconds: 30', `warning unused_field ${t}.first_event_timeout_seconds`),
      perTarget('health_probe: {interval_seconds: 9}', `warning unused_field ${t}.health_probe`),
      perTarget('health_probe: {enabled: false, interval_seconds: 9}', ''),
      perTarget(
        'health_probe: {enabled: true, interval_seconds: 2}',
        `contradiction ${t}.health_probe.timeout_seconds`,
      ),
      perTarget('weight: 2', `warning unused_field ${t}.weight`),
      perTarget(
        'data_policy: {zero_data_retention: true, retention_days: 30}',
        `contradiction ${t}.data_policy.retention_days`,
      ),
      perTarget('aws_region: eu-west-1, data_residency: {regions: [eu]}', ''),
      perTarget('aws_region: eu-west-1, data_residency: {regions: [eu-west-1, eu-central-1]}', ''),
      perTarget('aws_region: us-east-1, data_residency: {regions: [eu]}', `contradiction ${t}.aws_region`),

      [
        'two targets of one name',
        'providers: {targets: [{id: a, provider: aws-bedrock, model: m}, {id: a, provider: aws-bedrock, model: n}]}',
        ['duplicate providers.targets[1].id'],
      ],
      [
        'a profile that leaves the residency',
        'providers: {targets: [{id: a, provider: aws-bedrock, model: "us.anthropic.claude-x", data_residency: {regions: [eu-west-1]}}]}',
        ['contradiction providers.targets[0].model'],
      ],
      [
        'a profile that may go anywhere',
        'providers: {targets: [{id: a, provider: aws-bedrock, model: "global.anthropic.claude-x", data_residency: {regions: [eu-west-1]}}]}',
        ['contradiction providers.targets[0].model'],
      ],
      [
        'a profile that may choose other regions than those listed',
        'providers: {targets: [{id: a, provider: aws-bedrock, model: "eu.anthropic.claude-x", data_residency: {regions: [eu-west-1]}}]}',
        ['contradiction providers.targets[0].model'],
      ],
      [
        'a profile that stays',
        'providers: {targets: [{id: a, provider: aws-bedrock, model: "eu.anthropic.claude-x", data_residency: {regions: [eu]}}]}',
        [],
      ],
      [
        'a profile of another region',
        'providers: {targets: [{id: a, provider: aws-bedrock, model: "us.anthropic.claude-x", aws_region: eu-west-1}]}',
        ['warning never_compliant providers.targets[0].model'],
      ],
      [
        'fields of Bedrock elsewhere',
        'providers: {targets: [{id: a, provider: openai, model: gpt, aws_region: eu-west-1, guardrail: {id: g, version: "1"}}]}',
        ['provider_mismatch providers.targets[0].aws_region', 'provider_mismatch providers.targets[0].guardrail'],
      ],
      [
        'a Secret in a file',
        'providers: {targets: [{id: a, provider: openai, model: gpt, secret_key_ref: {secret: {name: s, key: k}}}]}',
        ['only_in_policy_pack providers.targets[0].secret_key_ref.secret'],
      ],

      ['a strategy without choice', 'providers: {strategy: round_robin}', ['warning unused_field providers.strategy']],
      [
        'fallback settings without fallback',
        'providers: {fallback: {max_attempts: 2}}',
        ['warning unused_field providers.fallback'],
      ],
      [
        'delays the wrong way round',
        'providers: {retry: {base_delay_ms: 500, max_delay_ms: 100}}',
        ['contradiction providers.retry.base_delay_ms'],
      ],
      [
        'an experiment with an unknown target',
        'providers: {ab_test: {variants: [{target: one}, {target: tow}]}}',
        ['unknown_target providers.ab_test.variants[1].target'],
      ],
      [
        'an experiment with one side',
        'providers: {ab_test: {variants: [{target: one}]}}',
        ['warning unused_field providers.ab_test.variants'],
      ],
      [
        'an experiment with one target twice',
        'providers: {ab_test: {variants: [{target: one}, {target: one}]}}',
        ['duplicate providers.ab_test.variants[1].target'],
      ],
      [
        'a group with an unknown target',
        'providers: {model_groups: [{name: g, targets: [two]}]}',
        ['unknown_target providers.model_groups[0].targets[0]'],
      ],
      [
        'a name for two groups',
        'providers: {model_groups: [{name: g, targets: [one]}, {name: h, aliases: [g], targets: [one]}]}',
        ['duplicate providers.model_groups[1].aliases[0]'],
      ],

      [
        'a block without a place in the chain',
        'policy: {safety-filter: {mode: strict}}',
        ['warning unused_field policy.safety-filter'],
      ],
      ['a guardrail without id', 'policies: {chain: [bedrock-guardrail]}', ['missing_field policies.chain[0]']],
      [
        'a guardrail with id and version',
        'policies: {chain: [bedrock-guardrail]}\npolicy: {bedrock-guardrail: {id: g, version: "3"}}',
        [],
      ],
      [
        'audit that must and need not be',
        'policy: {audit-logger: {immutable: true, on_failure: continue}}',
        ['contradiction policy.audit-logger.on_failure'],
      ],
      [
        'immutable audit on a pipe',
        'policy: {audit-logger: {immutable: true, sink: stdout}}',
        ['contradiction policy.audit-logger.sink'],
      ],
      [
        'audit forwarded to nobody',
        'policy: {audit-logger: {sink: forward}}',
        ['only_in_policy_pack policy.audit-logger.sink'],
      ],
      [
        'retention of a pipe',
        'policy: {audit-logger: {sink: stdout, retention_days: 3}}',
        ['warning unused_field policy.audit-logger.retention_days'],
      ],

      ['more body than memory', 'server: {max_inflight_bytes: 2048}', ['contradiction server.max_inflight_bytes']],
      [
        'a request id in the wrong header',
        'server: {request_id_header: Content-Type}',
        ['forbidden_header server.request_id_header'],
      ],
      ['keys for nobody', 'server: {auth: {mode: api_keys}}', ['missing_field server.auth.keys']],
      ['tokens of nobody', 'server: {auth: {mode: jwt}}', ['missing_field server.auth.jwt']],
      [
        'keys nobody asks for',
        'server: {auth: {keys: [{name: a, hash_env: A}]}}',
        ['warning unused_field server.auth.keys'],
      ],
      [
        'a key with two hashes',
        'server: {auth: {mode: api_keys, keys: [{name: a, hash_env: A, hash_file: b}]}}',
        ['contradiction server.auth.keys[0]'],
      ],
      [
        'two keys of one name',
        'server: {auth: {mode: api_keys, keys: [{name: a, hash_env: A}, {name: a, hash_env: B}]}}',
        ['duplicate server.auth.keys[1].name'],
      ],
      [
        'keys fetched in the clear',
        'server: {auth: {mode: jwt, jwt: {issuer: i, audience: a, jwks_url: "http://idp.example.com/jwks"}}}',
        ['insecure_url server.auth.jwt.jwks_url'],
      ],
      [
        'a token check without keys',
        'server: {auth: {mode: jwt, jwt: {issuer: i, audience: a}}}',
        ['contradiction server.auth.jwt'],
      ],
      ['Redis without a URL', 'rate_limits: {store: {type: redis}}', ['missing_field rate_limits.store.url_env']],
      [
        'a URL without Redis',
        'rate_limits: {store: {url_env: REDIS_URL}}',
        ['warning unused_field rate_limits.store.url_env'],
      ],
      [
        'limits by keys that nobody has',
        'rate_limits: {per_key: {requests_per_minute: 5}}',
        ['warning unused_field rate_limits.per_key'],
      ],
      [
        'a downgrade to nowhere',
        'budgets: [{name: a, limit_usd: 1, period: day, on_exceeded: downgrade}]',
        ['missing_field budgets[0].downgrade_to'],
      ],
      [
        'a downgrade to nobody',
        'budgets: [{name: a, limit_usd: 1, period: day, on_exceeded: downgrade, downgrade_to: two}]',
        ['unknown_target budgets[0].downgrade_to'],
      ],
      [
        'a downgrade that is not done',
        'budgets: [{name: a, limit_usd: 1, period: day, downgrade_to: one}]',
        ['warning unused_field budgets[0].downgrade_to'],
      ],
      [
        'two budgets of one name',
        'budgets: [{name: a, limit_usd: 1, period: day}, {name: a, limit_usd: 1, period: hour}]',
        ['duplicate budgets[1].name'],
      ],
    ] as const) {
      it(name, () => {
        expect(load(BASE, text).problems.map(brief)).to.deep.equal(expected);
      });
    }

    for (const [name, text, expected] of [
      [
        'single with a target of the same model',
        'providers: {strategy: single, targets: [{id: a, provider: aws-bedrock, model: m}, {id: b, provider: aws-bedrock, model: m}]}',
        ['warning unreachable_target providers.targets[1]'],
      ],
      ['single with a target of another model', 'providers: {strategy: single}', []],
      [
        'weights that weigh',
        'providers: {strategy: weighted_round_robin, targets: [{id: a, provider: aws-bedrock, model: m, weight: 3}, {id: b, provider: aws-bedrock, model: m}]}',
        [],
      ],
      [
        'zero retention that nobody declares',
        'providers: {zero_data_retention: true}',
        ['no_compliant_target providers.zero_data_retention'],
      ],
      [
        'zero retention that one declares',
        'providers: {zero_data_retention: true, targets: [{id: a, provider: openai, model: m}, {id: b, provider: openai, model: m, data_policy: {zero_data_retention: true}}]}',
        ['warning never_compliant providers.targets[0]'],
      ],
      [
        'no training that nobody declares',
        'policy: {data-routing-policy: {require_no_training: true}}',
        ['no_compliant_target policy.data-routing-policy.require_no_training'],
      ],
      [
        'retention that nobody declares',
        'policy: {data-routing-policy: {max_retention_days: 30}}',
        ['no_compliant_target policy.data-routing-policy.max_retention_days'],
      ],
      [
        'hashes without a key',
        'policy: {pii-detector: {redaction: {marker_format: hash}}}',
        ['missing_field policy.pii-detector.redaction.hash_key_env'],
      ],
      ['hashes with a key', 'policy: {pii-detector: {redaction: {marker_format: hash, hash_key_env: PII_KEY}}}', []],
      [
        'a key without hashes',
        'policy: {pii-detector: {redaction: {hash_key_env: PII_KEY}}}',
        ['warning unused_field policy.pii-detector.redaction.hash_key_env'],
      ],
      [
        'markers of an unknown type',
        'policy: {pii-detector: {redaction: {custom_markers: {EMAIL_ADRESS: x}}}}',
        ['unknown_entity policy.pii-detector.redaction.custom_markers.EMAIL_ADRESS'],
      ],
      [
        'markers of a type of its own',
        'policy: {pii-detector: {detect_patterns: [{name: EMPLOYEE, pattern: "E[0-9]+"}], redaction: {custom_markers: {EMPLOYEE: x}}}}',
        [],
      ],
      [
        'a type that exists',
        'policy: {pii-detector: {detect_patterns: [{name: URL, pattern: "E[0-9]+"}]}}',
        ['duplicate policy.pii-detector.detect_patterns[0].name'],
      ],
      [
        'a pattern with look-ahead',
        'policy: {pii-detector: {detect_patterns: [{name: E, pattern: "(?=E)"}]}}',
        ['bad_pattern policy.pii-detector.detect_patterns[0].pattern'],
      ],
      [
        'a pattern with a back-reference',
        'policy: {prompt-injection: {attack_patterns: ["(a)\\\\1"]}}',
        ['bad_pattern policy.prompt-injection.attack_patterns[0]'],
      ],
      [
        'a pattern that matches nothing at all',
        'policy: {prompt-injection: {attack_patterns: ["a*"]}}',
        ['bad_pattern policy.prompt-injection.attack_patterns[0]'],
      ],
      [
        'a pattern with nested quantifiers, which RE2 runs in linear time',
        'policy: {prompt-injection: {attack_patterns: ["(a+)+b"]}}',
        [],
      ],
      [
        'types that exclude each other',
        'policy: {pii-detector: {entities: [URL], exclude: [URL]}}',
        ['contradiction policy.pii-detector.exclude'],
      ],
      [
        'distance without fuzziness',
        'policy: {safety-filter: {max_distance: 2}}',
        ['warning unused_field policy.safety-filter.max_distance'],
      ],
    ] as const) {
      it(name, () => {
        expect(load(RICH, text).problems.map(brief)).to.deep.equal(expected);
      });
    }

    it('lets a PolicyPack refer to a Secret and forward its audit records', () => {
      const pack = [
        'providers: {targets: [{id: a, provider: openai, model: m, secret_key_ref: {secret: {name: keys, key: openai}}}]}',
        'policy: {audit-logger: {sink: forward, immutable: true}}',
      ].join('\n');
      const sources = [BASE, pack].map((text, i) => ({ name: `${i}.yaml`, text }));
      expect(loadPolicyConfig(sources, 'policy-pack').problems).to.deep.equal([]);
    });
  });

  it('speaks of everything at once, in the order of the file', () => {
    const text = [
      'pack: {name: x, version: 1.0.0, enabled: on}',
      'policies: {chain: [audit-logger]}',
      'polcy: {}',
      'providers:',
      '  targets:',
      '    - {id: a, provider: aws-bedrock, model: m, headers: {Host: h}, wieght: 3, base_url: "http://example.com"}',
      'budgets: [{name: a, limit_usd: 1, period: day, downgrade_to: b, on_exceeded: downgrade}]',
    ].join('\n');
    expect(load(text).problems.map((problem) => `${problem.line} ${brief(problem)}`)).to.deep.equal([
      '1 wrong_type pack.enabled',
      '3 unknown_field polcy',
      '6 forbidden_header providers.targets[0].headers.Host',
      '6 unknown_field providers.targets[0].wieght',
      '6 insecure_url providers.targets[0].base_url',
      '7 unknown_target budgets[0].downgrade_to',
    ]);
  });

  it('says nothing of how fields go together where one of them could not be read', () => {
    const { problems } = load(BASE, target('aws_access_key_env: 5, aws_secret_key_env: SECRET'));
    expect(problems.map(brief)).to.deep.equal(['wrong_type providers.targets[0].aws_access_key_env']);
  });

  describe('with several files', () => {
    it('lays maps on maps and replaces lists and values', () => {
      const { config } = loaded(
        RICH,
        'policy: {prompt-injection: {threshold: 0.5, attack_patterns: [a, b]}}\nserver: {fail_mode: allow}',
        'policy: {prompt-injection: {attack_patterns: [c]}}\npolicies: {chain: [prompt-injection]}',
      );
      expect(config.policy['prompt-injection']).to.deep.include({ threshold: 0.5, attack_patterns: ['c'] });
      expect(config.policies.chain).to.deep.equal(['prompt-injection']);
      expect(config.server.fail_mode).to.equal('allow');
      expect(config.pack.name).to.equal('rich');
    });

    it('blames the file that said it last', () => {
      const { problems } = load(BASE, 'server: {fail_mode: x}', '\nserver: {max_body_bytes: 1}');
      expect(problems.map(({ file, line, path }) => [file, line, path])).to.deep.equal([
        ['1.yaml', 1, 'server.fail_mode'],
        ['2.yaml', 2, 'server.max_body_bytes'],
      ]);
    });

    it('reports the syntax of all of them', () => {
      expect(load('a: [', BASE, 'b: }').problems.map(({ file }) => file)).to.include.members(['0.yaml', '2.yaml']);
    });
  });

  it('never throws, whatever the text', () => {
    const fragment = fc.constantFrom(
      'pack',
      ':',
      ' ',
      '\n',
      '- ',
      '{',
      '}',
      '[',
      ']',
      '&a',
      '*a',
      '<<',
      '!!binary',
      '"',
      "'",
      '|',
      '>',
      '#',
      '\t',
      '---',
      '%YAML 1.1',
      '? ',
      '0',
      'null',
      '~',
      '__proto__',
      'providers',
      'targets',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          fc.array(fragment, { maxLength: 40 }).map((all) => all.join('')),
        ),
        (text) => {
          const { problems } = load(text);
          expect(problems.length).to.be.greaterThan(0);
          for (const { line, column, message } of problems) {
            expect(line).to.be.greaterThan(0);
            expect(column).to.be.greaterThan(0);
            expect(message).not.to.equal('');
          }
        },
      ),
      { numRuns: 500 },
    );
  });
});
