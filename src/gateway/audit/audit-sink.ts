import type { AuditEntry } from './audit-record.js';

/** Where records go. A sink that cannot keep its promise throws `GatewayError('audit_unavailable')`. */
export interface AuditSink {
  /** Refuses an exchange before it costs anything: throws while the sink is known to be broken and `on_failure` is `refuse`. */
  admit(): Promise<void>;
  /** Resolves when the entry is as safe as the configuration promises: an answer leaves after that. */
  append(entry: AuditEntry): Promise<void>;
  /** Writes what is pending, seals the log and lets go of it. */
  close(): Promise<void>;
}

/** Told of what happens in a sink; feeds the metrics. */
export interface AuditObserver {
  written(records: number): void;
  failed(reason: AuditFailure): void;
  queued(records: number): void;
  synced(seconds: number): void;
  checkpointed(atMs: number): void;
}

/** Why a write failed: closed list, a metric label. */
export type AuditFailure = 'disk_full' | 'read_only' | 'permission' | 'io';
