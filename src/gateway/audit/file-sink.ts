// The `file` sink: entries that arrive while a write is under way go into the next one together (group commit).
import { GatewayError } from '../chat/gateway-error.js';
import type { Clock, Timer } from '../../core/clock.js';
import type { AuditEntry } from './audit-record.js';
import type { AuditFailure, AuditObserver, AuditSink } from './audit-sink.js';
import type { Gap } from './log-record.js';
import { LogWriter } from './log-writer.js';
import { expiredSegments, tombstone } from './retention.js';
import { isErrno, type SigningKey } from './signing-key.js';

export interface FileSinkOptions {
  readonly directory: string;
  readonly key: SigningKey;
  readonly clock: Clock;
  readonly observer: AuditObserver;
  /** Sync to disk before an answer leaves. */
  readonly immutable: boolean;
  readonly onFailure: 'refuse' | 'continue';
  /** Undefined keeps everything. */
  readonly retentionDays: number | undefined;
  readonly pid: number;
  /** @default 64 MiB */
  readonly maxSegmentBytes?: number;
}

const DEFAULT_SEGMENT_BYTES = 64 * 1024 * 1024;
/** A checkpoint vouches for at most this many records … */
const CHECKPOINT_RECORDS = 1000;
/** … and comes at most this long after the first of them. */
const CHECKPOINT_DELAY_MS = 1000;
/** How often a broken sink is tried again. */
const RETRY_MS = 1000;
/** Entries kept in memory while the sink is broken; what is over that is counted as lost. */
const MAX_OWED = 10_000;
/** Entries that may wait for one write; an `append` over that is refused. */
const MAX_QUEUED = 50_000;
const RETENTION_CHECK_MS = 60 * 60 * 1000;

interface Waiting {
  readonly entry: AuditEntry;
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
}

interface Failing {
  readonly since: string;
  readonly reason: AuditFailure;
  retryAt: number;
  lost: number;
}

export class FileSink implements AuditSink {
  #options: FileSinkOptions;
  /** Undefined while the log could not be opened. */
  #writer: LogWriter | undefined;
  #queue: Waiting[] = [];
  /** Entries that were answered for although they could not be written; they go first when the sink works again. */
  #owed: AuditEntry[] = [];
  #failing: Failing | undefined;
  #committing: Promise<void> | undefined;
  /** Records behind the last checkpoint; the first of a segment is always one. */
  #unsigned = 1;
  #checkpointTimer: Timer | undefined;
  #retentionTimer: Timer | undefined;
  #checkpointDue = false;
  #retentionDue = true;
  #closed = false;

  private constructor(options: FileSinkOptions) {
    this.#options = options;
  }

  /**
   * Opens the log, or makes one.
   * @throws Error when the log is damaged or in use; and when its disk cannot be written, unless `onFailure` is `continue`.
   */
  static async open(options: FileSinkOptions): Promise<FileSink> {
    const sink = new FileSink(options);
    try {
      await sink.#openWriter();
    } catch (error) {
      if (options.onFailure === 'refuse' || !isSystemError(error)) throw error;
      sink.#fail([], failureOf(error));
    }
    await sink.#kick();
    return sink;
  }

  /** Settings of a newer configuration, from the next write on. */
  reconfigure(settings: Pick<FileSinkOptions, 'immutable' | 'onFailure' | 'retentionDays'>): void {
    this.#options = { ...this.#options, ...settings };
    this.#retentionDue = true;
    if (this.#writer) this.#writer.sync = settings.immutable;
  }

  async admit(): Promise<void> {
    if (!this.#failing) return;
    if (this.#options.clock.monotonic() >= this.#failing.retryAt) await this.#kick();
    if (this.#failing && this.#options.onFailure === 'refuse') throw unavailable(this.#failing.reason);
  }

  append(entry: AuditEntry): Promise<void> {
    if (this.#closed) return Promise.reject(unavailable('io'));
    if (this.#queue.length >= MAX_QUEUED) return this.#refuse(entry, 'io');
    return new Promise((resolve, reject) => {
      this.#queue.push({ entry, resolve, reject });
      this.#options.observer.queued(this.#queue.length);
      void this.#kick();
    });
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#checkpointTimer?.cancel();
    this.#retentionTimer?.cancel();
    this.#checkpointDue = true;
    await this.#kick();
    await this.#writer?.close();
  }

  /** Runs the commit loop unless it runs already; resolves when it has nothing left to do. */
  #kick(): Promise<void> {
    this.#committing ??= this.#commitAll().finally(() => (this.#committing = undefined));
    return this.#committing;
  }

  async #commitAll(): Promise<void> {
    do {
      // Lets the entries of this turn of the event loop share one write.
      await new Promise((resolve) => setImmediate(resolve));
      const batch = this.#queue;
      this.#queue = [];
      try {
        await this.#commit(batch);
      } catch (error) {
        this.#fail(batch, failureOf(error));
      }
      try {
        if (!this.#failing) await this.#keepHouse();
      } catch (error) {
        this.#fail([], failureOf(error));
      }
      this.#options.observer.queued(this.#queue.length);
    } while (this.#queue.length > 0);
  }

  async #commit(batch: readonly Waiting[]): Promise<void> {
    const { clock, observer } = this.#options;
    const failing = this.#failing;
    if (failing && clock.monotonic() < failing.retryAt) {
      this.#settleFailed(batch, failing);
      return;
    }
    const owed = this.#owed.length;
    const entries = [...(failing ? [gap(failing, clock)] : []), ...this.#owed, ...batch.map(({ entry }) => entry)];
    if (entries.length > 0) {
      const began = clock.monotonic();
      await (await this.#openWriter()).write(entries);
      observer.synced((clock.monotonic() - began) / 1000);
      this.#failing = undefined;
      this.#owed = this.#owed.slice(owed);
      observer.written(owed + batch.length);
      this.#unsigned += entries.length;
    }
    for (const { resolve } of batch) resolve();
  }

  async #openWriter(): Promise<LogWriter> {
    const { immutable, maxSegmentBytes = DEFAULT_SEGMENT_BYTES } = this.#options;
    this.#writer ??= await LogWriter.open({ ...this.#options, sync: immutable, maxSegmentBytes });
    return this.#writer;
  }

  /** Checkpoints, rotation and retention: after the callers have been answered. Its failures show as the sink's own. */
  async #keepHouse(): Promise<void> {
    const { clock, observer } = this.#options;
    const writer = await this.#openWriter();
    if (this.#unsigned >= CHECKPOINT_RECORDS || (this.#checkpointDue && this.#unsigned > 0)) {
      await writer.checkpoint();
      this.#unsigned = 0;
      observer.checkpointed(clock.now());
    }
    this.#checkpointDue = false;
    if (writer.isRotationDue) {
      await writer.rotate();
      this.#unsigned = 0;
      this.#retentionDue = true;
    }
    if (this.#retentionDue) await this.#removeExpired(writer);
    if (!this.#closed) this.#schedule();
  }

  async #removeExpired(writer: LogWriter): Promise<void> {
    const { clock, directory, key, retentionDays } = this.#options;
    this.#retentionDue = false;
    if (retentionDays === undefined) return;
    const expired = expiredSegments(directory, writer.segmentNumber, clock.now() - retentionDays * 86_400_000);
    if (!expired) return;
    await writer.write([tombstone(expired, key, clock.now())]);
    await writer.checkpoint();
    await writer.remove(expired.numbers);
  }

  #schedule(): void {
    const { clock } = this.#options;
    if (this.#unsigned > 0) {
      this.#checkpointTimer ??= clock.schedule(CHECKPOINT_DELAY_MS, () => {
        this.#checkpointTimer = undefined;
        this.#checkpointDue = true;
        void this.#kick();
      });
    }
    this.#retentionTimer ??= clock.schedule(RETENTION_CHECK_MS, () => {
      this.#retentionTimer = undefined;
      this.#retentionDue = true;
      void this.#kick();
    });
  }

  #fail(batch: readonly Waiting[], reason: AuditFailure): void {
    const { clock, observer } = this.#options;
    observer.failed(reason);
    const retryAt = clock.monotonic() + RETRY_MS;
    if (this.#failing) this.#failing.retryAt = retryAt;
    else this.#failing = { since: new Date(clock.now()).toISOString(), reason, retryAt, lost: 0 };
    this.#settleFailed(batch, this.#failing);
  }

  #settleFailed(batch: readonly Waiting[], failing: Failing): void {
    for (const { entry, resolve, reject } of batch) this.#refuse(entry, failing.reason).then(resolve, reject);
  }

  /** What becomes of an entry that cannot be written. The end of a stream cannot be refused any more: it is owed in any case. */
  #refuse(entry: AuditEntry, reason: AuditFailure): Promise<void> {
    const keeps = this.#options.onFailure === 'continue' || entry.kind === 'close';
    if (keeps && this.#owed.length < MAX_OWED) this.#owed.push(entry);
    else if (keeps && this.#failing) this.#failing.lost += 1;
    return this.#options.onFailure === 'continue' ? Promise.resolve() : Promise.reject(unavailable(reason));
  }
}

function gap({ since, reason, lost }: Failing, clock: Clock): Gap {
  return { kind: 'gap', time: new Date(clock.now()).toISOString(), since, reason, lost };
}

function unavailable(reason: AuditFailure): GatewayError {
  return new GatewayError(
    'audit_unavailable',
    'The audit log cannot be written; no request is served without a record of it.',
    {
      detail: reason,
      retryAfterSeconds: RETRY_MS / 1000,
    },
  );
}

function isSystemError(error: unknown): boolean {
  return error instanceof Error && 'syscall' in error;
}

function failureOf(error: unknown): AuditFailure {
  if (isErrno(error, 'ENOSPC') || isErrno(error, 'EDQUOT') || isErrno(error, 'EFBIG')) return 'disk_full';
  if (isErrno(error, 'EROFS')) return 'read_only';
  if (isErrno(error, 'EACCES') || isErrno(error, 'EPERM')) return 'permission';
  return 'io';
}
