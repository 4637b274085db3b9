// What an audit record says. docs/audit-record.schema.json describes the same for other programs.
// No member ever holds a prompt, a completion, a key or a header's value.
import type { ErrorReason } from '../chat/gateway-error.js';

/** One thing to be remembered. The log adds `seq`, `prev` and `hash` (see hash-chain.ts). */
export type AuditEntry = ExchangeEntry | StreamOpenEntry | StreamCloseEntry | AccessEntry;

/** Facts known when an exchange begins. */
interface Begun {
  /** The exchange's request id, the same in `open` and `close`. */
  readonly id: string;
  /** ISO 8601, UTC, when the exchange began. */
  readonly time: string;
  readonly route: 'chat' | 'embeddings' | 'models' | 'other';
  readonly pack?: string;
  /** First 12 hex digits of the config revision that judged the exchange. */
  readonly revision?: string;
  /** As the caller asked for it. */
  readonly model?: string;
  readonly caller?: AuditedCaller;
  /** `hmac-sha256:<hex>` of the prompt under the installation's key: equal prompts show, texts do not. */
  readonly prompt_hash?: string;
}

/** Where an exchange went. */
interface Routed {
  readonly target?: string;
  readonly provider?: string;
  readonly upstream_model?: string;
  readonly upstream_request_id?: string;
  readonly region?: string;
  readonly variant?: string;
  /** As the target declares them. */
  readonly data_policy?: Readonly<Record<string, unknown>>;
  readonly data_residency?: readonly string[];
}

/** How an exchange ended. */
interface Ended extends Routed {
  /** HTTP status the caller got. */
  readonly status: number;
  readonly outcome: Outcome;
  readonly error?: ErrorReason;
  readonly verdict: Verdict;
  readonly policies: readonly PolicyVerdict[];
  /** What no policy looked into, and how many of each. */
  readonly unscanned?: Readonly<Record<string, number>>;
  /** Amazon Bedrock Guardrails' own outcome, beside the gateway's verdicts. */
  readonly guardrail?: GuardrailOutcome;
  readonly usage?: AuditedUsage;
  readonly cost_usd?: number;
  readonly latency: AuditedLatency;
  /** Attempts that failed before the one that served, in order. */
  readonly failed_attempts?: readonly FailedAttempt[];
  readonly dropped_params?: readonly string[];
}

/** An attempt whose target failed, or whose answer its target's own filter stopped so that another was asked. */
export interface FailedAttempt {
  readonly target: string;
  readonly error: ErrorReason | 'content_filtered';
}

/** An exchange that was answered whole: written before the answer leaves. */
export interface ExchangeEntry extends Begun, Ended {
  readonly kind: 'exchange';
  readonly stream: false;
}

/** A stream is about to send its first byte. */
export interface StreamOpenEntry extends Begun, Routed {
  readonly kind: 'open';
}

/** The same stream has ended, in whatever way. Without it, the exchange was interrupted. */
export interface StreamCloseEntry extends Begun, Ended {
  readonly kind: 'close';
  readonly stream: true;
}

/** With `log_all_access`: a model listing, or a call that was refused before it became an exchange. */
export interface AccessEntry extends Begun {
  readonly kind: 'access';
  readonly status: number;
  readonly error?: ErrorReason;
}

/** How an exchange ended. `refused`: the caller's own fault. */
export type Outcome =
  'ok' | 'refused' | 'blocked' | 'redacted' | 'limited' | 'upstream_error' | 'client_cancelled' | 'internal';

export type Verdict = 'allow' | 'redact' | 'log' | 'block';

export interface AuditedCaller {
  readonly user?: string;
  readonly team?: string;
  /** Name of the key or issuer that let the caller in. */
  readonly key?: string;
}

export interface PolicyVerdict {
  readonly policy: string;
  readonly phase: 'input' | 'output';
  readonly verdict: Verdict | 'skipped' | 'error';
  readonly score?: number;
  readonly findings: readonly AuditedFinding[];
  /** Findings beyond the first hundred. */
  readonly more_findings?: number;
}

/** Where and what, never the text. */
export interface AuditedFinding {
  readonly label: string;
  /** Which text: `messages[2].content[0]`, `content`, `tool_calls[0].arguments` … */
  readonly at: string;
  /** UTF-16 offsets into that text, `end` exclusive. */
  readonly start: number;
  readonly end: number;
  readonly score: number;
  readonly evidence?: readonly string[];
}

export interface GuardrailOutcome {
  readonly action: string;
  readonly guardrail_id?: string;
  readonly guardrail_version?: string;
  /** What made it intervene, when its trace was asked for: `pii:EMAIL`, `topic:<its name>`, `word`. */
  readonly reasons?: readonly string[];
}

export interface AuditedUsage {
  readonly input_tokens: number;
  readonly output_tokens: number;
  readonly cache_read_tokens: number;
  readonly cache_write_tokens: number;
  readonly source: 'reported' | 'estimated';
}

/** Milliseconds. */
export interface AuditedLatency {
  readonly total: number;
  readonly upstream?: number;
  readonly first_token?: number;
}
