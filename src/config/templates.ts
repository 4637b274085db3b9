// Generated from examples/*.yaml by `npm run generate`. Do not edit.

export interface Template {
  readonly name: string;
  /** What it is about, in one line. */
  readonly title: string;
  /** The whole file. */
  readonly text: string;
}

export const TEMPLATES: readonly Template[] = [
  {
    name: 'first-gateway',
    title: 'A first gateway: one model, and every policy between it and your application.',
    text: '# A first gateway: one model, and every policy between it and your application.\n#\n# AWS credentials come from where every AWS tool finds them: the environment, `~/.aws`, or the role of the machine or Pod.\n\npack:\n  name: aws-bedrock-first-gateway\n  version: 1.0.0\n  enabled: true\n\npolicies:\n  chain: # order is meaning: the first that blocks ends the chain\n    - prompt-injection\n    - pii-detector\n    - safety-filter\n    - audit-logger\n\npolicy:\n  prompt-injection:\n    threshold: 0.8 # lower finds more, and errs more often\n    action: block\n  pii-detector:\n    action: redact # personal data leaves as [EMAIL_ADDRESS], in both directions\n  safety-filter:\n    mode: strict\n    action: block\n  audit-logger:\n    retention_days: 365\n\nproviders:\n  strategy: single\n  targets:\n    - id: bedrock-claude-sonnet\n      provider: aws-bedrock\n      model: anthropic.claude-sonnet-4-20250514-v1:0\n      aws_region: us-east-1\n',
  },
  {
    name: 'static-keys',
    title: "Static keys: an IAM user's access key, from variables that you name.",
    text: "# Static keys: an IAM user's access key, from variables that you name.\n#\n# The file names variables, never keys. A named variable that is empty makes the target unavailable: the gateway does not\n# quietly go on to other credentials. Prefer temporary keys (`kt init --template temporary-keys`) or a role.\n\npack:\n  name: aws-bedrock-static-keys\n  version: 1.0.0\n  enabled: true\n\npolicies:\n  chain:\n    - audit-logger\n\npolicy:\n  audit-logger:\n    immutable: true\n    retention_days: 365\n    log_all_access: true\n\nproviders:\n  targets:\n    - id: bedrock-claude\n      provider: aws-bedrock\n      model: anthropic.claude-sonnet-4-20250514-v1:0\n      aws_region: us-east-1\n      aws_access_key_env: BEDROCK_ACCESS_KEY_ID\n      aws_secret_key_env: BEDROCK_SECRET_ACCESS_KEY\n",
  },
  {
    name: 'temporary-keys',
    title: 'Temporary keys: what AWS STS handed out, with its session token.',
    text: '# Temporary keys: what AWS STS handed out, with its session token.\n#\n# For a role that the gateway shall assume by itself, and refresh in time, name `aws_role_arn` instead.\n\npack:\n  name: aws-bedrock-temporary-keys\n  version: 1.0.0\n  enabled: true\n\npolicies:\n  chain:\n    - audit-logger\n\npolicy:\n  audit-logger:\n    immutable: true\n    retention_days: 365\n    log_all_access: true\n\nproviders:\n  targets:\n    - id: bedrock-claude-sts\n      provider: aws-bedrock\n      model: anthropic.claude-sonnet-4-20250514-v1:0\n      aws_region: us-east-1\n      aws_access_key_env: AWS_ACCESS_KEY_ID\n      aws_secret_key_env: AWS_SECRET_ACCESS_KEY\n      aws_session_token_env: AWS_SESSION_TOKEN\n',
  },
  {
    name: 'profile',
    title: 'A profile: credentials from the AWS configuration files, as `aws --profile` takes them.',
    text: '# A profile: credentials from the AWS configuration files, as `aws --profile` takes them.\n#\n# For a laptop, or a machine where `aws sso login` is how people sign in.\n\npack:\n  name: aws-bedrock-profile\n  version: 1.0.0\n  enabled: true\n\npolicies:\n  chain:\n    - audit-logger\n\npolicy:\n  audit-logger:\n    immutable: true\n    retention_days: 365\n    log_all_access: true\n\nproviders:\n  targets:\n    - id: bedrock-claude-profile\n      provider: aws-bedrock\n      model: anthropic.claude-sonnet-4-20250514-v1:0\n      aws_region: us-east-1\n      aws_profile: bedrock\n',
  },
  {
    name: 'streaming',
    title: 'Streaming: answers are judged while they arrive, and each wait has a clock of its own.',
    text: "# Streaming: answers are judged while they arrive, and each wait has a clock of its own.\n#\n# However the answer is cut into chunks, what is released equals what judging the whole text would have released.\n\npack:\n  name: aws-bedrock-streaming\n  version: 1.0.0\n  enabled: true\n\npolicies:\n  chain:\n    - pii-detector\n    - safety-filter\n    - audit-logger\n\npolicy:\n  pii-detector:\n    action: redact\n  safety-filter:\n    mode: standard\n    action: block # ends the stream with an error event; nothing of the offending passage has left\n  audit-logger:\n    immutable: true\n    retention_days: 365\n    log_all_access: true\n\nproviders:\n  targets:\n    - id: bedrock-claude-stream\n      provider: aws-bedrock\n      model: anthropic.claude-sonnet-4-20250514-v1:0\n      aws_region: us-east-1\n      connect_timeout_seconds: 5\n      first_event_timeout_seconds: 30 # a model that thinks first needs longer\n      idle_timeout_seconds: 60 # the longest pause between two events\n      stream_timeout_seconds: 600 # the whole stream\n\nserver:\n  on_client_abort: abort # a client that leaves ends the upstream's work, and its bill\n",
  },
  {
    name: 'multi-region-failover',
    title: 'Multi-region failover: the same model in two regions; the second answers when the first cannot.',
    text: '# Multi-region failover: the same model in two regions; the second answers when the first cannot.\n#\n# Probes take a region out before requests find out. They ask whether the endpoint answers, which AWS does not bill.\n\npack:\n  name: aws-bedrock-multi-region-failover\n  version: 1.0.0\n  enabled: true\n\npolicies:\n  chain:\n    - audit-logger\n\npolicy:\n  audit-logger:\n    immutable: true\n    retention_days: 365\n    log_all_access: true\n\nproviders:\n  strategy: fallback\n  fallback:\n    triggers: [throttled, server_error, timeout, unavailable]\n    max_attempts: 2\n\n  targets:\n    - id: bedrock-us-east-1\n      provider: aws-bedrock\n      model: anthropic.claude-sonnet-4-20250514-v1:0\n      aws_region: us-east-1\n      health_probe: &probe\n        enabled: true\n        interval_seconds: 30\n        mode: endpoint\n\n    - id: bedrock-eu-west-1\n      provider: aws-bedrock\n      model: anthropic.claude-sonnet-4-20250514-v1:0\n      aws_region: eu-west-1\n      health_probe: *probe\n',
  },
  {
    name: 'cross-provider-fallback',
    title: "Cross-provider fallback: Amazon Bedrock first, Anthropic's own API when Bedrock cannot answer.",
    text: "# Cross-provider fallback: Amazon Bedrock first, Anthropic's own API when Bedrock cannot answer.\n#\n# Each target is called with its own model id, whichever model the request named.\n\npack:\n  name: aws-bedrock-cross-provider-fallback\n  version: 1.0.0\n  enabled: true\n\npolicies:\n  chain:\n    - audit-logger\n\npolicy:\n  audit-logger:\n    immutable: true\n    retention_days: 365\n    log_all_access: true\n\nproviders:\n  strategy: fallback\n  fallback:\n    max_attempts: 2\n    on_context_window: stop # a request that is too long for one is too long for the other\n\n  targets:\n    - id: bedrock-primary\n      provider: aws-bedrock\n      model: anthropic.claude-sonnet-4-20250514-v1:0\n      aws_region: us-east-1\n\n    - id: anthropic-fallback\n      provider: anthropic\n      model: claude-sonnet-4-20250514\n      secret_key_ref:\n        env: ANTHROPIC_API_KEY\n",
  },
  {
    name: 'multi-model-routing',
    title: 'Multi-model routing: the model that a request names chooses the target.',
    text: "# Multi-model routing: the model that a request names chooses the target.\n#\n# Clients may name a target's model or id, or a name of your own: here `smart` and `fast`. Names that code already uses\n# can be aliases, so that moving to Bedrock changes no application.\n\npack:\n  name: aws-bedrock-multi-model-routing\n  version: 1.0.0\n  enabled: true\n\npolicies:\n  chain:\n    - audit-logger\n\npolicy:\n  audit-logger:\n    immutable: true\n    retention_days: 365\n    log_all_access: true\n\nproviders:\n  strategy: single\n  model_groups:\n    - name: smart\n      aliases: [gpt-4o]\n      targets: [bedrock-claude-sonnet]\n    - name: fast\n      aliases: [gpt-4o-mini, '*'] # '*' is every model that nothing else is named\n      targets: [bedrock-claude-haiku]\n\n  targets:\n    - id: bedrock-claude-sonnet\n      provider: aws-bedrock\n      model: anthropic.claude-sonnet-4-20250514-v1:0\n      aws_region: us-east-1\n\n    - id: bedrock-claude-haiku\n      provider: aws-bedrock\n      model: anthropic.claude-3-5-haiku-20241022-v1:0\n      aws_region: us-east-1\n",
  },
  {
    name: 'circuit-breaker',
    title: 'A circuit breaker: a target that keeps failing leaves the rotation for a while.',
    text: '# A circuit breaker: a target that keeps failing leaves the rotation for a while.\n#\n# Requests then fail at once instead of waiting for a timeout; after the cool-down one trial request decides.\n\npack:\n  name: aws-bedrock-circuit-breaker\n  version: 1.0.0\n  enabled: true\n\npolicies:\n  chain:\n    - audit-logger\n\npolicy:\n  audit-logger:\n    immutable: true\n    retention_days: 365\n    log_all_access: true\n\nproviders:\n  circuit_breaker:\n    enabled: true\n    failure_threshold: 5 # failures in a row\n    failure_rate: 0.5 # or this share of the window, once it holds min_requests\n    min_requests: 20\n    window_seconds: 30\n    cooldown_seconds: 30\n    half_open_requests: 1\n\n  targets:\n    - id: bedrock-claude\n      provider: aws-bedrock\n      model: anthropic.claude-sonnet-4-20250514-v1:0\n      aws_region: us-east-1\n',
  },
  {
    name: 'retry',
    title: "Retries: throttling and 5xx are tried again, on the same target, within the request's own time.",
    text: "# Retries: throttling and 5xx are tried again, on the same target, within the request's own time.\n#\n# Delays are random up to a bound that doubles (full jitter), and never shorter than the service asked for. The budget\n# keeps retries from adding to an outage.\n\npack:\n  name: aws-bedrock-retry\n  version: 1.0.0\n  enabled: true\n\npolicies:\n  chain:\n    - audit-logger\n\npolicy:\n  audit-logger:\n    immutable: true\n    retention_days: 365\n    log_all_access: true\n\nproviders:\n  retry:\n    max_attempts: 3 # the first included\n    base_delay_ms: 100\n    max_delay_ms: 2000\n    budget_ratio: 0.2 # one retry for every five requests, over all of them\n\n  targets:\n    - id: bedrock-claude\n      provider: aws-bedrock\n      model: anthropic.claude-sonnet-4-20250514-v1:0\n      aws_region: us-east-1\n      timeout_seconds: 60 # bounds the exchange with all its attempts\n",
  },
  {
    name: 'zero-data-retention',
    title: 'Zero data retention: declared on the target, confirmed in every audit record, enforced at the gateway.',
    text: '# Zero data retention: declared on the target, confirmed in every audit record, enforced at the gateway.\n#\n# A request that no declared target may serve is refused with 403 `no_compliant_target`, and never falls back. The gateway\n# itself keeps no text of a prompt at rest.\n\npack:\n  name: aws-bedrock-zero-data-retention\n  version: 1.0.0\n  enabled: true\n\npolicies:\n  chain:\n    - data-routing-policy\n    - audit-logger\n\npolicy:\n  data-routing-policy:\n    require_zero_data_retention: true\n    require_no_training: true\n    max_retention_days: 0\n    on_no_compliant_provider: block\n  audit-logger:\n    immutable: true\n    retention_days: 365\n    log_all_access: true\n\nproviders:\n  zero_data_retention: true\n  targets:\n    - id: bedrock-zdr\n      provider: aws-bedrock\n      model: anthropic.claude-sonnet-4-20250514-v1:0\n      aws_region: us-east-1\n      data_policy:\n        zero_data_retention: true\n        training_opt_out: true\n        retention_days: 0\n',
  },
  {
    name: 'data-residency',
    title: 'Data residency: prompts are processed in the European Union or not at all.',
    text: '# Data residency: prompts are processed in the European Union or not at all.\n#\n# The region decides where the call goes, `data_residency` what is allowed: a target or a cross-region inference profile\n# that may leave these regions is not used.\n\npack:\n  name: aws-bedrock-data-residency\n  version: 1.0.0\n  enabled: true\n\npolicies:\n  chain:\n    - audit-logger\n\npolicy:\n  audit-logger:\n    immutable: true\n    retention_days: 365\n    log_all_access: true\n\nproviders:\n  targets:\n    - id: bedrock-eu\n      provider: aws-bedrock\n      model: anthropic.claude-sonnet-4-20250514-v1:0\n      aws_region: eu-central-1\n      data_residency:\n        regions: [eu-central-1, eu-west-1]\n      data_policy:\n        training_opt_out: true\n        retention_days: 30\n',
  },
  {
    name: 'ab-test',
    title: 'An A/B test across models: a tenth of the users talk to the other one, and each user always to the same.',
    text: '# An A/B test across models: a tenth of the users talk to the other one, and each user always to the same.\n#\n# The variant is in the `x-keeptrusts-variant` header of the answer, in metrics and in audit records.\n\npack:\n  name: aws-bedrock-ab-test\n  version: 1.0.0\n  enabled: true\n\npolicies:\n  chain:\n    - audit-logger\n\npolicy:\n  audit-logger:\n    immutable: true\n    retention_days: 365\n    log_all_access: true\n\nproviders:\n  strategy: single\n  ab_test:\n    enabled: true\n    sticky_by: user\n    variants:\n      - target: bedrock-claude\n        weight: 90\n      - target: bedrock-llama\n        weight: 10\n\n  targets:\n    - id: bedrock-claude\n      provider: aws-bedrock\n      model: anthropic.claude-sonnet-4-20250514-v1:0\n      aws_region: us-east-1\n\n    - id: bedrock-llama\n      provider: aws-bedrock\n      model: meta.llama3-1-70b-instruct-v1:0\n      aws_region: us-east-1\n',
  },
  {
    name: 'rate-limits',
    title: 'Rate limits: what a provider may be asked, and what one user may ask.',
    text: '# Rate limits: what a provider may be asked, and what one user may ask.\n#\n# Tokens are reserved when a request starts and settled when its usage is known. Several gateways share their counts\n# through Redis or Valkey: `store: {type: redis, url_env: REDIS_URL}`.\n\npack:\n  name: aws-bedrock-rate-limits\n  version: 1.0.0\n  enabled: true\n\npolicies:\n  chain:\n    - audit-logger\n\npolicy:\n  audit-logger:\n    immutable: true\n    retention_days: 365\n    log_all_access: true\n\nproviders:\n  targets:\n    - id: bedrock-claude\n      provider: aws-bedrock\n      model: anthropic.claude-sonnet-4-20250514-v1:0\n      aws_region: us-east-1\n      rate_limit: # keep it below the quota of the account\n        requests_per_minute: 200\n        tokens_per_minute: 400000\n        max_parallel_requests: 50\n\nrate_limits:\n  per_user:\n    requests_per_minute: 60\n  store:\n    type: memory\n  on_store_failure: local\n',
  },
  {
    name: 'cost-tracking',
    title: 'Cost tracking: every request has a price, and a budget that warns before it refuses.',
    text: '# Cost tracking: every request has a price, and a budget that warns before it refuses.\n#\n# Prices are in US dollars per 1,000,000 tokens. Without them the price table of the gateway applies; a model it does not\n# know is counted as unknown, never as free.\n\npack:\n  name: aws-bedrock-cost-tracking\n  version: 1.0.0\n  enabled: true\n\npolicies:\n  chain:\n    - audit-logger\n\npolicy:\n  audit-logger:\n    immutable: true\n    retention_days: 365\n    log_all_access: true\n\nproviders:\n  targets:\n    - id: bedrock-claude\n      provider: aws-bedrock\n      model: anthropic.claude-sonnet-4-20250514-v1:0\n      aws_region: us-east-1\n      pricing:\n        input: 3\n        output: 15\n        cached_input: 0.3\n        cache_write: 3.75\n\nbudgets:\n  - name: monthly\n    scope: pack\n    limit_usd: 1000\n    period: month\n    warn_at: 0.8\n    on_exceeded: reject\n',
  },
];
