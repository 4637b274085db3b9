import { join } from 'node:path';
import type { AuditEntry } from '../../../src/gateway/audit/audit-record.js';
import type { AuditFailure, AuditObserver } from '../../../src/gateway/audit/audit-sink.js';
import type { FileSinkOptions } from '../../../src/gateway/audit/file-sink.js';
import { loadOrCreateSigningKey } from '../../../src/gateway/audit/signing-key.js';
import { verifyLog, type Verification } from '../../../src/gateway/audit/verify-log.js';
import { systemClock } from '../../../src/core/clock.js';

export class RecordingObserver implements AuditObserver {
  records = 0;
  checkpoints = 0;
  readonly failures: AuditFailure[] = [];

  written(records: number): void {
    this.records += records;
  }

  failed(reason: AuditFailure): void {
    this.failures.push(reason);
  }

  queued(): void {}

  synced(): void {}

  checkpointed(): void {
    this.checkpoints += 1;
  }
}

/** The log lies in `root/log`, its key in `root/key`. */
export function sinkOptions(root: string, overrides: Partial<FileSinkOptions> = {}): FileSinkOptions {
  return {
    directory: join(root, 'log'),
    key: loadOrCreateSigningKey(join(root, 'key', 'audit.pem')),
    clock: systemClock,
    observer: new RecordingObserver(),
    immutable: false,
    onFailure: 'refuse',
    retentionDays: 365,
    pid: process.pid,
    ...overrides,
  };
}

export function verifySample(root: string): Promise<Verification> {
  return verifyLog(join(root, 'log'), loadOrCreateSigningKey(join(root, 'key', 'audit.pem')).publicKey);
}

export function exchange(id: string, time = new Date().toISOString()): AuditEntry {
  return {
    kind: 'exchange',
    id,
    time,
    route: 'chat',
    stream: false,
    model: 'anthropic.claude-sonnet-4-20250514-v1:0',
    target: 'bedrock-claude-sonnet',
    status: 200,
    outcome: 'ok',
    verdict: 'allow',
    policies: [],
    latency: { total: 12.5, upstream: 11 },
  };
}

export function streamOpen(id: string): AuditEntry {
  return { kind: 'open', id, time: new Date().toISOString(), route: 'chat', target: 'a' };
}

export function streamClose(id: string): AuditEntry {
  const { kind: _kind, stream: _stream, ...rest } = exchange(id) as Extract<AuditEntry, { kind: 'exchange' }>;
  return { ...rest, kind: 'close', stream: true };
}
