import { resolve } from 'node:path';
import type { Writable } from 'node:stream';
import type { AuditLogger } from '../../config/policy-config.js';
import type { Clock } from '../../core/clock.js';
import type { AuditObserver, AuditSink } from './audit-sink.js';
import { FileSink } from './file-sink.js';
import { openInstallation, type Installation } from './installation.js';
import { StdoutSink } from './stdout-sink.js';

/** The audit log of one configuration revision. */
export interface Audit {
  readonly sink: AuditSink;
  readonly settings: AuditLogger;
  readonly installation: Installation;
  /** The revision is out of use. The log is closed when no other revision writes to it. */
  release(): Promise<void>;
}

export interface AuditSinksOptions {
  /** Holds the keys; outside the log's own directory. */
  readonly stateDirectory: string;
  readonly stdout: Writable;
  readonly clock: Clock;
  readonly observe: (sink: 'file' | 'stdout') => AuditObserver;
  readonly pid: number;
}

interface Shared {
  readonly sink: AuditSink;
  uses: number;
}

/** The logs of this process. Revisions that name the same directory write to one log, so that its chain goes on. */
export class AuditSinks {
  readonly #options: AuditSinksOptions;
  readonly #open = new Map<string, Shared>();
  #installation: Installation | undefined;

  constructor(options: AuditSinksOptions) {
    this.#options = options;
  }

  /** @throws Error when the log or its keys cannot be opened. */
  async acquire(settings: AuditLogger): Promise<Audit> {
    const installation = (this.#installation ??= openInstallation(this.#options.stateDirectory));
    const name = settings.sink === 'stdout' ? 'stdout' : `file ${resolve(settings.directory)}`;
    const shared = this.#open.get(name) ?? { sink: await this.#make(settings, installation), uses: 0 };
    this.#open.set(name, shared);
    shared.uses += 1;
    if (shared.sink instanceof FileSink) shared.sink.reconfigure(fileSettings(settings));
    return {
      sink: shared.sink,
      settings,
      installation,
      release: async () => {
        shared.uses -= 1;
        if (shared.uses > 0) return;
        this.#open.delete(name);
        await shared.sink.close();
      },
    };
  }

  async #make(settings: AuditLogger, { signingKey }: Installation): Promise<AuditSink> {
    const { clock, observe, pid, stdout } = this.#options;
    if (settings.sink === 'stdout') return new StdoutSink(stdout, observe('stdout'), settings.on_failure);
    const directory = resolve(settings.directory);
    return FileSink.open({
      directory,
      key: signingKey,
      clock,
      observer: observe('file'),
      pid,
      ...fileSettings(settings),
    });
  }
}

/** `immutable` means that no answer leaves without its record, so it refuses whatever `on_failure` says. */
function fileSettings({ immutable, on_failure, retention_days }: AuditLogger): {
  readonly immutable: boolean;
  readonly onFailure: 'refuse' | 'continue';
  readonly retentionDays: number | undefined;
} {
  return { immutable, onFailure: immutable ? 'refuse' : on_failure, retentionDays: retention_days };
}
