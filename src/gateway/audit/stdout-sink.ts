import type { Writable } from 'node:stream';
import { GatewayError } from '../chat/gateway-error.js';
import type { AuditEntry } from './audit-record.js';
import type { AuditObserver, AuditSink } from './audit-sink.js';
import { seal, START, type Position } from './hash-chain.js';

/**
 * The `stdout` sink: the same chained lines, for a collector that keeps them. The chain begins anew with each process and
 * is not signed; what it proves is only as good as the collector.
 */
export class StdoutSink implements AuditSink {
  readonly #out: Writable;
  readonly #observer: AuditObserver;
  readonly #onFailure: 'refuse' | 'continue';
  #last: Position = START;
  #broken = false;

  constructor(out: Writable, observer: AuditObserver, onFailure: 'refuse' | 'continue') {
    this.#out = out;
    this.#observer = observer;
    this.#onFailure = onFailure;
    out.on('error', () => (this.#broken = true));
  }

  async admit(): Promise<void> {
    if (this.#broken && this.#onFailure === 'refuse') throw unavailable();
  }

  append(entry: AuditEntry): Promise<void> {
    const line = seal(entry, this.#last);
    this.#last = { seq: line.seq, hash: line.hash };
    return new Promise((resolve, reject) => {
      this.#out.write(`${line.text}\n`, (error) => {
        if (!error) {
          this.#observer.written(1);
          resolve();
          return;
        }
        this.#observer.failed('io');
        if (this.#onFailure === 'continue') resolve();
        else reject(unavailable());
      });
    });
  }

  async close(): Promise<void> {
    // Standard output belongs to the process.
  }
}

function unavailable(): GatewayError {
  return new GatewayError(
    'audit_unavailable',
    'The audit log cannot be written; no request is served without a record of it.',
    {
      detail: 'io',
      retryAfterSeconds: 1,
    },
  );
}
