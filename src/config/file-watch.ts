import { watch, type FSWatcher } from 'node:fs';
import { stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Clock, Timer } from '../core/clock.js';

/** A file is taken for written when it looked the same twice, so far apart: editors and kubelets write in several steps. */
const SETTLE_MS = 100;

/** Some file systems report no changes at all. */
const POLL_MS = 5_000;

/**
 * Notices when one of some files has changed and come to rest: written in place, replaced by another, or moved with the
 * symbolic link it is reached by, as Kubernetes does with ConfigMaps.
 */
export class FileWatch {
  readonly #paths: readonly string[];
  readonly #clock: Clock;
  #known: string;
  #seen: string;
  #watchers: readonly FSWatcher[] = [];
  #timer: Timer | undefined;
  #isPolling = false;
  /** Something happened since the last look began. */
  #again = false;
  #closed = false;
  #onChange = (): void => {};

  private constructor(paths: readonly string[], clock: Clock, known: string) {
    this.#paths = paths;
    this.#clock = clock;
    this.#known = known;
    this.#seen = known;
  }

  /** Remembers how the files are now: what is read after this and then changes is noticed. */
  static async from(paths: readonly string[], clock: Clock): Promise<FileWatch> {
    return new FileWatch(paths, clock, await fingerprint(paths));
  }

  /** Calls `onChange` at each change, until `close`. */
  follow(onChange: () => void): void {
    this.#onChange = onChange;
    // Folders, not files: a file that is replaced takes its watch with it.
    this.#watchers = [...new Set(this.#paths.map((path) => dirname(path)))].flatMap((folder) => this.#watch(folder));
    this.#lookIn(SETTLE_MS);
  }

  close(): void {
    this.#closed = true;
    this.#timer?.cancel();
    for (const watcher of this.#watchers) watcher.close();
  }

  #watch(folder: string): FSWatcher[] {
    try {
      const watcher = watch(folder, { persistent: false }, () => this.#hurry());
      // The folder went away, or the system has no watches left: polling goes on.
      return [watcher.on('error', () => watcher.close())];
    } catch {
      return [];
    }
  }

  /** Brings the next poll forward; a look that is near anyway is not put off by a busy folder. */
  #hurry(): void {
    this.#again = true;
    if (this.#closed || !this.#isPolling) return;
    this.#timer?.cancel();
    this.#lookIn(SETTLE_MS);
  }

  #lookIn(delayMs: number): void {
    this.#isPolling = delayMs === POLL_MS;
    this.#timer = this.#clock.schedule(delayMs, () => void this.#look());
  }

  async #look(): Promise<void> {
    this.#isPolling = false;
    this.#again = false;
    const before = this.#seen;
    this.#seen = await fingerprint(this.#paths);
    if (this.#closed) return;
    const atRest = this.#seen === before;
    this.#lookIn(atRest && !this.#again ? POLL_MS : SETTLE_MS);
    if (!atRest || this.#seen === this.#known) return;
    this.#known = this.#seen;
    this.#onChange();
  }
}

/** Differs whenever a file was written or replaced. */
async function fingerprint(paths: readonly string[]): Promise<string> {
  const marks = await Promise.all(
    paths.map((path) =>
      stat(path, { bigint: true }).then(
        ({ dev, ino, size, mtimeNs, ctimeNs }) => [dev, ino, size, mtimeNs, ctimeNs].join(':'),
        () => 'absent',
      ),
    ),
  );
  return marks.join(' ');
}
