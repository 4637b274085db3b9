import type { AuditObserver } from '../audit/audit-sink.js';
import type { GatewayMetrics } from './gateway-metrics.js';

/** Counts what becomes of audit records. */
export function auditMetrics(metrics: GatewayMetrics, sink: 'file' | 'stdout'): AuditObserver {
  return {
    written: (records) => metrics.auditRecords.inc({ sink }, records),
    failed: (reason) => metrics.auditFailures.inc({ sink, reason }),
    queued: (records) => metrics.auditQueue.set({ sink }, records),
    synced: (seconds) => metrics.auditSyncSeconds.observe({ sink }, seconds),
    checkpointed: (atMs) => metrics.auditCheckpoint.set({ sink }, atMs / 1000),
  };
}
