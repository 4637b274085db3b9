// Generated from policy-config.schema.json by `npm run generate`. Do not edit.

// A configuration as its author may write it: what has a default may be left out.
/**
 * A kind of policy.
 */
export type PolicyKind =
  'prompt-injection' | 'pii-detector' | 'safety-filter' | 'audit-logger' | 'bedrock-guardrail' | 'data-routing-policy';
/**
 * A regular expression in RE2 syntax (https://github.com/google/re2/wiki/Syntax): neither back-references nor look-around, so that it runs in linear time.
 */
export type Pattern = string;
/**
 * A type of personal data or secret.
 */
export type PiiEntity =
  | 'EMAIL_ADDRESS'
  | 'PHONE_NUMBER'
  | 'CREDIT_CARD'
  | 'CVV'
  | 'CARD_EXPIRY'
  | 'PIN'
  | 'IBAN_CODE'
  | 'SWIFT_CODE'
  | 'US_SSN'
  | 'US_ITIN'
  | 'US_BANK_NUMBER'
  | 'US_ROUTING_NUMBER'
  | 'US_PASSPORT'
  | 'US_DRIVER_LICENSE'
  | 'US_NPI'
  | 'US_MBI'
  | 'MEDICAL_RECORD_NUMBER'
  | 'HEALTH_INSURANCE_ID'
  | 'IP_ADDRESS'
  | 'MAC_ADDRESS'
  | 'URL'
  | 'UK_NHS'
  | 'UK_NINO'
  | 'UK_UTR'
  | 'CA_SIN'
  | 'IN_AADHAAR'
  | 'IN_PAN'
  | 'EU_VAT'
  | 'DE_TAX_ID'
  | 'ES_NIF'
  | 'ES_NIE'
  | 'FR_NIR'
  | 'IT_FISCAL_CODE'
  | 'NL_BSN'
  | 'PL_PESEL'
  | 'SE_PERSONNUMMER'
  | 'FI_HETU'
  | 'BR_CPF'
  | 'AU_TFN'
  | 'AU_ABN'
  | 'AU_MEDICARE'
  | 'SG_NRIC'
  | 'KR_RRN'
  | 'CN_ID'
  | 'ZA_ID'
  | 'VIN'
  | 'LICENSE_PLATE'
  | 'PERSON'
  | 'STREET_ADDRESS'
  | 'AGE'
  | 'DATE_OF_BIRTH'
  | 'USERNAME'
  | 'PASSWORD'
  | 'AWS_ACCESS_KEY'
  | 'AWS_SECRET_KEY'
  | 'API_KEY'
  | 'JWT'
  | 'PRIVATE_KEY'
  | 'CRYPTO';
/**
 * How a target is chosen among those that a request may use. `single`: the first. `fallback`: the first, then the others in order. `round_robin`: in turn. `weighted_round_robin`: in turn, by `weight`. `lowest_latency`: the fastest of late. `lowest_cost`: the cheapest by `pricing`.
 */
export type Strategy =
  'single' | 'fallback' | 'round_robin' | 'weighted_round_robin' | 'lowest_latency' | 'lowest_cost';

/**
 * What a gateway does: which policies judge, which targets answer, within which limits. The content of `policy-config.yaml`, and of a PolicyPack's `spec`.
 */
export interface PolicyConfigDocument {
  readonly pack: Pack;
  readonly policies: Policies;
  readonly policy?: PolicySettings;
  readonly providers: Providers;
  readonly rate_limits?: RateLimits;
  /**
   * Limits on money. A request belongs to every budget whose scope covers it, and must fit all of them.
   *
   * @maxItems 64
   */
  readonly budgets?: readonly Budget[];
  readonly server?: Server;
}
/**
 * Names this configuration in logs, metrics, audit records and `/keeptrusts/config`.
 */
export interface Pack {
  /**
   * Name of the pack.
   */
  readonly name: string;
  /**
   * Version of the pack, after Semantic Versioning 2.0.0 (https://semver.org).
   */
  readonly version: string;
  /**
   * `false` refuses all traffic with 503 `pack_disabled`: a pack that is switched off protects nothing.
   */
  readonly enabled?: boolean;
  /**
   * Identifier of the pack in a system of yours.
   */
  readonly id?: string;
  /**
   * Who answers for the pack.
   */
  readonly author?: string;
  /**
   * What the pack is for, for people.
   */
  readonly description?: string;
}
/**
 * Which policies judge requests and answers.
 */
export interface Policies {
  /**
   * The policies in the order in which they judge; the first that blocks ends the chain. A kind without a block under `policy` takes its defaults. An empty list judges nothing.
   *
   * @maxItems 16
   */
  readonly chain: readonly PolicyKind[];
}
/**
 * Settings of the policies, by kind. A block does nothing unless the chain names its kind.
 */
export interface PolicySettings {
  readonly 'prompt-injection'?: PromptInjection;
  readonly 'pii-detector'?: PiiDetector;
  readonly 'safety-filter'?: SafetyFilter;
  readonly 'audit-logger'?: AuditLogger;
  readonly 'bedrock-guardrail'?: BedrockGuardrail;
  readonly 'data-routing-policy'?: DataRouting;
}
/**
 * Finds texts that try to override, hijack or extract the instructions of the model.
 */
export interface PromptInjection {
  /**
   * Score from which a text counts as an attack. Lower finds more and errs more often.
   */
  readonly threshold?: number;
  /**
   * `block` refuses the request; `log` only records the finding.
   */
  readonly action?: 'block' | 'log';
  /**
   * Patterns of your own that count as an attack, in RE2 syntax (linear time), ignoring case.
   *
   * @maxItems 256
   */
  readonly attack_patterns?: readonly Pattern[];
  readonly encoding?: InjectionEncoding;
  readonly boundaries?: InjectionBoundaries;
  readonly response?: InjectionResponse;
  /**
   * Which texts are judged: what the user wrote, results of tools, attached documents, the system prompt. The system prompt is the application's own, so it is left out unless named.
   *
   * @minItems 1
   */
  readonly scan?: readonly ('user' | 'tool' | 'document' | 'system')[];
}
/**
 * How disguised texts are undone before they are judged.
 */
export interface InjectionEncoding {
  /**
   * Judge what base64, hexadecimal, percent-encoded and similarly encoded passages decode to.
   */
  readonly decode_base64?: boolean;
  /**
   * Judge the text after compatibility normalisation (NFKC) and without invisible characters.
   */
  readonly normalize_unicode?: boolean;
  /**
   * Judge letters of other scripts as the Latin letters they imitate.
   */
  readonly detect_homoglyphs?: boolean;
}
/**
 * How markers between instructions and data are watched.
 */
export interface InjectionBoundaries {
  /**
   * A text that closes a delimiter which it did not open, such as `</document>`, counts as evidence of an attack.
   */
  readonly enforce_delimiters?: boolean;
  /**
   * A text that imitates a marker of turns or roles, such as `<|im_start|>` or `[INST]`, counts as evidence of an attack.
   */
  readonly reject_fake_boundaries?: boolean;
}
/**
 * What the caller of a blocked request reads.
 */
export interface InjectionResponse {
  /**
   * Message of the error.
   */
  readonly message?: string;
}
/**
 * Finds personal data and secrets in questions, answers, tool arguments and tool results.
 */
export interface PiiDetector {
  /**
   * `redact` replaces what is found; `block` refuses; `log` only records the finding.
   */
  readonly action?: 'redact' | 'block' | 'log';
  /**
   * The types to look for, instead of the default set.
   *
   * @minItems 1
   */
  readonly entities?: readonly PiiEntity[];
  /**
   * Types not to look for.
   */
  readonly exclude?: readonly PiiEntity[];
  /**
   * Types of your own.
   *
   * @maxItems 256
   */
  readonly detect_patterns?: readonly DetectPattern[];
  /**
   * Also look for what surrounds a payment card: security code, expiry date and PIN.
   */
  readonly pci_mode?: boolean;
  /**
   * Also look for identifiers of health care: record numbers, insurance numbers, provider numbers.
   */
  readonly healthcare_mode?: boolean;
  readonly redaction?: Redaction;
  /**
   * Exact texts that are never taken for personal data, ignoring case.
   *
   * @maxItems 4096
   */
  readonly allow_list?: readonly string[];
}
/**
 * A type of personal data of your own.
 */
export interface DetectPattern {
  /**
   * Name of the type: the label in findings, audit records and markers.
   */
  readonly name: string;
  readonly pattern: Pattern;
}
/**
 * What stands in place of what was found.
 */
export interface Redaction {
  /**
   * `label`: `[EMAIL_ADDRESS]`. `mask`: asterisks. `partial`: asterisks but for the last four characters of cards and phone numbers. `hash`: an HMAC with the installation's key, equal for equal texts. `token`: a placeholder that is turned back in the answer of the same request, so that the model never sees the text and the application never sees the placeholder.
   */
  readonly marker_format?: 'label' | 'mask' | 'partial' | 'hash' | 'token';
  /**
   * Markers of `mask` and `partial` are as long as the text they replace.
   */
  readonly preserve_length?: boolean;
  /**
   * Marker by type, instead of `[TYPE]`; for `marker_format: label`.
   */
  readonly custom_markers?: {
    readonly [k: string]: string;
  };
  /**
   * Variable that holds the installation's key for `marker_format: hash`, of at least 32 characters.
   */
  readonly hash_key_env?: string;
}
/**
 * Finds harmful requests and harmful answers of explicit categories.
 */
export interface SafetyFilter {
  /**
   * How readily a text is taken for harmful, where `categories` says nothing: `strict` most, `lenient` least.
   */
  readonly mode?: 'strict' | 'standard' | 'lenient';
  /**
   * `block` refuses; `redact` replaces the passage; `log` only records the finding.
   */
  readonly action?: 'block' | 'redact' | 'log';
  readonly categories?: SafetyCategories;
  /**
   * Words and phrases that always count as harmful, in addition to the categories, ignoring case.
   *
   * @maxItems 4096
   */
  readonly block_if?: readonly string[];
  /**
   * Terms of `block_if` also match with up to `max_distance` typing errors.
   */
  readonly fuzzy_matching?: boolean;
  /**
   * Typing errors allowed in a term: letters added, left out, exchanged or swapped.
   */
  readonly max_distance?: number;
}
/**
 * Settings by category of harm. A category that is not named is judged as `mode` says.
 */
export interface SafetyCategories {
  readonly violence?: SafetyCategory;
  readonly weapons?: SafetyCategory;
  readonly crime?: SafetyCategory;
  readonly fraud?: SafetyCategory;
  readonly drugs?: SafetyCategory;
  readonly cyber?: SafetyCategory;
  readonly sexual?: SafetyCategory;
  readonly minors?: SafetyCategory;
  readonly hate?: SafetyCategory;
  readonly harassment?: SafetyCategory;
  readonly self_harm?: SafetyCategory;
  readonly profanity?: SafetyCategory;
}
/**
 * Settings of one category of harm.
 */
export interface SafetyCategory {
  /**
   * `false` does not judge this category.
   */
  readonly enabled?: boolean;
  /**
   * Score from which a text counts as harmful.
   */
  readonly threshold?: number;
}
/**
 * Writes one record an exchange into a hash chain: what was asked of whom, what the policies said, what it cost; never text.
 */
export interface AuditLogger {
  /**
   * `file`: segments in `directory`. `stdout`: JSON lines. `forward`: the collector beside the operator.
   */
  readonly sink?: 'file' | 'stdout' | 'forward';
  /**
   * Where the segments lie; relative to the gateway's working directory. Made when it is not there.
   */
  readonly directory?: string;
  /**
   * Open append-only, sync before answering, and refuse traffic while a record cannot be written.
   */
  readonly immutable?: boolean;
  /**
   * Segments whose newest record is older are removed, and a signed tombstone stays.
   */
  readonly retention_days?: number;
  /**
   * Also record model listings, and calls that were refused, limited or not let in.
   */
  readonly log_all_access?: boolean;
  /**
   * When a record cannot be written: `refuse` answers 503 `audit_unavailable`, `continue` serves and counts the loss.
   */
  readonly on_failure?: 'refuse' | 'continue';
}
/**
 * Judges with a guardrail of Amazon Bedrock (ApplyGuardrail), whatever the target. For Bedrock targets a `guardrail` on the target costs no call of its own.
 */
export interface BedrockGuardrail {
  /**
   * Id or ARN of the guardrail.
   */
  readonly id: string;
  /**
   * Version of the guardrail: a number in quotes, or DRAFT.
   */
  readonly version: string;
  /**
   * AWS region of the endpoint.
   */
  readonly aws_region?: string;
  /**
   * `block` refuses when the guardrail intervenes; `redact` takes the guardrail's masked text; `log` only records the finding.
   */
  readonly action?: 'block' | 'redact' | 'log';
  /**
   * Longest time for one judgement.
   */
  readonly timeout_seconds?: number;
}
/**
 * Lets a request go only to targets whose declared `data_policy` satisfies it.
 */
export interface DataRouting {
  /**
   * Only targets that declare `zero_data_retention: true`.
   */
  readonly require_zero_data_retention?: boolean;
  /**
   * Only targets that declare `training_opt_out: true`.
   */
  readonly require_no_training?: boolean;
  /**
   * Only targets that declare at most so many `retention_days`.
   */
  readonly max_retention_days?: number;
  /**
   * When no target complies: `block` answers 403 `no_compliant_target`.
   */
  readonly on_no_compliant_provider?: 'block';
}
/**
 * The targets that answer, and how one is chosen.
 */
export interface Providers {
  readonly strategy?: Strategy;
  /**
   * The models that may answer. Order counts for `single` and `fallback`.
   *
   * @minItems 1
   * @maxItems 32
   */
  readonly targets: readonly Target[];
  readonly fallback?: Fallback;
  readonly retry?: Retry;
  readonly circuit_breaker?: CircuitBreaker;
  readonly ab_test?: AbTest;
  /**
   * Model names of your own, each for one or more targets.
   *
   * @maxItems 64
   */
  readonly model_groups?: readonly ModelGroup[];
  /**
   * Only targets that declare `zero_data_retention: true` are used, and the gateway keeps no text of a prompt at rest.
   */
  readonly zero_data_retention?: boolean;
}
/**
 * One model behind one endpoint with one identity.
 */
export interface Target {
  /**
   * Unique name of the target: in logs, metrics, audit records, and as a `model` that clients may ask for.
   */
  readonly id: string;
  /**
   * Whose API is spoken: Amazon Bedrock's Converse, Anthropic's Messages, or OpenAI's and what is compatible with it.
   */
  readonly provider: 'aws-bedrock' | 'anthropic' | 'openai';
  /**
   * The provider's id of the model, passed through as it is. For Bedrock a model id, an inference profile id or an ARN.
   */
  readonly model: string;
  /**
   * Endpoint to call instead of the provider's own: a VPC endpoint, a FIPS endpoint, a proxy, the simulator. `http` only on loopback, unless `allow_insecure_http` is set.
   */
  readonly base_url?: string;
  /**
   * Allow `http` in a `base_url`, or to the STS that the environment names, that is not on loopback. Prompts and credentials then cross the network in the clear.
   */
  readonly allow_insecure_http?: boolean;
  /**
   * AWS region of the endpoint.
   */
  readonly aws_region?: string;
  /**
   * Variable that holds the access key id.
   */
  readonly aws_access_key_env?: string;
  /**
   * Variable that holds the secret access key.
   */
  readonly aws_secret_key_env?: string;
  /**
   * Variable that holds the session token of temporary credentials.
   */
  readonly aws_session_token_env?: string;
  /**
   * Profile of the AWS configuration files to take credentials and region from.
   */
  readonly aws_profile?: string;
  /**
   * Role to assume: through a web identity (IRSA) where there is a token file, else from the credentials found.
   */
  readonly aws_role_arn?: string;
  /**
   * External id that the trust policy of the role asks for.
   */
  readonly aws_external_id?: string;
  /**
   * Session name under which CloudTrail shows the calls.
   */
  readonly aws_role_session_name?: string;
  /**
   * File with the web identity token for `aws_role_arn`; read afresh for each exchange. Not beside keys, a profile or an external id.
   */
  readonly aws_web_identity_token_file?: string;
  readonly secret_key_ref?: SecretKeyRef;
  /**
   * Longest time for a whole exchange that is not streamed, its retries included.
   */
  readonly timeout_seconds?: number;
  /**
   * Longest time for a whole stream.
   */
  readonly stream_timeout_seconds?: number;
  /**
   * Longest time to a connection.
   */
  readonly connect_timeout_seconds?: number;
  /**
   * Longest wait for the first event of a stream.
   */
  readonly first_event_timeout_seconds?: number;
  /**
   * Longest pause between two events of a stream.
   */
  readonly idle_timeout_seconds?: number;
  /**
   * Context window. A request that is estimated to be longer is not sent; `fallback.on_context_window` says what happens.
   */
  readonly max_context_tokens?: number;
  /**
   * Model whose entry in the model table applies, when `model` is an ARN or alias that does not say.
   */
  readonly base_model?: string;
  readonly capabilities?: Capabilities;
  /**
   * Headers sent with each call, and signed. `host`, `authorization`, `content-*` and `x-amz-*` belong to the gateway.
   */
  readonly headers?: {
    readonly [k: string]: string;
  };
  /**
   * Wire format of the clients.
   */
  readonly format?: 'openai';
  /**
   * The provider once more; must equal `provider` or be another name of it.
   */
  readonly provider_type?:
    'aws-bedrock' | 'bedrock' | 'aws_bedrock' | 'amazon-bedrock' | 'anthropic' | 'openai' | 'openai-compatible';
  /**
   * What the target is for, for people.
   */
  readonly description?: string;
  /**
   * Share of the requests under `weighted_round_robin`, relative to the weights of the other targets.
   */
  readonly weight?: number;
  readonly data_policy?: DataPolicy;
  readonly data_residency?: DataResidency;
  readonly pricing?: Pricing;
  readonly health_probe?: HealthProbe;
  readonly guardrail?: TargetGuardrail;
  readonly rate_limit?: RateLimit;
  /**
   * Client that calls Bedrock: the AWS SDK's, or the gateway's own lean one.
   */
  readonly transport?: 'lean' | 'sdk';
  /**
   * Latency class asked of Bedrock (https://docs.aws.amazon.com/bedrock/latest/userguide/latency-optimized-inference.html).
   */
  readonly performance?: 'standard' | 'optimized';
  readonly cache?: PromptCache;
}
/**
 * Where the API key lies: in a variable, or in a PolicyPack in a Secret.
 */
export interface SecretKeyRef {
  /**
   * Variable that holds the key.
   */
  readonly env?: string;
  readonly secret?: SecretRef;
}
/**
 * Secret of the PolicyPack's namespace; only in a PolicyPack.
 */
export interface SecretRef {
  /**
   * Name of the Secret.
   */
  readonly name: string;
  /**
   * Key within it.
   */
  readonly key: string;
}
/**
 * What the model can do, where the model table is silent or out of date. What is not written here comes from the table.
 */
export interface Capabilities {
  /**
   * Takes a system prompt.
   */
  readonly system?: boolean;
  /**
   * Takes tools.
   */
  readonly tools?: boolean;
  /**
   * Takes tools while streaming.
   */
  readonly streaming_tools?: boolean;
  /**
   * The forms of tool choice it takes.
   */
  readonly tool_choice?: readonly ('auto' | 'any' | 'tool')[];
  /**
   * Takes images.
   */
  readonly images?: boolean;
  /**
   * Takes documents.
   */
  readonly documents?: boolean;
  /**
   * Takes cache points.
   */
  readonly cache?: boolean;
  /**
   * Takes `strict` on a tool.
   */
  readonly strict_tools?: boolean;
  /**
   * Follows a JSON Schema natively.
   */
  readonly json_schema?: boolean;
  /**
   * Continues a last turn of the assistant.
   */
  readonly prefill?: boolean;
}
/**
 * How the provider handles data, as declared by the author of this file: confirmed in audit records, and enforced by `zero_data_retention` and `data-routing-policy`.
 */
export interface DataPolicy {
  /**
   * The provider keeps neither prompts nor answers.
   */
  readonly zero_data_retention?: boolean;
  /**
   * The provider does not train on prompts and answers.
   */
  readonly training_opt_out?: boolean;
  /**
   * Days for which the provider keeps prompts and answers.
   */
  readonly retention_days?: number;
}
/**
 * Where prompts may be processed.
 */
export interface DataResidency {
  /**
   * AWS regions, or geographies such as `eu`, that stand for all their regions. A cross-region inference profile that may leave them is not used.
   *
   * @minItems 1
   * @maxItems 64
   */
  readonly regions: readonly string[];
}
/**
 * Prices in US dollars per 1,000,000 tokens.
 */
export interface Pricing {
  /**
   * Price of input tokens.
   */
  readonly input: number;
  /**
   * Price of output tokens.
   */
  readonly output: number;
  /**
   * Price of input tokens read from a cache.
   */
  readonly cached_input?: number;
  /**
   * Price of input tokens written to a cache.
   */
  readonly cache_write?: number;
}
/**
 * Asks the target now and then whether it is there, so that requests need not find out.
 */
export interface HealthProbe {
  /**
   * Whether to probe.
   */
  readonly enabled?: boolean;
  /**
   * Time between two probes, give or take some jitter.
   */
  readonly interval_seconds?: number;
  /**
   * Longest time for one probe.
   */
  readonly timeout_seconds?: number;
  /**
   * Failed probes in a row that make a target unhealthy.
   */
  readonly unhealthy_threshold?: number;
  /**
   * Good probes in a row that make it healthy again.
   */
  readonly healthy_threshold?: number;
  /**
   * `endpoint`: any HTTP answer is good; unbilled. `count_tokens`: counts the tokens of one word; unbilled. `converse`: a question with an answer of one token; billed.
   */
  readonly mode?: 'endpoint' | 'count_tokens' | 'converse';
}
/**
 * Guardrail of Amazon Bedrock that is sent with each call.
 */
export interface TargetGuardrail {
  /**
   * Id or ARN of the guardrail.
   */
  readonly id: string;
  /**
   * Version of the guardrail: a number in quotes, or DRAFT.
   */
  readonly version: string;
  /**
   * How much the guardrail tells of its reasons.
   */
  readonly trace?: 'disabled' | 'enabled' | 'enabled_full';
  /**
   * `sync` holds events back until the guardrail has seen them; `async` does not wait, and cannot mask.
   */
  readonly stream_mode?: 'sync' | 'async';
  /**
   * A client can neither remove nor replace the guardrail; `false` makes it the default for clients that ask for none.
   */
  readonly required?: boolean;
}
/**
 * At least one limit.
 */
export interface RateLimit {
  /**
   * Requests in a minute.
   */
  readonly requests_per_minute?: number;
  /**
   * Input and output tokens in a minute.
   */
  readonly tokens_per_minute?: number;
  /**
   * Requests at the same time.
   */
  readonly max_parallel_requests?: number;
}
/**
 * Where cache points are put for clients that know nothing of them, on models that take them.
 */
export interface PromptCache {
  /**
   * Behind the system prompt.
   */
  readonly system?: boolean;
  /**
   * Behind the last user turn.
   */
  readonly messages?: boolean;
}
/**
 * When the next target is tried. `strategy: single` has none.
 */
export interface Fallback {
  /**
   * Failures after which the next target is tried.
   */
  readonly triggers?: readonly ('throttled' | 'server_error' | 'timeout' | 'unavailable')[];
  /**
   * Targets that one request may try.
   */
  readonly max_attempts?: number;
  /**
   * When a target's own filter stops the answer: `stop` gives the client that answer, `next` asks the next target.
   */
  readonly on_content_filtered?: 'stop' | 'next';
  /**
   * When the request is too long for a target: `stop` tells the client, `next` asks the next target.
   */
  readonly on_context_window?: 'stop' | 'next';
}
/**
 * Attempts on the same target after throttling and errors that pass; with full jitter, and honouring `Retry-After`.
 */
export interface Retry {
  /**
   * Attempts on one target, the first included; 1 never retries.
   */
  readonly max_attempts?: number;
  /**
   * Upper bound of the first delay; doubles with each attempt.
   */
  readonly base_delay_ms?: number;
  /**
   * Upper bound of every delay.
   */
  readonly max_delay_ms?: number;
  /**
   * Retries allowed for each first attempt, over all requests, so that retries cannot add to an outage.
   */
  readonly budget_ratio?: number;
}
/**
 * Takes a failing target out of use for a while, and lets it back after a successful trial.
 */
export interface CircuitBreaker {
  /**
   * Whether circuits open.
   */
  readonly enabled?: boolean;
  /**
   * Failures in a row that open the circuit.
   */
  readonly failure_threshold?: number;
  /**
   * Share of failures within the window that opens the circuit.
   */
  readonly failure_rate?: number;
  /**
   * Requests within the window below which the rate says nothing.
   */
  readonly min_requests?: number;
  /**
   * Length of the window.
   */
  readonly window_seconds?: number;
  /**
   * Time for which an open circuit refuses.
   */
  readonly cooldown_seconds?: number;
  /**
   * Trial requests let through at a time after the cool-down.
   */
  readonly half_open_requests?: number;
}
/**
 * Shares requests among targets, for an experiment. Applies to requests whose matches contain a variant.
 */
export interface AbTest {
  /**
   * Whether the experiment runs.
   */
  readonly enabled?: boolean;
  /**
   * Who keeps to one variant: a user, a conversation, or nobody.
   */
  readonly sticky_by?: 'user' | 'conversation' | 'none';
  /**
   * The targets that share the requests.
   *
   * @minItems 1
   * @maxItems 32
   */
  readonly variants: readonly AbVariant[];
}
/**
 * One side of an experiment.
 */
export interface AbVariant {
  /**
   * Id of a target of this file.
   */
  readonly target: string;
  /**
   * Share of the requests, relative to the other variants.
   */
  readonly weight?: number;
}
/**
 * A model name of your own.
 */
export interface ModelGroup {
  /**
   * Name that clients ask for.
   */
  readonly name: string;
  /**
   * Other names for it; `*` catches every name that nothing else has.
   *
   * @maxItems 256
   */
  readonly aliases?: readonly string[];
  /**
   * Ids of the targets that may answer.
   *
   * @minItems 1
   * @maxItems 32
   *
   * Items: Id of a target of this file.
   */
  readonly targets: readonly string[];
  readonly strategy?: Strategy;
}
/**
 * Limits on requests and tokens. A request must fit all limits that apply to it.
 */
export interface RateLimits {
  readonly global?: RateLimit;
  readonly per_user?: RateLimit;
  readonly per_team?: RateLimit;
  readonly per_key?: RateLimit;
  readonly store?: RateLimitStore;
  /**
   * While the store cannot be reached: `local` counts in this process alone, `refuse` answers 503, `allow` does not limit.
   */
  readonly on_store_failure?: 'local' | 'refuse' | 'allow';
}
/**
 * Where counts are kept. Several gateways share limits through Redis or Valkey.
 */
export interface RateLimitStore {
  /**
   * Kind of store.
   */
  readonly type?: 'memory' | 'redis';
  /**
   * Variable that holds the URL of the store.
   */
  readonly url_env?: string;
}
/**
 * A limit on money over a period.
 */
export interface Budget {
  /**
   * Unique name of the budget: a label in metrics.
   */
  readonly name: string;
  /**
   * Whose money: of all requests together, of each user, of each team.
   */
  readonly scope?: 'pack' | 'user' | 'team';
  /**
   * Limit in US dollars.
   */
  readonly limit_usd: number;
  /**
   * Calendar period in UTC after which counting begins anew.
   */
  readonly period: 'hour' | 'day' | 'month';
  /**
   * Share of the limit from which the gateway warns.
   */
  readonly warn_at?: number;
  /**
   * `reject` answers 402 `budget_exceeded`; `downgrade` sends requests to `downgrade_to`.
   */
  readonly on_exceeded?: 'reject' | 'downgrade';
  /**
   * Id of a target of this file.
   */
  readonly downgrade_to?: string;
}
/**
 * The gateway's own door.
 */
export interface Server {
  /**
   * Largest body of a request, after decompression; beyond it the answer is 413.
   */
  readonly max_body_bytes?: number;
  /**
   * Bytes of request bodies held at the same time; beyond it the answer is 503 `overloaded`.
   */
  readonly max_inflight_bytes?: number;
  /**
   * Requests at the same time; beyond it they wait a while, then the answer is 503 `overloaded`.
   */
  readonly max_concurrency?: number;
  /**
   * When a policy fails to judge: `block` refuses, `allow` lets pass, and both count it.
   */
  readonly fail_mode?: 'block' | 'allow';
  /**
   * Header that carries the id of a request, in and out.
   */
  readonly request_id_header?: string;
  /**
   * When a client leaves a stream: `abort` ends the upstream's too and estimates the cost, `drain` reads on for a while to learn it.
   */
  readonly on_client_abort?: 'abort' | 'drain';
  readonly auth?: Auth;
}
/**
 * Who may call.
 */
export interface Auth {
  /**
   * `none`: whoever reaches the port. `api_keys`: whoever shows a key of `keys`. `jwt`: whoever shows a token that `jwt` accepts.
   */
  readonly mode?: 'none' | 'api_keys' | 'jwt';
  /**
   * The keys that are let in, by their hashes.
   *
   * @maxItems 4096
   */
  readonly keys?: readonly ApiKey[];
  readonly jwt?: Jwt;
}
/**
 * One key; exactly one of `hash_env` and `hash_file`.
 */
export interface ApiKey {
  /**
   * Unique name of the key: in limits, budgets and audit records.
   */
  readonly name: string;
  /**
   * Variable that holds the key's SHA-256 in hexadecimal.
   */
  readonly hash_env?: string;
  /**
   * File that holds the key's SHA-256 in hexadecimal.
   */
  readonly hash_file?: string;
  /**
   * User that calls with this key.
   */
  readonly user?: string;
  /**
   * Team that calls with this key.
   */
  readonly team?: string;
}
/**
 * Which tokens are accepted; exactly one of `jwks_url` and `jwks_file`.
 */
export interface Jwt {
  /**
   * The `iss` that a token must have.
   */
  readonly issuer: string;
  /**
   * The `aud` that a token must have.
   */
  readonly audience: string;
  /**
   * Where the issuer's keys are fetched; rotation is followed.
   */
  readonly jwks_url?: string;
  /**
   * File with the issuer's keys.
   */
  readonly jwks_file?: string;
  /**
   * Claim that names the user.
   */
  readonly user_claim?: string;
  /**
   * Claim that names the team.
   */
  readonly team_claim?: string;
}
